//! What an operation refuses with, as its contract says it: a response a status, an example a code.

use std::collections::BTreeMap;

use serde_json::json;
use utoipa::openapi::{
    Content, ContentBuilder, HeaderBuilder, Ref, RefOr, Response, Schema,
    example::{Example, ExampleBuilder},
    schema::{KnownFormat, ObjectBuilder, SchemaFormat, Type},
};

use crate::Kind;

/// The media type of every problem (RFC 9457).
pub(crate) const PROBLEM: &str = "application/problem+json";

/// Responses by status, as an operation holds them.
pub type Responses = BTreeMap<String, RefOr<Response>>;

/// Declares `Failures`, the problems that an operation answers with for reasons of its own:
/// `edge::failures![error::NOT_A_DRAFT, error::FEE_NOT_PAID];` above it, and `responses((status = 200, …), Failures)` in it.
///
/// What follows from the token, the body and the headers that it takes is not listed: the document adds it
/// ([`kinds::IMPLIED`](crate::kinds::IMPLIED)).
#[macro_export]
macro_rules! failures {
    ($($kind:expr),+ $(,)?) => {
        /// What this operation refuses with.
        struct Failures;

        impl ::utoipa::IntoResponses for Failures {
            fn responses() -> $crate::Responses {
                let mut responses = $crate::Responses::new();
                $($kind.describe(&mut responses);)+
                responses
            }
        }
    };
}

impl Kind {
    /// Adds this kind to the responses of an operation: to that of its status, as an example named by its code.
    pub fn describe(&self, responses: &mut Responses) {
        let response = responses.entry(self.status.to_string()).or_insert_with(|| RefOr::T(Response::default()));
        let RefOr::T(response) = response else { return };
        self.wait_header(response);
        let content = response.content.entry(PROBLEM.into()).or_insert_with(|| RefOr::T(problem_content()));
        if let RefOr::T(content) = content {
            content.examples.insert(self.code.into(), RefOr::T(self.example()));
        }
    }

    /// Adds the header of a kind that says when to come back.
    pub(crate) fn wait_header(&self, response: &mut Response) {
        if matches!(self.status, 429 | 503) {
            response.headers.entry("Retry-After".into()).or_insert_with(|| RefOr::T(retry_after()));
        }
    }

    fn example(&self) -> Example {
        let mut value = json!({
            "type": self.urn(),
            "title": self.en,
            "status": self.status,
            "code": self.code,
            "instance": "/api/v1/…",
            "trace_id": "4bf92f3577b34da6a3ce929d0e0e4736",
        });
        if self.names_fields {
            value["errors"] = json!([{"pointer": "/citizen_number", "code": "required", "detail": "It is required."}]);
        }
        ExampleBuilder::new().summary(self.en).description(self.vi).value(Some(value)).build()
    }
}

/// The body of a problem, without examples.
pub(crate) fn problem_content() -> Content {
    ContentBuilder::new().schema(Some(Ref::from_schema_name("Problem"))).build()
}

fn retry_after() -> utoipa::openapi::Header {
    let seconds = ObjectBuilder::new()
        .schema_type(Type::Integer)
        .format(Some(SchemaFormat::KnownFormat(KnownFormat::Int32)))
        .minimum(Some(1))
        .build();
    HeaderBuilder::new()
        .schema(Some(Schema::from(seconds)))
        .description(Some("Seconds to wait before asking again"))
        .build()
}
