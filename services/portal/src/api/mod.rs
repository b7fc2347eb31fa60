//! The public API, called as anybody may call it: through the gateway, with the user's own token and language.

mod files;
mod published;
mod response;

use std::{net::IpAddr, time::Duration};

use civic::Language;
use reqwest::{Body, Client, Method, RequestBuilder, header};
use runtime::Trace;
use serde_json::Value;
use url::Url;

pub(crate) use self::{published::Published, response::ApiResponse};
use crate::failure::Failure;

/// Longer than the gateway waits for a service.
const API_TIMEOUT: Duration = Duration::from_secs(40);
/// The longest that a file may take: the gateway has long refused what comes too slowly.
pub(crate) const FILE_TIMEOUT: Duration = Duration::from_secs(3600);

/// What the API says while the same request is being answered already, and how often and how long that is waited for.
const IN_PROGRESS: &str = "in-progress";
const LOOKS: u32 = 40;
const BETWEEN_LOOKS: Duration = Duration::from_millis(250);

/// The way to the gateway.
#[derive(Clone)]
pub(crate) struct Door {
    client: Client,
    /// Without a slash at the end, so that a path can follow.
    base: String,
}

/// The API as one visitor calls it.
#[derive(Clone)]
pub(crate) struct Api {
    door: Door,
    language: Language,
    client: Option<IpAddr>,
    token: Option<String>,
}

/// A call that is put together.
pub(crate) struct Call(RequestBuilder);

impl Door {
    /// The gateway at `url`.
    pub fn new(client: Client, url: &Url) -> Self {
        Self { client, base: url.as_str().trim_end_matches('/').to_owned() }
    }

    /// The API for somebody who reads `language`, is at the address `client` if that is known, and has `token` if signed in.
    pub fn open(&self, language: Language, client: Option<IpAddr>, token: Option<&str>) -> Api {
        Api { door: self.clone(), language, client, token: token.map(str::to_owned) }
    }
}

impl Api {
    /// Reads `path`.
    ///
    /// # Errors
    /// The API's problem, or that it does not answer.
    pub async fn get(&self, path: &str) -> Result<Value, Failure> {
        Ok(self.call(Method::GET, path).send().await?.json)
    }

    /// Reads `path`; nothing while what answers it is away, for a page that shows the rest all the same.
    ///
    /// # Errors
    /// As [`Api::get`], of what is not away.
    pub async fn get_unless_away(&self, path: &str) -> Result<Option<Value>, Failure> {
        match self.get(path).await {
            Ok(found) => Ok(Some(found)),
            Err(failure) if failure.is_away() => Ok(None),
            Err(failure) => Err(failure),
        }
    }

    /// Posts `body` to `path`. `key` makes a repetition harmless, where the operation asks for one.
    ///
    /// # Errors
    /// As [`Api::get`].
    pub async fn post(&self, path: &str, key: Option<&str>, body: &Value) -> Result<Value, Failure> {
        let call = self.call(Method::POST, path).json(body);
        let call = match key {
            Some(key) => call.header("idempotency-key", key),
            None => call,
        };
        Ok(call.send().await?.json)
    }

    /// Begins a call.
    pub fn call(&self, method: Method, path: &str) -> Call {
        let language = self.language.as_str();
        let request = self.door.client.request(method, format!("{}{path}", self.door.base));
        let mut request = request.header(header::ACCEPT_LANGUAGE, language).timeout(API_TIMEOUT);
        if let Some(trace) = Trace::current() {
            request = request.header("traceparent", trace.to_string());
        }
        // The gateway counts visitors by it, and not us.
        if let Some(client) = self.client {
            request = request.header("x-forwarded-for", client.to_string());
        }
        if let Some(token) = &self.token {
            request = request.bearer_auth(token);
        }
        Call(request)
    }
}

impl Call {
    /// With a header. What can stand in none, as a forged form may have it, is left out: the operation says what is missing.
    pub fn header(self, name: &str, value: &str) -> Self {
        match header::HeaderValue::from_str(value) {
            Ok(value) => Self(self.0.header(name, value)),
            Err(_) => self,
        }
    }

    /// Made from this version of what it changes, if that is said.
    pub fn made_from(self, version: Option<&str>) -> Self {
        match version {
            Some(version) => self.header("if-match", version),
            None => self,
        }
    }

    /// With a JSON body.
    pub fn json(self, body: &Value) -> Self {
        Self(self.0.json(body))
    }

    /// With a body that is still coming.
    pub fn body(self, body: Body) -> Self {
        Self(self.0.body(body))
    }

    /// For a file, which may take long.
    pub fn patient(self) -> Self {
        self.within(FILE_TIMEOUT)
    }

    /// Given up after `time`.
    pub fn within(self, time: Duration) -> Self {
        Self(self.0.timeout(time))
    }

    /// As [`Call::send`]. When the same request is being answered already, as after a double click, what comes of that is what came of both.
    ///
    /// # Errors
    /// As [`Api::get`].
    pub async fn send_or_join(self) -> Result<ApiResponse, Failure> {
        let mut waited = 0;
        loop {
            let Some(again) = self.0.try_clone() else { return self.send().await };
            match Self(again).send().await {
                Err(Failure::Refused(problem)) if problem.code == IN_PROGRESS && waited < LOOKS => {
                    waited += 1;
                    tokio::time::sleep(BETWEEN_LOOKS).await;
                }
                sent => return sent,
            }
        }
    }

    /// Sends it and takes the whole answer.
    ///
    /// # Errors
    /// As [`Api::get`].
    pub async fn send(self) -> Result<ApiResponse, Failure> {
        let response = self.0.send().await.map_err(unreachable)?;
        ApiResponse::read(response).await
    }
}

/// What a call that brought no answer comes to. The address is not logged: it may hold a person's data.
fn unreachable(why: reqwest::Error) -> Failure {
    tracing::warn!(error = %format!("{:#}", anyhow::Error::from(why.without_url())), "the API does not answer");
    Failure::Unavailable
}
