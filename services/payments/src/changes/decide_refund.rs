//! An official decides about a refund: approves it, turns it down, or proves that the money went back.

use diesel_async::AsyncPgConnection;
use edge::{Caller, IfMatch, Problem};

use super::{
    ask_refund::send_if_due,
    move_refund::{Held, go, hold},
};
use crate::{
    app::App,
    domain::refund::{RefundState, RefundWay},
    error,
    store::refunds::{self, Refund},
};

/// What is decided.
pub enum Decision {
    /// It may go back.
    Approve,
    /// It does not, and why.
    TurnDown(String),
    /// It went back by hand, or a person found it at the provider, and where that can be seen.
    Prove(String),
}

/// Decides; gives the refund as it is then.
///
/// # Errors
/// When it changed since `version`, it stands where there is nothing to decide, or another official must.
pub async fn decide(
    conn: &mut AsyncPgConnection,
    app: &App,
    by: &Caller,
    refund: &Refund,
    version: Option<&IfMatch>,
    decision: Decision,
) -> Result<Refund, Problem> {
    let Held { order, attempt, refund } = hold(conn, refund).await?;
    if let Some(version) = version {
        version.check(refund.version)?;
    }
    if order.is_of(by.id) {
        return Err(error::OWN_ORDER.into());
    }
    if needs_another(&refund, &decision) && refund.asked_by == by.id {
        return Err(error::SECOND_OFFICIAL.into());
    }
    let mut refund = refund;
    let to = match decision {
        // The dossier may have gone on since it was asked for.
        Decision::Approve if !refund.cause.fits(attempt.status, order.dossier_end) => {
            return Err(error::REFUND_CAUSE.into());
        }
        Decision::Approve => RefundState::Approved,
        Decision::TurnDown(why) => {
            refund.failure = Some(why);
            RefundState::TurnedDown
        }
        Decision::Prove(_) if refund.way == RefundWay::Provider && refund.state == RefundState::Approved => {
            return Err(error::REFUND_STATE.into());
        }
        Decision::Prove(proof) => {
            refund.proof = Some(proof);
            RefundState::Done
        }
    };
    if refund.asked_by != by.id && to != RefundState::Done {
        (refund.decided_by, refund.decided_by_name) = (Some(by.id), Some(by.name.clone()));
    }
    let id = refund.id;
    if !go(conn, app, Held { order, attempt, refund }, to, Some(by)).await? {
        return Err(error::REFUND_STATE.into());
    }
    let refund = refunds::find(conn, id).await?.ok_or(pg::Error::NotFound)?;
    send_if_due(conn, app, &refund).await?;
    Ok(refund)
}

/// Whether somebody else than who asked must decide. Who asked may take it back while nothing was sent.
fn needs_another(refund: &Refund, decision: &Decision) -> bool {
    match decision {
        Decision::Approve => true,
        Decision::TurnDown(_) | Decision::Prove(_) => refund.state == RefundState::Unknown,
    }
}
