//! What was booked in a time: summed up by the way that the money went, and transfer by transfer.

use chrono::{DateTime, NaiveDate, Utc};
use civic::{AgencyCode, DossierCode, Vnd};
use diesel::{
    prelude::*,
    sql_query,
    sql_types::{BigInt, Date, Integer, Nullable, Text, Timestamptz, Uuid as SqlUuid},
};
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::domain::{
    ledger::{CauseKind, Purpose},
    waiver::WaiverClass,
};

/// Transfers of an agency, `$1`, from a moment, `$2`, until another, `$3`. The way of a transfer is the account that is not the agency's
/// income or debt: of a provider its name, else what the account holds.
const BOOKED: &str = "from transfers t
    join orders o on o.id = t.order_id
    join ledger_accounts d on d.id = t.debit
    join ledger_accounts c on c.id = t.credit
    cross join lateral (
        select case when d.kind in ('FEE_INCOME', 'OWED_TO_PAYERS') then c.kind else d.kind end as kind,
            case when d.kind in ('FEE_INCOME', 'OWED_TO_PAYERS') then c.owner else d.owner end as owner) m
    cross join lateral (select case m.kind when 'PROVIDER_CLEARING' then m.owner else m.kind end as channel) w
    where o.agency = $1 and t.created_at >= $2 and t.created_at < $3";
const FIGURES: &str = "select w.channel, t.purpose, count(*)::integer as transfers, sum(t.amount)::bigint as amount";
const BY_FIGURE: &str = "group by w.channel, t.purpose order by w.channel, t.purpose";
const DAYS: &str = "select (t.created_at at time zone 'UTC' + interval '7 hours')::date as day, w.channel, t.purpose,
    count(*)::integer as transfers, sum(t.amount)::bigint as amount";
const BY_DAY: &str = "group by day, w.channel, t.purpose order by day, w.channel, t.purpose";
const KINDS: &str = "select l.name_vi, l.name_en, sum(l.quantity)::bigint as quantity, sum(l.amount)::bigint as amount
    from transfers t join orders o on o.id = t.order_id join order_lines l on l.order_id = o.id
    where o.agency = $1 and t.created_at >= $2 and t.created_at < $3 and t.purpose = 'CAPTURE'
        and o.paid + o.waived = o.total
        and not exists (
            select from transfers n where n.order_id = t.order_id and n.purpose = 'CAPTURE' and n.round > t.round)
    group by l.name_vi, l.name_en order by amount desc, l.name_vi limit 200";
const WAIVED: &str = "select class, count(*)::integer as waivers, sum(amount)::bigint as amount from waivers
    where agency = $1 and decided_at >= $2 and decided_at < $3 and state = 'APPROVED' group by class order by class";
const TRANSFERS: &str = "select t.id, t.created_at, t.purpose, w.channel, t.amount, o.code, o.id as order_id, t.cause_kind, t.cause_id,
    coalesce(
        (select a.provider_reference from attempts a where t.cause_kind = 'ATTEMPT' and a.id = t.cause_id),
        (select coalesce(f.proof, f.provider_reference) from refunds f where t.cause_kind = 'REFUND' and f.id = t.cause_id)) as number";
const OF_FIGURE: &str = "and ($4 is null or w.channel = $4) and ($5 is null or t.purpose = $5)
    and (t.created_at, t.id) > ($6, $7) order by t.created_at, t.id limit $8";

/// What was booked by one way for one purpose.
#[derive(Clone, Debug, PartialEq, Eq, QueryableByName, Serialize, ToSchema)]
pub struct Figure {
    /// By which way: a provider's name, or where the money lies (`AGENCY_BANK`).
    #[diesel(sql_type = Text)]
    pub channel: String,
    /// What for.
    #[diesel(sql_type = Text)]
    pub purpose: Purpose,
    /// In how many transfers.
    #[diesel(sql_type = Integer)]
    pub transfers: i32,
    /// How much.
    #[diesel(sql_type = BigInt)]
    pub amount: Vnd,
}

/// The same on one day.
#[derive(Clone, Debug, PartialEq, Eq, QueryableByName, Serialize, ToSchema)]
pub struct DayFigure {
    /// The day in Vietnam.
    #[diesel(sql_type = Date)]
    pub day: NaiveDate,
    /// What was booked on it.
    #[diesel(embed)]
    #[serde(flatten)]
    pub figure: Figure,
}

/// Fees of one kind that were paid whole: of what was paid in parts, on the day of the last.
#[derive(Clone, Debug, QueryableByName)]
pub struct KindFigure {
    #[diesel(sql_type = Text)]
    pub name_vi: String,
    #[diesel(sql_type = Text)]
    pub name_en: String,
    #[diesel(sql_type = BigInt)]
    pub quantity: i64,
    #[diesel(sql_type = BigInt)]
    pub amount: Vnd,
}

