//! Reads a payment order.

use actix_web::{get, web};
use chrono::{DateTime, Utc};
use civic::{DossierCode, Vnd, events::FeeLine};
use diesel_async::AsyncPgConnection;
use edge::{Caller, Problem, Reply, SignedIn, kinds};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    api::{refunds::SeeMoney, waivers::view::PayersWaiver},
    app::App,
    domain::{
        attempt::AttemptStatus,
        order::OrderState,
        provider::ProviderName,
        refund::{RefundCause, RefundState, RefundWay},
    },
    error,
    store::{
        attempts,
        orders::{self, Order},
        refunds, waivers,
    },
};

/// A fee to be paid, and what became of it.
#[derive(Serialize, ToSchema)]
pub struct PaymentOrder {
    /// The order.
    id: Uuid,
    /// The dossier that the fee is of.
    dossier_id: Uuid,
    /// The dossier's code.
    code: DossierCode,
    /// How much it is over.
    total: Vnd,
    /// What of it need not be paid, by a rule of exemption.
    waived: Vnd,
    /// What was paid towards it.
    paid: Vnd,
    /// What is left to pay now.
    left: Vnd,
    /// Why something need not be paid, or may not have to be; the oldest first.
    waivers: Vec<PayersWaiver>,
    /// What it is for.
    lines: Vec<FeeLine>,
    /// Where it stands.
    status: OrderState,
    /// By which providers it can be paid here.
    ways: Vec<ProviderName>,
    /// Every attempt to pay it, the oldest first.
    attempts: Vec<PaymentAttempt>,
    /// Until when it can be paid; `null` when that is open.
    due_at: Option<DateTime<Utc>>,
    /// When it was paid, by the provider's clock; `null` until then.
    paid_at: Option<DateTime<Utc>>,
    /// What came beyond what was to be paid and is not on its way back yet.
    owed_back: Vnd,
    /// What goes back and went back, the oldest first.
    refunds: Vec<PayersRefund>,
}

/// Money on its way back, as its payer sees it.
#[derive(Serialize, ToSchema)]
pub struct PayersRefund {
    /// How much.
    amount: Vnd,
    /// Why.
    cause: RefundCause,
    /// How.
    way: RefundWay,
    /// How far it has come.
    state: RefundState,
    /// When it was asked for.
    asked_at: DateTime<Utc>,
    /// When the money went back; `null` until then.
    done_at: Option<DateTime<Utc>>,
}

impl From<refunds::Refund> for PayersRefund {
    fn from(refund: refunds::Refund) -> Self {
        let refunds::Refund { amount, cause, way, state, asked_at, done_at, .. } = refund;
        Self { amount, cause, way, state, asked_at, done_at }
    }
}

/// An attempt to pay.
#[derive(Serialize, ToSchema)]
pub struct PaymentAttempt {
    /// The attempt.
    id: Uuid,
    /// Where.
    provider: ProviderName,
    /// Over how much.
    amount: Vnd,
    /// What became of it.
    status: AttemptStatus,
    /// When it was begun.
    created_at: DateTime<Utc>,
}

impl From<attempts::Attempt> for PaymentAttempt {
    fn from(attempt: attempts::Attempt) -> Self {
        let attempts::Attempt { id, provider, amount, status, created_at, .. } = attempt;
        Self { id, provider, amount, status, created_at }
    }
}
edge::failures![kinds::FORBIDDEN, error::ORDER_NOT_FOUND, error::ORDER_NOT_YET];

/// Read a payment order
///
/// The fee of a dossier with its lines, whether it is paid, and what became of each attempt to pay it. The dossier names its
/// order as soon as it is filed; the order itself can be read a moment later. The payer sees it, and who looks after its agency's money.
#[utoipa::path(
    operation_id = "read_payment_order",
    tag = "payments",
    params(("id" = Uuid, Path, description = "The payment order")),
    responses((status = 200, description = "The order", body = PaymentOrder), Failures),
    security(("bearer" = []))
)]
#[get("/api/v1/payment-orders/{id}")]
pub async fn read_payment_order(
    app: web::Data<App>,
    SignedIn(caller): SignedIn,
    id: web::Path<Uuid>,
) -> Result<Reply, Problem> {
    let mut conn = app.pool.get().await?;
    let order = seen_by(&mut conn, caller, *id).await?.ok_or_else(|| error::no_order(*id))?;
    let lines = orders::lines(&mut conn, order.id).await?;
    let attempts = attempts::of_order(&conn, order.id).await?;
    let again = attempts.iter().filter(|attempt| attempt.status == AttemptStatus::PaidAgain);
    let owed_back = Vnd::sum(again.filter_map(|attempt| attempt.amount.checked_sub(attempt.going_back)));
    let refunds = refunds::of_order(&mut conn, order.id).await?;
    let waivers = waivers::of_order(&mut conn, order.id).await?;
    let left = order.left();
    Ok(Reply::ok(&PaymentOrder {
        id: order.id,
        dossier_id: order.dossier_id,
        code: order.code,
        total: order.total,
        waived: order.waived,
        paid: order.paid,
        left,
        waivers: waivers.into_iter().map(PayersWaiver::from).collect(),
        lines,
        status: order.status,
        ways: app.providers.offered(),
        attempts: attempts.into_iter().map(PaymentAttempt::from).collect(),
        due_at: order.due_at,
        paid_at: order.paid_at,
        owed_back: owed_back.unwrap_or(Vnd::MAX),
        refunds: refunds.into_iter().map(PayersRefund::from).collect(),
    }))
}

/// The order, if the caller owes it or looks after the money of its agency.
async fn seen_by(conn: &mut AsyncPgConnection, caller: Caller, id: Uuid) -> Result<Option<Order>, Problem> {
    if let Some(applicant) = caller.clone().applicant() {
        return Ok(orders::find_of(conn, id, applicant.party).await?);
    }
    let official = caller.official::<SeeMoney>().ok_or(kinds::FORBIDDEN)?;
    Ok(orders::find(conn, id).await?.filter(|order| official.agencies().contains(&order.agency)))
}
