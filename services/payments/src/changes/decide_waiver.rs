//! An official decides about a waiver that waits: approves it or turns it down.

use diesel_async::AsyncPgConnection;
use edge::{
    Caller, IfMatch, Problem,
    audit::{self, AuditEntry},
};
use serde_json::json;

use super::waive::waive;
use crate::{
    app::App,
    domain::waiver::WaiverState,
    error,
    store::{
        orders,
        waivers::{self, Waiver},
    },
};

/// What is decided.
pub enum Decision {
    /// So much need not be paid.
    Approve,
    /// It must be paid, and why.
    TurnDown(String),
}

/// Decides; gives the waiver as it is then. Who asked for it may take it back, and not approve it.
///
/// # Errors
/// When it changed since `version`, was decided, another official must decide, or it cannot take effect.
pub async fn decide(
    conn: &mut AsyncPgConnection,
    app: &App,
    by: &Caller,
    waiver: &Waiver,
    version: Option<&IfMatch>,
    decision: Decision,
) -> Result<Waiver, Problem> {
    let order = orders::lock(conn, waiver.order_id).await?;
    let waiver = waivers::find(conn, waiver.id).await?.ok_or(pg::Error::NotFound)?;
    if let Some(version) = version {
        version.check(waiver.version)?;
    }
    if order.is_of(by.id) {
        return Err(error::OWN_ORDER.into());
    }
    let to = match &decision {
        Decision::Approve => WaiverState::Approved,
        Decision::TurnDown(_) => WaiverState::TurnedDown,
    };
    if !waiver.state.may_become(to) {
        return Err(error::WAIVER_STATE.into());
    }
    let decided = Waiver { decided_by: Some(by.id), decided_by_name: Some(by.name.clone()), ..waiver };
    match decision {
        Decision::Approve if decided.asked_by == by.id => Err(error::SECOND_OFFICIAL_WAIVES.into()),
        Decision::Approve => waive(conn, app, by, &order, decided).await,
        Decision::TurnDown(why) => turn_down(conn, app, by, decided, why).await,
    }
}

async fn turn_down(
    conn: &mut AsyncPgConnection,
    app: &App,
    by: &Caller,
    waiver: Waiver,
    why: String,
) -> Result<Waiver, Problem> {
    let refused = Waiver { state: WaiverState::TurnedDown, decided_at: Some(app.now()), refusal: Some(why), ..waiver };
    waivers::save(conn, &refused).await?;
    let entry = AuditEntry {
        actor: Some(by),
        action: "waiver.turned_down",
        subject_type: "waiver",
        subject_id: refused.id.to_string(),
        detail: json!({"order": refused.order_id, "amount": refused.amount}),
    };
    audit::record(conn, &app.life, entry).await?;
    Ok(waivers::find(conn, refused.id).await?.ok_or(pg::Error::NotFound)?)
}
