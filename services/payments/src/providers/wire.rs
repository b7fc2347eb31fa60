//! What is said to providers over HTTP, and read of their JSON.

use std::time::Duration;

use serde::Serialize;
use serde_json::{Map, Value};

use super::NoAnswer;

/// How long an answer of a provider's is waited for.
pub const TIMEOUT: Duration = Duration::from_secs(10);
const LONGEST_ANSWER: usize = 64 * 1024;

/// Posts JSON, and gives the raw answer.
///
/// # Errors
/// When there is none, or none that may be read.
pub async fn post(client: &reqwest::Client, url: &str, body: &impl Serialize) -> Result<String, NoAnswer> {
    read(client.post(url).json(body).send().await.map_err(lost)?).await
}

/// A JSON object, and nothing else.
///
/// # Errors
/// When it is something else.
pub fn object(raw: &str) -> Result<Map<String, Value>, NoAnswer> {
    serde_json::from_str(raw).map_err(|_| NoAnswer("it is not a JSON object".into()))
}

/// A value as it is signed: providers write numbers sometimes as texts and sometimes not.
pub fn text(fields: &Map<String, Value>, name: &str) -> String {
    match fields.get(name) {
        Some(Value::String(text)) => text.clone(),
        Some(Value::Number(number)) => number.to_string(),
        _ => String::new(),
    }
}

fn lost(why: reqwest::Error) -> NoAnswer {
    NoAnswer(format!("{:?}", why.without_url()))
}

async fn read(mut answer: reqwest::Response) -> Result<String, NoAnswer> {
    if !answer.status().is_success() {
        return Err(NoAnswer(format!("HTTP {}", answer.status().as_u16())));
    }
    let mut raw = Vec::new();
    while let Some(chunk) = answer.chunk().await.map_err(lost)? {
        if raw.len() + chunk.len() > LONGEST_ANSWER {
            return Err(NoAnswer("it is longer than 64 KiB".into()));
        }
        raw.extend_from_slice(&chunk);
    }
    String::from_utf8(raw).map_err(|_| NoAnswer("it is not UTF-8".into()))
}

/// The address of a provider's page, if payers can be sent there.
///
/// # Errors
/// When it is none of the web.
pub fn page(address: String) -> Result<String, NoAnswer> {
    let is_web = url::Url::parse(&address).is_ok_and(|url| matches!(url.scheme(), "http" | "https") && url.has_host());
    is_web.then_some(address).ok_or_else(|| NoAnswer("it names no page".into()))
}
