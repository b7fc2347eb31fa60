//! Callers of each kind, and their calls over real sockets.

use std::{collections::HashMap, sync::Arc};

use civic::Party;
use reqwest::{Client, Method, RequestBuilder};
use serde::de::DeserializeOwned;
use serde_json::Value;
use uuid::Uuid;

use crate::{Contract, met};

/// The services of a installation, as a caller reaches them.
pub(crate) struct Wire {
    pub client: Client,
    pub bases: HashMap<&'static str, String>,
    pub contracts: HashMap<&'static str, Arc<Contract>>,
}

/// Somebody who calls.
#[derive(Clone)]
pub struct TestCaller {
    pub(crate) wire: Arc<std::sync::RwLock<Wire>>,
    pub(crate) token: Option<String>,
    /// The account, or the API client.
    pub id: Uuid,
    pub(crate) party: Option<Party>,
}

/// A call being put together.
pub struct Call {
    request: RequestBuilder,
    method: Method,
    path: String,
    contract: Option<Arc<Contract>>,
}

/// What came back.
#[derive(Clone, Debug)]
pub struct TestResponse {
    /// The HTTP status.
    pub status: u16,
    /// The headers.
    pub headers: reqwest::header::HeaderMap,
    /// The body, as JSON; `Null` when it is not.
    pub json: Value,
    /// The body.
    pub bytes: Vec<u8>,
}

impl TestCaller {
    /// The same caller with another token, or none.
    #[must_use]
    pub fn with_token(&self, token: Option<String>) -> Self {
        Self { token, ..self.clone() }
    }

    /// The access token.
    pub fn token(&self) -> Option<&str> {
        self.token.as_deref()
    }

    /// Whose dossiers this caller's are.
    ///
    /// # Panics
    /// For a caller who may not file.
    pub fn party(&self) -> Party {
        self.party.expect("only citizens, members and API clients file")
    }

    /// Begins a call of `service` (or of the `gateway`).
    ///
    /// # Panics
    /// When the installation has no such service.
    pub fn call(&self, service: &str, method: Method, path: &str) -> Call {
        let wire = self.wire.read().expect("no test panics while it holds this");
        let base = wire.bases.get(service).unwrap_or_else(|| panic!("no service {service} in this installation"));
        let mut request = wire.client.request(method.clone(), format!("{base}{path}"));
        if let Some(token) = &self.token {
            request = request.bearer_auth(token);
        }
        let contract = wire.contracts.get(service).cloned();
        let path = path.split('?').next().unwrap_or_default().to_owned();
        Call { request, method, path, contract }
    }
}

impl Call {
    /// With a JSON body.
    #[must_use]
    pub fn json(self, body: &Value) -> Self {
        self.header("content-type", "application/json").raw(body.to_string())
    }

    /// With a body of another type.
    #[must_use]
    pub fn body(self, body: impl Into<Vec<u8>>, media_type: &str) -> Self {
        self.header("content-type", media_type).raw(body)
    }

    /// With the members of an object as a form.
    ///
    /// # Panics
    /// When it is not an object of texts.
    #[must_use]
    pub fn form(self, fields: &Value) -> Self {
        let fields = fields.as_object().expect("an object").iter();
        let pairs = fields.map(|(name, value)| (name, value.as_str().expect("a text")));
        let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish();
        self.body(body, "application/x-www-form-urlencoded")
    }

    /// With an `Idempotency-Key`.
    #[must_use]
    pub fn key(self, key: &str) -> Self {
        self.header("idempotency-key", key)
    }

    /// With a header.
    #[must_use]
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.request = self.request.header(name, value);
        self
    }

    fn raw(mut self, body: impl Into<Vec<u8>>) -> Self {
        self.request = self.request.body(body.into());
        self
    }

    /// Sends it, and holds the answer against the service's document.
    ///
    /// # Panics
    /// When nothing comes back, or what comes back is not as described.
    pub async fn send(self) -> TestResponse {
        let place = format!("{} {}", self.method, self.path);
        let response = self.request.send().await.unwrap_or_else(|why| panic!("{place}: {why:?}"));
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        let bytes = response.bytes().await.unwrap_or_else(|why| panic!("{place}: {why:?}")).to_vec();
        let media_type = headers.get("content-type").and_then(|value| value.to_str().ok()).unwrap_or_default();
        if let Some(contract) = &self.contract
            && let Some(failure) = contract.check(self.method.as_str(), &self.path, status, media_type, &bytes)
        {
            met::note(&failure);
        }
        let json = serde_json::from_slice(&bytes).unwrap_or_default();
        TestResponse { status, headers, json, bytes }
    }
}

impl TestResponse {
    /// A header's value, or nothing.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok())
    }

    /// This answer, when its status is `status`.
    ///
    /// # Panics
    /// Otherwise, showing the body.
    #[track_caller]
    pub fn expect(self, status: u16) -> Self {
        assert_eq!(self.status, status, "{}", String::from_utf8_lossy(&self.bytes));
        self
    }

    /// The body as a `T`.
    ///
    /// # Panics
    /// When it is not one.
    pub fn read<T: DeserializeOwned>(&self) -> T {
        serde_json::from_value(self.json.clone()).unwrap_or_else(|why| panic!("{why}: {}", self.json))
    }

    /// A string in the body, by JSON Pointer.
    ///
    /// # Panics
    /// When there is none.
    pub fn text(&self, pointer: &str) -> &str {
        let value = self.json.pointer(pointer).and_then(Value::as_str);
        value.unwrap_or_else(|| panic!("no text at {pointer} of {}", self.json))
    }
}
