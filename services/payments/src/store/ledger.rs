//! Transfers between accounts. Only ever added to.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use uuid::Uuid;

use crate::{
    domain::ledger::{Account, Transfer},
    schema::{ledger_accounts, transfers},
};

const CURRENCY: &str = "VND";

/// What a transfer is written for.
pub struct Occasion {
    pub id: Uuid,
    pub order_id: Uuid,
    pub attempt_id: Uuid,
    pub at: DateTime<Utc>,
}

/// Writes a transfer; the database refuses a second one of an attempt, and a second capture of an order.
pub async fn post(conn: &mut AsyncPgConnection, occasion: Occasion, transfer: &Transfer) -> Result<(), pg::Error> {
    let debit = account(conn, &transfer.debit).await?;
    let credit = account(conn, &transfer.credit).await?;
    let row = (
        transfers::id.eq(occasion.id),
        transfers::purpose.eq(transfer.purpose.as_str()),
        transfers::debit.eq(debit),
        transfers::credit.eq(credit),
        transfers::currency.eq(CURRENCY),
        transfers::amount.eq(transfer.amount.dong()),
        transfers::order_id.eq(occasion.order_id),
        transfers::attempt_id.eq(occasion.attempt_id),
        transfers::created_at.eq(occasion.at),
    );
    diesel::insert_into(transfers::table).values(row).execute(conn).await?;
    Ok(())
}

/// The number of an account, which is opened when it is first used.
async fn account(conn: &mut AsyncPgConnection, account: &Account) -> Result<i64, pg::Error> {
    use ledger_accounts as table;
    let (kind, owner) = (account.kind.as_str(), account.owner.as_str());
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
