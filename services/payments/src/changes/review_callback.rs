//! An official looked at what a provider told and nothing acted on: it waits no more.

use civic::AgencyCode;
use diesel_async::AsyncPgConnection;
use edge::{Caller, Problem, audit};
use serde_json::json;
use uuid::Uuid;

use crate::{
    app::App,
    error,
    store::{orders, unreviewed},
};

/// Notes what `by` found of the callback `id`, which waits at `agency`.
///
/// # Errors
/// When none waits there, or it is about her own payment.
pub async fn review_callback(
    conn: &mut AsyncPgConnection,
    app: &App,
    by: &Caller,
    agency: &AgencyCode,
    id: Uuid,
    found: String,
) -> Result<(), Problem> {
    let callback = unreviewed::find(conn, agency, id).await?.ok_or(error::CALLBACK_NOT_FOUND)?;
    if orders::lock(conn, callback.order_id).await?.is_of(by.id) {
        return Err(error::OWN_ORDER.into());
    }
    queue::take_as_handled(conn, id, by.id, app.now()).await?;
    let entry = audit::AuditEntry {
        actor: Some(by),
        action: "payment_callback.reviewed",
        subject_type: "payment_callback",
        subject_id: id.to_string(),
        detail: json!({"attempt": callback.attempt_id, "verdict": callback.verdict, "reason": found}),
    };
    audit::record(conn, &app.life, entry).await?;
    Ok(())
}
