//! Dossiers, and who may see which.

use std::{collections::HashMap, iter};

use civic::{AgencyCode, ClockState, DossierStatus, Party, PartyKind};
use diesel::{
    BoolExpressionMethods,
    dsl::{array, exists, not},
    pg::Pg,
    prelude::*,
    sql_types::Bool,
};
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use tokio::try_join;
use uuid::Uuid;

use super::{charges, clock, custody, dossier_row::Row, lateness, requests as asked};
use crate::{
    domain::dossier::Dossier,
    schema::{documents, dossier_words, dossiers, requests},
};

/// Who looks. Every query of dossiers is limited to what the reader may see.
#[derive(Clone, Debug)]
pub enum Reader {
    /// The party whose dossiers they are.
    Party(Party),
    /// An official of these agencies, who never sees drafts.
    Agencies(Vec<AgencyCode>),
    /// The same, who only looks: at what was taken in there for other agencies, too.
    Desks(Vec<AgencyCode>),
    /// An official of these agencies, one of which is asked about the dossier by the request of this number.
    Consulted(Vec<AgencyCode>, i32),
}

/// Writes a new draft.
pub async fn insert(conn: &mut AsyncPgConnection, dossier: &Dossier) -> QueryResult<()> {
    let row = (Row::from(dossier), dossiers::touched_at.eq(dossier.created_at));
    diesel::insert_into(dossiers::table).values(row).execute(conn).await?;
    Ok(())
}

/// The dossier, if `reader` may see it.
pub async fn find(conn: &mut AsyncPgConnection, id: Uuid, reader: &Reader) -> QueryResult<Option<Dossier>> {
    loop {
        let row = dossiers::table.filter(dossiers::id.eq(id)).filter(visible_to(reader)).select(Row::as_select());
        let row = row.first(conn).await.optional()?;
        let Some((dossier, version)) = with_version(conn, row).await? else { return Ok(None) };
        // It moved meanwhile: nobody is shown a status of before beside a charge of after.
        if version == dossier.version {
            return Ok(Some(dossier));
        }
    }
}

/// The last dossiers that were filed for any of these persons, the newest first. Without their rows.
pub async fn last_of(conn: &mut AsyncPgConnection, persons: &[Uuid], limit: i64) -> QueryResult<Vec<Dossier>> {
    let own = dossiers::table
        .filter(dossiers::party_id.eq_any(persons).and(dossiers::party_kind.eq(PartyKind::Person.as_str())))
        .filter(dossiers::status.ne(DossierStatus::Draft.as_str()))
        .select(Row::as_select())
        .order((dossiers::created_at.desc(), dossiers::id.desc()))
        .limit(limit);
    own.load::<Row>(conn).await?.into_iter().map(Dossier::try_from).collect()
}

/// The dossier with its rows, which are read after it is locked. A draft has none.
async fn whole(conn: &AsyncPgConnection, row: Option<Row>) -> QueryResult<Option<Dossier>> {
    Ok(with_version(conn, row).await?.map(|(dossier, _)| dossier))
}

/// As [`whole`], and the version that it had when all its rows were read.
async fn with_version(conn: &AsyncPgConnection, row: Option<Row>) -> QueryResult<Option<(Dossier, i32)>> {
    let Some(dossier) = row.map(Dossier::try_from).transpose()? else { return Ok(None) };
    if dossier.filed.is_none() {
        let version = dossier.version;
        return Ok(Some((dossier, version)));
    }
    let id = dossier.id;
    // In one round trip, and in this order.
    let (charges, clock, custody, requests, lateness, version) = try_join!(
        charges::of_dossier(conn, id),
        clock::of_dossier(conn, id),
        custody::of_dossier(conn, id),
        asked::of_dossier(conn, id),
        lateness::of_dossier(conn, id),
        version_of(conn, id),
    )?;
    Ok(Some((Dossier { charges, clock, custody, requests, lateness, ..dossier }, version)))
}

async fn version_of(mut conn: &AsyncPgConnection, id: Uuid) -> QueryResult<i32> {
    dossiers::table.find(id).select(dossiers::version).first(&mut conn).await
}

/// A dossier, and the components that its documents are for.
pub type WithComponents = (Dossier, Vec<String>);

/// Drafts of parties, each with the components that its documents are for: what filings are judged by, in one round trip for
/// all. In the order in which they are `wanted`; `None` where the party has no such dossier.
pub async fn find_with_components(
    conn: &mut AsyncPgConnection,
    wanted: &[(Uuid, Party)],
) -> QueryResult<Vec<Option<WithComponents>>> {
    let ids: Vec<_> = wanted.iter().map(|(id, _)| *id).collect();
    let components = documents::table.filter(documents::dossier.eq(dossiers::id)).select(documents::component);
    let rows = dossiers::table.filter(dossiers::id.eq_any(ids)).select((Row::as_select(), array(components)));
    let mut found = HashMap::new();
    for (row, components) in rows.load::<(Row, Vec<String>)>(conn).await? {
        found.insert(row.id, (Dossier::try_from(row)?, components));
    }
    let of = |(id, party): &(Uuid, Party)| found.get(id).filter(|(dossier, _)| dossier.applicant == *party).cloned();
    Ok(wanted.iter().map(of).collect())
}

