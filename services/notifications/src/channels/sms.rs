//! SMS by an aggregator's HTTP API in the manner of eSMS (developers.esms.vn): HTTP says 200 whatever happens, `CodeResult` in
//! the body says what did.

use anyhow::{Context, Result};
use futures_util::{FutureExt, future::BoxFuture};
use reqwest::{Client, StatusCode};
use serde::{Deserialize, Serialize};

use super::Channel;
use crate::{
    config,
    domain::{
        delivery::Outcome,
        message::{Outgoing, Words},
    },
};

const PATH: &str = "/MainService.svc/json/SendMultipleMessage_V4_post_json/";
const LARGEST_ANSWER: usize = 64 * 1024;
const CUSTOMER_CARE: &str = "2";

const TAKEN: &str = "100";
/// The request id came before: the message was taken then.
const REPEATED: &str = "124";
/// What no later attempt changes: number blocked (99) or malformed (108), type not supported (118) or missing (300), text
/// unlike the registered template (146), sender not registered with the number's network (177). All others concern our
/// account (keys 101, prices 102, balance 103, sender 104, our address 140) or are unlisted: somebody can mend them meanwhile.
const PERMANENT: [&str; 6] = ["99", "108", "118", "146", "177", "300"];

/// Sends by an SMS aggregator.
pub struct Sms {
    client: Client,
    url: String,
    api_key: String,
    secret_key: String,
    brandname: String,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Request<'a> {
    api_key: &'a str,
    secret_key: &'a str,
    phone: String,
    content: &'a str,
    brandname: &'a str,
    sms_type: &'static str,
    /// Another request with this id is answered 124 and not sent.
    request_id: String,
}

#[derive(Deserialize)]
struct Reply {
    #[serde(rename = "CodeResult")]
    code: String,
    #[serde(rename = "SMSID")]
    reference: Option<String>,
    #[serde(rename = "ErrorMessage")]
    message: Option<String>,
}

impl Sms {
    /// Prepares sending.
    ///
    /// # Errors
    /// When the HTTP client cannot start.
    pub fn new(settings: &config::Sms) -> Result<Self> {
        Ok(Self {
            client: runtime::http_client(settings.sms_timeout).context("no HTTP client for SMS")?,
            url: format!("{}{PATH}", settings.sms_url.trim_end_matches('/')),
            api_key: settings.sms_api_key.clone(),
            secret_key: settings.sms_secret_key.clone(),
            brandname: settings.sms_brandname.clone(),
        })
    }

    async fn ask(&self, message: &Outgoing, text: &str) -> Result<(StatusCode, Vec<u8>), Outcome> {
        let request = Request {
            api_key: &self.api_key,
            secret_key: &self.secret_key,
            phone: domestic(&message.address),
            content: text,
            brandname: &self.brandname,
            sms_type: CUSTOMER_CARE,
            request_id: message.id.to_string(),
        };
        let sending = self.client.post(&self.url).json(&request).send();
        let mut answer = sending.await.map_err(|why| match why.is_connect() || why.is_builder() {
            true => Outcome::PutOff(described(why)),
            false => Outcome::Unknown(described(why)),
        })?;
        let (status, mut body) = (answer.status(), Vec::new());
        while let Some(chunk) = answer.chunk().await.map_err(|why| Outcome::Unknown(described(why)))? {
            if body.len() + chunk.len() > LARGEST_ANSWER {
                return Err(Outcome::Unknown("the answer is longer than 64 KiB".into()));
            }
            body.extend_from_slice(&chunk);
        }
        Ok((status, body))
    }
}

impl Channel for Sms {
    fn send<'a>(&'a self, message: &'a Outgoing, words: &'a Words) -> BoxFuture<'a, Outcome> {
        async move {
            match self.ask(message, &words.text).await {
                Ok((status, body)) => judge(status, &body),
                Err(outcome) => outcome,
            }
        }
        .boxed()
    }
}

fn judge(status: StatusCode, body: &[u8]) -> Outcome {
    if status.is_server_error() {
        return Outcome::Unknown(format!("HTTP {status}"));
    }
    if status != StatusCode::OK {
        return Outcome::PutOff(format!("HTTP {status}"));
    }
    let Ok(answer) = serde_json::from_slice::<Reply>(body) else {
        return Outcome::Unknown("the answer is not the aggregator's JSON".into());
    };
    let why = || format!("{}: {}", answer.code, answer.message.as_deref().unwrap_or_default());
    match answer.code.as_str() {
        TAKEN => Outcome::Accepted(answer.reference),
        REPEATED => Outcome::Accepted(None),
        code if PERMANENT.contains(&code) => Outcome::Refused(why()),
        _ => Outcome::PutOff(why()),
    }
}

/// `+84912345678` as `0912345678`, which every aggregator takes.
fn domestic(phone: &str) -> String {
    phone.strip_prefix("+84").map_or_else(|| phone.to_owned(), |national| format!("0{national}"))
}

/// The keys are in the body, never in the URL; still no address of the outside belongs into a record.
fn described(why: reqwest::Error) -> String {
    let why = why.without_url();
    std::iter::successors(Some(&why as &dyn std::error::Error), |why| why.source())
        .map(ToString::to_string)
        .collect::<Vec<_>>()
        .join(": ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn judged(status: u16, body: &str) -> &'static str {
        let outcome = judge(StatusCode::from_u16(status).expect("a status"), body.as_bytes());
        match outcome {
            Outcome::Accepted(_) => "accepted",
            Outcome::Refused(_) => "refused",
            Outcome::PutOff(_) => "put off",
            Outcome::Unknown(_) => "unknown",
        }
    }

    #[test]
    fn the_code_in_the_body_decides_and_http_only_where_there_is_none() {
        let body = |code: &str| format!(r#"{{"CodeResult": "{code}", "CountRegenerate": 0}}"#);
        let table: [(&str, &[&str]); 3] = [
            ("accepted", &["100", "124"]),
            ("refused", &["99", "108", "118", "146", "177", "300"]),
            ("put off", &["101", "102", "103", "104", "140", "304", "9999", ""]),
        ];
        for (outcome, codes) in table {
            for code in codes {
                assert_eq!(judged(200, &body(code)), outcome, "CodeResult {code}");
            }
        }
        assert_eq!(judged(503, &body("100")), "unknown");
        assert_eq!(judged(429, ""), "put off");
        assert_eq!(judged(301, ""), "put off");
        assert_eq!(judged(200, "<html>"), "unknown");
        assert_eq!(judged(200, r#"{"CodeResult": 100}"#), "unknown");
    }
}
