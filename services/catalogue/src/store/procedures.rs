//! The list of procedures.

use civic::AdministrativeLevel;
use diesel::{PgArrayExpressionMethods, prelude::*, sql_types::Text};
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use procedure::LifeEvent;

use crate::schema::{procedure_versions, procedures};

diesel::define_sql_function! {
    /// The place of the second text in the first, from 1; 0 when it is not there.
    fn strpos(text: Text, part: Text) -> Integer;
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
        .inner_join(procedures::table)
        .filter(procedures::current_version.eq(procedure_versions::version.nullable()))
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
