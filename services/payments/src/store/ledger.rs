//! Transfers between accounts. Only ever added to.

use chrono::{DateTime, Utc};
use civic::Vnd;
use diesel::prelude::*;
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use uuid::Uuid;

use super::orders::Order;
use crate::{
    domain::ledger::{Account, Cause, CauseKind, Purpose, Transfer},
    schema::{ledger_accounts, transfers},
};

const CURRENCY: &str = "VND";

/// Where and when a transfer is written.
#[derive(Clone, Copy, Debug)]
pub struct Occasion {
    pub id: Uuid,
    pub order_id: Uuid,
    pub cause: Cause,
    /// For the how manieth time the order is being paid: one more than what was taken for it was reversed.
    pub round: i32,
    pub at: DateTime<Utc>,
}

impl Occasion {
    /// Something happens to an order now.
    pub fn of(order: &Order, cause: Cause, id: Uuid, at: DateTime<Utc>) -> Self {
        Self { id, order_id: order.id, cause, round: order.reversals + 1, at }
    }
}

#[derive(Insertable)]
#[diesel(table_name = transfers)]
struct Row {
    id: Uuid,
    purpose: Purpose,
    debit: i64,
    credit: i64,
    currency: &'static str,
    amount: Vnd,
    order_id: Uuid,
    cause_kind: CauseKind,
    cause_id: Uuid,
    /// Whom the version before this one asks; the cause says it too.
    attempt_id: Option<Uuid>,
    round: i32,
    created_at: DateTime<Utc>,
}

/// Writes a transfer; the database refuses a second one of a cause, and a second capture of an order unless the first was reversed.
pub async fn post(conn: &mut AsyncPgConnection, occasion: Occasion, transfer: &Transfer) -> Result<(), pg::Error> {
    let Occasion { id, order_id, cause, round, at } = occasion;
    let row = Row {
        id,
        purpose: transfer.purpose,
        debit: account(conn, &transfer.debit).await?,
        credit: account(conn, &transfer.credit).await?,
        currency: CURRENCY,
        amount: transfer.amount,
        order_id,
        cause_kind: cause.kind,
        cause_id: cause.id,
        attempt_id: (cause.kind == CauseKind::Attempt).then_some(cause.id),
        round,
        created_at: at,
    };
    diesel::insert_into(transfers::table).values(row).execute(conn).await?;
    Ok(())
}

/// The number of an account, which is opened when it is first used.
async fn account(conn: &mut AsyncPgConnection, account: &Account) -> Result<i64, pg::Error> {
    use ledger_accounts as table;
    let (kind, owner) = (account.kind, account.owner.as_str());
    let known = || {
        let same = table::kind.eq(kind).and(table::owner.eq(owner)).and(table::currency.eq(CURRENCY));
        table::table.filter(same).select(table::id)
    };
    if let Some(id) = known().first(conn).await.optional()? {
        return Ok(id);
    }
    // Another may open it at the same moment; then its row is the account.
    let row = (table::kind.eq(kind), table::owner.eq(owner), table::currency.eq(CURRENCY));
    diesel::insert_into(table::table).values(row).on_conflict_do_nothing().execute(conn).await?;
    Ok(known().first(conn).await?)
}
