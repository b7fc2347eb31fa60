//! What cashiers took.

use chrono::{DateTime, Utc};
use civic::Vnd;
use diesel::{
    dsl::{exists, select},
    prelude::*,
};
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use pg::kept;
use uuid::Uuid;

use super::{attempts::Attempt, orders::Order};
use crate::schema::{attempts, orders, shifts, takings};

/// What was taken for one order.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = takings, check_for_backend(diesel::pg::Pg))]
pub struct Taking {
    pub attempt_id: Uuid,
    pub order_id: Uuid,
    pub shift_id: Uuid,
    pub amount: Vnd,
    /// What the cashier was handed.
    pub received: Vnd,
    /// What she gave back of it.
    pub change: Vnd,
    /// Of a card: the number on the terminal's slip.
    pub slip: Option<String>,
    pub payer_name: Option<String>,
    pub payer_address: Option<String>,
    pub payer_number: Option<String>,
    pub taken_at: DateTime<Utc>,
    pub reversed_at: Option<DateTime<Utc>>,
    pub reversal_reason: Option<String>,
}

/// A taking with what it was for.
pub type Taken = (Taking, Attempt, Order);

/// Keeps what was taken, in a shift that is held.
pub async fn insert(conn: &mut AsyncPgConnection, taking: &Taking) -> Result<(), pg::Error> {
    kept(diesel::insert_into(takings::table).values(taking)).execute(conn).await?;
    Ok(())
}

/// The taking, if there is one.
pub async fn find(conn: &mut AsyncPgConnection, attempt: Uuid) -> Result<Option<Taking>, pg::Error> {
    Ok(takings::table.find(attempt).select(Taking::as_select()).first(conn).await.optional()?)
}

/// Notes that it was taken back, and why.
pub async fn reverse(
    conn: &mut AsyncPgConnection,
    attempt: Uuid,
    at: DateTime<Utc>,
    reason: &str,
) -> Result<(), pg::Error> {
    let reversed = (takings::reversed_at.eq(at), takings::reversal_reason.eq(reason));
    diesel::update(takings::table.find(attempt)).set(reversed).execute(conn).await?;
    Ok(())
}

/// Whether a cashier took money for an order, be it that she gave it back as taken wrongly.
pub async fn were_by(conn: &mut AsyncPgConnection, order: Uuid, cashier: Uuid) -> Result<bool, pg::Error> {
    let own = takings::table.inner_join(shifts::table.on(shifts::id.eq(takings::shift_id)));
    let own = own.filter(takings::order_id.eq(order).and(shifts::cashier_id.eq(cashier)));
    Ok(select(exists(own)).get_result(conn).await?)
}

/// Everything that was taken in a shift, the newest first.
pub async fn of_shift(conn: &mut AsyncPgConnection, shift: Uuid) -> Result<Vec<Taken>, pg::Error> {
    let taken = takings::table.inner_join(attempts::table).inner_join(orders::table);
    let taken = taken.filter(takings::shift_id.eq(shift)).order((takings::taken_at.desc(), takings::attempt_id.desc()));
    let all = (Taking::as_select(), Attempt::as_select(), Order::as_select());
    Ok(taken.select(all).load(conn).await?)
}
