//! A gateway for one test.

use std::{env, fs};

use reqwest::{Client, Method, RequestBuilder, Response};
use runtime::Life;
use serde_json::Value;
use tokio_util::sync::{CancellationToken, DropGuard};
use uuid::Uuid;

use crate::{client::RawClient, document::document, issuer, upstream};

/// An address where nobody listens.
pub const NOBODY: &str = "http://127.0.0.1:1";
/// A dossier's path.
pub const DOSSIER: &str = "/api/v1/dossiers/0198f2a0-0000-7000-8000-000000000001";

/// A running gateway.
pub struct Gate {
    pub base: String,
    client: Client,
    _stop: DropGuard,
}

/// What came back.
pub struct TestResponse {
    pub status: u16,
    pub response: reqwest::header::HeaderMap,
    pub text: String,
}

impl Gate {
    /// A gateway before one service that answers everything with what it was asked.
    pub async fn start() -> Self {
        let echo = upstream::echo();
        Self::before(&[("--submissions-url", &echo), ("--accounts-url", &echo), ("--payments-url", &echo)]).await
    }

    /// A gateway with these flags, and nobody behind it otherwise.
    pub async fn before(flags: &[(&str, &str)]) -> Self {
        Self::of(&document(), flags).await.unwrap_or_else(|why| panic!("{why}"))
    }

    /// A gateway of `document`, or why it does not start.
    pub async fn of(document: &Value, flags: &[(&str, &str)]) -> Result<Self, String> {
        let file = env::temp_dir().join(format!("motcua-{}.json", Uuid::new_v4()));
        fs::write(&file, document.to_string()).expect("a temporary file");
        let jwks = issuer::publish();
        let mut all = vec![
            ("--listen", "127.0.0.1:0"),
            ("--threads", "1"),
            ("--document", file.to_str().expect("a path")),
            ("--jwks-url", &jwks),
            ("--issuer", issuer::ISSUER),
        ];
        let settings = gateway::service().settings();
        let services = settings.iter().filter(|setting| setting.help.starts_with("Addresses of the service"));
        let told = |name: &str| flags.iter().any(|(flag, _)| *flag == name);
        all.extend(services.map(|setting| &*setting.flag).filter(|name| !told(name)).map(|name| (name, NOBODY)));
        all.extend(flags);
        let all: Vec<_> = all.iter().flat_map(|(flag, value)| [(*flag).to_owned(), (*value).to_owned()]).collect();
        let stop = CancellationToken::new();
        let life = Life { stop: stop.clone(), ..Life::system() };
        let running = gateway::service().serve(&all, life).await.map_err(|why| format!("{why:#}"));
        fs::remove_file(file).expect("the file can go");
        let running = running?;
        let base = format!("http://{}", running.address.expect("it listens"));
        tokio::spawn(running.finished);
        let client = runtime::http_client(std::time::Duration::from_secs(40)).expect("a client");
        Ok(Self { base, client, _stop: stop.drop_guard() })
    }

    /// A request, to be finished and [`sent`].
    pub fn call(&self, method: Method, path: &str) -> RequestBuilder {
        self.client.request(method, format!("{}{path}", self.base))
    }

    /// Asks for `path`.
    pub async fn get(&self, path: &str) -> TestResponse {
        sent(self.call(Method::GET, path)).await
    }

    /// Sends JSON text.
    pub async fn post(&self, path: &str, json: &str) -> TestResponse {
        let call = self.call(Method::POST, path).header("content-type", "application/json");
        sent(call.header("accept-language", "en").body(json.to_owned())).await
    }

    /// A client that says every byte itself.
    pub async fn raw(&self) -> RawClient {
        RawClient::connect(&self.base).await
    }
}

/// Sends a request and reads the answer.
pub async fn sent(call: RequestBuilder) -> TestResponse {
    TestResponse::read(call.send().await.expect("an answer")).await
}

impl TestResponse {
    /// Reads all of an answer.
    pub async fn read(response: Response) -> Self {
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        Self { status, response: headers, text: response.text().await.expect("a body") }
    }

    /// The body as JSON; null when it is none.
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or(Value::Null)
    }

    /// All values of a header.
    pub fn headers(&self, name: &str) -> Vec<&str> {
        self.response.get_all(name).iter().map(|value| value.to_str().expect("text")).collect()
    }

    /// The problem's stable code; checks that it is a problem in all its parts.
    pub fn code(&self) -> String {
        assert_eq!(self.headers("content-type"), ["application/problem+json"], "{} {}", self.status, self.text);
        let problem = self.json();
        assert_eq!(problem["status"], self.status);
        assert_eq!(problem["trace_id"].as_str().map(str::len), Some(32));
        problem["code"].as_str().expect("a code").to_owned()
    }

    /// The pointers and codes of what is wrong.
    pub fn faults(&self) -> Vec<(String, String)> {
        let problem = self.json();
        let word = |error: &Value, key: &str| error[key].as_str().expect("a word").to_owned();
        let errors =
            problem["errors"].as_array().unwrap_or_else(|| panic!("no errors: {} {problem}", self.status)).iter();
        errors.map(|error| (word(error, "pointer"), word(error, "code"))).collect()
    }
}

/// What [`TestResponse::faults`] gives, shorter to write.
pub fn faults(list: &[(&str, &str)]) -> Vec<(String, String)> {
    list.iter().map(|(pointer, code)| ((*pointer).to_owned(), (*code).to_owned())).collect()
}
