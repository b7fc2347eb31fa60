//! Answers that are the same for everybody, kept for as long as the service's `max-age` allows: what a whole country reads on the
//! first day is asked of a service once in that time.

use std::{sync::Arc, time::Duration};

use actix_web::{
    HttpRequest, HttpResponse,
    http::{
        Method, StatusCode,
        header::{self, HeaderMap},
    },
    web::Bytes,
};
use moka::sync::Cache;
use tokio::time::Instant;

/// An answer is never older than this when it is given again, whatever `max-age` allows: a change shows soon.
const MAX_AGE: Duration = Duration::from_secs(10);
/// Bytes kept, in all.
const CAPACITY: u64 = 16 * 1024 * 1024;
/// An entry's own weight beside its body: key, headers, the table's own.
const OVERHEAD: usize = 1024;

/// What is kept, by path, query and language.
pub(crate) struct ResponseCache(Cache<String, Arc<CachedResponse>>);

/// An answer with status 200.
struct CachedResponse {
    headers: HeaderMap,
    body: Bytes,
    since: Instant,
    until: Instant,
}

impl ResponseCache {
    /// Room for answers.
    pub fn new() -> Self {
        let weight = |key: &String, answer: &Arc<CachedResponse>| {
            u32::try_from(key.len() + answer.body.len() + OVERHEAD).unwrap_or(u32::MAX)
        };
        Self(Cache::builder().max_capacity(CAPACITY).time_to_live(MAX_AGE).weigher(weight).build())
    }

    /// The name under which the answer to a request may be kept; none when it may not be.
    pub fn key(request: &HttpRequest) -> Option<String> {
        let asked = [Method::GET, Method::HEAD].contains(request.method());
        let language = request.headers().get(header::ACCEPT_LANGUAGE).map_or(Ok(""), |value| value.to_str()).ok()?;
        asked.then(|| format!("{} {language}", request.uri()))
    }

    /// The answer that is kept under `key`: with its age, and 304 to whoever has it already (RFC 9111 §4).
    pub fn find(&self, key: &str, request: &HttpRequest) -> Option<HttpResponse> {
        let answer = self.0.get(key)?;
        let now = Instant::now();
        if now >= answer.until {
            return None;
        }
        let tag = answer.headers.get(header::ETAG).and_then(|tag| tag.to_str().ok());
        let known = tag.is_some_and(|tag| edge::is_known(request.headers(), tag));
        let mut response = HttpResponse::build(if known { StatusCode::NOT_MODIFIED } else { StatusCode::OK });
        for (name, value) in &answer.headers {
            if !(known && name == header::CONTENT_TYPE) {
                response.append_header((name.clone(), value.clone()));
            }
        }
        response.insert_header((header::AGE, (now - answer.since).as_secs()));
        Some(if known { response.finish() } else { response.body(answer.body.clone()) })
    }

    /// Keeps an answer if its service allows it to be given to others.
    pub fn keep(&self, key: String, response: &HttpResponse, body: Bytes) {
        let headers = response.headers();
        let Some(age) = public_for(headers).filter(|_| response.status() == StatusCode::OK) else { return };
        if headers.contains_key(header::VARY) || headers.contains_key(header::SET_COOKIE) {
            return;
        }
        let since = Instant::now();
        let until = since + age.min(MAX_AGE);
        self.0.insert(key, Arc::new(CachedResponse { headers: headers.clone(), body, since, until }));
    }
}

/// For how long everybody may be given this answer.
fn public_for(headers: &HeaderMap) -> Option<Duration> {
    let said = headers.get(header::CACHE_CONTROL)?.to_str().ok()?;
    let words = || said.split(',').map(str::trim);
    let age = words().find_map(|word| word.strip_prefix("max-age=")?.parse().ok())?;
    words().any(|word| word == "public").then(|| Duration::from_secs(age))
}
