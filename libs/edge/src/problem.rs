//! What goes wrong, as RFC 9457 problems on their way to the client.
//!
//! Which error when:
//!
//! | what happened | what to answer |
//! |---|---|
//! | a value of the request is not one, or does not fit another | [`kinds::INVALID`] with a [`Problem::field`] for each: 400 |
//! | the thing is not there, **or is not the caller's to see** | a 404 of the service's own (`DOSSIER_NOT_FOUND`), never 403 |
//! | such a caller may never do this | the extractor says [`kinds::FORBIDDEN`]; a role that is missing at this agency: a 403 of the service's own |
//! | the thing is there and its state does not allow it | a 409 of the service's own, one code for each way out that people have |
//! | a secret is wrong or used up | 401 where it would sign in, 422 elsewhere; alike for unknown and wrong |
//! | somebody changed it meanwhile | [`IfMatch`](crate::IfMatch) says [`kinds::STALE`]: 412 |
//! | too much at once | [`kinds::UNAVAILABLE`] with [`Problem::retry_after`]; of one caller, [`kinds::TOO_MANY`] |
//! | the database does not answer, or takes too long | `?` on its error: 503, and a WARN |
//! | what can only be our fault, or damaged data | `?` on an `anyhow::Error`: 500, and an ERROR with its cause |
//!
//! 401, 403 and 429 are security events, kept for whoever watches (`security_log.rs`); which one is said by
//! [`Problem::refused_as`], where the status does not say it.
//!
//! A domain function returns an enum of refusals that knows no HTTP; `error.rs` turns it into kinds. An operation lists
//! its own kinds with [`failures!`](crate::failures), and tests fail on one that is not listed or never met.

use std::fmt;

use actix_web::{
    HttpResponse, HttpResponseBuilder, ResponseError,
    http::{StatusCode, header},
};
use civic::Language;
use runtime::Trace;
use serde::Serialize;

use crate::{
    kinds::{self, Kind},
    security::{SecurityEvent, Subject},
};

/// What is wrong with one field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct FieldError {
    /// JSON Pointer (RFC 6901) into the body, or the parameter's name.
    #[schema(example = "/citizen_number")]
    pub pointer: String,
    /// Stable code of what is wrong.
    #[schema(example = "required")]
    pub code: String,
    /// A sentence for the person who fills the field.
    pub detail: String,
}

/// A problem on its way to the client.
#[derive(Clone, Debug)]
pub struct Problem {
    /// Which kind.
    pub kind: Kind,
    fields: Vec<(String, String, &'static str, String)>,
    retry_after: Option<u32>,
    rest: Box<Rest>,
}

/// What few problems have: apart, because a problem is moved through many hands.
#[derive(Clone, Debug, Default)]
struct Rest {
    allow: Option<Box<str>>,
    challenge: Option<Box<str>>,
    refusal: Option<(SecurityEvent, Option<Subject>)>,
}

/// The body of every error answer (RFC 9457).
#[derive(Serialize, utoipa::ToSchema)]
#[schema(as = Problem)]
pub(crate) struct Body<'a> {
    /// A URN made of the code.
    #[schema(example = "urn:motcua:problem:not-found")]
    r#type: String,
    /// What happened, for people, in the language asked for.
    title: &'a str,
    /// The HTTP status.
    #[schema(minimum = 400, maximum = 599)]
    status: u16,
    /// Stable code, for programs. The list is open: take a code that you do not know by its status.
    #[schema(example = "not-found")]
    code: &'a str,
    /// The path that was asked.
    instance: &'a str,
    /// The trace to name when asking for help.
    trace_id: &'a str,
    /// The fields that are wrong, if the request's values are.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    errors: Vec<FieldError>,
}

pub(crate) type ProblemBody = Body<'static>;

impl Problem {
    /// Names a field that is wrong: a JSON Pointer or a parameter's name, a stable code, a sentence in both languages.
    #[must_use]
    pub fn field(mut self, pointer: impl Into<String>, code: &'static str, text: impl Into<civic::LocalText>) -> Self {
        let text = text.into();
        self.fields.push((pointer.into(), text.vi, code, text.en));
        self
    }

    /// Tells the client when to come back.
    #[must_use]
    pub fn retry_after(mut self, seconds: u32) -> Self {
        self.retry_after = Some(seconds);
        self
    }

    /// Tells the client which methods there are.
    #[must_use]
    pub fn allow(mut self, methods: impl Into<String>) -> Self {
        self.rest.allow = Some(methods.into().into_boxed_str());
        self
    }

