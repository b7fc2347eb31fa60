//! The body of an operation: which media types it takes, and what their content must be.

use std::time::Duration;

use actix_web::{
    HttpRequest,
    dev::Payload,
    http::header::{self, HeaderMap},
    web::Bytes,
};
use anyhow::Result;
use edge::{Pace, Problem, kinds, read_limited, too_large};
use files::MediaType;
use jsonschema::Validator;
use serde_json::{Value, json};

use super::{faults::Faults, fields::Fields, json, text::pairs, words};
use crate::{
    schemas::Schemas,
    upload::{Terms, Upload},
};

/// A JSON body is answers to a form, at most.
const JSON_LIMIT: usize = 256 * 1024;
/// A form-encoded body is a few words.
const FORM_LIMIT: usize = 64 * 1024;
/// A client that needs longer for a small body holds a connection for nothing.
const BODY_TIMEOUT: Duration = Duration::from_secs(10);

/// What may be sent with an operation.
pub(crate) struct BodyRules {
    /// A request without a body is refused.
    pub required: bool,
    /// Media types with their content, ranges last.
    pub media: Vec<(String, Content)>,
}

/// What a media type's content must be.
pub(crate) enum Content {
    /// Read whole, and checked; with the document's example.
    Json(Validator, Value),
    /// Read whole, and checked when there is a schema.
    Form(Option<Fields>),
    /// Read whole, and passed on unread: the service says itself what is wrong with it.
    Unread,
    /// Passed on as it comes: a file.
    Stream,
}

/// A body on its way to the service.
pub(crate) enum Body {
    /// There is none.
    Nothing,
    /// It was read and checked.
    Whole(Bytes),
    /// It is still coming.
    Coming(Upload),
}

impl BodyRules {
    /// The rules of an operation that needs no body. An empty JSON object is taken: some clients cannot send nothing.
    pub fn none(schemas: &Schemas<'_>) -> Result<Self> {
        let empty = schemas.compile(&json!({"type": "object", "additionalProperties": false}))?;
        Ok(Self { required: false, media: vec![("application/json".into(), Content::Json(empty, Value::Null))] })
    }

    /// Takes a media type, whose schema stands at `schema`, with the document's example of it.
    pub fn add(
        &mut self,
        schemas: &Schemas<'_>,
        media_type: &str,
        schema: Option<&str>,
        example: &Value,
    ) -> Result<()> {
        let media_type = essence(media_type).to_ascii_lowercase();
        let content = if media_type == "application/json" || media_type.ends_with("+json") {
            let validator = schema.map_or_else(|| schemas.compile(&Value::Bool(true)), |at| schemas.validator(at))?;
            Content::Json(validator, example.clone())
        } else if media_type == "application/x-www-form-urlencoded" {
            Content::Form(schema.map(|at| Fields::new(schemas, at, example)).transpose()?)
        } else {
            Content::Stream
        };
        // A range (`image/*`) stands behind every type that is named in full.
        let place = if media_type.ends_with('*') { self.media.len() } else { 0 };
        self.media.insert(place, (media_type, content));
        Ok(())
    }

    /// Takes a media type whose content the service checks itself: `x-own-errors` at the operation.
    pub fn pass_on(&mut self, media_type: &str) {
        self.media.insert(0, (essence(media_type).to_ascii_lowercase(), Content::Unread));
    }

