//! What was written, to whom, and how sending it went.

use chrono::{DateTime, Utc};
use diesel::{dsl::max, prelude::*};
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use uuid::Uuid;

use crate::{
    domain::{
        delivery::Outcome,
        message::{Channel, Outgoing, State},
        plain::one_line,
        templates::Words,
    },
    schema::{message_attempts, messages},
};

/// A message just written.
#[derive(Insertable)]
#[diesel(table_name = messages)]
pub struct NewMessage<'a> {
    pub id: Uuid,
    pub recipient_id: Option<Uuid>,
    pub channel: &'static str,
    pub template: &'static str,
    pub language: &'static str,
    pub subject: Option<String>,
    pub body_text: String,
    pub body_html: Option<String>,
    pub address: &'a str,
    pub about: Option<&'a str>,
    pub created_at: DateTime<Utc>,
    pub state: &'static str,
    pub trace_id: Option<String>,
    pub request_id: Option<String>,
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
    pub created_at: DateTime<Utc>,
    #[diesel(deserialize_as = String)]
    pub state: State,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = messages)]
struct Row {
    id: Uuid,
    #[diesel(deserialize_as = String)]
    channel: Channel,
    #[diesel(deserialize_as = String)]
    state: State,
    address: String,
    subject: Option<String>,
    body_text: String,
    body_html: Option<String>,
    created_at: DateTime<Utc>,
    trace_id: Option<String>,
    request_id: Option<String>,
}

/// Keeps a message; whether it is new.
pub async fn add(conn: &mut AsyncPgConnection, message: &NewMessage<'_>) -> Result<bool, pg::Error> {
    let added = diesel::insert_into(messages::table).values(message).on_conflict_do_nothing().execute(conn).await?;
    Ok(added == 1)
}

/// A message to be sent.
pub async fn outgoing(conn: &mut AsyncPgConnection, id: Uuid) -> Result<Option<Outgoing>, pg::Error> {
    let row = messages::table.find(id).select(Row::as_select()).first(conn).await.optional()?;
    Ok(row.map(|row| Outgoing {
        id: row.id,
        channel: row.channel,
        state: row.state,
        address: row.address,
        words: Words { subject: row.subject, text: row.body_text, html: row.body_html },
        created_at: row.created_at,
        trace_id: row.trace_id,
        request_id: row.request_id,
    }))
}

/// Writes down an attempt that ended `now`, and the state it leaves the message in.
pub async fn record(
    conn: &mut AsyncPgConnection,
    id: Uuid,
    outcome: &Outcome,
    state: State,
    now: DateTime<Utc>,
) -> Result<(), pg::Error> {
    let of_message = message_attempts::table.filter(message_attempts::message_id.eq(id));
    let last: Option<i32> = of_message.select(max(message_attempts::number)).first(conn).await?;
    let detail = one_line(outcome.detail());
    diesel::insert_into(message_attempts::table)
        .values((
            message_attempts::message_id.eq(id),
            message_attempts::number.eq(last.unwrap_or(0) + 1),
            message_attempts::at.eq(now),
            message_attempts::outcome.eq(outcome.as_str()),
            message_attempts::detail.eq(&detail),
        ))
        .execute(conn)
        .await?;
    let is_sent = state == State::Sent;
    diesel::update(messages::table.find(id).filter(messages::state.ne(State::Sent.as_str())))
        .set((
            messages::state.eq(state.as_str()),
            messages::sent_at.eq(is_sent.then_some(now)),
            messages::provider_reference.eq((is_sent && !detail.is_empty()).then_some(detail)),
        ))
        .execute(conn)
        .await?;
    Ok(())
}

/// What a recipient was sent, newest first, behind the place `after` in that order.
pub async fn of_recipient(
    conn: &mut AsyncPgConnection,
    recipient: Uuid,
    after: Option<(DateTime<Utc>, Uuid)>,
    count: usize,
) -> Result<Vec<Listed>, pg::Error> {
    let mut rows = messages::table
        .filter(messages::recipient_id.eq(recipient))
        .order((messages::created_at.desc(), messages::id.desc()))
        .limit(i64::try_from(count).unwrap_or(i64::MAX))
        .select(Listed::as_select())
        .into_boxed();
    if let Some((at, id)) = after {
        rows = rows.filter(messages::created_at.lt(at).or(messages::created_at.eq(at).and(messages::id.lt(id))));
    }
    Ok(rows.load(conn).await?)
}
