//! What was written, to whom, and how sending it went.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Utc};
use civic::{Language, Malformed};
use diesel::{
    prelude::*,
    sql_query,
    sql_types::{Array, BigInt, Integer, Nullable, Text, Timestamptz, Uuid as SqlUuid},
};
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use pg::kept;
use runtime::Trace;
use uuid::Uuid;

use crate::{
    domain::{
        delivery::Outcome,
        message::{Channel, Outgoing, State, Words},
        plain::one_line,
        template::Template,
    },
    schema::messages,
};

/// All of these, unless they are there already.
const ADD: &str = "insert into messages (id, recipient_id, channel, template, language, subject, body_text, body_html, address,
        about, trace_id, request_id, secret, alerts, page, short_of, created_at, state)
    select new.*, $17, $18
    from unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[],
        $10::text[], $11::text[], $12::text[], $13::text[], $14::integer[], $15::text[], $16::uuid[]) as new
    on conflict do nothing returning id";
const OUTGOING: &str =
    "select id, channel, state, address, subject, body_text, body_html, created_at, trace_id, request_id, secret
    from messages where id = any($1)";
/// Attempts, and the states they leave the messages in.
const RECORD: &str = "with told as materialized (
        select * from unnest($1::uuid[], $2::timestamptz[], $3::text[], $4::text[], $5::text[], $6::uuid[])
            as told (message_id, at, outcome, detail, state, id)),
    noted as (
        insert into message_attempts (message_id, number, at, outcome, detail, id)
        select told.message_id,
            coalesce((select max(number) from message_attempts before where before.message_id = told.message_id), 0) + 1,
            told.at, told.outcome, told.detail, told.id
        from told
        on conflict (id) do nothing)
    update messages set state = told.state, sent_at = case when told.state = 'SENT' then told.at end,
        provider_reference = case when told.state = 'SENT' then nullif(told.detail, '') end,
        secret = case when told.state = 'SENT' and secret is not null then '' else secret end
    from told where messages.id = told.message_id and messages.state <> 'SENT'";

/// That of the one job, or those whose jobs were given up and nobody has seen to. One that may have gone out stays unknown.
const UNFAIL: &str = "update messages set state = $1 from jobs
    where jobs.kind = 'send_message' and case when $3 is not null then jobs.id = $3 else jobs.failed_at is not null
            and not exists (select from taken_as_handled h where h.subject = jobs.id and h.at >= jobs.failed_at) end
        and messages.id = (jobs.payload::json ->> 'message_id')::uuid and messages.state = $2";

/// Codes that work no more, so many at once.
const FORGET_CODES: &str = "update messages set secret = '' where id in (
        select id from messages where secret <> '' and created_at < $1 and template = any($2) order by created_at limit $3)";
/// What was written long ago and is not waiting to be sent, so many at once.
const FORGET_WORDS: &str = "update messages set body_text = '', body_html = case when body_html is not null then '' end,
        secret = case when secret is not null then '' end
    where id in (
        select id from messages where body_text <> '' and created_at < $1 and state <> 'QUEUED' order by created_at limit $2)";
/// Messages forgotten by one statement.
const FORGOTTEN_TOGETHER: i64 = 2_000;

/// A message just written, to be sent.
pub struct NewMessage {
    pub id: Uuid,
    pub recipient_id: Option<Uuid>,
    pub channel: Channel,
    pub template: Template,
    pub language: Language,
    pub words: Words,
    /// What stands for in its words is not kept with them.
    pub secret: Option<String>,
    /// How many alerts to officials go with it, if any may.
    pub alerts: Option<i32>,
    pub address: String,
    pub about: Option<String>,
    /// The page of the portal that it is about.
    pub page: Option<String>,
    /// The mail that says the same to the same person at more length.
    pub short_of: Option<Uuid>,
    /// The event that caused it.
    pub event: Uuid,
    pub trace: Trace,
}

/// An attempt to send a message, and the state it leaves the message in.
#[derive(Clone)]
pub struct Attempt {
    /// By which it is written once, however often.
    pub id: Uuid,
    pub message: Uuid,
    pub ended_at: DateTime<Utc>,
    pub outcome: Outcome,
    pub state: State,
}

