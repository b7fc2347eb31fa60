//! Versions of procedures: written once, read as they were written.

use chrono::{DateTime, NaiveDate, Utc};
use civic::{LocalText, ProcedureCode, search::plain};
use diesel::{PgArrayExpressionMethods, prelude::*, result::Error, sql_query, sql_types::Text};
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use procedure::Procedure;
use serde_json::Value;

use crate::schema::{procedure_versions, procedures};

/// A version of a procedure.
pub struct Version {
    /// Its number, from 1.
    pub number: i32,
    /// What was published.
    pub procedure: Procedure,
    /// The decision by which it was announced.
    pub decision: Option<String>,
}

/// A version as it is written.
pub struct NewVersion<'a> {
    /// Its number, from 1.
    pub number: i32,
    /// What is published.
    pub procedure: &'a Procedure,
    /// The same, as JSON.
    pub content: &'a Value,
    /// What it is known by.
    pub digest: &'a [u8],
    /// The decision by which it is announced.
    pub decision: Option<&'a str>,
    /// When.
    pub published_at: DateTime<Utc>,
}

/// The version of `code` that is shown.
pub async fn current(conn: &mut AsyncPgConnection, code: &ProcedureCode) -> QueryResult<Option<Version>> {
    let current = procedure_versions::table
        .inner_join(procedures::table)
        .filter(procedures::code.eq(code.as_str()))
        .filter(procedures::current_version.eq(procedure_versions::version.nullable()))
        .select((procedure_versions::version, procedure_versions::content, procedure_versions::decision));
    current.first(conn).await.optional()?.map(read).transpose()
}

/// The code of what took the place of `former`, which was renumbered.
pub async fn renumbered(conn: &mut AsyncPgConnection, former: &ProcedureCode) -> QueryResult<Option<ProcedureCode>> {
    let current = procedure_versions::table
        .inner_join(procedures::table)
        .filter(procedures::current_version.eq(procedure_versions::version.nullable()))
        .filter(procedure_versions::also_called.contains(vec![former.as_str()]))
        .order(procedure_versions::published_at.desc());
    current.select(procedures::code).first(conn).await.optional()
}

/// A version of `code` by its number.
pub async fn numbered(conn: &mut AsyncPgConnection, code: &ProcedureCode, number: i32) -> QueryResult<Option<Version>> {
    let row = procedure_versions::table.find((code.as_str(), number)).select((
        procedure_versions::version,
        procedure_versions::content,
        procedure_versions::decision,
    ));
    row.first(conn).await.optional()?.map(read).transpose()
}

fn read((number, content, decision): (i32, Value, Option<String>)) -> QueryResult<Version> {
    let procedure = serde_json::from_value(content).map_err(|why| Error::DeserializationError(why.into()))?;
    Ok(Version { number, procedure, decision })
}

/// The procedures that are offered though their current versions say that they end before `day`.
pub async fn ended_before(conn: &mut AsyncPgConnection, day: NaiveDate) -> QueryResult<Vec<ProcedureCode>> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = Text)]
        code: ProcedureCode,
    }
    let ended = "select p.code from procedure_versions v join procedures p on p.code = v.procedure and p.current_version = v.version
        where v.content ->> 'effective_until' < $1 and p.withdrawn_at is null order by p.code";
    let rows: Vec<Row> = sql_query(ended).bind::<Text, _>(day.to_string()).load(conn).await?;
    Ok(rows.into_iter().map(|row| row.code).collect())
}

/// The number of the version of `code` published last, 0 before the first. Nobody else publishes one until the end of the
/// transaction.
pub async fn lock_last(conn: &mut AsyncPgConnection, code: &ProcedureCode) -> QueryResult<i32> {
    diesel::insert_into(procedures::table)
        .values(procedures::code.eq(code.as_str()))
        .on_conflict_do_nothing()
        .execute(conn)
        .await?;
    let row = procedures::table.find(code.as_str()).select(procedures::current_version).for_update();
    Ok(row.first::<Option<i32>>(conn).await?.unwrap_or_default())
}

/// Writes a version, and makes it the one that is shown and offered. The caller holds the lock.
pub async fn insert(conn: &mut AsyncPgConnection, version: &NewVersion<'_>) -> QueryResult<()> {
    let NewVersion { number, procedure, content, digest, decision, published_at } = version;
    let (code, LocalText { vi, en }) = (procedure.code.as_str(), &procedure.name);
    let levels: Vec<_> = procedure.levels.iter().map(|level| level.as_str()).collect();
    let life_events: Vec<_> = procedure.life_events.iter().map(|event| event.as_str()).collect();
    let found_by = procedure.also_called.iter().map(String::as_str);
    let found_by: Vec<_> = found_by.chain(procedure.replaces.iter().map(ProcedureCode::as_str)).collect();
    let names = [&[code, vi, en][..], &found_by].concat();
    diesel::insert_into(procedure_versions::table)
        .values((
            procedure_versions::procedure.eq(code),
            procedure_versions::version.eq(number),
            procedure_versions::published_at.eq(published_at),
            procedure_versions::field.eq(&procedure.field.code),
            procedure_versions::name_vi.eq(vi),
            procedure_versions::name_en.eq(en),
            procedure_versions::levels.eq(levels),
            procedure_versions::life_events.eq(life_events),
            procedure_versions::search.eq(plain(&names.join(" "))),
            procedure_versions::also_called.eq(&found_by),
            procedure_versions::digest.eq(digest),
            procedure_versions::content.eq(content),
            procedure_versions::decision.eq(decision),
        ))
        .execute(conn)
        .await?;
    let offered = (
        procedures::current_version.eq(number),
        procedures::withdrawn_at.eq(None::<DateTime<Utc>>),
        procedures::withdrawal_decision.eq(None::<String>),
        procedures::withdrawal_reason.eq(None::<String>),
    );
    diesel::update(procedures::table.find(code)).set(offered).execute(conn).await?;
    Ok(())
}
