//! Secrets of API clients: `motcua_`, 32 random bytes, a checksum.

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use sha2::{Digest, Sha256};

/// Lets scanners of public code find a leaked secret.
const PREFIX: &str = "motcua_";
/// Characters of the checksum: what was mistyped or made up is refused without asking the database.
const CHECKSUM: usize = 6;

/// The secret made of 32 random bytes.
pub fn secret(random: [u8; 32]) -> String {
    let body = BASE64_URL_SAFE_NO_PAD.encode(random);
    let sum = checksum(&body);
    format!("{PREFIX}{body}{sum}")
}

/// What is stored of a secret; `None` when the text is none of ours.
pub fn digest(secret: &str) -> Option<[u8; 32]> {
    let rest = secret.strip_prefix(PREFIX)?;
    let (body, sum) = rest.split_at_checked(rest.len().checked_sub(CHECKSUM)?)?;
    (checksum(body) == sum).then(|| Sha256::digest(secret).into())
}

fn checksum(body: &str) -> String {
    let mut sum = BASE64_URL_SAFE_NO_PAD.encode(Sha256::digest(format!("{PREFIX}{body}")));
    sum.truncate(CHECKSUM);
    sum
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_of_ours_has_a_digest_and_a_mistyped_one_has_none() {
        let secret = secret([42; 32]);
        assert!(digest(&secret).is_some());
        let mistyped = secret.replacen("KioqKi", "KioqKj", 1);
        assert_ne!(mistyped, secret);
        for junk in [mistyped.as_str(), "", "motcua_", "motcua_ườườ", &secret[1..], &secret[..secret.len() - 1]] {
            assert_eq!(digest(junk), None, "{junk}");
        }
    }
}
