//! Days that were closed and signed, with what was booked on them. Only ever added to.

use chrono::{DateTime, NaiveDate, Utc};
use civic::{AgencyCode, Vnd};
use diesel::prelude::*;
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use uuid::Uuid;

use super::figures::Figure;
use crate::{
    domain::ledger::Purpose,
    schema::{closed_day_figures, closed_days},
};

/// A closed day.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = closed_days, check_for_backend(diesel::pg::Pg))]
pub struct ClosedDay {
    pub agency: AgencyCode,
    pub day: NaiveDate,
    pub signed_by: Uuid,
    pub signed_by_name: String,
    pub signed_at: DateTime<Utc>,
    /// Differences that waited for somebody then.
    pub open_differences: i32,
}

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = closed_day_figures, check_for_backend(diesel::pg::Pg))]
struct Row {
    agency: AgencyCode,
    day: NaiveDate,
    channel: String,
    purpose: Purpose,
    transfers: i32,
    amount: Vnd,
}

/// Closes a day with its figures; `false` when it is closed already.
pub async fn insert(conn: &mut AsyncPgConnection, day: &ClosedDay, figures: &[Figure]) -> Result<bool, pg::Error> {
    let insert = diesel::insert_into(closed_days::table).values(day).on_conflict_do_nothing();
    if insert.execute(conn).await? == 0 {
        return Ok(false);
    }
    let rows = figures.iter().cloned().map(|Figure { channel, purpose, transfers, amount }| Row {
        agency: day.agency.clone(),
        day: day.day,
        channel,
        purpose,
        transfers,
        amount,
    });
    diesel::insert_into(closed_day_figures::table).values(rows.collect::<Vec<_>>()).execute(conn).await?;
    Ok(true)
}

/// The day, if it is closed.
pub async fn find(
    conn: &mut AsyncPgConnection,
    agency: &AgencyCode,
    day: NaiveDate,
) -> Result<Option<ClosedDay>, pg::Error> {
    Ok(closed_days::table.find((agency, day)).select(ClosedDay::as_select()).first(conn).await.optional()?)
}

/// What was booked on it, as it was signed.
pub async fn figures(
    conn: &mut AsyncPgConnection,
    agency: &AgencyCode,
    day: NaiveDate,
) -> Result<Vec<Figure>, pg::Error> {
    use closed_day_figures as table;
    let rows = table::table.filter(table::agency.eq(agency).and(table::day.eq(day)));
    let rows: Vec<Row> = rows.order((table::channel, table::purpose)).select(Row::as_select()).load(conn).await?;
    let figure = |Row { channel, purpose, transfers, amount, .. }| Figure { channel, purpose, transfers, amount };
    Ok(rows.into_iter().map(figure).collect())
}

/// The newest closed days of an agency.
pub async fn of_agency(
    conn: &mut AsyncPgConnection,
    agency: &AgencyCode,
    limit: i64,
) -> Result<Vec<ClosedDay>, pg::Error> {
    let days = closed_days::table.filter(closed_days::agency.eq(agency)).order(closed_days::day.desc()).limit(limit);
    Ok(days.select(ClosedDay::as_select()).load(conn).await?)
}
