//! Procedures and their versions.

use civic::{AdministrativeLevel, LocalText, ProcedureCode};
use diesel::{PgArrayExpressionMethods, prelude::*, sql_types::Text};
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use procedure::{LifeEvent, Procedure, search};
use runtime::Life;
use serde_json::Value;
use uuid::Uuid;

use super::unreadable;
use crate::schema::{procedure_versions, procedures};

diesel::define_sql_function! {
    /// The place of the second text in the first, from 1; 0 when it is not there.
    fn strpos(text: Text, part: Text) -> Integer;
}

/// A version of a procedure.
pub struct Version {
    /// Its id.
    pub id: Uuid,
    /// Its number, from 1.
    pub version: i32,
    /// What was published.
    pub procedure: Procedure,
}

/// A procedure as a list shows it.
#[derive(Queryable)]
pub struct Listed {
    /// Its code.
    pub code: String,
    /// Its Vietnamese name.
    pub name_vi: String,
    /// Its English name.
    pub name_en: String,
    /// The number of its current version.
    pub version: i32,
    /// The field's code.
    pub field: String,
}

/// The version that new dossiers of `code` are pinned to.
pub async fn current(conn: &mut AsyncPgConnection, code: &ProcedureCode) -> QueryResult<Option<Version>> {
    let current = procedure_versions::table
        .inner_join(procedures::table.on(procedures::current_version.eq(procedure_versions::id.nullable())))
        .filter(procedures::code.eq(code.as_str()))
        .select((procedure_versions::id, procedure_versions::version, procedure_versions::content));
    current.first(conn).await.optional()?.map(read).transpose()
}

/// A version of `code` by its number.
pub async fn numbered(conn: &mut AsyncPgConnection, code: &ProcedureCode, number: i32) -> QueryResult<Option<Version>> {
    let row = procedure_versions::table
        .filter(procedure_versions::procedure.eq(code.as_str()).and(procedure_versions::version.eq(number)))
        .select((procedure_versions::id, procedure_versions::version, procedure_versions::content));
    row.first(conn).await.optional()?.map(read).transpose()
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

fn read((id, version, content): (Uuid, i32, Value)) -> QueryResult<Version> {
    Ok(Version { id, version, procedure: serde_json::from_value(content).map_err(unreadable)? })
}

/// Which procedures a list is narrowed to.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Choice<'a> {
    /// With this in their code or name.
    pub part: &'a str,
    /// Of this field.
    pub field: Option<&'a str>,
    /// Of this life event.
    pub life_event: Option<LifeEvent>,
    /// That this level of government carries out.
    pub level: Option<AdministrativeLevel>,
}

/// The current procedures of a choice after `after`, by code.
pub async fn list(
    conn: &mut AsyncPgConnection,
    choice: Choice<'_>,
    after: Option<&str>,
    limit: i64,
) -> QueryResult<Vec<Listed>> {
    let mut rows = procedure_versions::table
        .inner_join(procedures::table.on(procedures::current_version.eq(procedure_versions::id.nullable())))
        .select((
            procedures::code,
            procedure_versions::name_vi,
            procedure_versions::name_en,
            procedure_versions::version,
            procedure_versions::field,
        ))
        .order(procedures::code)
        .limit(limit)
        .into_boxed();
    if !choice.part.is_empty() {
        rows = rows.filter(strpos(procedure_versions::search, choice.part).gt(0));
    }
    if let Some(field) = choice.field {
        rows = rows.filter(procedure_versions::field.eq(field));
    }
    if let Some(event) = choice.life_event {
        rows = rows.filter(procedure_versions::life_events.contains(vec![event.as_str()]));
    }
    if let Some(level) = choice.level {
        rows = rows.filter(procedure_versions::levels.contains(vec![level.as_str()]));
    }
    if let Some(after) = after {
        rows = rows.filter(procedures::code.gt(after));
    }
    rows.load(conn).await
}

/// Makes `procedure` the current version of its code, under the next number, unless it is that already. Gives the number
/// of the new version.
pub async fn publish(
    conn: &mut AsyncPgConnection,
    life: &Life,
    procedure: &Procedure,
    digest: &[u8],
) -> QueryResult<Option<i32>> {
    let code = procedure.code.as_str();
    diesel::insert_into(procedures::table)
        .values(procedures::code.eq(code))
        .on_conflict_do_nothing()
        .execute(conn)
        .await?;
    let current: Option<Uuid> =
        procedures::table.find(code).select(procedures::current_version).for_update().first(conn).await?;
    let versions = procedure_versions::table.filter(procedure_versions::procedure.eq(code));
    let last: Option<(Uuid, i32, Vec<u8>)> = versions
        .order(procedure_versions::version.desc())
        .select((procedure_versions::id, procedure_versions::version, procedure_versions::digest))
        .first(conn)
        .await
        .optional()?;
    if last.as_ref().is_some_and(|(id, _, known)| known == digest && current == Some(*id)) {
        return Ok(None);
    }
    let version = last.map_or(1, |(_, version, _)| version + 1);
    insert(conn, life, procedure, digest, version).await?;
    Ok(Some(version))
}

async fn insert(
    conn: &mut AsyncPgConnection,
    life: &Life,
    procedure: &Procedure,
    digest: &[u8],
    version: i32,
) -> QueryResult<()> {
    let (id, code, LocalText { vi, en }) = (life.new_id(), procedure.code.as_str(), &procedure.name);
    let content =
        serde_json::to_value(procedure).map_err(|why| diesel::result::Error::SerializationError(why.into()))?;
    let levels: Vec<_> = procedure.levels.iter().map(|level| level.as_str()).collect();
    let life_events: Vec<_> = procedure.life_events.iter().map(|event| event.as_str()).collect();
    diesel::insert_into(procedure_versions::table)
        .values((
            procedure_versions::id.eq(id),
            procedure_versions::procedure.eq(code),
            procedure_versions::version.eq(version),
            procedure_versions::published_at.eq(life.clock.now()),
            procedure_versions::field.eq(&procedure.field.code),
            procedure_versions::name_vi.eq(vi),
            procedure_versions::name_en.eq(en),
            procedure_versions::search.eq(search::plain(&format!("{code} {vi} {en}"))),
            procedure_versions::digest.eq(digest),
            procedure_versions::content.eq(content),
            procedure_versions::levels.eq(levels),
            procedure_versions::life_events.eq(life_events),
        ))
        .execute(conn)
        .await?;
    diesel::update(procedures::table.find(code)).set(procedures::current_version.eq(id)).execute(conn).await?;
    Ok(())
}
