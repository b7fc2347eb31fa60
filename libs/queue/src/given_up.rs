//! What was given up, one by one, for whoever answers for it: listed, tried again, taken as handled.

use chrono::{DateTime, Utc};
use civic::AgencyCode;
use diesel::{
    QueryableByName, sql_query,
    sql_types::{BigInt, Bool, Nullable, Text, Timestamptz, Uuid as SqlUuid},
};
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use uuid::Uuid;

use crate::{dead_letter, jobs};

/// Both kinds, with what they say, but for what took effect since, is being tried again, or was seen to by somebody.
const GIVEN_UP: &str = "with all_of_it as (
        select event_id as id, 'EVENT' as kind, type as name, payload::json -> 'data' as said, failed_at,
            coalesce(first_failed_at, failed_at) as since, again_at, error as why
        from dead_letter d
        where replayed_at is null and not exists (select from inbox i where i.event_id = d.event_id)
        union all
        select id, 'JOB', kind, payload::json, failed_at, coalesce(failing_since, created_at), null, coalesce(last_error, '')
        from jobs where failed_at is not null),
    waiting as (
        select * from all_of_it w
        where not exists (select from taken_as_handled h where h.subject = w.id and h.at >= w.failed_at))";
/// The agency that an event names is whose it is; its code is a dossier's only where a dossier is named.
const OWNED: &str = "
    select w.id, w.kind, w.name, w.since, w.again_at, w.why,
        coalesce(w.said ->> 'agency', o.agency) as agency,
        coalesce(case when w.said ->> 'dossier_id' is not null then w.said ->> 'code' end, o.code) as dossier
    from waiting w left join lateral";
/// An agency's own first, so that what is nobody's hides none of it.
const CHOSEN: &str = "o on true
    where ($2 is null or w.id = $2)
        and (coalesce(w.said ->> 'agency', o.agency) = $1 or $3 and coalesce(w.said ->> 'agency', o.agency) is null)
    order by coalesce(w.said ->> 'agency', o.agency) is null, w.since, w.id limit $4";
const TAKE: &str = "insert into taken_as_handled (subject, at, by) values ($1, $2, $3)
    on conflict (subject) do update set at = excluded.at, by = excluded.by";

civic::closed_list! {
    /// What was given up.
    pub enum GivenUpKind: "EVENT or JOB" {
        /// What another service told could not be handled. It is tried again by itself for five days.
        Event = "EVENT",
        /// Work for later failed for days, or cannot be done. Nobody tries it any more.
        Job = "JOB",
    }
}

civic::closed_list! {
    /// What is done with something that was given up.
    pub enum Repair: "RETRY or TAKE_AS_HANDLED" {
        /// It is tried again, as long as if it were new.
        Retry = "RETRY",
        /// Somebody has seen to it: it is not tried again.
        TakeAsHandled = "TAKE_AS_HANDLED",
    }
}

/// Whose what was given up is: SQL that a service states, in parentheses, over `w.said`, the words of an event or job. It gives `agency`
/// and `code`, the dossier's, in a row at most.
#[derive(Clone, Copy, Debug)]
pub struct Owners(pub &'static str);

/// An event or a job that was given up.
#[derive(Clone, Debug, QueryableByName)]
pub struct GivenUp {
    /// Its own id.
    #[diesel(sql_type = SqlUuid)]
    pub id: Uuid,
    /// Which of the two.
    #[diesel(sql_type = Text)]
    pub kind: GivenUpKind,
    /// The event's type, the job's kind.
    #[diesel(sql_type = Text)]
    pub name: String,
    /// The agency whose work it is, where that can be told.
    #[diesel(sql_type = Nullable<Text>)]
    pub agency: Option<AgencyCode>,
    /// The code of the dossier that it is about, where that can be told.
    #[diesel(sql_type = Nullable<Text>)]
    pub dossier: Option<String>,
    /// Since when it has failed.
    #[diesel(sql_type = Timestamptz)]
    pub since: DateTime<Utc>,
    /// When it is tried again by itself, if it is.
    #[diesel(sql_type = Nullable<Timestamptz>)]
    pub again_at: Option<DateTime<Utc>>,
    /// What was said when it failed last.
    #[diesel(sql_type = Text)]
    pub why: String,
}

/// What was given up at `agency`, the oldest first, `limit` at most; with what is no agency's, `and_nobodys`.
///
/// # Errors
/// [`pg::Error`] when the tables cannot be read.
pub async fn given_up(
    conn: &mut AsyncPgConnection,
    owners: Owners,
    (agency, and_nobodys): (&AgencyCode, bool),
    limit: i64,
) -> Result<Vec<GivenUp>, pg::Error> {
    chosen(conn, owners, (agency, and_nobodys), None, limit).await
}

/// Repairs one of those that [`given_up`] gives, at `now`, by the person `by`; gives it as it was, `None` when it is not among them.
///
/// # Errors
/// [`pg::Error`] when the rows cannot be written.
pub async fn repair(
    conn: &mut AsyncPgConnection,
    owners: Owners,
    (agency, and_nobodys): (&AgencyCode, bool),
    id: Uuid,
    how: Repair,
    (by, now): (Uuid, DateTime<Utc>),
) -> Result<Option<GivenUp>, pg::Error> {
    let Some(one) = chosen(conn, owners, (agency, and_nobodys), Some(id), 1).await?.pop() else { return Ok(None) };
    match (how, one.kind) {
        (Repair::TakeAsHandled, _) => take_as_handled(conn, id, by, now).await?,
        (Repair::Retry, GivenUpKind::Event) => dead_letter::put_back_at_once(conn, id, now).await?,
        (Repair::Retry, GivenUpKind::Job) => drop(jobs::again(conn, Some(id), now).await?),
    }
    Ok(Some(one))
}

/// Notes that the person `by` has seen to `subject` at `now`: something given up, or what else waits for a person.
///
/// # Errors
/// [`pg::Error`] when the row cannot be written.
pub async fn take_as_handled(
    conn: &mut AsyncPgConnection,
    subject: Uuid,
    by: Uuid,
    now: DateTime<Utc>,
) -> Result<(), pg::Error> {
    let take = sql_query(TAKE).bind::<SqlUuid, _>(subject).bind::<Timestamptz, _>(now).bind::<SqlUuid, _>(by);
    take.execute(conn).await?;
    Ok(())
}

async fn chosen(
    conn: &mut AsyncPgConnection,
    owners: Owners,
    (agency, and_nobodys): (&AgencyCode, bool),
    one: Option<Uuid>,
    limit: i64,
) -> Result<Vec<GivenUp>, pg::Error> {
    let query = sql_query(format!("{GIVEN_UP} {OWNED} {} {CHOSEN}", owners.0))
        .bind::<Text, _>(agency.as_str())
        .bind::<Nullable<SqlUuid>, _>(one)
        .bind::<Bool, _>(and_nobodys)
        .bind::<BigInt, _>(limit);
    Ok(query.load(conn).await?)
}
