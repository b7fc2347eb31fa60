//! What happened to a dossier, status by status.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use civic::{DossierStatus, events::ActorKind};
use diesel::{
    dsl::{count_star, max},
    prelude::*,
};
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use edge::Caller;
use tokio::try_join;
use uuid::Uuid;

use crate::{
    domain::{dossier::Step, moved::Arrival},
    schema::{documents, dossier_history},
};

/// A line of the history.
#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = dossier_history)]
pub struct Entry {
    /// The dossier.
    pub dossier: Uuid,
    /// Its place in the dossier's history, from 1.
    pub seq: i32,
    /// When.
    pub at: DateTime<Utc>,
    /// From this status.
    pub from_status: String,
    /// To that one.
    pub to_status: String,
    /// What kind of caller did it; `SYSTEM` for this service itself.
    pub actor_kind: String,
    /// Who did it.
    pub actor_id: Option<Uuid>,
    /// What was noted, for officials.
    pub note: Option<String>,
    /// Why, for everybody who sees the dossier.
    pub reason: Option<String>,
}

/// What was written with a change.
#[derive(Clone, Copy, Debug, Default)]
pub struct Remarks<'a> {
    /// For officials.
    pub note: Option<&'a str>,
    /// For everybody who sees the dossier.
    pub reason: Option<&'a str>,
}

/// Adds `steps`, in order, after what is there; a history begins with the filing (`file_dossier`). The caller holds the
/// dossier's lock.
pub async fn append(
    conn: &mut AsyncPgConnection,
    dossier: Uuid,
    steps: &[Step],
    at: DateTime<Utc>,
    actor: Option<&Caller>,
    remarks: Remarks<'_>,
) -> QueryResult<()> {
    if steps.is_empty() {
        return Ok(());
    }
    let own = dossier_history::table.filter(dossier_history::dossier.eq(dossier));
    let last: Option<i32> = own.select(max(dossier_history::seq)).first(conn).await?;
    insert(conn, entries(dossier, last.unwrap_or(0) + 1, steps, at, actor, remarks)).await
}

fn entries(
    dossier: Uuid,
    first: i32,
    steps: &[Step],
    at: DateTime<Utc>,
    actor: Option<&Caller>,
    remarks: Remarks<'_>,
) -> Vec<Entry> {
    let entry = |(seq, step): (i32, &Step)| Entry {
        dossier,
        seq,
        at,
        from_status: step.from.to_string(),
        to_status: step.to.to_string(),
        actor_kind: actor.map_or("SYSTEM", |caller| caller.kind().as_str()).to_owned(),
        actor_id: actor.map(|caller| caller.id),
        note: remarks.note.map(ToOwned::to_owned),
        reason: remarks.reason.map(ToOwned::to_owned),
    };
    (first..).zip(steps).map(entry).collect()
}

async fn insert(conn: &mut AsyncPgConnection, entries: Vec<Entry>) -> QueryResult<()> {
    diesel::insert_into(dossier_history::table).values(entries).execute(conn).await?;
    Ok(())
}

/// The history of a dossier, in order.
pub async fn of_dossier(conn: &mut AsyncPgConnection, dossier: Uuid) -> QueryResult<Vec<Entry>> {
    let own = dossier_history::table.filter(dossier_history::dossier.eq(dossier));
    own.order(dossier_history::seq).select(Entry::as_select()).load(conn).await
}

/// When each of these dossiers came to wait to be received, last; those that never did are missing.
pub async fn registered_since(conn: &mut AsyncPgConnection, ids: &[Uuid]) -> QueryResult<HashMap<Uuid, DateTime<Utc>>> {
    let came = dossier_history::table
        .filter(dossier_history::dossier.eq_any(ids))
        .filter(dossier_history::to_status.eq(DossierStatus::Registered.as_str()))
        .group_by(dossier_history::dossier)
        .select((dossier_history::dossier, max(dossier_history::at).assume_not_null()));
    Ok(came.load(conn).await?.into_iter().collect())
}

/// How a dossier came to its status, and how many documents it has.
pub async fn arrival(conn: &AsyncPgConnection, dossier: Uuid) -> QueryResult<(Arrival, usize)> {
    let own = dossier_history::table.filter(dossier_history::dossier.eq(dossier)).order(dossier_history::seq.desc());
    let last = own.select((dossier_history::at, dossier_history::actor_kind, dossier_history::reason));
    let documents = documents::table.filter(documents::dossier.eq(dossier)).select(count_star());
    let (mut one, mut other) = (conn, conn);
    let last = last.first::<(DateTime<Utc>, String, Option<String>)>(&mut one);
    let ((at, actor, reason), documents) = try_join!(last, documents.first::<i64>(&mut other))?;
    let actor = match &*actor {
        "OFFICIAL" => ActorKind::Official,
        "SYSTEM" => ActorKind::System,
        _ => ActorKind::Applicant,
    };
    // What applicants write is for the agency alone.
    let reason = reason.filter(|_| actor == ActorKind::Official);
    Ok((Arrival { at, actor, reason }, usize::try_from(documents).unwrap_or_default()))
}
