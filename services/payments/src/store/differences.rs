//! How statements and the books differ, a row a difference.

use chrono::{DateTime, NaiveDate, Utc};
use civic::AgencyCode;
use diesel::prelude::*;
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use uuid::Uuid;

use crate::{
    domain::{
        difference::{DifferenceClass, DifferenceState, Resolution},
        statement::Source,
    },
    schema::differences,
};

/// Rows that one statement inserts: each has 21 values, of which PostgreSQL takes 65,535.
const AT_ONCE: usize = 2_000;

/// One difference.
#[derive(Clone, Debug, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = differences, check_for_backend(diesel::pg::Pg))]
#[diesel(treat_none_as_null = true)]
pub struct Difference {
    pub id: Uuid,
    /// Whose it is to end it.
    pub agency: AgencyCode,
    pub source: Source,
    /// The statement's day of it, or ours of what is missing there.
    pub day: NaiveDate,
    pub class: DifferenceClass,
    pub state: DifferenceState,
    pub statement_id: Uuid,
    pub line_id: Option<i64>,
    pub attempt_id: Option<Uuid>,
    pub refund_id: Option<Uuid>,
    /// Who sees to it.
    pub owner_id: Option<Uuid>,
    pub owner_name: Option<String>,
    pub found_at: DateTime<Utc>,
    pub state_since: DateTime<Utc>,
    pub resolution: Option<Resolution>,
    pub reason: Option<String>,
    pub proof: Option<String>,
    pub proposed_by: Option<Uuid>,
    pub proposed_by_name: Option<String>,
    pub closed_by: Option<Uuid>,
    pub closed_by_name: Option<String>,
}

/// Keeps new ones; what is known stays as it is.
pub async fn insert(conn: &mut AsyncPgConnection, new: &[Difference]) -> Result<(), pg::Error> {
    for some in new.chunks(AT_ONCE) {
        diesel::insert_into(differences::table).values(some).on_conflict_do_nothing().execute(conn).await?;
    }
    Ok(())
}

/// The difference, if there is one.
pub async fn find(conn: &mut AsyncPgConnection, id: Uuid) -> Result<Option<Difference>, pg::Error> {
    Ok(differences::table.find(id).select(Difference::as_select()).first(conn).await.optional()?)
}

/// The difference, held so that nobody else changes it until the transaction ends.
pub async fn lock(conn: &mut AsyncPgConnection, id: Uuid) -> Result<Difference, pg::Error> {
    let one = differences::table.find(id).select(Difference::as_select()).for_no_key_update();
    Ok(one.first(conn).await?)
}

/// Differences of an agency in these states, the oldest first, those after one.
pub async fn of_agency(
    conn: &mut AsyncPgConnection,
    agency: &AgencyCode,
    states: &[DifferenceState],
    after: Option<(DateTime<Utc>, Uuid)>,
    limit: i64,
) -> Result<Vec<Difference>, pg::Error> {
    let mut found = differences::table
        .filter(differences::agency.eq(agency))
        .filter(differences::state.eq_any(states.to_vec()))
        .order((differences::found_at, differences::id))
        .limit(limit)
        .select(Difference::as_select())
        .into_boxed();
    if let Some((at, id)) = after {
        found = found.filter(differences::found_at.gt(at).or(differences::found_at.eq(at).and(differences::id.gt(id))));
    }
    Ok(found.load(conn).await?)
}

/// Of a statement, how many of each class are in each state.
pub async fn counts(
    conn: &mut AsyncPgConnection,
    statement: Uuid,
) -> Result<Vec<(DifferenceClass, DifferenceState, i64)>, pg::Error> {
    let of = differences::table.filter(differences::statement_id.eq(statement));
    let counted = of.group_by((differences::class, differences::state)).select((
        differences::class,
        differences::state,
        diesel::dsl::count_star(),
    ));
    Ok(counted.order((differences::class, differences::state)).load(conn).await?)
}

/// Ends what was missing on statements and stands on one now.
pub async fn heal_missing(
    conn: &mut AsyncPgConnection,
    attempts: &[Uuid],
    refunds: &[Uuid],
    now: DateTime<Utc>,
) -> Result<(), pg::Error> {
    let missing =
        differences::class.eq(DifferenceClass::MissingThere).and(differences::state.eq(DifferenceState::Open));
    let payment = differences::refund_id.is_null().and(differences::attempt_id.eq_any(attempts));
    let found = payment.or(differences::refund_id.eq_any(refunds));
    let healed = (differences::state.eq(DifferenceState::Healed), differences::state_since.eq(now));
    diesel::update(differences::table.filter(missing.and(found))).set(healed).execute(conn).await?;
    Ok(())
}

/// Of an agency, up to a day: how many wait for somebody, and how many of them are nobody's.
pub async fn waiting(
    conn: &mut AsyncPgConnection,
    agency: &AgencyCode,
    day: NaiveDate,
) -> Result<(i64, i64), pg::Error> {
    let waits = differences::state.ne_all([DifferenceState::Healed, DifferenceState::Closed]);
    let of =
        || differences::table.filter(differences::agency.eq(agency).and(differences::day.le(day)).and(waits.clone()));
    let all = of().count().get_result(conn).await?;
    Ok((all, of().filter(differences::owner_id.is_null()).count().get_result(conn).await?))
}

/// How many wait for somebody since before a moment, everywhere.
pub async fn waiting_since(conn: &mut AsyncPgConnection, before: DateTime<Utc>) -> Result<i64, pg::Error> {
    let waits = differences::state.eq_any([DifferenceState::Open, DifferenceState::Proposed]);
    Ok(differences::table.filter(waits.and(differences::found_at.lt(before))).count().get_result(conn).await?)
}

/// Writes one that is held as it is now.
pub async fn save(conn: &mut AsyncPgConnection, difference: &Difference) -> Result<(), pg::Error> {
    diesel::update(differences::table.find(difference.id)).set(difference).execute(conn).await?;
    Ok(())
}
