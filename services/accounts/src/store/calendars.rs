//! Working calendars, a row a change; the highest version counts.

use chrono::{DateTime, Utc};
use civic::{AgencyCode, CalendarSettings, events::CalendarChanged};
use diesel::{prelude::*, result::Error};
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use uuid::Uuid;

use crate::schema::calendars;

/// Who owns the country's.
pub const NATIONAL: &str = "VN";

/// A calendar as it was left by a change.
#[derive(Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = calendars)]
pub struct Row {
    owner: String,
    pub version: i64,
    content: String,
    changed_by: Option<Uuid>,
    pub changed_at: DateTime<Utc>,
    pub reason: String,
}

impl Row {
    /// The row of a change by somebody, or by the program itself.
    ///
    /// # Errors
    /// Never: calendars are written as JSON.
    pub fn of(told: &CalendarChanged, by: Option<Uuid>) -> Result<Self, pg::Error> {
        let content = serde_json::to_string(&told.calendar).map_err(|why| Error::SerializationError(why.into()))?;
        Ok(Self {
            owner: owner(told.agency.as_ref()).to_owned(),
            version: told.version,
            content,
            changed_by: by,
            changed_at: told.changed_at,
            reason: told.reason.clone(),
        })
    }

    /// What it says.
    ///
    /// # Errors
    /// When the row is damaged.
    pub fn settings(&self) -> Result<CalendarSettings, pg::Error> {
        Ok(serde_json::from_str(&self.content).map_err(|why| Error::DeserializationError(why.into()))?)
    }
}

/// Whose calendar it is, as rows name it.
fn owner(agency: Option<&AgencyCode>) -> &str {
    agency.map_or(NATIONAL, AgencyCode::as_str)
}

/// The calendar of an agency, or the country's, as it is now.
pub async fn newest(conn: &mut AsyncPgConnection, agency: Option<&AgencyCode>) -> Result<Option<Row>, pg::Error> {
    let own = calendars::table.filter(calendars::owner.eq(owner(agency))).order(calendars::version.desc());
    Ok(own.select(Row::as_select()).first(conn).await.optional()?)
}

/// Adds a version; `false` when somebody else made it meanwhile.
pub async fn add(conn: &mut AsyncPgConnection, row: &Row) -> Result<bool, pg::Error> {
    let added = diesel::insert_into(calendars::table).values(row).on_conflict_do_nothing().execute(conn).await?;
    Ok(added > 0)
}
