//! E-receipts, and the numbers that they run by.

use chrono::{DateTime, Utc};
use civic::{AgencyCode, DossierCode, Party, PartyKind, Vnd};
use diesel::prelude::*;
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use pg::kept;
use uuid::Uuid;

use crate::{
    domain::{provider::ProviderName, receipt::ReceiptState},
    schema::{receipt_numbers, receipts},
};

/// What a payer is given for a payment.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = receipts, check_for_backend(diesel::pg::Pg))]
pub struct Receipt {
    pub id: Uuid,
    pub agency: AgencyCode,
    pub symbol: String,
    pub year: i32,
    pub number: i32,
    pub attempt_id: Uuid,
    pub order_id: Uuid,
    pub code: DossierCode,
    pub payer_kind: PartyKind,
    pub payer_id: Uuid,
    pub payer_name: String,
    pub payer_address: Option<String>,
    pub payer_number: Option<String>,
    pub amount: Vnd,
    pub way: ProviderName,
    /// Who took the money at a counter.
    pub collector: Option<String>,
    pub paid_at: DateTime<Utc>,
    pub issued_at: DateTime<Utc>,
    pub state: ReceiptState,
    /// Which one it stands for.
    pub replaces: Option<Uuid>,
    pub ended_at: Option<DateTime<Utc>>,
    pub ended_by: Option<String>,
    pub ended_reason: Option<String>,
}

/// The next number of a symbol in a year. Whoever asks holds the row until her transaction ends: a number that is taken back with it is
/// given to the next, so there is no gap.
pub async fn next_number(
    conn: &mut AsyncPgConnection,
    agency: &AgencyCode,
    symbol: &str,
    year: i32,
) -> Result<i32, pg::Error> {
    use receipt_numbers as table;
    let first = (table::agency.eq(agency), table::symbol.eq(symbol), table::year.eq(year), table::last.eq(1));
    let next = diesel::insert_into(table::table).values(first);
    let next =
        next.on_conflict((table::agency, table::symbol, table::year)).do_update().set(table::last.eq(table::last + 1));
    Ok(next.returning(table::last).get_result(conn).await?)
}

/// Keeps a receipt. The database refuses a second valid one of a payment.
pub async fn insert(conn: &mut AsyncPgConnection, receipt: &Receipt) -> Result<(), pg::Error> {
    kept(diesel::insert_into(receipts::table).values(receipt)).execute(conn).await?;
    Ok(())
}

/// The receipt, if there is one.
pub async fn find(conn: &mut AsyncPgConnection, id: Uuid) -> Result<Option<Receipt>, pg::Error> {
    Ok(receipts::table.find(id).select(Receipt::as_select()).first(conn).await.optional()?)
}

/// The receipt, held until the transaction ends.
pub async fn lock(conn: &mut AsyncPgConnection, id: Uuid) -> Result<Option<Receipt>, pg::Error> {
    let receipt = receipts::table.find(id).select(Receipt::as_select()).for_no_key_update();
    Ok(receipt.first(conn).await.optional()?)
}

/// Every receipt of these payments, the oldest first.
pub async fn of_attempts(conn: &mut AsyncPgConnection, attempts: &[Uuid]) -> Result<Vec<Receipt>, pg::Error> {
    let all = receipts::table.filter(receipts::attempt_id.eq_any(attempts));
    Ok(all.order((receipts::issued_at, receipts::number)).select(Receipt::as_select()).load(conn).await?)
}

/// Receipts of a payer, the newest first, those before one.
pub async fn of_payer(
    conn: &mut AsyncPgConnection,
    payer: Party,
    before: Option<(DateTime<Utc>, Uuid)>,
    limit: i64,
) -> Result<Vec<Receipt>, pg::Error> {
    let mut all = receipts::table
        .filter(receipts::payer_kind.eq(payer.kind).and(receipts::payer_id.eq(payer.id)))
        .order((receipts::issued_at.desc(), receipts::id.desc()))
        .limit(limit)
        .select(Receipt::as_select())
        .into_boxed();
    if let Some((at, id)) = before {
        all = all.filter(receipts::issued_at.lt(at).or(receipts::issued_at.eq(at).and(receipts::id.lt(id))));
    }
    Ok(all.load(conn).await?)
}

/// Ends a receipt that is held.
pub async fn end(
    conn: &mut AsyncPgConnection,
    id: Uuid,
    state: ReceiptState,
    at: DateTime<Utc>,
    by: &str,
    reason: &str,
) -> Result<(), pg::Error> {
    let ended = (
        receipts::state.eq(state),
        receipts::ended_at.eq(at),
        receipts::ended_by.eq(by),
        receipts::ended_reason.eq(reason),
    );
    diesel::update(receipts::table.find(id)).set(ended).execute(conn).await?;
    Ok(())
}