    /// Takes the body of `request`, small ones whole and checked; of a file, which comes by these terms, the beginning.
    ///
    /// # Errors
    /// 400 (malformed, or naming each field that is wrong), 408, 413, 415.
    pub async fn take(&self, request: &HttpRequest, mut payload: Payload, terms: Terms) -> Result<Body, Problem> {
        let headers = request.headers();
        let length = headers.get(header::CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.parse::<u64>().ok());
        if length.unwrap_or(0) == 0 && !headers.contains_key(header::TRANSFER_ENCODING) {
            return self.nothing();
        }
        let limit =
            |most: usize| if length.is_some_and(|it| it > most as u64) { Err(too_large(most)) } else { Ok(most) };
        let Some(content) = self.content(headers) else { return Err(self.unsupported(headers, &mut payload).await) };
        match content {
            Content::Stream => Ok(Body::Coming(Upload::new(payload, length, terms)?)),
            Content::Unread => Ok(Body::Whole(read_limited(payload, limit(FORM_LIMIT)?, BODY_TIMEOUT).await?)),
            Content::Json(validator, example) => {
                let bytes = read_limited(payload, limit(JSON_LIMIT)?, BODY_TIMEOUT).await?;
                if bytes.is_empty() {
                    return self.nothing();
                }
                let mut faults = Faults::default();
                faults.check("", validator, &json::read(&bytes)?, example);
                faults.outcome().map(|()| Body::Whole(bytes))
            }
            Content::Form(fields) => {
                let bytes = read_limited(payload, limit(FORM_LIMIT)?, BODY_TIMEOUT).await?;
                let pairs = pairs(str::from_utf8(&bytes).map_err(|_| kinds::MALFORMED)?)?;
                let mut faults = Faults::default();
                if let Some(fields) = fields {
                    fields.check(&pairs, "", &mut faults);
                }
                faults.outcome().map(|()| Body::Whole(bytes))
            }
        }
    }

    fn nothing(&self) -> Result<Body, Problem> {
        let mut faults = Faults::default();
        if self.required {
            if !self.files().is_empty() {
                return Err(files::empty());
            }
            faults.required("");
        }
        faults.outcome().map(|()| Body::Nothing)
    }

    /// The types of files that are taken.
    fn files(&self) -> Vec<MediaType> {
        let streams = |media_type: &MediaType| {
            let mut media = self.media.iter().filter(|(_, content)| matches!(content, Content::Stream));
            media.any(|(range, _)| covers(range, media_type.as_str()))
        };
        MediaType::ALL.into_iter().filter(streams).collect()
    }

    /// 415, and what would be taken; of a file it is said how to make one.
    async fn unsupported(&self, headers: &HeaderMap, payload: &mut Payload) -> Problem {
        let told = |text| Problem::from(kinds::UNSUPPORTED_MEDIA).field("", "media-type", text);
        if !is_plain(headers) {
            return told(words::compressed());
        }
        let files = self.files();
        if files.is_empty() {
            return told(words::media_types(self.media.iter().rev().map(|(media_type, _)| media_type.as_str())));
        }
        let announced = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
        // What it begins with says of a phone's picture what its device did not know.
        let head = Pace::new(0).next(payload).await.ok().flatten().unwrap_or_default();
        files::not_taken(announced.unwrap_or_default(), &head, &files)
    }

    /// The content that the headers announce, if the operation takes it. Compressed bodies are not taken: they may unpack
    /// to anything.
    fn content(&self, headers: &HeaderMap) -> Option<&Content> {
        if !is_plain(headers) || headers.get_all(header::CONTENT_TYPE).count() != 1 {
            return None;
        }
        let announced = headers.get(header::CONTENT_TYPE)?.to_str().ok()?;
        let media_type = essence(announced);
        let (_, content) = self.media.iter().find(|(range, _)| covers(range, media_type))?;
        (matches!(content, Content::Stream) || is_utf8(announced)).then_some(content)
    }
}

/// Whether the body comes uncompressed.
fn is_plain(headers: &HeaderMap) -> bool {
    headers.get_all(header::CONTENT_ENCODING).all(|value| value.as_bytes().eq_ignore_ascii_case(b"identity"))
}

/// The type and subtype of a `Content-Type`.
fn essence(content_type: &str) -> &str {
    content_type.split(';').next().unwrap_or_default().trim()
}

/// Whether a range of the document (`image/*`) covers a media type.
fn covers(range: &str, media_type: &str) -> bool {
    match range.strip_suffix('*') {
        None => range.eq_ignore_ascii_case(media_type),
        Some("*/") => media_type.contains('/'),
        Some(start) => media_type.get(..start.len()).is_some_and(|it| it.eq_ignore_ascii_case(start)),
    }
}

fn is_utf8(content_type: &str) -> bool {
    let charset = content_type.split(';').skip(1).filter_map(|it| it.split_once('='));
    let mut charset = charset.filter(|(name, _)| name.trim().eq_ignore_ascii_case("charset"));
    charset.all(|(_, value)| value.trim().trim_matches('"').eq_ignore_ascii_case("utf-8"))
}
