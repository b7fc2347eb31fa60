//! The secret of a link by which somebody else pays.

use civic::Secret;
use sha2::{Digest, Sha256};

/// How many days a link may be used, where its maker does not say.
pub const USUAL_DAYS: u32 = 7;
/// Links of one order that may be made: enough for everybody who may be asked, too few to fill a disk.
pub const MOST: usize = 20;

/// A secret of random bytes: 32 hexadecimal digits.
pub fn secret(random: [u8; 16]) -> Secret {
    Secret::new(hex::encode(random))
}

/// What is kept of it.
pub fn hash(secret: &str) -> Vec<u8> {
    Sha256::digest(secret.trim().to_ascii_lowercase()).to_vec()
}
