//! How a difference is shown to officials: what the statement says beside what is here.

use chrono::{DateTime, NaiveDate, Utc};
use civic::{DossierCode, Vnd};
use diesel_async::AsyncPgConnection;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    app::App,
    changes::{book_line, hold_payment::query_of},
    domain::{
        attempt::AttemptStatus,
        difference::{DifferenceClass, DifferenceState, Resolution},
        refund::RefundState,
        statement::{Direction, LineStatus, Source},
    },
    store::{
        attempts,
        differences::Difference,
        orders, refunds,
        statement_lines::{self, KeptLine},
    },
};

/// A difference.
#[derive(Serialize, ToSchema)]
#[schema(as = Difference)]
pub struct DifferenceView {
    /// The difference.
    id: Uuid,
    /// Whose statement it is.
    source: Source,
    /// The day of it.
    day: NaiveDate,
    /// How they differ.
    class: DifferenceClass,
    /// Where it stands.
    state: DifferenceState,
    /// Since when.
    state_since: DateTime<Utc>,
    /// When it was found.
    found_at: DateTime<Utc>,
    /// Whole days since then, as long as it waits for somebody.
    age_days: Option<i64>,
    /// Who sees to it; `null` while nobody does.
    owner: Option<String>,
    /// The statement that brought it.
    statement_id: Uuid,
    /// What the statement says; `null` when nothing.
    there: Option<There>,
    /// What is here; `null` when nothing.
    here: Option<HereView>,
    /// Whether the money can be booked as the statement says.
    bookable: bool,
    /// How a person wants to end it, or did.
    resolution: Option<Resolution>,
    /// Why.
    reason: Option<String>,
    /// Where that can be seen.
    proof: Option<String>,
    /// Who said so.
    proposed_by: Option<String>,
    /// Who ended it.
    closed_by: Option<String>,
}

/// A line of a statement.
#[derive(Serialize, ToSchema)]
#[schema(as = StatementLine)]
pub struct There {
    /// Where it stands in the file.
    line: i32,
    /// Which way the money went.
    direction: Direction,
    /// How much.
    amount: Vnd,
    /// What became of it.
    status: LineStatus,
    /// Our name for the attempt, as it is told.
    reference: Option<String>,
    /// Their number.
    number: Option<String>,
    /// What was written with it.
    text: String,
}

/// What is here.
#[derive(Serialize, ToSchema)]
#[schema(as = BookedHere)]
pub struct HereView {
    /// The dossier's code.
    code: DossierCode,
    /// The payment order.
    order_id: Uuid,
    /// Where the attempt stands.
    attempt: AttemptStatus,
    /// Where the refund stands, if it is one.
    refund: Option<RefundState>,
    /// How much it is over.
    amount: Vnd,
    /// Its number at the provider or the bank, as far as it is known.
    number: Option<String>,
}

impl DifferenceView {
    /// One, with what stands on both sides.
    pub async fn of(conn: &mut AsyncPgConnection, app: &App, difference: Difference) -> Result<Self, pg::Error> {
        let there = match difference.line_id {
            Some(line) => statement_lines::of(conn, &[line]).await?.pop().map(There::from),
            None => None,
        };
        let here = here(conn, &difference).await?;
        let bookable = difference.state == DifferenceState::Open && book_line::is_possible(conn, &difference).await?;
        let waits = !matches!(difference.state, DifferenceState::Healed | DifferenceState::Closed);
        Ok(Self {
            id: difference.id,
            source: difference.source,
            day: difference.day,
            class: difference.class,
            state: difference.state,
            state_since: difference.state_since,
            found_at: difference.found_at,
            age_days: waits.then(|| (app.now() - difference.found_at).num_days().max(0)),
            owner: difference.owner_name,
            statement_id: difference.statement_id,
            there,
            here,
            bookable,
            resolution: difference.resolution,
            reason: difference.reason,
            proof: difference.proof,
            proposed_by: difference.proposed_by_name,
            closed_by: difference.closed_by_name,
        })
    }
}

async fn here(conn: &mut AsyncPgConnection, difference: &Difference) -> Result<Option<HereView>, pg::Error> {
    let Some(attempt) = difference.attempt_id else { return Ok(None) };
    let attempt = attempts::find(conn, attempt).await?.ok_or(pg::Error::NotFound)?;
    let order = orders::find(conn, attempt.order_id).await?.ok_or(pg::Error::NotFound)?;
    let refund = match difference.refund_id {
        Some(refund) => refunds::find(conn, refund).await?,
        None => None,
    };
    let (amount, number) = match &refund {
        Some(refund) => (refund.amount, refund.provider_reference.clone().or_else(|| refund.proof.clone())),
        None => (query_of(conn, &attempt).await?.amount, attempt.provider_reference.clone()),
    };
    Ok(Some(HereView {
        code: order.code,
        order_id: order.id,
        attempt: attempt.status,
        refund: refund.map(|refund| refund.state),
        amount,
        number,
    }))
}

impl From<KeptLine> for There {
    fn from(line: KeptLine) -> Self {
        Self {
            line: line.number,
            direction: line.direction,
            amount: line.amount,
            status: line.status,
            reference: line.reference,
            number: line.number_there,
            text: line.text,
        }
    }
}
