//! Signing in, and back to where the visitor was.

use std::time::Duration;

use actix_web::{HttpRequest, HttpResponse, http::header, web};
use chrono::{DateTime, Utc};
use edge::CallerKind;
use reqwest::Method;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::{
    cookies,
    failure::Failure,
    form::Form,
    posted::Posted,
    preferences::local,
    seal,
    sessions::{SessionId, Tokens, idle},
    visit::Visit,
};

const TEMPLATE: &str = "account/sign_in.html";
/// Less than another page waits for its turn with the session.
const SWITCH_TIMEOUT: Duration = Duration::from_secs(5);

/// Why the visitor is here.
#[derive(Deserialize)]
pub(super) struct SignInQuery {
    /// Where to go afterwards.
    next: Option<String>,
    /// Set after a registration.
    registered: Option<String>,
    /// Set after a new password was chosen with a code.
    reset: Option<String>,
    /// Set when what was typed waits for the sign-in.
    kept: Option<String>,
}

/// Shows the form.
pub(super) async fn show(visit: Visit, query: web::Query<SignInQuery>) -> Result<HttpResponse, Failure> {
    let next = query.next.as_deref().and_then(local);
    let said = match (&query.registered, &query.reset) {
        (Some(_), _) => Some("registered"),
        (None, Some(_)) => Some("reset"),
        (None, None) => None,
    };
    let mut content = content(&Form::default(), next.as_deref(), said);
    content["kept"] = query.kept.is_some().into();
    visit.page(TEMPLATE, content)
}

/// Signs in.
pub(super) async fn send(request: HttpRequest, visit: Visit, posted: Posted) -> Result<HttpResponse, Failure> {
    let mut who = json!({"email": posted.get("email"), "password": posted.raw("password")});
    if let Some(device) = cookies::read(request.headers(), cookies::DEVICE).filter(|_| !visit.kiosk) {
        who["device"] = device.into();
    }
    let next = local(posted.get("next"));
    let again = |why: &str| {
        let mut form = Form::of(&posted);
        // Which of the two is wrong is not told.
        form.fault("email", why);
        visit.page_again(TEMPLATE, content(&form, next.as_deref(), None))
    };
    let pair = match visit.api().post("/api/v1/sessions", None, &who).await {
        Ok(pair) => pair,
        Err(failure) => return again(&failure.refused_with(&[400, 401])?.title),
    };
    let tokens = Tokens::of(&pair, visit.now()).ok_or(Failure::Unavailable)?;
    let Some(tokens) = off_duty(&visit, tokens, &pair).await? else {
        return again(&visit.say("kiosk-no-officials"));
    };
    if let Some(user) = &visit.user {
        visit.app.sessions.close(&user.session.id).await?;
    }
    let mut answer = begin(&visit, &tokens, visit.now(), next.as_deref()).await?;
    if let Some(device) = pair["device"].as_str().filter(|_| !visit.kiosk) {
        answer.headers_mut().append(header::SET_COOKIE, cookies::set(cookies::DEVICE, device, Some(cookies::YEAR)));
    }
    Ok(answer)
}

/// At a kiosk the tokens of another capacity than a post, since officials do not work at a screen that everybody uses; none for who
/// is nothing else. Elsewhere the tokens as they are.
async fn off_duty(visit: &Visit, tokens: Tokens, pair: &Value) -> Result<Option<Tokens>, Failure> {
    if !visit.kiosk || tokens.capacity["kind"] != "POST" {
        return Ok(Some(tokens));
    }
    let other = pair["capacities"].as_array().into_iter().flatten().find(|it| it["kind"] != "POST");
    match other.and_then(|it| it["id"].as_str()) {
        Some(other) => switch(visit, &tokens, other).await.map(Some),
        None => {
            visit.drop_tokens(&tokens).await;
            Ok(None)
        }
    }
}

/// These tokens in another capacity.
pub(super) async fn switch(visit: &Visit, tokens: &Tokens, capacity: &str) -> Result<Tokens, Failure> {
    let call = visit.api_with(tokens).call(Method::PUT, "/api/v1/sessions/current/capacity");
    let answer = call.json(&json!({"capacity": capacity})).within(SWITCH_TIMEOUT).send().await?;
    tokens.switched(&answer.json, visit.now()).ok_or(Failure::Unavailable)
}

/// Begins a session for who signed in at `since`, and leads to `next`, or else to where the work or the dossiers are. It has a new
/// id, so that nobody can know it from before.
pub(super) async fn begin(
    visit: &Visit,
    tokens: &Tokens,
    since: DateTime<Utc>,
    next: Option<&str>,
) -> Result<HttpResponse, Failure> {
    let caller = visit.app.verifier.verify(&tokens.access).await.map_err(|_| Failure::Unavailable)?;
    let id = SessionId::new(&visit.app.life.random);
    visit.app.sessions.open(&id, tokens, since, idle(caller.kind(), visit.kiosk)).await?;
    if !visit.kiosk {
        visit.app.kept_forms.own(&seal::of(id.as_str()), caller.id).await?;
    }
    let home = match caller.kind() {
        CallerKind::Official => "/work",
        _ => "/dossiers",
    };
    let mut answer = visit.go(next.unwrap_or(home));
    answer.headers_mut().append(header::SET_COOKIE, cookies::set(cookies::SESSION, id.as_str(), None));
    Ok(answer)
}

fn content(form: &Form, next: Option<&str>, said: Option<&str>) -> Value {
    json!({"form": form, "next": next, "said": said})
}