/// As [`find`], locked against other changes until the end of the transaction.
pub async fn lock(conn: &mut AsyncPgConnection, id: Uuid, reader: &Reader) -> QueryResult<Option<Dossier>> {
    let row = dossiers::table.filter(dossiers::id.eq(id)).filter(visible_to(reader)).select(Row::as_select());
    let row = row.for_no_key_update().first(conn).await.optional()?;
    whole(conn, row).await
}

/// Locks several against other changes until the end of the transaction, as one order for everybody, so that no two wait for one another.
pub async fn lock_in_order(conn: &mut AsyncPgConnection, ids: &[Uuid]) -> QueryResult<()> {
    let some = dossiers::table.filter(dossiers::id.eq_any(ids)).order(dossiers::id).select(dossiers::id);
    some.for_no_key_update().load::<Uuid>(conn).await.map(drop)
}

/// As [`find`], whoever may see it: for what counts, and shows nothing of it.
pub async fn find_any(conn: &mut AsyncPgConnection, id: Uuid) -> QueryResult<Option<Dossier>> {
    let row = dossiers::table.find(id).select(Row::as_select()).first(conn).await.optional()?;
    whole(conn, row).await
}

/// As [`lock`], whoever may see it: for the events of other services.
pub async fn lock_any(conn: &mut AsyncPgConnection, id: Uuid) -> QueryResult<Option<Dossier>> {
    let row = dossiers::table.find(id).select(Row::as_select()).for_no_key_update();
    let row = row.first(conn).await.optional()?;
    whole(conn, row).await
}

/// The filed dossiers behind `after`, by id, locked against changes until the end of the transaction: to be told again.
pub async fn filed_after(conn: &mut AsyncPgConnection, after: Uuid, limit: i64) -> QueryResult<Vec<Dossier>> {
    let behind = dossiers::table.filter(dossiers::id.gt(after).and(dossiers::status.ne(DossierStatus::Draft.as_str())));
    let behind = behind.select(Row::as_select()).order(dossiers::id).limit(limit).for_share();
    let mut found = Vec::new();
    for row in behind.load::<Row>(conn).await? {
        found.extend(whole(conn, Some(row)).await?);
    }
    Ok(found)
}

/// The dossiers behind `after`, by id, that were filed and are not at their end: of one agency, or of all.
pub async fn open_after(
    conn: &mut AsyncPgConnection,
    agency: Option<&AgencyCode>,
    after: Uuid,
    limit: i64,
) -> QueryResult<Vec<Uuid>> {
    let open = DossierStatus::ALL.iter().filter(|status| status.clock() != ClockState::Ended);
    let open: Vec<_> = open.filter(|status| **status != DossierStatus::Draft).map(|status| status.as_str()).collect();
    let mut rows = dossiers::table
        .filter(dossiers::id.gt(after).and(dossiers::status.eq_any(open)))
        .filter(dossiers::status.ne(DossierStatus::Draft.as_str()))
        .select(dossiers::id)
        .order(dossiers::id)
        .limit(limit)
        .into_boxed();
    if let Some(agency) = agency {
        rows = rows.filter(dossiers::agency.eq(agency.as_str()));
    }
    rows.load(conn).await
}

/// The filed dossiers behind `after`, by id, that have no words yet. Without their rows.
pub async fn without_words(conn: &mut AsyncPgConnection, after: Uuid, limit: i64) -> QueryResult<Vec<Dossier>> {
    let words = dossier_words::table.filter(dossier_words::dossier.eq(dossiers::id));
    let rows = dossiers::table
        .filter(dossiers::id.gt(after).and(dossiers::status.ne(DossierStatus::Draft.as_str())))
        .filter(not(exists(words)))
        .select(Row::as_select())
        .order(dossiers::id)
        .limit(limit);
    rows.load::<Row>(conn).await?.into_iter().map(Dossier::try_from).collect()
}

/// The ids of dossiers in hand behind `after` that have no place in a process.
pub async fn without_place(conn: &mut AsyncPgConnection, after: Uuid, limit: i64) -> QueryResult<Vec<Uuid>> {
    let working =
        DossierStatus::ALL.iter().filter(|status| matches!(status.clock(), ClockState::Running | ClockState::Paused));
    let working: Vec<_> = working.map(|status| status.as_str()).collect();
    let in_hand = dossiers::status.eq_any(working).and(dossiers::received_at.is_not_null());
    let rows = dossiers::table.filter(dossiers::id.gt(after).and(dossiers::stage.is_null()).and(in_hand));
    rows.select(dossiers::id).order(dossiers::id).limit(limit).load(conn).await
}

