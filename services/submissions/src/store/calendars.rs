//! Working calendars, copied from what accounts tells.

use std::collections::HashMap;

use civic::{AgencyCode, CalendarSettings, Event, WorkingCalendar, events::CalendarChanged};
use diesel::{
    prelude::*,
    sql_query,
    sql_types::{BigInt, Text},
};
use diesel_async::{AsyncPgConnection, RunQueryDsl};

use super::unreadable;
use crate::schema::calendars;

/// Who owns the country's.
pub const NATIONAL: &str = "VN";

const NOTE: &str = "insert into calendars (owner, version, content) values ($1, $2, $3)
    on conflict (owner) do update set version = excluded.version, content = excluded.content
    where calendars.version < excluded.version";

#[derive(QueryableByName)]
struct Mark {
    #[diesel(sql_type = BigInt)]
    mark: i64,
}

/// What all calendars say together.
#[derive(Debug, Default)]
pub struct Copies {
    national: Option<CalendarSettings>,
    own: HashMap<String, CalendarSettings>,
}

impl Copies {
    /// The calendar of an agency.
    pub fn of(&self, agency: &AgencyCode) -> WorkingCalendar {
        let known = self.national.clone().unwrap_or_else(CalendarSettings::vietnam);
        WorkingCalendar::of(&known, self.own.get(agency.as_str()).unwrap_or(&CalendarSettings::default()))
    }

    /// As if an agency kept this.
    pub fn with(mut self, agency: &AgencyCode, own: CalendarSettings) -> Self {
        self.own.insert(agency.to_string(), own);
        self
    }
}

/// Notes what was told; whether it is newer than what was known.
pub async fn note(conn: &mut AsyncPgConnection, told: &CalendarChanged) -> QueryResult<bool> {
    let content = serde_json::to_string(&told.calendar).map_err(unreadable)?;
    let noted = sql_query(NOTE).bind::<Text, _>(told.subject()).bind::<BigInt, _>(told.version);
    let noted = noted.bind::<Text, _>(content).execute(conn).await?;
    Ok(noted > 0)
}

/// The version of an owner's calendar; 0 when none was told.
pub async fn version(conn: &mut AsyncPgConnection, owner: &str) -> QueryResult<i64> {
    let known = calendars::table.find(owner).select(calendars::version).first(conn).await.optional()?;
    Ok(known.unwrap_or(0))
}

/// A number that grows with every change of any of them: versions only grow, and no calendar goes.
pub async fn mark(conn: &mut AsyncPgConnection) -> QueryResult<i64> {
    let mark = "select (count(*) + coalesce(sum(version), 0))::bigint as mark from calendars";
    let Mark { mark } = sql_query(mark).get_result(conn).await?;
    Ok(mark)
}

/// All of them.
pub async fn all(conn: &mut AsyncPgConnection) -> QueryResult<Copies> {
    copies(calendars::table.select((calendars::owner, calendars::content)).load(conn).await?)
}

/// What one agency is counted by.
pub async fn of_agency(conn: &mut AsyncPgConnection, agency: &AgencyCode) -> QueryResult<Copies> {
    let owners = calendars::table.filter(calendars::owner.eq_any([NATIONAL, agency.as_str()]));
    copies(owners.select((calendars::owner, calendars::content)).load(conn).await?)
}

fn copies(rows: Vec<(String, String)>) -> QueryResult<Copies> {
    let mut copies = Copies::default();
    for (owner, content) in rows {
        let settings: CalendarSettings = serde_json::from_str(&content).map_err(unreadable)?;
        match owner.as_str() {
            NATIONAL => copies.national = Some(settings),
            _ => drop(copies.own.insert(owner, settings)),
        }
    }
    Ok(copies)
}
