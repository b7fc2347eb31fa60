//! The way of a request through the gateway: route, token, parameters, body, and on to the service.

use std::sync::Arc;

use actix_web::{
    HttpMessage, HttpRequest, HttpResponse,
    body::{self, MessageBody},
    dev::Payload,
    http::{Method, header},
    web,
};
use civic::Language;
use edge::{Problem, Route, kinds};
use reqwest::Client;
use runtime::Trace;

use crate::{app::App, proxy::Forward, routes::Target};

/// Answers every request.
pub(crate) async fn answer(
    app: web::Data<App>,
    client: web::Data<Client>,
    request: HttpRequest,
    payload: web::Payload,
) -> HttpResponse {
    let trace = Trace::current().unwrap_or_else(|| Trace::new(&app.random));
    let outcome = handle(&app, &client, &request, payload.into_inner(), &trace).await;
    let mut answer = outcome.unwrap_or_else(|problem| {
        let language = request.extensions().get::<Language>().copied().unwrap_or_default();
        problem.render(language, request.path(), &trace)
    });
    app.public.secure(answer.headers_mut());
    // The HTTP library forgets that a request was HEAD when another one follows in the same packet, and would send the body:
    // without one, and without the length that RFC 9110 §9.3.2 lets us leave out, nothing can go wrong.
    if request.method() == Method::HEAD { answer.map_body(|_, _| body::None::new().boxed()) } else { answer }
}

async fn handle(
    app: &App,
    client: &Client,
    request: &HttpRequest,
    payload: Payload,
    trace: &Trace,
) -> Result<HttpResponse, Problem> {
    let found = app.routes.at(request.uri().path())?;
    let place = found.value;
    request.extensions_mut().insert(Route(Arc::clone(&place.template)));
    if request.method() == Method::OPTIONS {
        return Ok(HttpResponse::NoContent().insert_header((header::ALLOW, place.allow.as_str())).finish());
    }
    match place.target(request.method())? {
        Target::Page(page) => app.pages.answer(*page, &found.params),
        Target::Operation(operation) => {
            if operation.needs_token {
                app.verifier.verify(bearer(request)?).await?;
            }
            operation.parameters.check(&found.params, request.uri().query(), request.headers())?;
            let body = operation.body.take(request, payload).await?;
            Forward { client, upstream: &operation.upstream, request, public: &app.public, trace }.send(body).await
        }
    }
}

/// The token of `Authorization: Bearer …`, said once (RFC 6750 §2.1).
fn bearer(request: &HttpRequest) -> Result<&str, Problem> {
    let mut headers = request.headers().get_all(header::AUTHORIZATION);
    let only = headers.next().filter(|_| headers.next().is_none());
    let words = only.and_then(|value| value.to_str().ok()).and_then(|text| text.split_once(' '));
    let token = words.filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer")).map(|(_, token)| token.trim());
    token.ok_or_else(|| kinds::UNAUTHENTICATED.into())
}
