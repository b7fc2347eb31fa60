//! Cashiers' shifts.

use chrono::{DateTime, Utc};
use civic::{AgencyCode, Vnd};
use diesel::prelude::*;
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use uuid::Uuid;

use crate::schema::shifts;

/// The time in which a cashier has a till.
#[derive(Clone, Debug, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = shifts, check_for_backend(diesel::pg::Pg))]
#[diesel(treat_none_as_null = true)]
pub struct Shift {
    pub id: Uuid,
    pub agency: AgencyCode,
    /// What the counter is called.
    pub till: String,
    pub cashier_id: Uuid,
    pub cashier_name: String,
    pub opened_at: DateTime<Utc>,
    /// What was in the drawer then.
    pub opening: Vnd,
    pub closed_at: Option<DateTime<Utc>>,
    /// What was counted in the drawer at the end.
    pub counted: Option<Vnd>,
    /// What should have been in it.
    pub expected: Option<Vnd>,
    /// Why the two differ.
    pub difference_reason: Option<String>,
    /// When its being left open was told.
    pub told_at: Option<DateTime<Utc>>,
}

/// Keeps a shift that begins; `false` when the cashier or the till has an open one.
pub async fn insert(conn: &mut AsyncPgConnection, shift: &Shift) -> Result<bool, pg::Error> {
    let insert = diesel::insert_into(shifts::table).values(shift).on_conflict_do_nothing();
    Ok(insert.execute(conn).await? == 1)
}

/// The shift, if there is one.
pub async fn find(conn: &mut AsyncPgConnection, id: Uuid) -> Result<Option<Shift>, pg::Error> {
    Ok(shifts::table.find(id).select(Shift::as_select()).first(conn).await.optional()?)
}

/// The shift, held so that nothing is taken in it, and it is not closed, until the transaction ends.
pub async fn lock(conn: &mut AsyncPgConnection, id: Uuid) -> Result<Option<Shift>, pg::Error> {
    let shift = shifts::table.find(id).select(Shift::as_select()).for_no_key_update();
    Ok(shift.first(conn).await.optional()?)
}

/// Writes a shift that is held as it is now.
pub async fn save(conn: &mut AsyncPgConnection, shift: &Shift) -> Result<(), pg::Error> {
    diesel::update(shifts::table.find(shift.id)).set(shift).execute(conn).await?;
    Ok(())
}

/// Shifts of an agency, the newest first, those before one.
pub async fn of_agency(
    conn: &mut AsyncPgConnection,
    agency: &AgencyCode,
    before: Option<(DateTime<Utc>, Uuid)>,
    limit: i64,
) -> Result<Vec<Shift>, pg::Error> {
    let mut shifts = shifts::table
        .filter(shifts::agency.eq(agency))
        .order((shifts::opened_at.desc(), shifts::id.desc()))
        .limit(limit)
        .select(Shift::as_select())
        .into_boxed();
    if let Some((at, id)) = before {
        shifts = shifts.filter(shifts::opened_at.lt(at).or(shifts::opened_at.eq(at).and(shifts::id.lt(id))));
    }
    Ok(shifts.load(conn).await?)
}

/// Open shifts that began before `day`, and of which nobody was told, held.
pub async fn left_open(conn: &mut AsyncPgConnection, day: DateTime<Utc>) -> Result<Vec<Shift>, pg::Error> {
    let open = shifts::closed_at.is_null().and(shifts::told_at.is_null()).and(shifts::opened_at.lt(day));
    let shifts = shifts::table.filter(open).order(shifts::id).select(Shift::as_select());
    Ok(shifts.for_no_key_update().skip_locked().load(conn).await?)
}
