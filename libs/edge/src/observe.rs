//! Around every request: trace, language, problems, headers, metrics, access log.

use std::{rc::Rc, time::Instant};

use actix_web::{
    Error, HttpMessage, HttpResponse,
    body::{EitherBody, MessageBody},
    dev::{ServiceRequest, ServiceResponse},
    http::{
        ConnectionType, Method, StatusCode,
        header::{self, HeaderMap, HeaderName, HeaderValue},
    },
    middleware::Next,
    web,
};
use civic::Language;
use runtime::{
    Life, Trace,
    spans::{self, Doing},
};
use tracing::Instrument;

use crate::{
    Caller, Origin, Problem, asked::Asked, connection::Presence, etag::is_known, route::route, security_log::refused,
};

/// What the middleware needs to know of the service it stands before.
#[derive(Clone)]
pub(crate) struct Observed {
    pub service: &'static str,
    /// Strangers ask it: their traces are not continued.
    pub at_border: bool,
    pub life: Life,
}

pub(crate) async fn observe<B: MessageBody + 'static>(
    observed: web::Data<Observed>,
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<EitherBody<B>>, Error> {
    let (started, began) = (Instant::now(), runtime::machine_time());
    let text = |name: &str| request.headers().get(name).and_then(|value| value.to_str().ok());
    let begin = if observed.at_border { Trace::at_border } else { Trace::continued };
    let trace = begin(text("traceparent"), text("x-request-id"), &observed.life.random);
    let language = text("accept-language").map_or(Language::Vi, Language::from_accept_language);
    let (method, path) = (request.method().clone(), request.path().to_owned());
    request.extensions_mut().insert(language);
    if let Some(presence) = request.request().conn_data::<Rc<Presence>>() {
        request.extensions_mut().insert(presence.enter());
    }
    let span = tracing::info_span!("request", service = observed.service, trace_id = trace.id());
    let origin = (!observed.at_border).then(|| Origin::read(request.request()));
    let asked = Asked { service: observed.service, origin };
    let answering = asked.scope(answered(next, request, origin));
    let handled = trace.clone().scope(answering).instrument(span.clone()).await?;
    let route = route(handled.request());
    let mut answer = spare_what_is_known(render(handled, language, &path, &trace));
    finish(answer.headers_mut(), &trace);
    if observed.life.leaving.is_cancelled() {
        // Else a client's next request may meet a connection that is just being closed.
        answer.response_mut().head_mut().set_connection_type(ConnectionType::Close);
    }
    let (status, seconds) = (answer.status().as_u16(), started.elapsed().as_secs_f64());
    let labels = [
        ("service", observed.service.to_owned()),
        ("method", method.to_string()),
        ("route", route.clone()),
        ("status", status.to_string()),
    ];
    metrics::histogram!("http_server_request_duration_seconds", &labels).record(seconds);
    spans::ended(&trace, observed.service, Doing::Answering, began, status >= 500, || format!("{method} {route}"));
    let millis = seconds * 1000.0;
    span.in_scope(|| tracing::debug!(%method, route, status, millis, request_id = trace.request_id(), "answered"));
    Ok(answer)
}

/// What the service answers. A refusal is a security event; where strangers ask, `origin` is not known here, and who answers notes it.
async fn answered<B: MessageBody + 'static>(
    next: Next<B>,
    request: ServiceRequest,
    origin: Option<Origin>,
) -> Result<ServiceResponse<B>, Error> {
    let handled = next.call(request).await?;
    let problem = handled.response().error().and_then(|error| error.as_error::<Problem>());
    if let (Some(problem), Some(origin)) = (problem, origin) {
        let caller = handled.request().extensions().get::<Caller>().cloned();
        refused(handled.request(), caller.as_ref(), origin, problem);
    }
    Ok(handled)
}

/// Turns every failure into a problem, those of the HTTP library too.
fn render<B: MessageBody + 'static>(
    answer: ServiceResponse<B>,
    language: Language,
    path: &str,
    trace: &Trace,
) -> ServiceResponse<EitherBody<B>> {
    let status = answer.status();
    let told = answer.headers().contains_key(header::CONTENT_TYPE) && answer.response().error().is_none();
    if !(status.is_client_error() || status.is_server_error()) || told {
        return answer.map_into_left_body();
    }
    let problem = answer.response().error().and_then(|error| error.as_error::<Problem>()).cloned();
    let problem = problem.unwrap_or_else(|| Problem::for_status(status));
    let rendered: HttpResponse = problem.render(language, path, trace);
    answer.into_response(rendered).map_into_right_body()
}

/// A reader who has the answer already is told so, and not sent it again (RFC 9110 §15.4.5).
fn spare_what_is_known<B: MessageBody + 'static>(
    answer: ServiceResponse<EitherBody<B>>,
) -> ServiceResponse<EitherBody<B>> {
    let reads = matches!(*answer.request().method(), Method::GET | Method::HEAD) && answer.status() == StatusCode::OK;
    let etag = answer.headers().get(header::ETAG).filter(|_| reads).and_then(|etag| etag.to_str().ok());
    if !etag.is_some_and(|etag| is_known(answer.request().headers(), etag)) {
        return answer;
    }
    let mut short = HttpResponse::NotModified().finish();
    for (name, value) in answer.headers() {
        if name != header::CONTENT_TYPE && name != header::CONTENT_LENGTH {
            short.headers_mut().append(name.clone(), value.clone());
        }
    }
    answer.into_response(short).map_into_right_body()
}

fn finish(headers: &mut HeaderMap, trace: &Trace) {
    if let Ok(id) = HeaderValue::from_str(trace.request_id()) {
        headers.insert(HeaderName::from_static("x-request-id"), id);
    }
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    if !headers.contains_key(header::CACHE_CONTROL) {
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
}
