//! Statements that were loaded.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use civic::AgencyCode;
use diesel::{
    dsl::{exists, max, select},
    prelude::*,
    sql_query,
    sql_types::Text,
};
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use uuid::Uuid;

use crate::{
    domain::statement::Source,
    schema::{statement_lines, statements},
};

civic::closed_list! {
    /// How far a statement has come.
    pub enum StatementState: "COMPARING or COMPARED" {
        /// Its lines are compared with what is here.
        Comparing = "COMPARING",
        /// All are.
        Compared = "COMPARED",
    }
}

/// One statement.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = statements, check_for_backend(diesel::pg::Pg))]
pub struct Loaded {
    pub id: Uuid,
    /// Whose accountant loaded it.
    pub agency: AgencyCode,
    pub source: Source,
    /// The merchant's code or the account's number.
    pub account: String,
    pub file_name: String,
    pub sha256: Vec<u8>,
    /// The days that it is complete for.
    pub from_day: NaiveDate,
    pub until_day: NaiveDate,
    /// Of the file.
    pub lines: i32,
    /// Those that no statement had before.
    pub new_lines: i32,
    pub state: StatementState,
    pub loaded_by: Uuid,
    pub loaded_by_name: String,
    pub loaded_at: DateTime<Utc>,
    pub compared_at: Option<DateTime<Utc>>,
}

/// When a statement of this account is loaded that is loaded now: later than every one before it, whichever process loaded that, and nobody
/// else loads one until the transaction ends. So the order in which they are compared is the order in which they were there.
pub async fn take_turn(
    conn: &mut AsyncPgConnection,
    (source, account): (Source, &str),
    now: DateTime<Utc>,
) -> Result<DateTime<Utc>, pg::Error> {
    let lock = sql_query("select pg_advisory_xact_lock(hashtextextended('statements ' || $1 || ' ' || $2, 0))");
    lock.bind::<Text, _>(source.as_str()).bind::<Text, _>(account).execute(conn).await?;
    let before = statements::table.filter(statements::source.eq(source).and(statements::account.eq(account)));
    let last: Option<DateTime<Utc>> = before.select(max(statements::loaded_at)).first(conn).await?;
    Ok(last.map_or(now, |last| now.max(last + TimeDelta::microseconds(1))))
}

/// Keeps a new statement; `false` when the agency has loaded this file before.
pub async fn insert(conn: &mut AsyncPgConnection, statement: &Loaded) -> Result<bool, pg::Error> {
    let insert = diesel::insert_into(statements::table).values(statement).on_conflict_do_nothing();
    Ok(insert.execute(conn).await? == 1)
}

/// The statement, if there is one.
pub async fn find(conn: &mut AsyncPgConnection, id: Uuid) -> Result<Option<Loaded>, pg::Error> {
    Ok(statements::table.find(id).select(Loaded::as_select()).first(conn).await.optional()?)
}

/// The one that an agency loaded from this file.
pub async fn find_file(
    conn: &mut AsyncPgConnection,
    agency: &AgencyCode,
    source: Source,
    sha256: &[u8],
) -> Result<Option<Loaded>, pg::Error> {
    let same = statements::agency.eq(agency).and(statements::source.eq(source)).and(statements::sha256.eq(sha256));
    Ok(statements::table.filter(same).select(Loaded::as_select()).first(conn).await.optional()?)
}

/// Statements of an agency, the newest first, those before one.
pub async fn of_agency(
    conn: &mut AsyncPgConnection,
    agency: &AgencyCode,
    before: Option<(DateTime<Utc>, Uuid)>,
    limit: i64,
) -> Result<Vec<Loaded>, pg::Error> {
    let mut loaded = statements::table
        .filter(statements::agency.eq(agency))
        .order((statements::loaded_at.desc(), statements::id.desc()))
        .limit(limit)
        .select(Loaded::as_select())
        .into_boxed();
    if let Some((at, id)) = before {
        loaded =
            loaded.filter(statements::loaded_at.lt(at).or(statements::loaded_at.eq(at).and(statements::id.lt(id))));
    }
    Ok(loaded.load(conn).await?)
}

/// Notes how many of its lines no statement had before.
pub async fn note_lines(conn: &mut AsyncPgConnection, id: Uuid, new_lines: i32) -> Result<(), pg::Error> {
    diesel::update(statements::table.find(id)).set(statements::new_lines.eq(new_lines)).execute(conn).await?;
    Ok(())
}

/// How many lines of each of these statements are still to be compared.
pub async fn left(conn: &mut AsyncPgConnection, ids: &[Uuid]) -> Result<Vec<(Uuid, i64)>, pg::Error> {
    use statement_lines as table;
    let new = table::table.filter(table::statement_id.eq_any(ids).and(table::outcome.eq("NEW")));
    let counted = new.group_by(table::statement_id).select((table::statement_id, diesel::dsl::count_star()));
    Ok(counted.load(conn).await?)
}

/// Notes that all of it is compared; `false` when that was known.
pub async fn end(conn: &mut AsyncPgConnection, id: Uuid, now: DateTime<Utc>) -> Result<bool, pg::Error> {
    let open = statements::table.find(id).filter(statements::state.eq(StatementState::Comparing));
    let ended = (statements::state.eq(StatementState::Compared), statements::compared_at.eq(now));
    Ok(diesel::update(open).set(ended).execute(conn).await? == 1)
}

/// Whether an earlier statement of this account is still compared: they take turns, as lines of the one may stand for the
/// other's.
pub async fn is_another_compared(conn: &mut AsyncPgConnection, statement: &Loaded) -> Result<bool, pg::Error> {
    let same = statements::source.eq(statement.source).and(statements::account.eq(&statement.account));
    let at_once = statements::loaded_at.eq(statement.loaded_at).and(statements::id.lt(statement.id));
    let earlier = statements::loaded_at.lt(statement.loaded_at).or(at_once);
    let open = statements::state.eq(StatementState::Comparing);
    Ok(select(exists(statements::table.filter(same.and(earlier).and(open)))).get_result(conn).await?)
}
