//! The way of a request through the gateway: route, token, parameters, body, and on to the service.

use std::{net::IpAddr, sync::Arc};

use actix_web::{
    HttpMessage, HttpRequest, HttpResponse,
    body::{self, MessageBody},
    dev::Payload,
    http::{Method, header},
    web,
};
use civic::{Language, LocalText};
use edge::{Caller, Origin, Problem, Route, kinds, refused};
use runtime::Trace;

use crate::{
    app::App,
    guess,
    limits::{Guesser, Who},
    operation::{Guesses, Operation},
    pages,
    proxy::{Client, Forward},
    response_cache::ResponseCache,
    routes::Target,
    upload::Upload,
    validate::body::Body,
};

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
        if app.routes.at(request.uri().path()).is_ok_and(|found| found.value.own_errors) {
            return problem.render_oauth();
        }
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
    let endpoint = found.value;
    request.extensions_mut().insert(Route(Arc::clone(&endpoint.template)));
    if request.method() == Method::OPTIONS {
        return Ok(HttpResponse::NoContent().insert_header((header::ALLOW, endpoint.allow.as_str())).finish());
    }
    let origin = app.proxies.client(request);
    let forward = |upstream, has_key, guesses_spent| Forward {
        client,
        upstream,
        request,
        has_key,
        origin,
        guesses_spent,
        public: &app.public,
        trace,
    };
    match endpoint.target(request.method())? {
        Target::Page(page) => app.pages.answer(*page, &found.params),
        Target::Operation(operation) => {
            let template = &endpoint.template;
            let who = admit(app, operation, template, request, origin).await?;
            let keep = (!operation.needs_token).then(|| ResponseCache::key(request)).flatten();
            if let Some(answer) = keep.as_ref().and_then(|key| app.responses.find(key, request)) {
                return Ok(answer);
            }
            operation.parameters.check(&found.params, request.uri().query(), request.headers())?;
            let body = operation.body.take(request, payload, app.terms).await?;
            // Held until the service has answered.
            let _permit = matches!(body, Body::Coming(_)).then(|| app.limits.uploads.begin(who)).transpose()?;
            let charged = guess::charge(app, operation, template, request, origin, &body).await;
            let charged = charged.inspect_err(|why| refused(request, None, Origin::of(origin), why))?;
            let answer = forward(&operation.upstream, operation.has_key(request.headers()), charged.spent())
                .send(body, keep.map(|key| (&app.responses, key)))
                .await;
            // While the service is away nobody's guess fails. Whoever hangs up before it has answered is not here any more: that stays charged.
            charged.settle(answer.as_ref().map_or(503, |answer| answer.status().as_u16()));
            answer
        }
        Target::Portal(portal) => {
            let sent = page(app, &forward(portal, false, None), payload).await;
            sent.or_else(|problem| if wants_page(request) { Ok(told(app, &problem, trace)) } else { Err(problem) })
        }
    }
}

/// The portal's answer. It reads and checks its forms itself, also those that are too large: it knows beside which field to say so.
async fn page(app: &App, portal: &Forward<'_>, payload: Payload) -> Result<HttpResponse, Problem> {
    let request = portal.request;
    let counted = app.limits.request(Who::at(portal.origin));
    counted.inspect_err(|why| refused(request, None, Origin::of(portal.origin), why))?;
    let keep = ResponseCache::key(request);
    if let Some(answer) = keep.as_ref().and_then(|key| app.responses.find(key, request)) {
        return Ok(answer);
    }
    let upload = match *request.method() {
        Method::POST if wants_page(request) => Some(Upload::unweighed(payload, length(request), app.terms)),
        Method::POST => Some(Upload::new(payload, length(request), app.terms)?),
        _ => None,
    };
    let is_file = upload.as_ref().is_some_and(Upload::may_be_file);
    let _permit = is_file.then(|| app.limits.uploads.begin(Who::at(portal.origin))).transpose()?;
    let body = upload.map_or(Body::Nothing, Body::Coming);
    portal.send(body, keep.map(|key| (&app.responses, key))).await
}

/// The gateway's own refusal, to somebody who reads pages.
fn told(app: &App, problem: &Problem, trace: &Trace) -> HttpResponse {
    let text = match problem.kind {
        kinds::UNAVAILABLE => return pages::closed(),
        kinds::TOO_LARGE => files::too_large_text(app.terms.file_limit),
        kind => LocalText::new(kind.vi, kind.en),
    };
    pages::refused(&problem.render(Language::Vi, "", trace), &text)
}

/// Lets a request in that may come: its token is valid where one is needed, and its caller did not ask too much. Gives who counts as its caller.
async fn admit(
    app: &App,
    operation: &Operation,
    template: &Arc<str>,
    request: &HttpRequest,
    origin: IpAddr,
) -> Result<Who, Problem> {
    let caller = match bearer(request) {
        Ok(token) => app.verifier.verify(token).await,
        Err(why) => Err(why),
    };
    let admitted = may_come(app, operation, template, &caller, origin);
    admitted.inspect_err(|why| refused(request, caller.as_ref().ok(), Origin::of(origin), why))
}

fn may_come(
    app: &App,
    operation: &Operation,
    template: &Arc<str>,
    caller: &Result<Caller, Problem>,
    origin: IpAddr,
) -> Result<Who, Problem> {
    let who = caller.as_ref().map_or_else(|_| Who::at(origin), |caller| Who::Caller(caller.id));
    if !operation.signed {
        app.limits.request(who)?;
    }
    if operation.guesses == Guesses::All {
        app.limits.message(&Guesser::of(Who::at(origin), template, None), Who::at(origin))?;
    }
    match caller {
        Ok(caller) if operation.needs_token => caller.granted(&operation.scopes).map(|()| who),
        Err(why) if operation.needs_token => Err(why.clone()),
        _ => Ok(who),
    }
}

fn length(request: &HttpRequest) -> Option<u64> {
    request.headers().get(header::CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}

fn wants_page(request: &HttpRequest) -> bool {
    let accepted = request.headers().get(header::ACCEPT).and_then(|value| value.to_str().ok());
    accepted.is_some_and(|accepted| accepted.contains("text/html"))
}

/// The token of `Authorization: Bearer …`, said once (RFC 6750 §2.1).
fn bearer(request: &HttpRequest) -> Result<&str, Problem> {
    let mut headers = request.headers().get_all(header::AUTHORIZATION);
    let only = headers.next().filter(|_| headers.next().is_none());
    let words = only.and_then(|value| value.to_str().ok()).and_then(|text| text.split_once(' '));
    let token = words.filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer")).map(|(_, token)| token.trim());
    token.ok_or_else(|| kinds::UNAUTHENTICATED.into())
}
