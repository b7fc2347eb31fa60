//! Several orders of a payer begin to be paid in one go: an attempt for each, one sum and one name at the provider.

use civic::{LocalText, Vnd};
use diesel_async::AsyncPgConnection;
use edge::{
    Applicant, Kind, Problem,
    audit::{self, AuditEntry},
    kinds,
};
use futures_util::{StreamExt, TryStreamExt, stream};
use serde_json::json;
use tokio::time::timeout;
use uuid::Uuid;

use super::{
    ask_later::ask_later,
    ask_now::ask_now,
    start_attempt::{BegunAttempt, Offered, PATIENCE, begin_until, expiry},
};
use crate::{
    app::App,
    domain::{order::refuses_attempts, provider::ProviderName},
    error,
    store::{
        attempts::{self, Attempt},
        joint_payments::{self, JointPayment},
        orders::{self, Order},
    },
};

/// Questions at a time.
const QUESTIONS: usize = 4;

/// Asks what became of every attempt at this provider that stands in the way of paying these orders of the applicant's, as
/// `start_attempt::hear_of` does for one; all within the time that a payer waits for one.
///
/// # Errors
/// When the database does not answer, or does not take the provider's word.
pub async fn hear_of(
    app: &App,
    applicant: &Applicant,
    chosen: &[Uuid],
    provider: ProviderName,
) -> Result<(), pg::Error> {
    let Some(way) = app.providers.ask(provider) else { return Ok(()) };
    let open = open_ones(app, applicant, chosen, provider).await?;
    let asking = stream::iter(open).map(Ok).try_for_each_concurrent(QUESTIONS, async |attempt: Attempt| {
        let heard = ask_now(app, way, &attempt).await;
        heard.map(drop)
    });
    timeout(PATIENCE, asking).await.unwrap_or(Ok(()))
}

/// What may still be paid of these orders at the provider; of a joint payment one of its attempts.
async fn open_ones(
    app: &App,
    applicant: &Applicant,
    chosen: &[Uuid],
    provider: ProviderName,
) -> Result<Vec<Attempt>, pg::Error> {
    let mut conn = app.pool.get().await?;
    let mut open: Vec<Attempt> = Vec::new();
    for order in orders::all_of(&mut conn, chosen, applicant.party).await? {
        let found = attempts::open_one(&mut conn, order.id, provider, app.now()).await?;
        let is_new = |attempt: &Attempt| {
            attempt.joint_payment_id.is_none()
                || open.iter().all(|other| other.joint_payment_id != attempt.joint_payment_id)
        };
        open.extend(found.filter(is_new));
    }
    Ok(open)
}

/// Begins to pay all of these orders, each of which the applicant owes, unless just these are being paid together at the provider already:
/// then that is offered again.
///
/// # Errors
/// When one of them takes no attempt, or is being paid at the provider otherwise; each is named.
pub async fn start(
    conn: &mut AsyncPgConnection,
    app: &App,
    applicant: &Applicant,
    chosen: &[Uuid],
    provider: ProviderName,
) -> Result<(JointPayment, Vec<Order>, Offered), Problem> {
    let held = orders::lock_all_of(conn, chosen, applicant.party).await?;
    let mut open = Vec::with_capacity(held.len());
    for order in &held {
        open.push(attempts::open_one(conn, order.id, provider, app.now()).await?);
    }
    // One over more would be owed back: a part was paid or waived since.
    let is_all = |(order, open): (&Order, &Option<Attempt>)| open.as_ref().is_some_and(|it| it.amount == order.left());
    let all = held.len() == chosen.len() && held.iter().zip(&open).all(is_all);
    let same = if all { the_same(conn, &open).await? } else { None };
    if let Some(joint) = same {
        return Ok((joint, held, Offered::Again));
    }
    refuse(app, chosen, &held, &open)?;
    let joint = begin(conn, app, applicant, &held, provider).await?;
    Ok((joint, held, Offered::New))
}

