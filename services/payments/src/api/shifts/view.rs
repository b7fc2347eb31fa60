//! How a shift and what was taken in it are shown to officials.

use chrono::{DateTime, Utc};
use civic::{AgencyCode, DossierCode, Vnd};
use diesel_async::AsyncPgConnection;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    api::receipts::view::ReceiptView,
    changes::shift,
    domain::provider::ProviderName,
    store::{
        receipts,
        shifts::Shift,
        takings::{self, Taken},
    },
};

/// The time in which a cashier has a till.
#[derive(Serialize, ToSchema)]
#[schema(as = Shift)]
pub struct ShiftView {
    /// The shift.
    id: Uuid,
    /// Where.
    agency: AgencyCode,
    /// What the counter is called.
    till: String,
    /// Whose it is.
    cashier: String,
    /// Whose it is, by the account.
    cashier_id: Uuid,
    /// Since when.
    opened_at: DateTime<Utc>,
    /// What was in the drawer then.
    opening: Vnd,
    /// Until when; `null` while it is open.
    closed_at: Option<DateTime<Utc>>,
    /// What was counted in the drawer at the end.
    counted: Option<Vnd>,
    /// What should have been in it.
    expected: Option<Vnd>,
    /// Why the two differ.
    difference_reason: Option<String>,
}

impl From<Shift> for ShiftView {
    fn from(shift: Shift) -> Self {
        Self {
            id: shift.id,
            agency: shift.agency,
            till: shift.till,
            cashier: shift.cashier_name,
            cashier_id: shift.cashier_id,
            opened_at: shift.opened_at,
            opening: shift.opening,
            closed_at: shift.closed_at,
            counted: shift.counted,
            expected: shift.expected,
            difference_reason: shift.difference_reason,
        }
    }
}

/// A shift with everything that was taken in it.
#[derive(Serialize, ToSchema)]
pub struct ShiftDetail {
    /// The shift.
    #[serde(flatten)]
    shift: ShiftView,
    /// What must be in the drawer, by what was taken.
    in_drawer: Vnd,
    /// What was taken, the newest first.
    takings: Vec<TakingView>,
}

impl ShiftDetail {
    /// Reads it.
    pub async fn of(conn: &mut AsyncPgConnection, shift: Shift) -> Result<Self, pg::Error> {
        let in_drawer = shift::expected(conn, &shift).await?;
        let taken = takings::of_shift(conn, shift.id).await?;
        let ids: Vec<_> = taken.iter().map(|(taking, ..)| taking.attempt_id).collect();
        let receipts = receipts::of_attempts(conn, &ids).await?;
        let of = |attempt| receipts.iter().filter(move |it| it.attempt_id == attempt).cloned().map(ReceiptView::from);
        let takings = taken.into_iter().map(|taken| {
            let receipts = of(taken.0.attempt_id).collect();
            TakingView::of(taken, receipts)
        });
        Ok(Self { in_drawer, takings: takings.collect(), shift: shift.into() })
    }
}

/// What was taken for one order.
#[derive(Serialize, ToSchema)]
#[schema(as = Taking)]
pub struct TakingView {
    /// The taking, which is an attempt of its order.
    id: Uuid,
    /// The shift in which it was taken.
    shift_id: Uuid,
    /// The payment order.
    order_id: Uuid,
    /// The dossier's code.
    code: DossierCode,
    /// Cash or card.
    way: ProviderName,
    /// What was taken: all that was due, or a part.
    amount: Vnd,
    /// What the cashier was handed.
    received: Vnd,
    /// What she gave back of it.
    change: Vnd,
    /// Of a card: the number on the terminal's slip.
    slip: Option<String>,
    /// When.
    taken_at: DateTime<Utc>,
    /// When it was taken back as wrong; `null` while it stands.
    reversed_at: Option<DateTime<Utc>>,
    /// Why it was taken back.
    reversal_reason: Option<String>,
    /// Its receipts, the oldest first.
    receipts: Vec<ReceiptView>,
}

impl TakingView {
    /// What was taken, with its receipts.
    pub fn of((taking, attempt, order): Taken, receipts: Vec<ReceiptView>) -> Self {
        Self {
            id: taking.attempt_id,
            shift_id: taking.shift_id,
            order_id: taking.order_id,
            code: order.code,
            way: attempt.provider,
            amount: taking.amount,
            received: taking.received,
            change: taking.change,
            slip: taking.slip,
            taken_at: taking.taken_at,
            reversed_at: taking.reversed_at,
            reversal_reason: taking.reversal_reason,
            receipts,
        }
    }
}