/// A message as its recipient reads it.
#[derive(Queryable, Selectable)]
#[diesel(table_name = messages)]
pub struct Listed {
    pub id: Uuid,
    #[diesel(deserialize_as = String)]
    pub channel: Channel,
    pub subject: Option<String>,
    pub body_text: String,
    pub about: Option<String>,
    pub page: Option<String>,
    pub created_at: DateTime<Utc>,
    #[diesel(deserialize_as = String)]
    pub state: State,
    pub read_at: Option<DateTime<Utc>>,
}

#[derive(QueryableByName)]
#[diesel(table_name = messages)]
struct Row {
    id: Uuid,
    channel: String,
    state: String,
    address: String,
    subject: Option<String>,
    body_text: String,
    body_html: Option<String>,
    created_at: DateTime<Utc>,
    trace_id: Option<String>,
    request_id: Option<String>,
    secret: Option<String>,
}

#[derive(QueryableByName)]
#[diesel(table_name = messages)]
struct Added {
    id: Uuid,
}

impl TryFrom<Row> for Outgoing {
    type Error = pg::Error;

    fn try_from(row: Row) -> Result<Self, pg::Error> {
        let unreadable = |why: Malformed| pg::Error::Query(diesel::result::Error::DeserializationError(why.into()));
        Ok(Self {
            id: row.id,
            channel: row.channel.try_into().map_err(unreadable)?,
            state: row.state.try_into().map_err(unreadable)?,
            address: row.address,
            words: Words { subject: row.subject, text: row.body_text, html: row.body_html }
                .revealed(row.secret.as_deref()),
            created_at: row.created_at,
            trace_id: row.trace_id,
            request_id: row.request_id,
        })
    }
}

/// Keeps messages written at `now`; gives those that are new.
pub async fn add(
    conn: &mut AsyncPgConnection,
    messages: &[NewMessage],
    now: DateTime<Utc>,
) -> Result<HashSet<Uuid>, pg::Error> {
    let rows = sql_query(ADD)
        .bind::<Array<SqlUuid>, _>(column(messages, |new| new.id))
        .bind::<Array<Nullable<SqlUuid>>, _>(column(messages, |new| new.recipient_id))
        .bind::<Array<Text>, _>(column(messages, |new| new.channel.as_str()))
        .bind::<Array<Text>, _>(column(messages, |new| new.template.name()))
        .bind::<Array<Text>, _>(column(messages, |new| new.language.as_str()))
        .bind::<Array<Nullable<Text>>, _>(column(messages, |new| new.words.subject.as_deref()))
        .bind::<Array<Text>, _>(column(messages, |new| new.words.text.as_str()))
        .bind::<Array<Nullable<Text>>, _>(column(messages, |new| new.words.html.as_deref()))
        .bind::<Array<Text>, _>(column(messages, |new| new.address.as_str()))
        .bind::<Array<Nullable<Text>>, _>(column(messages, |new| new.about.as_deref()))
        .bind::<Array<Text>, _>(column(messages, |new| new.trace.id()))
        .bind::<Array<Text>, _>(column(messages, |new| new.trace.request_id()))
        .bind::<Array<Nullable<Text>>, _>(column(messages, |new| new.secret.as_deref()))
        .bind::<Array<Nullable<Integer>>, _>(column(messages, |new| new.alerts))
        .bind::<Array<Nullable<Text>>, _>(column(messages, |new| new.page.as_deref()))
        .bind::<Array<Nullable<SqlUuid>>, _>(column(messages, |new| new.short_of))
        .bind::<Timestamptz, _>(now)
        .bind::<Text, _>(State::Queued.as_str());
    let added: Vec<Added> = kept(rows).load(conn).await?;
    Ok(added.into_iter().map(|added| added.id).collect())
}

/// Messages to be sent, in the order of their ids here; `None` for one that is not there.
pub async fn outgoing(conn: &mut AsyncPgConnection, ids: &[Uuid]) -> Result<Vec<Option<Outgoing>>, pg::Error> {
    let rows: Vec<Row> = sql_query(OUTGOING).bind::<Array<SqlUuid>, _>(ids).load(conn).await?;
    let found: Result<HashMap<Uuid, Outgoing>, pg::Error> =
        rows.into_iter().map(|row| Ok((row.id, row.try_into()?))).collect();
    let found = found?;
    Ok(ids.iter().map(|id| found.get(id).cloned()).collect())
}

