//! The list of procedures.

use chrono::{DateTime, Utc};
use civic::{AdministrativeLevel, ProcedureCode, Search};
use diesel::{PgArrayExpressionMethods, prelude::*, sql_types::Text};
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use procedure::LifeEvent;

use crate::schema::{procedure_versions, procedures};

diesel::define_sql_function! {
    /// The text with the letters of `from` as those of `to`; without those that have none there.
    fn translate(text: Text, from: Text, to: Text) -> Text;
}

diesel::define_sql_function! {
    /// The place of the second text in the first, from 1; 0 when it is not there.
    fn strpos(text: Text, part: Text) -> Integer;
}

/// More procedures than there are; so many are looked at for one search at most.
const MOST: i64 = 10_000;

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
    /// What people call it, and the codes that it had before.
    pub also_called: Vec<String>,
}

impl Listed {
    /// How well it is found.
    fn score(&self, search: &Search) -> Option<u32> {
        let names = [&self.code, &self.name_vi, &self.name_en].into_iter().chain(&self.also_called);
        search.score(&names.map(String::as_str).collect::<Vec<_>>())
    }
}

/// A procedure that was looked for, and how well it was found.
pub struct Found {
    /// The higher, the better.
    pub score: u32,
    /// The procedure.
    pub listed: Listed,
}

/// That a procedure is not offered any more.
#[derive(Clone, Debug, PartialEq, Queryable)]
pub struct Withdrawal {
    /// Since when.
    pub withdrawn_at: DateTime<Utc>,
    /// By which decision.
    pub decision: String,
    /// Why.
    pub reason: String,
}

/// That the procedure is not offered any more, if it is not.
pub async fn withdrawal(conn: &mut AsyncPgConnection, code: &ProcedureCode) -> QueryResult<Option<Withdrawal>> {
    let row = procedures::table.find(code.as_str()).filter(procedures::withdrawn_at.is_not_null()).select((
        procedures::withdrawn_at.assume_not_null(),
        procedures::withdrawal_decision.assume_not_null(),
        procedures::withdrawal_reason.assume_not_null(),
    ));
    row.first(conn).await.optional()
}

/// Notes that the procedure is not offered any more. The caller holds its lock.
pub async fn withdraw(conn: &mut AsyncPgConnection, code: &ProcedureCode, withdrawal: &Withdrawal) -> QueryResult<()> {
    diesel::update(procedures::table.find(code.as_str()))
        .set((
            procedures::withdrawn_at.eq(withdrawal.withdrawn_at),
            procedures::withdrawal_decision.eq(&withdrawal.decision),
            procedures::withdrawal_reason.eq(&withdrawal.reason),
        ))
        .execute(conn)
        .await?;
    Ok(())
}

/// Which procedures a list is narrowed to.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Choice<'a> {
    /// That are called so.
    pub search: Option<&'a Search>,
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
        .inner_join(procedures::table)
        .filter(procedures::current_version.eq(procedure_versions::version.nullable()))
        .filter(procedures::withdrawn_at.is_null())
        .select((
            procedures::code,
            procedure_versions::name_vi,
            procedure_versions::name_en,
            procedure_versions::version,
            procedure_versions::field,
            procedure_versions::also_called,
        ))
        .order(procedures::code)
        .limit(limit)
        .into_boxed();
    for word in choice.search.into_iter().flat_map(Search::words) {
        rows = rows.filter(strpos(translate(procedure_versions::search, "y.", "i"), word).gt(0));
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

/// The current procedures of a choice, those after `after` (a score and a code): the best found first, by code where they are
/// found equally well.
pub async fn found(
    conn: &mut AsyncPgConnection,
    choice: Choice<'_>,
    after: Option<&(u32, String)>,
) -> QueryResult<Vec<Found>> {
    let Some(search) = choice.search else { return Ok(Vec::new()) };
    let rows = list(conn, choice, None, MOST).await?;
    let found = rows.into_iter().filter_map(|listed| Some(Found { score: listed.score(search)?, listed }));
    let later = |it: &Found| after.is_none_or(|(score, code)| (*score, &it.listed.code) > (it.score, code));
    let mut found: Vec<_> = found.filter(later).collect();
    found.sort_by(|one, other| (other.score, &one.listed.code).cmp(&(one.score, &other.listed.code)));
    Ok(found)
}
