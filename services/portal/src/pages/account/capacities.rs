//! As whom somebody acts: for herself, for an organisation that she is a member of, in a post at an agency.

use actix_web::HttpResponse;
use serde_json::json;

use super::sign_in::{begin, switch};
use crate::{failure::Failure, posted::Posted, signed_in::SignedIn};

/// Shows the capacities that are held, to change to one.
pub(super) async fn show(visit: SignedIn) -> Result<HttpResponse, Failure> {
    let found = visit.api().get("/api/v1/accounts/me/capacities").await?;
    let all = found["items"].as_array().into_iter().flatten();
    // A screen that everybody uses is no desk.
    let offered: Vec<_> = all.filter(|capacity| !visit.kiosk || capacity["kind"] != "POST").collect();
    visit.page("account/capacities.html", json!({"capacities": offered, "current": found["current"]}))
}

/// Changes to one. The session from before ends, so that no form and no page of it acts in the new one.
pub(super) async fn send(visit: SignedIn, posted: Posted) -> Result<HttpResponse, Failure> {
    let wish = posted.get("capacity");
    if wish.starts_with("POST:") {
        visit.own_device()?;
    }
    let session = visit.session();
    let tokens = visit.app.sessions.taken(session, async |tokens| switch(&visit, tokens, wish).await).await?;
    begin(&visit, &tokens, session.since(), None).await
}