/// Writes down attempts that ended, and the states they leave the messages in.
pub async fn record(conn: &mut AsyncPgConnection, attempts: &[Attempt]) -> Result<(), pg::Error> {
    let rows = sql_query(RECORD)
        .bind::<Array<SqlUuid>, _>(column(attempts, |attempt| attempt.message))
        .bind::<Array<Timestamptz>, _>(column(attempts, |attempt| attempt.ended_at))
        .bind::<Array<Text>, _>(column(attempts, |attempt| attempt.outcome.as_str()))
        .bind::<Array<Text>, _>(column(attempts, |attempt| one_line(attempt.outcome.detail())))
        .bind::<Array<Text>, _>(column(attempts, |attempt| attempt.state.as_str()))
        .bind::<Array<SqlUuid>, _>(column(attempts, |attempt| attempt.id));
    rows.execute(conn).await?;
    Ok(())
}

/// Has the messages that were given up wait again, or that of the `job`, for whoever puts their jobs back in the same transaction.
pub async fn unfail(conn: &mut AsyncPgConnection, job: Option<Uuid>) -> Result<(), pg::Error> {
    let update = sql_query(UNFAIL).bind::<Text, _>(State::Queued.as_str()).bind::<Text, _>(State::Failed.as_str());
    update.bind::<Nullable<SqlUuid>, _>(job).execute(conn).await?;
    Ok(())
}

/// Forgets codes written before `written`; whether there may be more.
pub async fn forget_codes(conn: &mut AsyncPgConnection, written: DateTime<Utc>) -> Result<bool, pg::Error> {
    let forget = sql_query(FORGET_CODES)
        .bind::<Timestamptz, _>(written)
        .bind::<Array<Text>, _>(Template::WITH_CODE.map(Template::name).to_vec())
        .bind::<BigInt, _>(FORGOTTEN_TOGETHER);
    Ok(are_many(forget.execute(conn).await?))
}

/// Forgets the words of messages written before `written`; whether there may be more.
pub async fn forget_words(conn: &mut AsyncPgConnection, written: DateTime<Utc>) -> Result<bool, pg::Error> {
    let forget = sql_query(FORGET_WORDS).bind::<Timestamptz, _>(written).bind::<BigInt, _>(FORGOTTEN_TOGETHER);
    Ok(are_many(forget.execute(conn).await?))
}

fn are_many(forgotten: usize) -> bool {
    i64::try_from(forgotten) == Ok(FORGOTTEN_TOGETHER)
}

fn column<'a, R, T>(rows: &'a [R], value: impl Fn(&'a R) -> T) -> Vec<T> {
    rows.iter().map(value).collect()
}

/// What a recipient was sent, newest first, behind the place `after` in that order: of each event one message.
pub async fn of_recipient(
    conn: &mut AsyncPgConnection,
    recipient: Uuid,
    after: Option<(DateTime<Utc>, Uuid)>,
    count: usize,
) -> Result<Vec<Listed>, pg::Error> {
    let mut rows = messages::table
        .filter(messages::recipient_id.eq(recipient).and(messages::short_of.is_null()))
        .order((messages::created_at.desc(), messages::id.desc()))
        .limit(i64::try_from(count).unwrap_or(i64::MAX))
        .select(Listed::as_select())
        .into_boxed();
    if let Some((at, id)) = after {
        rows = rows.filter(messages::created_at.lt(at).or(messages::created_at.eq(at).and(messages::id.lt(id))));
    }
    Ok(rows.load(conn).await?)
}

/// Notes that a recipient has read what was written up to `until`.
pub async fn read(
    conn: &mut AsyncPgConnection,
    recipient: Uuid,
    until: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Result<(), pg::Error> {
    let unread = messages::table
        .filter(messages::recipient_id.eq(recipient))
        .filter(messages::created_at.le(until).and(messages::read_at.is_null()));
    diesel::update(unread).set(messages::read_at.eq(now)).execute(conn).await?;
    Ok(())
}
