//! Copies of procedures' versions, as catalogue published them: what dossiers are pinned to.

use chrono::{DateTime, Utc};
use civic::{LocalText, ProcedureCode, search::plain};
use diesel::{prelude::*, result::Error};
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use procedure::{Form, PinnedProcedure, Procedure};
use serde_json::Value;
use uuid::Uuid;

use super::unreadable;
use crate::schema::{procedure_versions, procedures};

/// A version of a procedure.
pub struct Version {
    /// Its id.
    pub id: Uuid,
    /// Its number, from 1.
    pub version: i32,
    /// What was published.
    pub procedure: Procedure,
}

/// The version that new dossiers of `code` are pinned to.
pub async fn current(conn: &mut AsyncPgConnection, code: &ProcedureCode) -> QueryResult<Option<Version>> {
    let current = procedure_versions::table
        .inner_join(procedures::table.on(procedures::current_version.eq(procedure_versions::id.nullable())))
        .filter(procedures::code.eq(code.as_str()))
        .select((procedure_versions::id, procedure_versions::version, procedure_versions::content));
    current.first(conn).await.optional()?.map(read).transpose()
}

/// Whether nobody may begin a dossier of `code` any more.
pub async fn is_withdrawn(conn: &mut AsyncPgConnection, code: &ProcedureCode) -> QueryResult<bool> {
    let withdrawn = procedure_versions::table
        .inner_join(procedures::table.on(procedures::current_version.eq(procedure_versions::id.nullable())))
        .filter(procedures::code.eq(code.as_str()))
        .filter(procedures::withdrawn_version.ge(procedure_versions::version.nullable()));
    diesel::select(diesel::dsl::exists(withdrawn)).get_result(conn).await
}

/// Notes that versions of `code` up to this one are not offered any more.
pub async fn withdraw(conn: &mut AsyncPgConnection, code: &ProcedureCode, version: i32) -> QueryResult<()> {
    let code = code.as_str();
    let row = diesel::insert_into(procedures::table).values(procedures::code.eq(code)).on_conflict_do_nothing();
    row.execute(conn).await?;
    let earlier = procedures::withdrawn_version.is_null().or(procedures::withdrawn_version.lt(version));
    let told = diesel::update(procedures::table.find(code).filter(earlier));
    told.set(procedures::withdrawn_version.eq(version)).execute(conn).await?;
    Ok(())
}

/// A version by its id.
pub async fn version(conn: &mut AsyncPgConnection, id: Uuid) -> QueryResult<Version> {
    let row = procedure_versions::table.find(id).select((
        procedure_versions::id,
        procedure_versions::version,
        procedure_versions::content,
    ));
    read(row.first(conn).await?)
}

/// A version as dossiers are pinned to it. Whether it may be published was judged when it was: by the rules of that day, and for
/// good.
pub async fn pinned(conn: &mut AsyncPgConnection, id: Uuid) -> QueryResult<PinnedProcedure> {
    let published = version(conn, id).await?;
    let form = Form::compile(&published.procedure.form).map_err(|why| Error::DeserializationError(why.into()))?;
    Ok(PinnedProcedure { version: published.version, procedure: published.procedure, form })
}

fn read((id, version, content): (Uuid, i32, Value)) -> QueryResult<Version> {
    Ok(Version { id, version, procedure: serde_json::from_value(content).map_err(unreadable)? })
}

/// The digest of the copy of a version, if there is one. Nobody else keeps a version of `code` until the end of the transaction.
pub async fn lock(conn: &mut AsyncPgConnection, code: &ProcedureCode, number: i32) -> QueryResult<Option<Vec<u8>>> {
    diesel::insert_into(procedures::table)
        .values(procedures::code.eq(code.as_str()))
        .on_conflict_do_nothing()
        .execute(conn)
        .await?;
    let code = code.as_str();
    let _: String = procedures::table.find(code).select(procedures::code).for_update().first(conn).await?;
    let copy = procedure_versions::table
        .filter(procedure_versions::procedure.eq(code).and(procedure_versions::version.eq(number)));
    copy.select(procedure_versions::digest).first(conn).await.optional()
}

/// Writes a copy, by which new dossiers go if no later version is there. The caller holds the lock.
pub async fn insert(
    conn: &mut AsyncPgConnection,
    version: &Version,
    content: &Value,
    digest: &[u8],
    published_at: DateTime<Utc>,
) -> QueryResult<()> {
    let Version { id, version, procedure } = version;
    let (code, LocalText { vi, en }) = (procedure.code.as_str(), &procedure.name);
    // What lists were narrowed by is read by the version before this one only, which may still run beside it.
    let levels: Vec<_> = procedure.levels.iter().map(|level| level.as_str()).collect();
    let life_events: Vec<_> = procedure.life_events.iter().map(|event| event.as_str()).collect();
    diesel::insert_into(procedure_versions::table)
        .values((
            procedure_versions::id.eq(id),
            procedure_versions::procedure.eq(code),
            procedure_versions::version.eq(version),
            procedure_versions::published_at.eq(published_at),
            procedure_versions::field.eq(&procedure.field.code),
            procedure_versions::name_vi.eq(vi),
            procedure_versions::name_en.eq(en),
            procedure_versions::search.eq(plain(&format!("{code} {vi} {en}"))),
            procedure_versions::digest.eq(digest),
            procedure_versions::content.eq(content),
            procedure_versions::levels.eq(levels),
            procedure_versions::life_events.eq(life_events),
        ))
        .execute(conn)
        .await?;
    let versions = procedure_versions::table.filter(procedure_versions::procedure.eq(code));
    let last = versions.order(procedure_versions::version.desc()).select(procedure_versions::id);
    let last: Uuid = last.first(conn).await?;
    diesel::update(procedures::table.find(code)).set(procedures::current_version.eq(last)).execute(conn).await?;
    Ok(())
}
