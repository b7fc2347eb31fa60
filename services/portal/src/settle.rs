//! Around every page: choices made by links, failures turned into pages that say what to do, and the headers of a page.

use actix_web::{
    Error, HttpMessage, HttpRequest, HttpResponse,
    body::{EitherBody, MessageBody},
    dev::{ServiceRequest, ServiceResponse},
    http::{
        Method, StatusCode,
        header::{self, HeaderMap, HeaderName, HeaderValue},
    },
    middleware::Next,
    web,
};
use serde_json::json;
use url::form_urlencoded;

use crate::{
    app::App, cookies, failure::Failure, given_back, kiosk, preferences, receive, unsaved::Unsaved, visit::Visit,
};

/// Nothing from elsewhere and nothing inline; `img-src` has `data:` for the marks that the style sheet draws.
const POLICY: HeaderValue = HeaderValue::from_static(
    "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; \
     frame-ancestors 'none'",
);
/// Statuses with a page of words of their own; others take those of 400 or 500.
const WORDED: [u16; 12] = [400, 403, 404, 409, 412, 413, 415, 422, 428, 429, 500, 503];

pub(crate) async fn settle<B: MessageBody + 'static>(
    mut request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<EitherBody<B>>, Error> {
    if let Some(answer) = preferences::chosen(request.request()) {
        return Ok(request.into_response(answer).map_into_right_body());
    }
    if let Some(place) = without_slash(&request) {
        let answer = HttpResponse::PermanentRedirect().insert_header((header::LOCATION, place)).finish();
        return Ok(request.into_response(answer).map_into_right_body());
    }
    receive::receive(&mut request).await;
    let asked_again = given_back::asked_again(&mut request).await;
    let mut answer = next.call(request).await?;
    let why = match failure(&answer) {
        // Its page may not be there any more, or have no form.
        why if asked_again => given_back::still_stale(&mut answer, why),
        why => why,
    };
    let mut answer = match why {
        None => {
            given_back::saved(&answer).await;
            answer.map_into_left_body()
        }
        Some(failure) => {
            let page = page(answer.request(), &failure).await;
            answer.into_response(page).map_into_right_body()
        }
    };
    secure(answer.headers_mut());
    Ok(answer)
}

