//! Money on its way back, a row a refund.

use chrono::{DateTime, Utc};
use civic::{AgencyCode, Vnd};
use diesel::{
    dsl::{exists, select},
    prelude::*,
};
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use uuid::Uuid;

use crate::{
    domain::{
        attempt::AttemptStatus,
        refund::{RefundCause, RefundState, RefundWay},
    },
    schema::{attempts, refunds},
};

/// One refund.
#[derive(Clone, Debug, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = refunds, check_for_backend(diesel::pg::Pg))]
#[diesel(treat_none_as_null = true)]
pub struct Refund {
    pub id: Uuid,
    pub order_id: Uuid,
    pub attempt_id: Uuid,
    pub agency: AgencyCode,
    pub cause: RefundCause,
    pub amount: Vnd,
    pub way: RefundWay,
    pub state: RefundState,
    /// What the official wrote who asked for it.
    pub reason: String,
    pub asked_by: Uuid,
    pub asked_by_name: String,
    pub asked_at: DateTime<Utc>,
    /// Who approved it or turned it down, where a second official had to.
    pub decided_by: Option<Uuid>,
    pub decided_by_name: Option<String>,
    /// The provider's number of it, once it is known.
    pub provider_reference: Option<String>,
    /// Of money given back by hand: where that can be seen.
    pub proof: Option<String>,
    /// Why no money goes back by it.
    pub failure: Option<String>,
    pub sent_at: Option<DateTime<Utc>>,
    pub done_at: Option<DateTime<Utc>>,
    /// Since when it stands where it does.
    pub state_since: DateTime<Utc>,
    /// Counts its changes, from 1.
    pub version: i32,
}

/// Keeps a new refund of an order that is held.
pub async fn insert(conn: &mut AsyncPgConnection, refund: &Refund) -> Result<(), pg::Error> {
    diesel::insert_into(refunds::table).values(refund).execute(conn).await?;
    Ok(())
}

/// The refund, if there is one.
pub async fn find(conn: &mut AsyncPgConnection, id: Uuid) -> Result<Option<Refund>, pg::Error> {
    Ok(refunds::table.find(id).select(Refund::as_select()).first(conn).await.optional()?)
}

/// Every refund of an order, the oldest first.
pub async fn of_order(conn: &mut AsyncPgConnection, order_id: Uuid) -> Result<Vec<Refund>, pg::Error> {
    let refunds = refunds::table.filter(refunds::order_id.eq(order_id));
    Ok(refunds.order((refunds::asked_at, refunds::id)).select(Refund::as_select()).load(conn).await?)
}

/// Every refund of money that paid an order, and was not owed back from the first.
pub async fn of_what_paid(conn: &mut AsyncPgConnection, order_id: Uuid) -> Result<Vec<Refund>, pg::Error> {
    let settled = attempts::table
        .filter(attempts::order_id.eq(order_id).and(attempts::status.eq(AttemptStatus::Settled)))
        .select(attempts::id);
    let refunds = refunds::table.filter(refunds::attempt_id.eq_any(settled));
    Ok(refunds.select(Refund::as_select()).load(conn).await?)
}

/// Refunds of an agency, the newest first, those before one.
pub async fn of_agency(
    conn: &mut AsyncPgConnection,
    agency: &AgencyCode,
    states: &[RefundState],
    before: Option<(DateTime<Utc>, Uuid)>,
    limit: i64,
) -> Result<Vec<Refund>, pg::Error> {
    let mut refunds = refunds::table
        .filter(refunds::agency.eq(agency))
        .filter(refunds::state.eq_any(states.to_vec()))
        .order((refunds::asked_at.desc(), refunds::id.desc()))
        .limit(limit)
        .select(Refund::as_select())
        .into_boxed();
    if let Some((at, id)) = before {
        refunds = refunds.filter(refunds::asked_at.lt(at).or(refunds::asked_at.eq(at).and(refunds::id.lt(id))));
    }
    Ok(refunds.load(conn).await?)
}

/// Whether the provider's number is that of another refund.
pub async fn is_known_elsewhere(conn: &mut AsyncPgConnection, id: Uuid, number: &str) -> Result<bool, pg::Error> {
    let others = refunds::table.filter(refunds::provider_reference.eq(number).and(refunds::id.ne(id)));
    Ok(select(exists(others)).get_result(conn).await?)
}

/// Writes a refund of an order that is held as it is now, one change later.
pub async fn save(conn: &mut AsyncPgConnection, refund: &Refund) -> Result<(), pg::Error> {
    let refund = Refund { version: refund.version + 1, ..refund.clone() };
    diesel::update(refunds::table.find(refund.id)).set(&refund).execute(conn).await?;
    Ok(())
}