/// What payers of one class were freed from.
#[derive(Clone, Debug, PartialEq, Eq, QueryableByName, Serialize, ToSchema)]
pub struct WaivedFigure {
    /// By which rule.
    #[diesel(sql_type = Text)]
    pub class: WaiverClass,
    /// By how many waivers.
    #[diesel(sql_type = Integer)]
    pub waivers: i32,
    /// How much.
    #[diesel(sql_type = BigInt)]
    pub amount: Vnd,
}

/// One transfer.
#[derive(Clone, Debug, QueryableByName, Serialize, ToSchema)]
pub struct Booked {
    /// The transfer.
    #[diesel(sql_type = SqlUuid)]
    pub id: Uuid,
    /// When it was booked.
    #[diesel(sql_type = Timestamptz)]
    pub created_at: DateTime<Utc>,
    /// What for.
    #[diesel(sql_type = Text)]
    pub purpose: Purpose,
    /// By which way.
    #[diesel(sql_type = Text)]
    pub channel: String,
    /// How much.
    #[diesel(sql_type = BigInt)]
    pub amount: Vnd,
    /// The dossier's code.
    #[diesel(sql_type = Text)]
    pub code: DossierCode,
    /// The payment order.
    #[diesel(sql_type = SqlUuid)]
    pub order_id: Uuid,
    /// What it was written for.
    #[diesel(sql_type = Text)]
    pub cause_kind: CauseKind,
    /// Which one.
    #[diesel(sql_type = SqlUuid)]
    pub cause_id: Uuid,
    /// The number of it at the provider or the bank, where it has one.
    #[diesel(sql_type = Nullable<Text>)]
    pub number: Option<String>,
}

/// Which transfers.
#[derive(Clone, Copy, Debug)]
pub struct Period<'a> {
    pub agency: &'a AgencyCode,
    pub from: DateTime<Utc>,
    /// Not of it.
    pub until: DateTime<Utc>,
}

/// The figures of a time.
pub async fn of(conn: &mut AsyncPgConnection, period: Period<'_>) -> Result<Vec<Figure>, pg::Error> {
    load(conn, format!("{FIGURES} {BOOKED} {BY_FIGURE}"), period).await
}

/// The same by day.
pub async fn by_day(conn: &mut AsyncPgConnection, period: Period<'_>) -> Result<Vec<DayFigure>, pg::Error> {
    load(conn, format!("{DAYS} {BOOKED} {BY_DAY}"), period).await
}

/// What was paid for, by kind of fee.
pub async fn by_kind(conn: &mut AsyncPgConnection, period: Period<'_>) -> Result<Vec<KindFigure>, pg::Error> {
    load(conn, KINDS.to_owned(), period).await
}

/// What was waived, by class.
pub async fn waived(conn: &mut AsyncPgConnection, period: Period<'_>) -> Result<Vec<WaivedFigure>, pg::Error> {
    load(conn, WAIVED.to_owned(), period).await
}

async fn load<T>(conn: &mut AsyncPgConnection, query: String, period: Period<'_>) -> Result<Vec<T>, pg::Error>
where
    T: QueryableByName<diesel::pg::Pg> + Send + 'static,
{
    let rows = sql_query(query)
        .bind::<Text, _>(period.agency.as_str())
        .bind::<Timestamptz, _>(period.from)
        .bind::<Timestamptz, _>(period.until);
    Ok(rows.load(conn).await?)
}

/// Transfers of a time behind one, the oldest first, by one way or for one purpose alone.
pub async fn transfers(
    conn: &mut AsyncPgConnection,
    period: Period<'_>,
    channel: Option<&str>,
    purpose: Option<Purpose>,
    after: Option<(DateTime<Utc>, Uuid)>,
    limit: i64,
) -> Result<Vec<Booked>, pg::Error> {
    let (at, id) = after.unwrap_or((period.from, Uuid::nil()));
    let rows = sql_query(format!("{TRANSFERS} {BOOKED} {OF_FIGURE}"))
        .bind::<Text, _>(period.agency.as_str())
        .bind::<Timestamptz, _>(period.from)
        .bind::<Timestamptz, _>(period.until)
        .bind::<Nullable<Text>, _>(channel)
        .bind::<Nullable<Text>, _>(purpose.map(Purpose::as_str))
        .bind::<Timestamptz, _>(at)
        .bind::<SqlUuid, _>(id)
        .bind::<BigInt, _>(limit);
    Ok(rows.load(conn).await?)
}
