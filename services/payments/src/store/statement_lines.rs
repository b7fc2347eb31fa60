//! Lines of statements: written and compared many at a time.

use chrono::{DateTime, NaiveDate, Utc};
use civic::{AgencyCode, Vnd};
use diesel::{
    prelude::*,
    sql_query,
    sql_types::{Array, BigInt, Binary, Bool, Date, Integer, Nullable, Text, Timestamptz, Uuid as SqlUuid},
};
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use uuid::Uuid;

use super::statements::Loaded;
use crate::{
    domain::{
        attempt::AttemptStatus,
        provider::ProviderName,
        refund::RefundState,
        statement::{Direction, Line, LineStatus},
    },
    schema::statement_lines,
};

/// A line that an earlier statement had is not written again.
const INSERT: &str = "insert into statement_lines
        (statement_id, number, key, day, direction, amount, status, reference, number_there, text)
    select $1, new.* from unnest($2::integer[], $3::bytea[], $4::date[], $5::text[], $6::bigint[], $7::text[], $8::text[], $9::text[],
        $10::text[]) as new
    on conflict (key) do nothing";

/// What is here of the next lines that were not compared yet. `$1` the statement, `$2` the providers that it may speak of, `$3` how many
/// lines, `$4` the agency whose account a bank's statement is of.
const OF_LINES: &str = "select l.id, l.day, l.direction, l.amount, l.status, l.number_there, l.text,
        case when a.id is not null then coalesce(f.attempt_id, a.id) end as attempt_id, a.status as attempt_status, coalesce(j.total, a.amount) as attempt_amount, a.provider_reference as attempt_number,
        a.paid_at as attempt_paid_at, f.id as refund_id, f.state as refund_state, f.amount as refund_amount,
        coalesce(f.agency, o.agency, $4) as agency,
        case when f.id is null
            then exists (select from statement_lines e where e.attempt_id = a.id and e.id <> l.id and e.outcome <> 'NEW'
                and e.status = 'DONE' and e.direction = l.direction)
            else exists (select from statement_lines e where e.refund_id = f.id and e.id <> l.id and e.outcome <> 'NEW'
                and e.status = 'DONE') end as is_second
    from statement_lines l";
/// VNPAY says our name for the attempt or for the joint payment, and its own number. Of a joint payment the first attempt stands for the
/// whole; what goes back is of the order of one of its attempts.
const OF_PROVIDER: &str = "left join joint_payments named on named.provider = any($2) and named.reference = l.reference
    left join lateral (
        select * from attempts a
        where a.provider = any($2) and a.joint_position = 0
            and (a.reference = l.reference or a.joint_payment_id = named.id
                or (a.provider_reference = l.number_there and l.direction = 'IN'))
        order by (a.reference = l.reference or a.joint_payment_id = named.id) desc nulls last limit 1) a on true
    left join joint_payments j on j.id = a.joint_payment_id
    left join lateral (
        select * from refunds f
        where l.direction = 'OUT' and f.way = 'PROVIDER'
            and f.attempt_id = any(array(select p.id from attempts p where p.id = a.id or p.joint_payment_id = a.joint_payment_id))
            and (f.provider_reference = l.number_there or (f.provider_reference is null and f.amount = l.amount))
        order by f.provider_reference = l.number_there desc nulls last, f.asked_at limit 1) f on true";
/// A transfer that settled an attempt is known by the bank's number of it, whichever agency's fee it paid; a refund of the account's own
/// agency by the number that an official wrote into its proof.
const OF_ACCOUNT: &str = "left join lateral (
        select a.* from attempts a
        where l.direction = 'IN' and a.provider = any($2) and a.provider_reference = l.number_there
        limit 1) a on true
    left join joint_payments j on j.id = a.joint_payment_id
    left join lateral (
        select * from refunds f
        where l.direction = 'OUT' and f.agency = $4 and f.way = 'BY_HAND' and f.state = 'DONE' and f.amount = l.amount
            and f.asked_at between l.day - interval '60 days' and l.day + interval '60 days'
            and (f.proof = l.number_there
                or position(regexp_replace(lower(f.proof), '[^a-z0-9]', '', 'g') in regexp_replace(lower(l.text), '[^a-z0-9]', '', 'g')) > 0)
        order by f.proof = l.number_there desc nulls last, f.asked_at limit 1) f on true";
const NEXT: &str = "left join orders o on o.id = a.order_id
    where l.statement_id = $1 and l.outcome = 'NEW' order by l.number limit $3";

