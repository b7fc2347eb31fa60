//! Money that came to the agency's account, a row a transfer.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use civic::{AgencyCode, Vnd};
use diesel::{prelude::*, sql_types};
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use uuid::Uuid;

use crate::{
    domain::credit::{CreditSource, CreditState},
    schema::bank_credits,
};

/// One transfer.
#[derive(Clone, Debug, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = bank_credits, check_for_backend(diesel::pg::Pg))]
#[diesel(treat_none_as_null = true)]
pub struct BankCredit {
    pub id: Uuid,
    pub source: CreditSource,
    pub bank: String,
    pub transaction_id: String,
    /// Whether it came to the account into which is paid.
    pub ours: bool,
    /// `None` when it was told in another currency.
    pub amount: Option<Vnd>,
    pub content: String,
    /// What of the content may be a dossier's code.
    pub codes: Vec<String>,
    pub booked_at: DateTime<Utc>,
    pub raw: String,
    /// What of it the bank signed.
    pub signed: String,
    /// Whose cashiers see it.
    pub agency: AgencyCode,
    pub state: CreditState,
    pub state_since: DateTime<Utc>,
    pub order_id: Option<Uuid>,
    pub attempt_id: Option<Uuid>,
    pub received_at: DateTime<Utc>,
    /// The order that an official proposes to pay by it; with a proof and no order, it was sent back.
    pub proposed_order: Option<Uuid>,
    pub proof: Option<String>,
    pub proposed_by: Option<Uuid>,
    pub proposed_by_name: Option<String>,
    pub decided_by: Option<Uuid>,
    pub decided_by_name: Option<String>,
}

/// Locks by bare codes stand here among the database's; so many that none of what a payer writes takes up all of them.
const CODE_LOCKS: i32 = 1_986_225_525;
const CODES_APART: u32 = 64;

/// Has an order of this bare code, which opens, wait for whoever takes in money that names it, until the transaction ends: unless one of
/// them waits, neither sees the other.
pub async fn wait_for_money(conn: &mut AsyncPgConnection, code: &str) -> Result<(), pg::Error> {
    lock_code(conn, "select pg_advisory_xact_lock_shared($1, $2)", lock_of(code)).await
}

/// Has money that names these bare codes wait for orders of them that open, until the transaction ends.
pub async fn wait_for_orders(conn: &mut AsyncPgConnection, codes: &[String]) -> Result<(), pg::Error> {
    for lock in codes.iter().map(|code| lock_of(code)).collect::<BTreeSet<_>>() {
        lock_code(conn, "select pg_advisory_xact_lock($1, $2)", lock).await?;
    }
    Ok(())
}

async fn lock_code(conn: &mut AsyncPgConnection, query: &str, lock: i32) -> Result<(), pg::Error> {
    let query = diesel::sql_query(query).bind::<sql_types::Integer, _>(CODE_LOCKS);
    query.bind::<sql_types::Integer, _>(lock).execute(conn).await?;
    Ok(())
}

fn lock_of(code: &str) -> i32 {
    let sum = code.bytes().fold(0_u32, |sum, byte| sum.wrapping_mul(31).wrapping_add(byte.into()));
    i32::try_from(sum % CODES_APART).unwrap_or_default()
}

/// Keeps a transfer; `false` when it is known.
pub async fn insert(conn: &mut AsyncPgConnection, credit: &BankCredit) -> Result<bool, pg::Error> {
    let insert = diesel::insert_into(bank_credits::table).values(credit);
    let once = insert.on_conflict((bank_credits::bank, bank_credits::transaction_id)).do_nothing();
    Ok(once.execute(conn).await? == 1)
}

/// The transfer of the bank's number, held so that nobody else changes it until the transaction ends.
pub async fn lock_number(
    conn: &mut AsyncPgConnection,
    bank: &str,
    number: &str,
) -> Result<Option<BankCredit>, pg::Error> {
    let numbered = bank_credits::bank.eq(bank).and(bank_credits::transaction_id.eq(number));
    let credit = bank_credits::table.filter(numbered).select(BankCredit::as_select()).for_no_key_update();
    Ok(credit.first(conn).await.optional()?)
}

/// The transfer, held so that nobody else changes it until the transaction ends.
pub async fn lock(conn: &mut AsyncPgConnection, id: Uuid) -> Result<Option<BankCredit>, pg::Error> {
    let credit = bank_credits::table.find(id).select(BankCredit::as_select()).for_no_key_update();
    Ok(credit.first(conn).await.optional()?)
}

/// Transfers that wait for a dossier of this bare code, held.
pub async fn lock_waiting(conn: &mut AsyncPgConnection, code: &str) -> Result<Vec<BankCredit>, pg::Error> {
    let waiting = bank_credits::state.eq(CreditState::Waiting).and(bank_credits::codes.contains(vec![code]));
    let credits = bank_credits::table.filter(waiting).order((bank_credits::received_at, bank_credits::id));
    Ok(credits.select(BankCredit::as_select()).for_no_key_update().load(conn).await?)
}

/// Transfers of an agency that somebody must look at, the oldest first.
pub async fn open_of(
    conn: &mut AsyncPgConnection,
    agency: &AgencyCode,
    limit: i64,
) -> Result<Vec<BankCredit>, pg::Error> {
    let open = bank_credits::state.eq_any([CreditState::Waiting, CreditState::ForPerson]);
    let credits = bank_credits::table.filter(bank_credits::agency.eq(agency).and(open));
    let credits = credits.order((bank_credits::received_at, bank_credits::id)).limit(limit);
    Ok(credits.select(BankCredit::as_select()).load(conn).await?)
}

/// Writes a transfer that is held as it is now.
pub async fn save(conn: &mut AsyncPgConnection, credit: &BankCredit) -> Result<(), pg::Error> {
    diesel::update(bank_credits::table.find(credit.id)).set(credit).execute(conn).await?;
    Ok(())
}
