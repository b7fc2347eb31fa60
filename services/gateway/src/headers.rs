//! Header hygiene: what a client may not say, what only concerns one connection, and what the gateway says itself.

use std::net::IpAddr;

use actix_web::{HttpRequest, HttpResponseBuilder, http::header as to_client};
use http::header::{self as to_service, HeaderMap, HeaderName, HeaderValue};
use runtime::Trace;
use url::Url;

/// Concern one connection only (RFC 9110 §7.6.1), or are written anew for the next one.
const ONE_HOP: [&str; 11] = [
    "connection",
    "content-length",
    "expect",
    "host",
    "keep-alive",
    "proxy-authenticate",
    "proxy-authorization",
    "proxy-connection",
    "te",
    "trailer",
    "upgrade",
];
/// Would be believed if a client could say them.
const OURS: [&str; 4] = ["forwarded", "x-real-ip", "traceparent", "x-request-id"];
const OURS_BY_START: [&str; 3] = ["x-forwarded-", "x-user-", "x-internal-"];
const CLOSED: to_client::HeaderValue =
    to_client::HeaderValue::from_static("default-src 'none'; frame-ancestors 'none'");
const HTTPS_ONLY: to_client::HeaderValue = to_client::HeaderValue::from_static("max-age=31536000; includeSubDomains");

/// The address that people see, as services and browsers are told it.
pub(crate) struct Public {
    scheme: HeaderValue,
    host: HeaderValue,
    https: bool,
}

impl Public {
    /// The address `url`.
    pub fn new(url: &Url) -> anyhow::Result<Self> {
        Ok(Self {
            scheme: HeaderValue::from_str(url.scheme())?,
            host: HeaderValue::from_str(url.authority())?,
            https: url.scheme() == "https",
        })
    }

    /// Adds what every answer carries, unless the service said it.
    pub fn secure(&self, headers: &mut to_client::HeaderMap) {
        if !headers.contains_key(to_client::CONTENT_SECURITY_POLICY) {
            headers.insert(to_client::CONTENT_SECURITY_POLICY, CLOSED);
        }
        if self.https {
            headers.insert(to_client::STRICT_TRANSPORT_SECURITY, HTTPS_ONLY);
        }
    }

    /// The headers with which a request goes on to a service.
    pub fn forwarded(&self, request: &HttpRequest, client: IpAddr, trace: &Trace, guesses: Option<u32>) -> HeaderMap {
        let from = request.headers();
        let named = listed(from.get_all("connection").filter_map(|value| value.to_str().ok()));
        let mut headers = HeaderMap::with_capacity(from.len() + 5);
        for (name, value) in from {
            let name = name.as_str();
            if passes(name, &named)
                && !is_ours(name)
                && let Ok(name) = HeaderName::from_bytes(name.as_bytes())
                && let Ok(value) = HeaderValue::from_bytes(value.as_bytes())
            {
                headers.append(name, value);
            }
        }
        let mut say = |name, value: Result<HeaderValue, _>| {
            value.map(|value| headers.insert(HeaderName::from_static(name), value))
        };
        // All of these are made of characters that a header may hold.
        let _ = say("x-forwarded-for", text(&client.to_string()));
        let _ = say("traceparent", text(&trace.to_string()));
        let _ = say("x-request-id", text(trace.request_id()));
        let _ = say("x-forwarded-proto", Ok(self.scheme.clone()));
        let _ = say("x-forwarded-host", Ok(self.host.clone()));
        if let Some(seconds) = guesses {
            let _ = say(edge::GuessesSpent::HEADER, Ok(seconds.into()));
        }
        headers
    }
}

/// Copies the headers of a service's answer.
pub(crate) fn answered(from: &HeaderMap, answer: &mut HttpResponseBuilder) {
    let named = listed(from.get_all(to_service::CONNECTION).iter().filter_map(|value| value.to_str().ok()));
    for (name, value) in from {
        if passes(name.as_str(), &named) {
            answer.append_header((name.as_str(), value.as_bytes()));
        }
    }
}

fn text(text: &str) -> Result<HeaderValue, to_service::InvalidHeaderValue> {
    HeaderValue::from_str(text)
}

/// The names that `Connection` lists: they go no further either.
fn listed<'a>(values: impl Iterator<Item = &'a str>) -> Vec<String> {
    values.flat_map(|value| value.split(',')).map(|name| name.trim().to_ascii_lowercase()).collect()
}

fn passes(name: &str, listed: &[String]) -> bool {
    !ONE_HOP.contains(&name) && name != "transfer-encoding" && !listed.iter().any(|listed| listed == name)
}

fn is_ours(name: &str) -> bool {
    OURS.contains(&name) || OURS_BY_START.iter().any(|start| name.starts_with(start))
}
