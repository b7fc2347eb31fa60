//! The OpenAPI 3.1 document of a service, made from the very routes that it serves.

use actix_web::App;
use utoipa::{
    PartialSchema, ToSchema,
    openapi::{
        Components, Info, LicenseBuilder, OpenApi, Ref, RefOr, Required, Response, ResponseBuilder,
        path::Operation,
        security::{HttpAuthScheme, HttpBuilder, SecurityRequirement, SecurityScheme},
    },
};
use utoipa_actix_web::{AppExt, service_config::ServiceConfig};

use crate::{
    FieldError, Kind,
    failures::{PROBLEM, problem_content},
    kinds,
    oauth_error::{self, OWN_ERRORS},
    problem::ProblemBody,
};

/// The document of the operations that `routes` registers.
///
/// Each operation is marked with the service that answers it (`x-service`), and told what it fails with: what it declares
/// itself, and what follows from the token, the body and the headers that it takes. The bearer scheme is the access token
/// of `/api/v1/sessions` or `/api/v1/oauth/token`.
pub fn document(service: &'static str, title: &str, routes: impl FnOnce(&mut ServiceConfig<'_>)) -> OpenApi {
    let (_, mut document) = App::new().into_utoipa_app().configure(routes).split_for_parts();
    document.info = Info::new(title, env!("CARGO_PKG_VERSION"));
    let mut licence = LicenseBuilder::new().name("Apache-2.0").build();
    licence.identifier = Some("Apache-2.0".into());
    document.info.license = Some(licence);
    let mut components = document.components.take().unwrap_or_default();
    components.schemas.insert("Problem".into(), ProblemBody::schema());
    components.schemas.insert(FieldError::name().into_owned(), FieldError::schema());
    components.security_schemes.insert("bearer".into(), RefOr::T(bearer()));
    components.responses.insert("Problem".into(), RefOr::T(problem()));
    for path in document.paths.paths.values_mut() {
        for (operation, sends) in [
            (&mut path.get, false),
            (&mut path.delete, false),
            (&mut path.put, true),
            (&mut path.post, true),
            (&mut path.patch, true),
        ] {
            if let Some(operation) = operation {
                finish(operation, service, sends);
                operation.responses.responses.values_mut().for_each(|response| share(response, &mut components));
            }
        }
    }
    document.components = Some(components);
    document
}

/// The scope that a program must be granted for the operations of a service that take a token.
const SCOPES: [(&str, &str); 2] = [("submissions", "dossiers"), ("payments", "payments")];

/// Completes an operation; `sends` says whether its method comes with a body.
fn finish(operation: &mut Operation, service: &'static str, sends: bool) {
    operation.extensions.get_or_insert_default().insert("x-service".into(), service.into());
    let scope = SCOPES.iter().find(|(name, _)| *name == service).map(|(_, scope)| *scope);
    for alternative in operation.security.iter_mut().flatten() {
        *alternative = SecurityRequirement::new("bearer", scope);
    }
    let implied = implied(operation, sends, scope.is_some());
    let own_errors = operation.extensions.as_ref().is_some_and(|all| all.contains_key(OWN_ERRORS));
    // Without `security` a reader cannot tell a public operation from a forgotten one.
    operation.security.get_or_insert_default();
    let responses = &mut operation.responses.responses;
    match own_errors {
        true => implied.into_iter().for_each(|kind| oauth_error::describe(kind, responses)),
        false => implied.into_iter().for_each(|kind| kind.describe(responses)),
    }
    if !sends && has_etag(responses.get("200")) {
        let known = Response::new("The client has it already, as its `If-None-Match` says");
        responses.entry("304".into()).or_insert(RefOr::T(known));
    }
    responses.insert("default".into(), RefOr::Ref(Ref::from_response_name("Problem")));
}

fn has_etag(response: Option<&RefOr<Response>>) -> bool {
    matches!(response, Some(RefOr::T(response)) if response.headers.keys().any(|name| name.eq_ignore_ascii_case("etag")))
}

/// What an operation fails with because of what it takes, or because anything may happen.
fn implied(operation: &Operation, sends: bool, scoped: bool) -> Vec<Kind> {
    let parameter = |name: &str| {
        let mut parameters = operation.parameters.iter().flatten();
        parameters.find_map(|parameter| match parameter {
            RefOr::T(it) if it.name.eq_ignore_ascii_case(name) => Some(it),
            _ => None,
        })
    };
    let takes = |name: &str| parameter(name).is_some();
    let requires = |name: &str| parameter(name).is_some_and(|it| it.required == Required::True);
    let mut found = vec![kinds::MALFORMED, kinds::INVALID, kinds::TOO_MANY, kinds::INTERNAL, kinds::UNAVAILABLE];
    if operation.security.as_ref().is_some_and(|alternatives| !alternatives.is_empty()) {
        found.push(kinds::UNAUTHENTICATED);
        if scoped {
            found.push(kinds::INSUFFICIENT_SCOPE);
        }
    }
    if sends {
        found.extend([kinds::TIMEOUT, kinds::TOO_LARGE, kinds::UNSUPPORTED_MEDIA]);
    }
    if takes("Idempotency-Key") {
        found.extend([kinds::KEY_REQUIRED, kinds::IN_PROGRESS, kinds::KEY_REUSED]);
    }
    if takes("If-Match") {
        found.push(kinds::STALE);
    }
    if requires("If-Match") {
        found.push(kinds::PRECONDITION_REQUIRED);
    }
    found
}

/// Moves what many operations answer alike into `components`: the example of each code, and whole responses that hold
/// implied kinds only.
fn share(place: &mut RefOr<Response>, components: &mut Components) {
    let RefOr::T(response) = place else { return };
    let Some(RefOr::T(content)) = response.content.get_mut(PROBLEM) else { return };
    let mut titles = Vec::new();
    for (code, example) in &mut content.examples {
        let RefOr::T(told) = &*example else { continue };
        titles.push((code.clone(), told.summary.clone()));
        let known = components.examples.entry(code.clone()).or_insert_with(|| example.clone());
        assert!(known == example, "the problem {code} is described in two ways");
        *example = RefOr::Ref(Ref::new(format!("#/components/examples/{code}")));
    }
    if response.description.is_empty() {
        response.description = description(&titles);
    }
    let implied = |code: &str| kinds::IMPLIED.iter().any(|kind| kind.code == code);
    if response.content.len() == 1 && titles.iter().all(|(code, _)| implied(code)) {
        let name = titles.into_iter().map(|(code, _)| code).collect::<Vec<_>>().join(".");
        let shared = RefOr::Ref(Ref::from_response_name(&name));
        components.responses.insert(name, std::mem::replace(place, shared));
    }
}

fn description(titles: &[(String, String)]) -> String {
    match titles {
        [(code, title)] => format!("{title} (`{code}`)"),
        many => many.iter().map(|(code, title)| format!("- `{code}`: {title}")).collect::<Vec<_>>().join("\n"),
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

fn problem() -> Response {
    let description = "Another failure; take it by its status (RFC 9457)";
    ResponseBuilder::new().description(description).content(PROBLEM, problem_content()).build()
}