/// The joint payment that pays these orders and no other, if they have one that is open.
async fn the_same(conn: &mut AsyncPgConnection, open: &[Option<Attempt>]) -> Result<Option<JointPayment>, pg::Error> {
    let mut ids = open.iter().map(|attempt| attempt.as_ref().and_then(|attempt| attempt.joint_payment_id));
    let Some(id) = ids.next().flatten() else { return Ok(None) };
    if ids.any(|other| other != Some(id)) || attempts::of_joint_payment(conn, id).await?.len() != open.len() {
        return Ok(None);
    }
    joint_payments::get(conn, id).await.map(Some)
}

/// Refuses when any of the orders cannot be paid now, and says of each why.
fn refuse(app: &App, chosen: &[Uuid], held: &[Order], open: &[Option<Attempt>]) -> Result<(), Problem> {
    let mut refused = None;
    for (position, id) in chosen.iter().enumerate() {
        let found = held.iter().zip(open).find(|(order, _)| order.id == *id);
        let why = match found {
            None => Some((error::ORDER_NOT_FOUND, None)),
            Some((order, open)) => {
                let refusal = refuses_attempts(order.status, order.due_at, app.now()).map(error::of_refusal);
                let over = order.left().is_zero().then_some(error::ORDER_CANCELLED);
                let busy = open.as_ref().map(|_| error::BEING_PAID);
                refusal.or(over).or(busy).map(|kind| (kind, Some(order)))
            }
        };
        if let Some((kind, order)) = why {
            let problem = refused.unwrap_or_else(|| Problem::from(error::NOT_TOGETHER));
            refused = Some(problem.field(format!("/orders/{position}"), kind.code, said(kind, order)));
        }
    }
    refused.map_or(Ok(()), Err)
}

/// Why an order cannot be paid, with the dossier that it is of.
fn said(kind: Kind, order: Option<&Order>) -> LocalText {
    match order {
        Some(order) => LocalText::new(format!("{}: {}", order.code, kind.vi), format!("{}: {}", order.code, kind.en)),
        None => LocalText::new(kind.vi, kind.en),
    }
}

/// Begins it: orders that are held, in the order of their ids, all of which take an attempt.
async fn begin(
    conn: &mut AsyncPgConnection,
    app: &App,
    applicant: &Applicant,
    held: &[Order],
    provider: ProviderName,
) -> Result<JointPayment, Problem> {
    let (id, party) = (app.life.new_id(), applicant.party);
    let expires_at = held.iter().map(|order| expiry(app, order, provider)).min().unwrap_or(app.now());
    let joint = JointPayment {
        id,
        payer_kind: party.kind,
        payer_id: party.id,
        provider,
        reference: id.simple().to_string(),
        total: Vnd::sum(held.iter().map(Order::left)).ok_or_else(too_much)?,
        created_at: app.now(),
        expires_at,
    };
    joint_payments::insert(conn, &joint).await?;
    for (position, order) in (0_i16..).zip(held) {
        let begun = BegunAttempt { provider, amount: order.left(), expires_at, part: Some((id, position)) };
        let attempt = begin_until(conn, app, Some(&applicant.caller), order, begun).await?;
        if position == 0 {
            // One question for all: the provider knows them as one payment.
            ask_later(conn, app, &attempt).await?;
        }
    }
    let entry = AuditEntry {
        actor: Some(&applicant.caller),
        action: "joint_payment.started",
        subject_type: "joint_payment",
        subject_id: id.to_string(),
        detail: json!({"provider": provider, "total": joint.total, "orders": held.len()}),
    };
    audit::record(conn, &app.life, entry).await?;
    Ok(joint)
}

fn too_much() -> Problem {
    let text =
        LocalText::new("Tổng số tiền quá lớn để thanh toán một lần.", "The sum is too large to be paid in one go.");
    Problem::from(kinds::INVALID).field("/orders", "too-much", text)
}
