//! Transfers between accounts. Only ever added to.

use chrono::{DateTime, Utc};
use civic::Vnd;
use diesel::{dsl::max, prelude::*};
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use pg::kept;
use tokio::try_join;
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
    pub at: DateTime<Utc>,
}

impl Occasion {
    /// Something happens to an order now.
    pub fn of(order: &Order, cause: Cause, id: Uuid, at: DateTime<Utc>) -> Self {
        Self { id, order_id: order.id, cause, at }
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

/// Writes a transfer for an order that is held; the database refuses a second one of a cause. Captures of an order are numbered: it may be paid
/// in parts, and again when what was taken for it was reversed.
pub async fn post(mut conn: &AsyncPgConnection, occasion: Occasion, transfer: &Transfer) -> Result<(), pg::Error> {
    let Occasion { id, order_id, cause, at } = occasion;
    let (debit, credit, round) = try_join!(
        account(conn, &transfer.debit),
        account(conn, &transfer.credit),
        round(conn, order_id, transfer.purpose)
    )?;
    let row = Row {
        id,
        purpose: transfer.purpose,
        debit,
        credit,
        currency: CURRENCY,
        amount: transfer.amount,
        order_id,
        cause_kind: cause.kind,
        cause_id: cause.id,
        attempt_id: (cause.kind == CauseKind::Attempt).then_some(cause.id),
        round,
        created_at: at,
    };
    kept(diesel::insert_into(transfers::table).values(row)).execute(&mut conn).await?;
    Ok(())
}

async fn round(mut conn: &AsyncPgConnection, order_id: Uuid, purpose: Purpose) -> Result<i32, pg::Error> {
    if purpose != Purpose::Capture {
        return Ok(1);
    }
    let all = transfers::table.filter(transfers::order_id.eq(order_id).and(transfers::purpose.eq(Purpose::Capture)));
    let last: Option<i32> = all.select(max(transfers::round)).first(&mut conn).await?;
    Ok(last.unwrap_or_default() + 1)
}

/// The number of an account, which is opened when it is first used.
async fn account(mut conn: &AsyncPgConnection, account: &Account) -> Result<i64, pg::Error> {
    use ledger_accounts as table;
    let (kind, owner) = (account.kind, account.owner.as_str());
    let known = || {
        let same = table::kind.eq(kind).and(table::owner.eq(owner)).and(table::currency.eq(CURRENCY));
        table::table.filter(same).select(table::id)
    };
    if let Some(id) = known().first(&mut conn).await.optional()? {
        return Ok(id);
    }
    // Another may open it at the same moment; then its row is the account.
    let row = (table::kind.eq(kind), table::owner.eq(owner), table::currency.eq(CURRENCY));
    diesel::insert_into(table::table).values(row).on_conflict_do_nothing().execute(&mut conn).await?;
    Ok(known().first(&mut conn).await?)
}
