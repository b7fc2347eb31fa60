//! Where what was typed goes: a form that bears another seal than this browser's is not taken, and its page is shown again instead;
//! one whose session has ended is kept; one that was taken need not be kept any more.

use actix_web::{
    HttpMessage, HttpRequest,
    dev::{ServiceRequest, ServiceResponse},
    http::{Method, StatusCode, header::HeaderMap},
    web,
};

use crate::{
    app::App,
    cookies,
    failure::Failure,
    posted::{Posted, Received},
    seal::{self, FIELD},
    sessions::SessionId,
    unsaved::{ShownAgain, Unsaved, Why},
    visit::Visit,
};

/// Turns a form that is not this browser's into a visit to its page, when what was typed may be shown here; whether it did.
pub(crate) async fn asked_again(request: &mut ServiceRequest) -> bool {
    let received = request.extensions().get::<Received>().cloned();
    let Some(Received(Ok(posted))) = received else { return false };
    if seal::is_ours(posted.get(FIELD), request.headers()) {
        return false;
    }
    if !may_be_shown(request, &posted).await {
        request.extensions_mut().insert(Received(Err(Failure::StaleForm)));
        return false;
    }
    let Some(unsaved) = Unsaved::of(request.path(), posted.fields(), Why::Stale) else { return false };
    request.extensions_mut().insert(unsaved);
    request.head_mut().method = Method::GET;
    true
}

/// To the person whose form it is, as its seal tells; where nobody knows whose it is, to whoever sent it from a page of ours, and
/// at a kiosk to nobody.
async fn may_be_shown(request: &ServiceRequest, posted: &Posted) -> bool {
    let Some(app) = request.app_data::<web::Data<App>>() else { return false };
    let visit = Visit::of(app.clone(), request.request()).await;
    if visit.kiosk {
        return false;
    }
    let owner = app.kept_forms.owner(posted.get(FIELD)).await.ok().flatten();
    match (owner, &visit.user) {
        (Some(owner), Some(user)) => owner == user.caller.id,
        // She is asked to sign in, where the page is not for everybody.
        (Some(_), None) => true,
        (None, _) => surely_from_us(request.headers(), &app.origin()),
    }
}

/// Whether the browser itself says that the form stood on a page of ours.
fn surely_from_us(headers: &HeaderMap, origin: &str) -> bool {
    let said = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    match said("sec-fetch-site") {
        Some(site) => site == "same-origin",
        None => said("origin") == Some(origin),
    }
}

/// Says of the page that is shown instead of taking a form that it is not what was asked for; why there is no such page, if so.
pub(crate) fn still_stale<B>(answer: &mut ServiceResponse<B>, why: Option<Failure>) -> Option<Failure> {
    let shown = answer.response().extensions().get::<ShownAgain>().is_some();
    match why {
        None if shown => *answer.response_mut().status_mut() = StatusCode::FORBIDDEN,
        None | Some(Failure::NotFound) => return Some(Failure::StaleForm),
        why => return why,
    }
    None
}

/// Keeps what was typed for whose form it is; what the browser must bring to get it back.
pub(crate) async fn keep(request: &HttpRequest, visit: &Visit, unsaved: &Unsaved) -> Option<SessionId> {
    let received = request.extensions().get::<Received>().cloned()?.0.ok()?;
    visit.app.kept_forms.keep(received.get(FIELD), request.path(), unsaved.ended()).await.ok().flatten()
}

/// What was kept of a form that was taken now need not be kept any more.
pub(crate) async fn saved<B>(answer: &ServiceResponse<B>) {
    let request = answer.request();
    if request.method() != Method::POST || answer.status() != StatusCode::SEE_OTHER {
        return;
    }
    let id = cookies::read(request.headers(), cookies::KEPT).and_then(SessionId::read);
    if let (Some(id), Some(app)) = (id, request.app_data::<web::Data<App>>()) {
        // It ends by itself.
        let _ = app.kept_forms.forget(&id, request.path()).await;
    }
}

/// What came with `request`, if something was typed and may be shown to whoever sent it.
pub(crate) fn sent_with(request: &HttpRequest, visit: &Visit) -> Option<Unsaved> {
    if let Some(again) = request.extensions().get::<Unsaved>() {
        return Some(again.clone());
    }
    let received = request.extensions();
    let posted = received.get::<Received>()?.0.as_ref().ok()?;
    // Whoever stood at a kiosk before may have left the form.
    let hers = !visit.kiosk || (!visit.session_ended && seal::is_ours(posted.get(FIELD), request.headers()));
    if hers { Unsaved::of(request.path(), posted.fields(), Why::Ended) } else { None }
}
