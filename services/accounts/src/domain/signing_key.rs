//! Ed25519 keys, as they are stored and as they are published.

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use jsonwebtoken::{
    Algorithm, EncodingKey,
    jwk::{AlgorithmParameters, Jwk},
};

/// What comes before the 32 secret bytes of an Ed25519 key in PKCS#8 (RFC 8410 §7).
const PKCS8: [u8; 16] = [0x30, 0x2e, 0x02, 0x01, 0, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20];

/// A public key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicKey {
    /// Its id.
    pub kid: String,
    /// Its 32 bytes in base64url.
    pub x: String,
}

/// The private key made of 32 random bytes, in PKCS#8, and the `x` of its public half.
///
/// # Errors
/// When the cryptography refuses the key, which it does for none.
pub fn generate(random: [u8; 32]) -> jsonwebtoken::errors::Result<(Vec<u8>, String)> {
    let private = [PKCS8.as_slice(), &random].concat();
    let jwk = Jwk::from_encoding_key(&EncodingKey::from_ed_der(&private), Algorithm::EdDSA)?;
    match jwk.algorithm {
        AlgorithmParameters::OctetKeyPair(pair) => Ok((private, pair.x)),
        _ => Err(jsonwebtoken::errors::ErrorKind::InvalidEddsaKey.into()),
    }
}

/// A name for a key.
pub fn kid(random: [u8; 16]) -> String {
    BASE64_URL_SAFE_NO_PAD.encode(random)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 8037 appendix A.1 and A.2.
    #[test]
    fn the_public_half_is_that_of_the_rfc() {
        let d = BASE64_URL_SAFE_NO_PAD.decode("nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A").expect("base64");
        let (_, x) = generate(d.try_into().expect("32 bytes")).expect("a key");
        assert_eq!(x, "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo");
    }
}