    /// Tells the client what is wrong with its token (RFC 6750 §3), instead of only that one is needed.
    #[must_use]
    pub fn challenge(mut self, challenge: impl Into<Box<str>>) -> Self {
        self.rest.challenge = Some(challenge.into());
        self
    }

    /// Says which security event this refusal is, where its status does not say it, and about what.
    #[must_use]
    pub fn refused_as(mut self, event: SecurityEvent, subject: Option<Subject>) -> Self {
        self.rest.refusal = Some((event, subject));
        self
    }

    /// The security event that this refusal is. A fault of ours is none, and a mistake of theirs is none unless it was said.
    pub(crate) fn refusal(&self) -> Option<(SecurityEvent, Option<&Subject>)> {
        let said = self.rest.refusal.as_ref().map(|(event, subject)| (*event, subject.as_ref()));
        match self.kind.status {
            500.. => None,
            401 => said.or(Some((SecurityEvent::Unauthenticated, None))),
            403 => said.or(Some((SecurityEvent::Forbidden, None))),
            429 => said.or(Some((SecurityEvent::Limited, None))),
            _ => said,
        }
    }

    /// The answer, in `language`.
    pub fn render(&self, language: Language, path: &str, trace: &Trace) -> HttpResponse {
        let vietnamese = language == Language::Vi;
        let errors = self.fields.iter().map(|(pointer, vi, code, en)| FieldError {
            pointer: pointer.clone(),
            code: (*code).to_owned(),
            detail: if vietnamese { vi } else { en }.clone(),
        });
        let body = Body {
            r#type: self.kind.urn(),
            title: if vietnamese { self.kind.vi } else { self.kind.en },
            status: self.kind.status,
            code: self.kind.code,
            instance: path,
            trace_id: &trace.id(),
            errors: errors.collect(),
        };
        let mut answer = HttpResponse::build(self.status_code());
        answer.content_type("application/problem+json");
        answer.insert_header((header::CONTENT_LANGUAGE, if vietnamese { "vi" } else { "en" }));
        self.tell(&mut answer);
        answer.body(serde_json::to_vec(&body).unwrap_or_default())
    }

    /// Says in the headers what a client does next.
    pub(crate) fn tell(&self, answer: &mut HttpResponseBuilder) {
        if let Some(seconds) = self.retry_after {
            answer.insert_header((header::RETRY_AFTER, seconds));
        }
        if let Some(methods) = &self.rest.allow {
            answer.insert_header((header::ALLOW, &**methods));
        }
        if let Some(challenge) = &self.rest.challenge {
            answer.insert_header((header::WWW_AUTHENTICATE, &**challenge));
        } else if self.kind.status == 401 {
            answer.insert_header((header::WWW_AUTHENTICATE, "Bearer"));
        }
    }

    /// The problem that stands for a bare status, such as one that the HTTP library answers by itself.
    pub(crate) fn for_status(status: StatusCode) -> Self {
        let fallback = if status.is_client_error() { kinds::MALFORMED } else { kinds::INTERNAL };
        Self::from(kinds::of_status(status.as_u16()).unwrap_or(fallback))
    }
}

impl From<Kind> for Problem {
    fn from(kind: Kind) -> Self {
        let retry_after = (kind.status == 503).then_some(2);
        Self { kind, fields: Vec::new(), retry_after, rest: Box::default() }
    }
}

impl From<pg::Error> for Problem {
    fn from(why: pg::Error) -> Self {
        match why {
            pg::Error::NotFound => kinds::NOT_FOUND.into(),
            pg::Error::Unavailable(_) | pg::Error::TimedOut(_) => {
                tracing::warn!(%why, "answered 503");
                kinds::UNAVAILABLE.into()
            }
            pg::Error::Conflict(_) | pg::Error::Query(_) => internal(&why),
        }
    }
}

impl From<diesel::result::Error> for Problem {
    fn from(why: diesel::result::Error) -> Self {
        pg::Error::from(why).into()
    }
}

impl From<anyhow::Error> for Problem {
    fn from(why: anyhow::Error) -> Self {
        internal(why.as_ref())
    }
}

fn internal(why: &(dyn std::error::Error + 'static)) -> Problem {
    tracing::error!(error = why, "answered 500");
    kinds::INTERNAL.into()
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.kind.code)
    }
}

impl ResponseError for Problem {
    fn status_code(&self) -> StatusCode {
        StatusCode::from_u16(self.kind.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }
}
