//! The officials of an agency are told of money that waits for them.

use civic::{
    AgencyCode, DossierCode, Vnd,
    events::{MoneyNotice, MoneyNoticed},
};
use diesel_async::AsyncPgConnection;
use uuid::Uuid;

use crate::{
    app::App,
    store::{orders::Order, refunds::Refund, shifts::Shift, waivers::Waiver},
};

/// What waits, and for whom.
pub struct OfficialsNotice {
    subject_id: Uuid,
    agency: AgencyCode,
    code: Option<DossierCode>,
    notice: MoneyNotice,
    amount: Vnd,
    /// Whose doing it is.
    official_id: Option<Uuid>,
}

impl OfficialsNotice {
    /// A refund waits for somebody else than who asked for it.
    pub fn refund_asked(order: &Order, refund: &Refund) -> Self {
        let of_refund = Self::of(order, MoneyNotice::RefundAsked, refund.amount);
        Self { subject_id: refund.id, official_id: Some(refund.asked_by), ..of_refund }
    }

    /// A waiver waits for somebody else than who asked for it.
    pub fn waiver_asked(order: &Order, waiver: &Waiver) -> Self {
        let of_waiver = Self::of(order, MoneyNotice::WaiverAsked, waiver.amount);
        Self { subject_id: waiver.id, official_id: Some(waiver.asked_by), ..of_waiver }
    }

    /// Money was found that is owed back.
    pub fn owed_back(order: &Order, amount: Vnd) -> Self {
        Self::of(order, MoneyNotice::OwedBack, amount)
    }

    /// A shift was left open, with so much in the drawer.
    pub fn shift_open(shift: &Shift, expected: Vnd) -> Self {
        Self {
            subject_id: shift.id,
            agency: shift.agency.clone(),
            code: None,
            notice: MoneyNotice::ShiftOpen,
            amount: expected,
            official_id: Some(shift.cashier_id),
        }
    }

    fn of(order: &Order, notice: MoneyNotice, amount: Vnd) -> Self {
        let (agency, code) = (order.agency.clone(), Some(order.code.clone()));
        Self { subject_id: order.id, agency, code, notice, amount, official_id: None }
    }
}

/// Tells them.
pub async fn tell_officials(conn: &AsyncPgConnection, app: &App, what: OfficialsNotice) -> Result<(), pg::Error> {
    let OfficialsNotice { subject_id, agency, code, notice, amount, official_id } = what;
    let noticed = MoneyNoticed { subject_id, agency, code, notice, amount, official_id, happened_at: app.now() };
    app.outbox.put(conn, &noticed).await?;
    Ok(())
}
