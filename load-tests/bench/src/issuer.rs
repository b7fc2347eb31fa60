//! The issuer of the benchmark's access tokens: signs them, and publishes its key.

use actix_web::{App, HttpServer, web};
use anyhow::Result;
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use chrono::{TimeDelta, Utc};
use civic::{AgencyCode, OfficialRole};
use ed25519_dalek::{SigningKey, pkcs8::EncodePrivateKey};
use edge::{Capacity, token};
use jsonwebtoken::{Algorithm, EncodingKey, Header, encode};
use serde_json::json;
use uuid::Uuid;

/// What services are told to believe.
pub const ISSUER: &str = "https://issuer.bench";
const KID: &str = "bench";

/// Signs tokens with a key of this run.
pub struct Issuer {
    key: SigningKey,
    /// Where services find the public key.
    pub url: String,
}

impl Issuer {
    /// Makes a key and publishes it.
    ///
    /// # Errors
    /// When there is no port.
    pub fn start() -> Result<Self> {
        let seed = [*Uuid::new_v4().as_bytes(), *Uuid::new_v4().as_bytes()].concat();
        let key = SigningKey::try_from(seed.as_slice())?;
        let x = BASE64_URL_SAFE_NO_PAD.encode(key.verifying_key().as_bytes());
        let set = json!({"keys": [{"kty": "OKP", "crv": "Ed25519", "alg": "EdDSA", "use": "sig", "kid": KID, "x": x}]});
        let port = provision::free_port()?;
        let app = move || {
            let set = set.clone();
            App::new().route("/jwks", web::get().to(move || std::future::ready(web::Json(set.clone()))))
        };
        tokio::spawn(HttpServer::new(app).workers(1).disable_signals().bind(("127.0.0.1", port))?.run());
        Ok(Self { key, url: format!("http://127.0.0.1:{port}/jwks") })
    }

    /// A citizen's token for a day.
    ///
    /// # Errors
    /// When it cannot be signed.
    pub fn citizen(&self, id: Uuid) -> Result<String> {
        self.token(id, Capacity::Myself)
    }

    /// The token for a day of an official with this role at this agency.
    ///
    /// # Errors
    /// When it cannot be signed.
    pub fn official(&self, id: Uuid, role: OfficialRole, agency: AgencyCode) -> Result<String> {
        self.token(id, Capacity::Post { agency, roles: vec![role] })
    }

    fn token(&self, id: Uuid, capacity: Capacity) -> Result<String> {
        let now = Utc::now();
        let claims = token::Claims {
            iss: ISSUER.into(),
            aud: token::AUDIENCE.into(),
            sub: id,
            iat: now.timestamp(),
            exp: (now + TimeDelta::days(1)).timestamp(),
            jti: Uuid::new_v4(),
            sid: Some(Uuid::new_v4()),
            name: "Nguyễn Văn An".into(),
            capacity,
        };
        let mut header = Header::new(Algorithm::EdDSA);
        header.typ = Some(token::TYPE.into());
        header.kid = Some(KID.into());
        let der = self.key.to_pkcs8_der()?;
        Ok(encode(&header, &claims, &EncodingKey::from_ed_der(der.as_bytes()))?)
    }
}