/// The address without the slash at its end, when somebody typed one. What could be read as another site's address is left alone.
fn without_slash(request: &ServiceRequest) -> Option<String> {
    let path = request.path().strip_suffix('/').filter(|path| !path.is_empty() && !path.ends_with('/'))?;
    let plain = |letter: u8| letter.is_ascii_alphanumeric() || b"-._/".contains(&letter);
    if request.method() != Method::GET || path.contains("//") || !path.bytes().all(plain) {
        return None;
    }
    let query = request.query_string();
    Some(if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") })
}

/// Why there is no page, if there is none; failures of the HTTP library have only a status.
fn failure<B>(answer: &ServiceResponse<B>) -> Option<Failure> {
    if let Some(error) = answer.response().error() {
        let ours = error.as_error::<Failure>().cloned();
        return Some(ours.unwrap_or_else(|| by_status(answer.status())));
    }
    let bare = !answer.headers().contains_key(header::CONTENT_TYPE);
    let status = answer.status();
    (bare && (status.is_client_error() || status.is_server_error())).then(|| by_status(status))
}

fn by_status(status: StatusCode) -> Failure {
    match status.as_u16() {
        404 | 405 => Failure::NotFound,
        413 => Failure::TooLarge,
        status if status < 500 => Failure::Malformed,
        _ => Failure::Internal,
    }
}

async fn page(request: &HttpRequest, failure: &Failure) -> HttpResponse {
    let Some(app) = request.app_data::<web::Data<App>>() else {
        return HttpResponse::InternalServerError().finish();
    };
    // Mostly the page itself found out who visits.
    let known = request.extensions().get::<Visit>().cloned();
    let visit = match known {
        Some(visit) => visit,
        None => Visit::of(app.clone(), request).await,
    };
    let unsaved = given_back::sent_with(request, &visit);
    match (failure, &unsaved) {
        (Failure::Elsewhere(place), None) => visit.go(place),
        (failure, unsaved) if failure.wants_sign_in() => to_sign_in(request, &visit, unsaved.as_ref()).await,
        _ => told(&visit, failure, unsaved.as_ref()),
    }
}

/// The page that says why, with what was typed.
fn told(visit: &Visit, failure: &Failure, unsaved: Option<&Unsaved>) -> HttpResponse {
    let status = match failure {
        // The form is not taken any more, and must not be lost on the way to where the page is now.
        Failure::Elsewhere(_) => StatusCode::CONFLICT,
        Failure::NotSignedIn => StatusCode::FORBIDDEN,
        other => StatusCode::from_u16(other.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR),
    };
    let (said, trace_id, retry_after) = match failure {
        Failure::Refused(problem) => (Some(&problem.title), Some(&problem.trace_id), problem.retry_after),
        _ => (None, None, None),
    };
    let passing = status.is_server_error() || status == StatusCode::TOO_MANY_REQUESTS;
    let content = json!({
        "words": words(failure),
        "typed": unsaved.map(|unsaved| unsaved.listed(passing)),
        "sign_in": sign_in_address(visit),
        "said": said.filter(|text| !text.is_empty()),
        "trace_id": trace_id.filter(|text| !text.is_empty()),
        "retry_after": retry_after,
    });
    let mut answer = visit.page_with(status, "failure.html", content).unwrap_or_else(|failure| {
        let status = StatusCode::from_u16(failure.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let mut answer = HttpResponse::build(status);
        if visit.kiosk {
            answer.insert_header((header::REFRESH, format!("{}; url={}", kiosk::IDLE.num_seconds(), kiosk::END)));
        }
        answer.content_type("text/plain; charset=utf-8").body("Lỗi hệ thống. Something went wrong.")
    });
    if let Some(seconds) = retry_after.or((failure.status() == 503).then_some(5)) {
        answer.headers_mut().insert(header::RETRY_AFTER, seconds.into());
    }
    answer
}

/// Which words the failure page uses.
fn words(failure: &Failure) -> String {
    match failure {
        Failure::StaleForm => "stale".to_owned(),
        Failure::AtKiosk => "kiosk".to_owned(),
        Failure::Elsewhere(_) => "409".to_owned(),
        Failure::NotSignedIn => "ended".to_owned(),
        Failure::Refused(problem) if problem.code == "file-damaged" => "damaged".to_owned(),
        other => {
            let status = other.status();
            let fallback = if status < 500 { 400 } else { 500 };
            WORDED.iter().find(|known| **known == status).unwrap_or(&fallback).to_string()
        }
    }
}

/// To the door and back here: forms stand at the address they are sent to, so that a visitor comes back to the form. What was typed
/// waits for her; where it cannot, it is shown at once.
async fn to_sign_in(request: &HttpRequest, visit: &Visit, unsaved: Option<&Unsaved>) -> HttpResponse {
    if let Some(user) = &visit.user {
        // The API does not take its token any more. If Redis cannot be told, the next page comes here again.
        let _ = visit.app.sessions.close(&user.session.id).await;
    }
    if visit.kiosk && visit.session_ended {
        // The way back would be the way of whoever stood here before.
        return visit.go(kiosk::END);
    }
    // A screen that everybody uses keeps nothing.
    let unsaved = unsaved.filter(|_| !visit.kiosk);
    let kept = match unsaved {
        Some(unsaved) => given_back::keep(request, visit, unsaved).await,
        None => None,
    };
    let mut answer = match (unsaved, &kept) {
        (Some(unsaved), None) => told(visit, &Failure::NotSignedIn, Some(unsaved)),
        (Some(_), Some(_)) => visit.go(&format!("{}&kept=1", sign_in_address(visit))),
        (None, _) => visit.go(&sign_in_address(visit)),
    };
    if let Some(id) = kept {
        answer.headers_mut().append(header::SET_COOKIE, cookies::set(cookies::KEPT, id.as_str(), None));
    }
    if visit.user.is_some() {
        answer.headers_mut().append(header::SET_COOKIE, cookies::forget(cookies::SESSION));
    }
    answer
}

fn sign_in_address(visit: &Visit) -> String {
    let next: String = form_urlencoded::byte_serialize(visit.place.as_bytes()).collect();
    format!("/sign-in?next={next}")
}

fn secure(headers: &mut HeaderMap) {
    if !headers.contains_key(header::CONTENT_SECURITY_POLICY) {
        headers.insert(header::CONTENT_SECURITY_POLICY, POLICY);
    }
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("same-origin"));
    headers.insert(HeaderName::from_static("cross-origin-opener-policy"), HeaderValue::from_static("same-origin"));
}
