//! An official asks for a payer to be freed from what is left to pay, or a part of it.

use civic::{AgencyCode, Vnd};
use diesel_async::AsyncPgConnection;
use edge::{
    Caller, Problem,
    audit::{self, AuditEntry},
};
use serde_json::json;
use uuid::Uuid;

use super::{
    tell_officials::{OfficialsNotice, tell_officials},
    waive::waive,
};
use crate::{
    app::App,
    domain::waiver::{WaiverClass, WaiverState, needs_second},
    error,
    store::{
        orders::{self, Order},
        takings,
        waivers::{self, Waiver},
    },
};

/// What is asked for.
pub struct Wish {
    pub order: Uuid,
    pub class: WaiverClass,
    pub legal_basis: String,
    pub proof: String,
    pub amount: Vnd,
    /// What was left to pay when the official looked.
    pub seen: Vnd,
}

/// Asks for a waiver; it is approved at once when it needs no second official.
///
/// # Errors
/// When the agency collects no such order, it is the official's own, not so much is left to pay, another waiver of it waits, or the payer may
/// just be paying.
pub async fn ask(
    conn: &mut AsyncPgConnection,
    app: &App,
    by: &Caller,
    agency: &AgencyCode,
    wish: Wish,
) -> Result<Waiver, Problem> {
    let order = orders::lock_at(conn, wish.order, agency).await?.ok_or(error::ORDER_UNKNOWN)?;
    if order.is_of(by.id) {
        return Err(error::OWN_ORDER.into());
    }
    refuse(conn, &order, &wish).await?;
    let waived = order.waived.checked_add(wish.amount).unwrap_or(Vnd::MAX);
    let took_money = takings::were_by(conn, order.id, by.id).await?;
    let waiver = asked(app, by, &order, wish);
    waivers::insert(conn, &waiver).await?;
    record(conn, app, by, &waiver).await?;
    if needs_second(waived, app.waiver_limit, took_money) {
        tell_officials(conn, app, OfficialsNotice::waiver_asked(&order, &waiver)).await?;
        return Ok(waiver);
    }
    waive(conn, app, by, &order, waiver).await
}

async fn refuse(conn: &mut AsyncPgConnection, order: &Order, wish: &Wish) -> Result<(), Problem> {
    let left = order.left();
    if left.is_zero() {
        return Err(error::WAIVER_NOTHING_DUE.into());
    }
    if wish.seen != left {
        return Err(error::WAIVER_CHANGED.into());
    }
    if wish.amount > left {
        return Err(error::WAIVER_TOO_MUCH.into());
    }
    let known = waivers::of_order(conn, order.id).await?;
    match known.iter().any(|waiver| waiver.state == WaiverState::Asked) {
        true => Err(error::WAIVER_WAITS.into()),
        false => Ok(()),
    }
}

fn asked(app: &App, by: &Caller, order: &Order, wish: Wish) -> Waiver {
    Waiver {
        id: app.life.new_id(),
        order_id: order.id,
        agency: order.agency.clone(),
        code: order.code.clone(),
        class: wish.class,
        legal_basis: wish.legal_basis,
        proof: wish.proof,
        amount: wish.amount,
        state: WaiverState::Asked,
        asked_by: by.id,
        asked_by_name: by.name.clone(),
        asked_at: app.now(),
        decided_by: None,
        decided_by_name: None,
        decided_at: None,
        refusal: None,
        version: 1,
    }
}

async fn record(conn: &mut AsyncPgConnection, app: &App, by: &Caller, waiver: &Waiver) -> Result<(), pg::Error> {
    let entry = AuditEntry {
        actor: Some(by),
        action: "waiver.asked",
        subject_type: "waiver",
        subject_id: waiver.id.to_string(),
        detail: json!({"order": waiver.order_id, "amount": waiver.amount, "class": waiver.class}),
    };
    audit::record(conn, &app.life, entry).await
}