const NOTE: &str =
    "update statement_lines l set outcome = v.outcome, attempt_id = v.attempt_id, refund_id = v.refund_id
    from unnest($1::bigint[], $2::text[], $3::uuid[], $4::uuid[]) as v (id, outcome, attempt_id, refund_id)
    where l.id = v.id";

/// Payments that the source took in its days and does not say so: a joint one once, by its first attempt.
const MISSING_PAYMENTS: &str = "select o.agency, a.id as attempt_id, null::uuid as refund_id, a.paid_at as at
    from attempts a join orders o on o.id = a.order_id
    where a.provider = any($1) and a.paid_at >= $2 and a.paid_at < $3 and a.status in ('SETTLED', 'PAID_AGAIN') and a.joint_position = 0
        and not exists (
            select from statement_lines l where l.attempt_id = a.id and l.direction = 'IN')
    order by a.id";
/// Money that went back in its days, and the source says nothing of it: through the provider, or from the agency's account.
const MISSING_REFUNDS: &str = "select f.agency, f.attempt_id, f.id as refund_id, f.done_at as at
    from refunds f join attempts a on a.id = f.attempt_id
    where f.state = 'DONE' and f.done_at >= $2 and f.done_at < $3
        and (case when $4 is null then f.way = 'PROVIDER' and a.provider = any($1) else f.way = 'BY_HAND' and f.agency = $4 end)
        and not exists (
            select from statement_lines l where l.refund_id = f.id)
    order by f.id";

/// A line as it is kept.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = statement_lines, check_for_backend(diesel::pg::Pg))]
pub struct KeptLine {
    pub id: i64,
    pub number: i32,
    pub day: NaiveDate,
    pub direction: Direction,
    pub amount: Vnd,
    pub status: LineStatus,
    pub reference: Option<String>,
    pub number_there: Option<String>,
    pub text: String,
    pub key: Vec<u8>,
}

/// A line, and what is here of it.
#[derive(Clone, Debug, QueryableByName)]
pub struct Compared {
    #[diesel(sql_type = BigInt)]
    pub id: i64,
    #[diesel(sql_type = Date)]
    pub day: NaiveDate,
    #[diesel(sql_type = Text)]
    pub direction: Direction,
    #[diesel(sql_type = BigInt)]
    pub amount: Vnd,
    #[diesel(sql_type = Text)]
    pub status: LineStatus,
    #[diesel(sql_type = Nullable<Text>)]
    pub number_there: Option<String>,
    #[diesel(sql_type = Text)]
    pub text: String,
    #[diesel(sql_type = Nullable<SqlUuid>)]
    pub attempt_id: Option<Uuid>,
    #[diesel(sql_type = Nullable<Text>)]
    pub attempt_status: Option<AttemptStatus>,
    #[diesel(sql_type = Nullable<BigInt>)]
    pub attempt_amount: Option<Vnd>,
    #[diesel(sql_type = Nullable<Text>)]
    pub attempt_number: Option<String>,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    pub attempt_paid_at: Option<DateTime<Utc>>,
    #[diesel(sql_type = Nullable<SqlUuid>)]
    pub refund_id: Option<Uuid>,
    #[diesel(sql_type = Nullable<Text>)]
    pub refund_state: Option<RefundState>,
    #[diesel(sql_type = Nullable<BigInt>)]
    pub refund_amount: Option<Vnd>,
    /// Whose payment or refund it is; of what is not here, whose accountant loaded it.
    #[diesel(sql_type = Text)]
    pub agency: AgencyCode,
    /// Whether a line that was compared before says the same.
    #[diesel(sql_type = Bool)]
    pub is_second: bool,
}

/// What a statement should say and does not.
#[derive(Clone, Debug, QueryableByName)]
pub struct Missing {
    #[diesel(sql_type = Text)]
    pub agency: AgencyCode,
    #[diesel(sql_type = SqlUuid)]
    pub attempt_id: Uuid,
    #[diesel(sql_type = Nullable<SqlUuid>)]
    pub refund_id: Option<Uuid>,
    /// When it was paid or went back.
    #[diesel(sql_type = Timestamptz)]
    pub at: DateTime<Utc>,
}

/// What was made of a line.
#[derive(Clone, Copy, Debug)]
pub struct Noted {
    pub id: i64,
    pub agrees: bool,
    pub attempt_id: Option<Uuid>,
    pub refund_id: Option<Uuid>,
}

