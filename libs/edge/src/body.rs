//! Request bodies: JSON that parses strictly, and commands with their `Idempotency-Key`.

use std::time::Duration;

use actix_web::{
    FromRequest, HttpMessage, HttpRequest,
    dev::Payload,
    web::{Bytes, BytesMut},
};
use chrono::{DateTime, Utc};
use civic::{LocalText, TextKind};
use diesel_async::AsyncPgConnection;
use futures_util::{FutureExt, StreamExt, future::LocalBoxFuture};
use serde::{Deserialize, de::DeserializeOwned};
use serde_path_to_error::{Path, Segment};
use uuid::Uuid;

use crate::{Claim, IdempotencyKey, Problem, Reply, kinds};

/// A JSON body is answers to a form, at most.
const JSON_LIMIT: usize = 256 * 1024;
/// A client that needs longer for a JSON body holds a connection for nothing.
const BODY_TIMEOUT: Duration = Duration::from_secs(10);

/// A JSON body.
#[derive(Debug)]
pub struct Json<T>(pub T);

/// A body together with the key under which it takes effect once.
#[derive(Debug)]
pub struct Command<T> {
    /// What is asked.
    pub body: T,
    key: IdempotencyKey,
    request: Vec<u8>,
}

/// The body of an operation that needs none; `{}` is taken too.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NoBody {}

impl<T: DeserializeOwned + 'static> FromRequest for Json<T> {
    type Error = Problem;
    type Future = LocalBoxFuture<'static, Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let (json, payload) = (is_json(request), payload.take());
        async move { parse(json, &read_limited(payload, JSON_LIMIT, BODY_TIMEOUT).await?).map(Json) }.boxed_local()
    }
}

impl<T: DeserializeOwned + 'static> FromRequest for Command<T> {
    type Error = Problem;
    type Future = LocalBoxFuture<'static, Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let (key, json, payload) = (IdempotencyKey::of(request), is_json(request), payload.take());
        let mut fingerprint = format!("{} {}\n", request.method(), request.path()).into_bytes();
        async move {
            let key = key?;
            let bytes = read_limited(payload, JSON_LIMIT, BODY_TIMEOUT).await?;
            let body = parse(json, &bytes)?;
            // Two spellings of the same JSON are the same request.
            let canonical = serde_json::from_slice::<serde_json::Value>(&bytes).unwrap_or_default();
            fingerprint.extend(canonical.to_string().into_bytes());
            Ok(Self { body, key, request: fingerprint })
        }
        .boxed_local()
    }
}

impl<T> Command<T> {
    /// Does `work` once; see [`IdempotencyKey::once`].
    ///
    /// # Errors
    /// As [`IdempotencyKey::once`].
    pub async fn once(
        self,
        pool: &pg::Pool,
        scope: Uuid,
        now: DateTime<Utc>,
        work: impl AsyncFnOnce(&mut AsyncPgConnection, T) -> Result<Reply, Problem>,
    ) -> Result<Reply, Problem> {
        let Self { body, key, request } = self;
        key.once(pool, scope, &request, now, async |conn| work(conn, body).await).await
    }

    /// The key's claim, for work that writes the key's row itself.
    pub fn claim(&self, scope: Uuid) -> Claim {
        self.key.claim(scope, &self.request)
    }
}

fn is_json(request: &HttpRequest) -> bool {
    request.content_type().eq_ignore_ascii_case("application/json")
}

/// 413, and how many bytes are taken.
#[must_use]
pub fn too_large(most: usize) -> Problem {
    let text = LocalText {
        vi: format!("Tối đa {} KB ({most} byte).", most / 1024),
        en: format!("At most {} KB ({most} bytes) are taken.", most / 1024),
    };
    Problem::from(kinds::TOO_LARGE).field("", "too-large", text)
}

/// Reads a body of at most `limit` bytes within `timeout`.
///
/// # Errors
/// 413 when it is larger, 408 when it is slower, 400 when the connection breaks.
pub async fn read_limited(mut payload: Payload, limit: usize, timeout: Duration) -> Result<Bytes, Problem> {
    let reading = async {
        let mut body = BytesMut::new();
        while let Some(chunk) = payload.next().await {
            let chunk = chunk.map_err(|_| kinds::MALFORMED)?;
            if body.len() + chunk.len() > limit {
                return Err(too_large(limit));
            }
            body.extend_from_slice(&chunk);
        }
        Ok(body.freeze())
    };
    tokio::time::timeout(timeout, reading).await.map_err(|_| Problem::from(kinds::TIMEOUT))?
}

fn parse<T: DeserializeOwned>(json: bool, bytes: &[u8]) -> Result<T, Problem> {
    let bytes = if bytes.is_empty() { b"{}" } else { bytes };
    if !json && bytes != b"{}" {
        let text = LocalText::new("Hãy gửi Content-Type: application/json.", "Send Content-Type: application/json.");
        return Err(Problem::from(kinds::UNSUPPORTED_MEDIA).field("", "media-type", text));
    }
    let mut reader = serde_json::Deserializer::from_slice(bytes);
    let value = serde_path_to_error::deserialize(&mut reader)
        .map_err(|why| if why.inner().is_data() { invalid(&why) } else { kinds::MALFORMED.into() })?;
    reader.end().map_err(|_| Problem::from(kinds::MALFORMED))?;
    Ok(value)
}

/// Reads a value of a body that was taken as JSON without looking at what it says.
///
/// # Errors
/// 400, naming the place of the first thing that is not as expected.
pub fn read_value<T: DeserializeOwned>(value: serde_json::Value) -> Result<T, Problem> {
    serde_path_to_error::deserialize(value).map_err(|why| invalid(&why))
}

fn invalid(why: &serde_path_to_error::Error<serde_json::Error>) -> Problem {
    // The parser's sentence may quote the value, but only to the person who sent it.
    let reason = why.inner().to_string();
    let reason = reason.split(" at line").next().unwrap_or_default();
    let (code, text) = match TextKind::refused(reason) {
        Some(kind) => (kind.name, kind.sentence()),
        // For JSON Schema 2.0 is an integer, and the gateway lets it pass.
        None if reason.starts_with("invalid type: floating point") => (
            "type",
            LocalText::new(
                "Hãy ghi số nguyên không có dấu thập phân, ví dụ 2.",
                "Write a whole number without a decimal point, like 2.",
            ),
        ),
        None => {
            let vi = format!("Giá trị không hợp lệ ({reason}).");
            ("invalid", LocalText { vi, en: format!("Not a valid value ({reason}).") })
        }
    };
    Problem::from(kinds::INVALID).field(pointer(why.path()), code, text)
}

/// A place in a body, as a JSON Pointer (RFC 6901).
fn pointer(path: &Path) -> String {
    let names = path.iter().filter_map(|segment| match segment {
        Segment::Seq { index } => Some(index.to_string()),
        Segment::Map { key: name } | Segment::Enum { variant: name } => {
            Some(name.replace('~', "~0").replace('/', "~1"))
        }
        Segment::Unknown => None,
    });
    names.map(|name| format!("/{name}")).collect()
}