/// The dossier's code and secret's hash, by code, for whoever follows it without signing in.
pub async fn find_tracked(conn: &mut AsyncPgConnection, code: &str) -> QueryResult<Option<(Dossier, Vec<u8>)>> {
    let row = dossiers::table
        .filter(dossiers::code.eq(code))
        .select((Row::as_select(), dossiers::tracking_secret_hash.assume_not_null()));
    let found: Option<(Row, Vec<u8>)> = row.first(conn).await.optional()?;
    found.map(|(row, hash)| Ok((Dossier::try_from(row)?, hash))).transpose()
}

/// Writes what a change made of a filed dossier: its row, and those of its rows that are not as they were before. The caller holds
/// the lock.
pub async fn save_with_rows(conn: &mut AsyncPgConnection, before: &Dossier, after: &Dossier) -> QueryResult<()> {
    for (_, charge) in changed(&before.charges, &after.charges) {
        charges::save(conn, after.id, charge).await?;
    }
    for (seq, period) in changed(&before.clock.0, &after.clock.0) {
        clock::save(conn, after.id, seq, period).await?;
    }
    for (seq, handover) in changed(&before.custody, &after.custody) {
        custody::save(conn, after.id, seq, handover).await?;
    }
    for (seq, request) in changed(&before.requests, &after.requests) {
        asked::save(conn, after.id, seq, request).await?;
    }
    for (seq, cause) in changed(&before.lateness, &after.lateness) {
        lateness::insert(conn, after.id, seq, cause).await?;
    }
    save(conn, after).await
}

/// The rows that are new or not as before, each with its place from 1.
fn changed<'a, T: PartialEq>(before: &'a [T], after: &'a [T]) -> impl Iterator<Item = (i32, &'a T)> {
    (1..)
        .zip(after)
        .zip(before.iter().map(Some).chain(iter::repeat(None)))
        .filter_map(|((seq, row), known)| (known != Some(row)).then_some((seq, row)))
}

/// Writes what may change in the dossier's own row: status, version, dates, and what lists need of its last hand-over. The caller holds the lock.
pub async fn save(conn: &mut AsyncPgConnection, dossier: &Dossier) -> QueryResult<()> {
    diesel::update(dossiers::table.find(dossier.id))
        .set((
            dossiers::status.eq(dossier.status.as_str()),
            dossiers::version.eq(dossier.version),
            // For the version before, which knows one round.
            dossiers::fee_paid_at.eq(dossier.charge_in_advance().and_then(|charge| charge.paid_at)),
            dossiers::due_at.eq(dossier.filed.as_ref().map(|filed| filed.due_at)),
            dossiers::received_at.eq(dossier.received_at),
            dossiers::completed_at.eq(dossier.completed_at),
            dossiers::stage.eq(dossier.place.as_ref().map(|place| &place.stage)),
            dossiers::stage_role.eq(dossier.place.as_ref().map(|place| place.role)),
            dossiers::holder.eq(dossier.holder()),
            dossiers::stage_due_at.eq(dossier.stage_due_at()),
        ))
        .execute(conn)
        .await?;
    Ok(())
}

/// Writes a draft's answers. The caller holds the lock.
pub async fn save_answers(conn: &mut AsyncPgConnection, dossier: &Dossier) -> QueryResult<()> {
    diesel::update(dossiers::table.find(dossier.id))
        .set((dossiers::answers.eq(&dossier.answers), dossiers::version.eq(dossier.version)))
        .execute(conn)
        .await?;
    Ok(())
}

/// Removes a draft whose documents are gone. The caller holds the lock.
pub async fn delete_draft(conn: &mut AsyncPgConnection, id: Uuid) -> QueryResult<()> {
    let draft = dossiers::table.find(id).filter(dossiers::status.eq(DossierStatus::Draft.as_str()));
    diesel::delete(draft).execute(conn).await?;
    Ok(())
}

/// The rows that `reader` may see.
fn visible_to(reader: &Reader) -> Box<dyn BoxableExpression<dossiers::table, Pg, SqlType = Bool>> {
    match reader {
        Reader::Party(party) => {
            let kind = dossiers::party_kind.eq(party.kind.as_str());
            Box::new(dossiers::party_id.eq(party.id).and(kind))
        }
        Reader::Agencies(agencies) => {
            let codes: Vec<String> = agencies.iter().map(ToString::to_string).collect();
            let filed = dossiers::status.ne(DossierStatus::Draft.as_str());
            Box::new(dossiers::agency.eq_any(codes).and(filed))
        }
        Reader::Desks(agencies) => {
            let codes: Vec<String> = agencies.iter().map(ToString::to_string).collect();
            let taken = dossiers::taken_at.eq_any(codes.clone()).assume_not_null();
            Box::new(dossiers::agency.eq_any(codes).or(taken).and(dossiers::status.ne(DossierStatus::Draft.as_str())))
        }
        Reader::Consulted(agencies, number) => {
            let codes: Vec<String> = agencies.iter().map(ToString::to_string).collect();
            let of_dossier = requests::table.filter(requests::dossier.eq(dossiers::id).and(requests::seq.eq(*number)));
            Box::new(exists(of_dossier.filter(requests::asked_of.eq_any(codes))))
        }
    }
}