/// Writes lines of a statement, each with its key; gives how many no statement had before.
pub async fn insert(
    conn: &mut AsyncPgConnection,
    statement: Uuid,
    lines: &[(Line, [u8; 32])],
) -> Result<usize, pg::Error> {
    fn column<'a, T>(lines: &'a [(Line, [u8; 32])], value: impl Fn(&'a Line) -> T) -> Vec<T> {
        lines.iter().map(|(line, _)| value(line)).collect()
    }
    let insert = sql_query(INSERT)
        .bind::<SqlUuid, _>(statement)
        .bind::<Array<Integer>, _>(column(lines, |line| line.number))
        .bind::<Array<Binary>, _>(lines.iter().map(|(_, key)| key.as_slice()).collect::<Vec<_>>())
        .bind::<Array<Date>, _>(column(lines, |line| line.day))
        .bind::<Array<Text>, _>(column(lines, |line| line.direction.as_str()))
        .bind::<Array<BigInt>, _>(column(lines, |line| line.amount.dong()))
        .bind::<Array<Text>, _>(column(lines, |line| line.status.as_str()))
        .bind::<Array<Nullable<Text>>, _>(column(lines, |line| line.reference.as_deref()))
        .bind::<Array<Nullable<Text>>, _>(column(lines, |line| line.number_there.as_deref()))
        .bind::<Array<Text>, _>(column(lines, |line| line.text.as_str()));
    Ok(insert.execute(conn).await?)
}

/// The next lines of a statement that were not compared yet, with what is here of them; `spoken_of` are the providers whose payments
/// stand on it.
pub async fn next(
    conn: &mut AsyncPgConnection,
    statement: &Loaded,
    spoken_of: &[ProviderName],
    limit: i64,
) -> Result<Vec<Compared>, pg::Error> {
    let named = if statement.source.is_of_agency() { OF_ACCOUNT } else { OF_PROVIDER };
    let lines = sql_query(format!("{OF_LINES} {named} {NEXT}"))
        .bind::<SqlUuid, _>(statement.id)
        .bind::<Array<Text>, _>(names(spoken_of))
        .bind::<BigInt, _>(limit)
        .bind::<Text, _>(statement.agency.as_str());
    Ok(lines.load(conn).await?)
}

/// Notes what was made of lines.
pub async fn note(conn: &mut AsyncPgConnection, lines: &[Noted]) -> Result<(), pg::Error> {
    let outcomes = lines.iter().map(|line| if line.agrees { "AGREES" } else { "DIFFERS" });
    let note = sql_query(NOTE)
        .bind::<Array<BigInt>, _>(lines.iter().map(|line| line.id).collect::<Vec<_>>())
        .bind::<Array<Text>, _>(outcomes.collect::<Vec<_>>())
        .bind::<Array<Nullable<SqlUuid>>, _>(lines.iter().map(|line| line.attempt_id).collect::<Vec<_>>())
        .bind::<Array<Nullable<SqlUuid>>, _>(lines.iter().map(|line| line.refund_id).collect::<Vec<_>>());
    note.execute(conn).await?;
    Ok(())
}

/// What a statement should say, from a moment until another, and no line does.
pub async fn missing(
    conn: &mut AsyncPgConnection,
    statement: &Loaded,
    spoken_of: &[ProviderName],
    from: DateTime<Utc>,
    until: DateTime<Utc>,
) -> Result<Vec<Missing>, pg::Error> {
    let agency = statement.source.is_of_agency().then(|| statement.agency.as_str());
    let mut missing = Vec::new();
    for query in [MISSING_PAYMENTS, MISSING_REFUNDS] {
        let found = sql_query(query)
            .bind::<Array<Text>, _>(names(spoken_of))
            .bind::<Timestamptz, _>(from)
            .bind::<Timestamptz, _>(until)
            .bind::<Nullable<Text>, _>(agency);
        missing.extend(found.load::<Missing>(conn).await?);
    }
    Ok(missing)
}

/// These lines.
pub async fn of(conn: &mut AsyncPgConnection, ids: &[i64]) -> Result<Vec<KeptLine>, pg::Error> {
    let lines = statement_lines::table.filter(statement_lines::id.eq_any(ids));
    Ok(lines.select(KeptLine::as_select()).load(conn).await?)
}

fn names(providers: &[ProviderName]) -> Vec<&'static str> {
    providers.iter().copied().map(ProviderName::as_str).collect()
}
