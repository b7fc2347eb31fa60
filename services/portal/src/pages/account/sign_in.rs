//! Signing in, and back to where the visitor was.

use actix_web::{HttpResponse, http::header, web};
use edge::CallerKind;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::{
    cookies,
    failure::Failure,
    form::Form,
    posted::Posted,
    preferences::local,
    sessions::{SessionId, Tokens, idle},
    visit::{Visit, has_work},
};

const TEMPLATE: &str = "account/sign_in.html";

/// Why the visitor is here.
#[derive(Deserialize)]
pub(super) struct SignInQuery {
    /// Where to go afterwards.
    next: Option<String>,
    /// Set after a registration.
    registered: Option<String>,
}

/// Shows the form.
pub(super) async fn show(visit: Visit, query: web::Query<SignInQuery>) -> Result<HttpResponse, Failure> {
    let next = query.next.as_deref().and_then(local);
    visit.page(TEMPLATE, content(&Form::default(), next.as_deref(), query.registered.is_some()))
}

/// Signs in. The session has a new id, so that nobody can know it from before.
pub(super) async fn send(visit: Visit, posted: Posted) -> Result<HttpResponse, Failure> {
    let who = json!({"email": posted.get("email"), "password": posted.raw("password")});
    let next = local(posted.get("next"));
    let pair = match visit.api().post("/api/v1/sessions", None, &who).await {
        Ok(pair) => pair,
        Err(failure) => {
            let problem = failure.refused_with(&[400, 401])?;
            let mut form = Form::of(&posted);
            // Which of the two is wrong is not told.
            form.fault("email", &problem.title);
            return visit.page_again(TEMPLATE, content(&form, next.as_deref(), false));
        }
    };
    let tokens = Tokens::of(&pair, visit.now()).ok_or(Failure::Unavailable)?;
    let caller = visit.app.verifier.verify(&tokens.access).await.map_err(|_| Failure::Unavailable)?;
    if visit.kiosk && caller.kind() == CallerKind::Official {
        visit.drop_tokens(&tokens).await;
        let mut form = Form::of(&posted);
        form.fault("email", &visit.say("kiosk-no-officials"));
        return visit.page_again(TEMPLATE, content(&form, next.as_deref(), false));
    }
    if let Some(user) = &visit.user {
        visit.app.sessions.close(&user.session.id).await?;
    }
    let id = SessionId::new(&visit.app.life.random);
    visit.app.sessions.open(&id, &tokens, idle(caller.kind(), visit.kiosk)).await?;
    let home = match caller.kind() {
        CallerKind::Official if has_work(&caller) => "/work",
        CallerKind::Official => "/messages",
        _ => "/dossiers",
    };
    let mut answer = visit.go(next.as_deref().unwrap_or(home));
    answer.headers_mut().append(header::SET_COOKIE, cookies::set(cookies::SESSION, id.as_str(), None));
    Ok(answer)
}

fn content(form: &Form, next: Option<&str>, registered: bool) -> Value {
    json!({"form": form, "next": next, "registered": registered})
}
