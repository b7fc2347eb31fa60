//! The OpenAPI 3.1 document of a service, made from the very routes that it serves.

use actix_web::App;
use utoipa::{
    PartialSchema, ToSchema,
    openapi::{
        ComponentsBuilder, Content, ContentBuilder, Info, LicenseBuilder, OpenApi, Ref, RefOr, ResponseBuilder,
        path::Operation,
        security::{HttpAuthScheme, HttpBuilder, SecurityScheme},
    },
};
use utoipa_actix_web::{AppExt, service_config::ServiceConfig};

use crate::{FieldError, problem::ProblemBody};

const PROBLEM: &str = "application/problem+json";

/// The document of the operations that `routes` registers.
///
/// Each operation is marked with the service that answers it (`x-service`), and told to answer problems; the bearer scheme
/// is the access token of `/api/v1/sessions` or `/api/v1/oauth/token`.
pub fn document(service: &'static str, title: &str, routes: impl FnOnce(&mut ServiceConfig<'_>)) -> OpenApi {
    let (_, mut document) = App::new().into_utoipa_app().configure(routes).split_for_parts();
    document.info = Info::new(title, env!("CARGO_PKG_VERSION"));
    let mut licence = LicenseBuilder::new().name("Apache-2.0").build();
    licence.identifier = Some("Apache-2.0".into());
    document.info.license = Some(licence);
    let mut components = document.components.take().unwrap_or_default();
    components.schemas.insert("Problem".into(), ProblemBody::schema());
    components.schemas.insert(FieldError::name().into_owned(), FieldError::schema());
    let mut components = ComponentsBuilder::from(components);
    components = components.security_scheme("bearer", bearer()).response("Problem", problem());
    document.components = Some(components.build());
    for path in document.paths.paths.values_mut() {
        let operations = [&mut path.get, &mut path.put, &mut path.post, &mut path.patch, &mut path.delete];
        operations.into_iter().flatten().for_each(|operation| finish(operation, service));
    }
    document
}

fn finish(operation: &mut Operation, service: &'static str) {
    operation.extensions.get_or_insert_default().insert("x-service".into(), service.into());
    for (status, response) in &mut operation.responses.responses {
        // Whatever an operation says of its own failures: the gateway and the extractors answer problems.
        if let RefOr::T(response) = response
            && status.starts_with(['4', '5'])
        {
            response.content.entry(PROBLEM.into()).or_insert_with(|| problem_content().into());
        }
    }
    for range in ["4XX", "5XX"] {
        operation.responses.responses.insert(range.into(), Ref::from_response_name("Problem").into());
    }
}

fn bearer() -> SecurityScheme {
    SecurityScheme::Http(
        HttpBuilder::new()
            .scheme(HttpAuthScheme::Bearer)
            .bearer_format("JWT")
            .description(Some("An access token, by signing in or by client credentials."))
            .build(),
    )
}

fn problem() -> utoipa::openapi::Response {
    ResponseBuilder::new().description("What went wrong (RFC 9457)").content(PROBLEM, problem_content()).build()
}

fn problem_content() -> Content {
    ContentBuilder::new().schema(Some(Ref::from_schema_name("Problem"))).build()
}
