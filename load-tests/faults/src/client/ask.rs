//! Requests that can be made again.

use reqwest::Method;
use serde_json::Value;

/// A request that can be made again.
#[derive(Clone, Debug)]
pub struct Ask {
    pub(super) method: Method,
    pub(super) path: String,
    pub(super) token: Option<String>,
    pub(super) headers: Vec<(&'static str, String)>,
    pub(super) body: Vec<u8>,
}

impl Ask {
    /// Gets a path of the gateway.
    pub fn get(path: impl Into<String>) -> Self {
        Self { method: Method::GET, path: path.into(), token: None, headers: Vec::new(), body: Vec::new() }
    }

    /// Posts JSON under a key.
    pub fn post(path: impl Into<String>, key: impl Into<String>, body: &Value) -> Self {
        let ask = Self { method: Method::POST, ..Self::get(path) };
        ask.header("idempotency-key", key).header("content-type", "application/json").body(body.to_string())
    }

    /// Puts JSON in place of a version.
    pub fn put(path: impl Into<String>, version: impl Into<String>, body: &Value) -> Self {
        let ask = Self { method: Method::PUT, ..Self::get(path) };
        ask.header("if-match", version).header("content-type", "application/json").body(body.to_string())
    }

    /// Uploads a PDF under a key.
    pub fn upload(path: impl Into<String>, key: impl Into<String>, body: &[u8]) -> Self {
        let ask = Self { method: Method::POST, ..Self::get(path) };
        ask.header("idempotency-key", key).header("content-type", "application/pdf").body(body)
    }

    /// Sends a statement as CSV under a key.
    pub fn statement(path: impl Into<String>, key: impl Into<String>, body: &[u8]) -> Self {
        let ask = Self { method: Method::POST, ..Self::get(path) };
        ask.header("idempotency-key", key).header("content-type", "text/csv").body(body)
    }

    /// In the name of whom the token was issued to.
    #[must_use]
    pub fn by(mut self, token: &str) -> Self {
        self.token = Some(token.to_owned());
        self
    }

    /// The same under another key.
    #[must_use]
    pub fn under(mut self, key: impl Into<String>) -> Self {
        self.headers.retain(|(name, _)| *name != "idempotency-key");
        self.header("idempotency-key", key)
    }

    /// With a header.
    #[must_use]
    pub fn header(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    fn body(mut self, body: impl Into<Vec<u8>>) -> Self {
        self.body = body.into();
        self
    }
}
