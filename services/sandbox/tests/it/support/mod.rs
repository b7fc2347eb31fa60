//! A sandbox on free ports, and the parties that talk to it.

pub mod merchant;
pub mod smtp;

use std::{future::Future, sync::Arc, time::Duration};

use reqwest::{Client, Method, Response, redirect::Policy};
use sandbox::{Config, Sandbox};
use serde_json::{Value, json};

pub struct Fixture {
    pub sandbox: Sandbox,
    pub http: Client,
}

impl Fixture {
    pub async fn new() -> Self {
        Self::with(Config::on_free_ports()).await
    }

    pub async fn with(config: Config) -> Self {
        let sandbox = sandbox::start(config, runtime::Life::system()).await.unwrap();
        Self { sandbox, http: client() }
    }

    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.sandbox.http)
    }

    pub async fn get(&self, path: &str) -> Response {
        self.http.get(self.url(path)).send().await.unwrap()
    }

    pub async fn json(&self, path: &str) -> Value {
        self.get(path).await.json().await.unwrap()
    }

    pub async fn items(&self, path: &str) -> Vec<Value> {
        self.json(path).await["items"].as_array().unwrap().clone()
    }

    pub async fn send(&self, method: Method, path: &str, body: &Value) -> Response {
        self.http.request(method, self.url(path)).json(body).send().await.unwrap()
    }

    pub async fn behave(&self, behaviour: Value) {
        let answer = self.send(Method::PUT, "/behaviour", &behaviour).await;
        assert_eq!(answer.status(), 200, "{}", answer.text().await.unwrap());
    }

    pub async fn register(&self, ipn_url: &str) {
        let body = json!({ "ipn_url": ipn_url });
        let answer = self.send(Method::PUT, "/vnpay/merchant", &body).await;
        assert_eq!(answer.status(), 200);
    }

    pub async fn payment(&self, txn_ref: &str) -> Value {
        let mut found = self.items(&format!("/payments?txn_ref={txn_ref}")).await;
        assert_eq!(found.len(), 1, "one payment with that reference");
        found.remove(0)
    }
}

impl Drop for Fixture {
    fn drop(&mut self) {
        self.sandbox.stop.cancel();
    }
}

/// Plain HTTP, no redirects: a 302 is an answer to look at.
fn client() -> Client {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let no_tls = rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(rustls::RootCertStore::empty())
        .with_no_client_auth();
    Client::builder().tls_backend_preconfigured(no_tls).no_proxy().redirect(Policy::none()).build().unwrap()
}

/// Asks again and again until there is an answer; five seconds at most.
pub async fn until<T, F: Future<Output = Option<T>>>(mut ask: impl FnMut() -> F) -> T {
    let asking = async {
        loop {
            if let Some(found) = ask().await {
                return found;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(5), asking).await.expect("it happened in time")
}

/// Whether something goes unanswered for as long as a test can wait.
pub async fn is_silent<T>(work: impl Future<Output = T>) -> bool {
    tokio::time::timeout(Duration::from_millis(300), work).await.is_err()
}
