//! When officials are away.

use chrono::{DateTime, NaiveDate, Utc};
use civic::{AgencyCode, VIETNAM};
use diesel::prelude::*;
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use uuid::Uuid;

use crate::{
    domain::leave::{DayPart, Leave},
    schema::leaves,
};

#[derive(Queryable, Selectable)]
#[diesel(table_name = leaves)]
struct Row {
    id: Uuid,
    official: Uuid,
    deputy: Uuid,
    first_day: NaiveDate,
    last_day: NaiveDate,
    first_part: DayPart,
    last_part: DayPart,
}

/// The leaves at an agency that end on `day` or later and were not taken back, the first to begin first.
pub async fn of_agency(conn: &mut AsyncPgConnection, agency: &AgencyCode, day: NaiveDate) -> QueryResult<Vec<Leave>> {
    let open = leaves::table
        .filter(leaves::agency.eq(agency.as_str()).and(leaves::last_day.ge(day)).and(leaves::ended_at.is_null()));
    let rows: Vec<Row> = open.order((leaves::first_day, leaves::id)).select(Row::as_select()).load(conn).await?;
    Ok(rows.into_iter().map(Leave::from).collect())
}

/// For whom an official stands in at an agency at a moment.
pub async fn represented_by(
    conn: &mut AsyncPgConnection,
    agency: &AgencyCode,
    deputy: Uuid,
    now: DateTime<Utc>,
) -> QueryResult<Vec<Uuid>> {
    let day = now.with_timezone(&VIETNAM).date_naive();
    let open = leaves::table
        .filter(leaves::agency.eq(agency.as_str()).and(leaves::last_day.ge(day)).and(leaves::ended_at.is_null()));
    let hers = open.filter(leaves::deputy.eq(deputy).and(leaves::first_day.le(day)));
    let rows: Vec<Row> = hers.select(Row::as_select()).load(conn).await?;
    let leaves = rows.into_iter().map(Leave::from).filter(|leave| leave.holds_at(now));
    Ok(leaves.map(|leave| leave.official).collect())
}

/// Writes a leave.
pub async fn insert(
    conn: &mut AsyncPgConnection,
    agency: &AgencyCode,
    leave: &Leave,
    noted_by: Uuid,
    now: DateTime<Utc>,
) -> QueryResult<()> {
    let of = (leaves::id.eq(leave.id), leaves::agency.eq(agency.as_str()));
    let who = (leaves::official.eq(leave.official), leaves::deputy.eq(leave.deputy));
    let term = (
        leaves::first_day.eq(leave.first_day),
        leaves::first_part.eq(leave.first_part),
        leaves::last_day.eq(leave.last_day),
        leaves::last_part.eq(leave.last_part),
    );
    let noted = (leaves::noted_by.eq(noted_by), leaves::noted_at.eq(now));
    diesel::insert_into(leaves::table).values((of, who, term, noted)).execute(conn).await?;
    Ok(())
}

/// A leave at an agency that was not taken back, locked until the end of the transaction.
pub async fn lock(conn: &mut AsyncPgConnection, agency: &AgencyCode, id: Uuid) -> QueryResult<Option<Leave>> {
    let own = leaves::table.find(id).filter(leaves::agency.eq(agency.as_str()).and(leaves::ended_at.is_null()));
    let row: Option<Row> = own.select(Row::as_select()).for_no_key_update().first(conn).await.optional()?;
    Ok(row.map(Leave::from))
}

/// Takes a leave back.
pub async fn end(conn: &mut AsyncPgConnection, id: Uuid, now: DateTime<Utc>) -> QueryResult<()> {
    diesel::update(leaves::table.find(id)).set(leaves::ended_at.eq(now)).execute(conn).await?;
    Ok(())
}

impl From<Row> for Leave {
    fn from(row: Row) -> Self {
        let Row { id, official, deputy, first_day, last_day, first_part, last_part } = row;
        Self { id, official, deputy, first_day, first_part, last_day, last_part }
    }
}
