//! The secret that, together with a dossier's code, shows where the dossier stands without signing in.

use civic::Secret;
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

/// The SHA-256 of a tracking secret: all that is stored of it. The secret is 80 random bits, so no slow hash is needed.
#[derive(Clone, Copy, Debug)]
pub struct SecretHash([u8; 32]);

/// A secret made of random bytes: 20 hexadecimal digits.
pub fn secret(random: [u8; 10]) -> Secret {
    Secret::new(hex::encode(random))
}

impl SecretHash {
    /// The hash of `secret`, in whatever case and with whatever space it was typed.
    pub fn of(secret: &str) -> Self {
        let typed: String = secret.chars().filter(|letter| !letter.is_whitespace()).collect();
        Self(Sha256::digest(typed.to_ascii_lowercase()).into())
    }

    /// Whether the stored bytes are this hash, compared in constant time.
    pub fn matches(&self, stored: &[u8]) -> bool {
        self.0.ct_eq(stored).into()
    }

    /// The bytes to store.
    pub fn bytes(&self) -> &[u8] {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::{SecretHash, secret};

    #[test]
    fn a_secret_is_recognised_however_it_is_typed_and_no_other_is() {
        let made = secret([0xAB; 10]);
        let hash = SecretHash::of(made.expose());
        assert_eq!(made.expose(), "abababababababababab");
        assert!(SecretHash::of(" ABAB abab abab ababABAB\n").matches(hash.bytes()));
        assert!(!SecretHash::of("abababababababababac").matches(hash.bytes()));
        assert!(!hash.matches(&[]));
    }
}
