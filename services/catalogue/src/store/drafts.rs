//! Versions on their way to being published, a row a draft.

use chrono::{DateTime, NaiveDate, Utc};
use civic::ProcedureCode;
use diesel::{prelude::*, result::Error};
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use procedure::Procedure;
use serde_json::Value;
use uuid::Uuid;

use crate::{domain::draft::DraftState, schema::procedure_drafts};

/// One draft.
#[derive(Clone, Debug, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = procedure_drafts, check_for_backend(diesel::pg::Pg))]
#[diesel(treat_none_as_null = true)]
pub struct Draft {
    pub id: Uuid,
    pub procedure: ProcedureCode,
    pub state: DraftState,
    /// All that the version says.
    pub content: Value,
    /// Everybody who wrote a part of it.
    pub writers: Vec<Uuid>,
    pub created_at: DateTime<Utc>,
    pub written_by: String,
    pub written_at: DateTime<Utc>,
    pub submitted_by: Option<String>,
    pub submitted_at: Option<DateTime<Utc>>,
    pub sent_back_by: Option<String>,
    pub sent_back_at: Option<DateTime<Utc>>,
    pub sent_back_reason: Option<String>,
    pub approver_id: Option<Uuid>,
    pub approved_by: Option<String>,
    pub approved_at: Option<DateTime<Utc>>,
    pub published_by: Option<String>,
    pub published_at: Option<DateTime<Utc>>,
    /// The decision by which it is announced.
    pub decision: Option<String>,
    pub in_force_from: Option<NaiveDate>,
    /// Its number, once it is in force.
    pub published_version: Option<i32>,
    /// Counts its changes, from 1.
    pub version: i32,
}

impl Draft {
    /// What it says, read.
    ///
    /// # Errors
    /// When it cannot be: what is kept is damaged.
    pub fn said(&self) -> QueryResult<Procedure> {
        serde_json::from_value(self.content.clone()).map_err(|why| Error::DeserializationError(why.into()))
    }
}

/// Keeps a new draft; nothing when another version of the procedure is being written.
pub async fn insert(conn: &mut AsyncPgConnection, draft: &Draft) -> QueryResult<bool> {
    let inserted = diesel::insert_into(procedure_drafts::table).values(draft).on_conflict_do_nothing();
    Ok(inserted.execute(conn).await? == 1)
}

/// The draft, if there is one.
pub async fn find(conn: &mut AsyncPgConnection, id: Uuid) -> QueryResult<Option<Draft>> {
    procedure_drafts::table.find(id).select(Draft::as_select()).first(conn).await.optional()
}

/// The draft, if there is one; nobody else changes it until the end of the transaction.
pub async fn lock(conn: &mut AsyncPgConnection, id: Uuid) -> QueryResult<Option<Draft>> {
    procedure_drafts::table.find(id).select(Draft::as_select()).for_update().first(conn).await.optional()
}

/// The versions of these procedures that are being written; nobody else changes them until the end of the transaction. Locked in one order
/// for everybody, so that no two wait for one another.
pub async fn lock_open(conn: &mut AsyncPgConnection, codes: &[&str]) -> QueryResult<Vec<Draft>> {
    let open = procedure_drafts::table
        .filter(procedure_drafts::procedure.eq_any(codes))
        .filter(procedure_drafts::state.ne(DraftState::Published))
        .order(procedure_drafts::id);
    open.select(Draft::as_select()).for_update().load(conn).await
}

/// Writes a draft that is held as it is now, one change later; gives it so.
pub async fn save(conn: &mut AsyncPgConnection, draft: Draft) -> QueryResult<Draft> {
    let draft = Draft { version: draft.version + 1, ..draft };
    diesel::update(procedure_drafts::table.find(draft.id)).set(&draft).execute(conn).await?;
    Ok(draft)
}

/// Whether another version of the procedure is being written than this one.
pub async fn is_another_open(conn: &mut AsyncPgConnection, draft: &Draft) -> QueryResult<bool> {
    let open = procedure_drafts::table
        .filter(procedure_drafts::procedure.eq(draft.procedure.as_str()))
        .filter(procedure_drafts::state.ne(DraftState::Published))
        .filter(procedure_drafts::id.ne(draft.id));
    diesel::select(diesel::dsl::exists(open)).get_result(conn).await
}

/// Removes a draft, for good.
pub async fn remove(conn: &mut AsyncPgConnection, id: Uuid) -> QueryResult<()> {
    diesel::delete(procedure_drafts::table.find(id)).execute(conn).await?;
    Ok(())
}

/// Drafts, those written last first, those before one.
pub async fn list(
    conn: &mut AsyncPgConnection,
    states: &[DraftState],
    before: Option<(DateTime<Utc>, Uuid)>,
    limit: i64,
) -> QueryResult<Vec<Draft>> {
    let mut rows = procedure_drafts::table
        .filter(procedure_drafts::state.eq_any(states.to_vec()))
        .order((procedure_drafts::written_at.desc(), procedure_drafts::id.desc()))
        .limit(limit)
        .select(Draft::as_select())
        .into_boxed();
    if let Some((at, id)) = before {
        let written = procedure_drafts::written_at;
        rows = rows.filter(written.lt(at).or(written.eq(at).and(procedure_drafts::id.lt(id))));
    }
    rows.load(conn).await
}

/// What waits for its day, and that day has come, the earlier first.
pub async fn due(conn: &mut AsyncPgConnection, today: NaiveDate) -> QueryResult<Vec<Uuid>> {
    procedure_drafts::table
        .filter(procedure_drafts::state.eq(DraftState::Published))
        .filter(procedure_drafts::published_version.is_null())
        .filter(procedure_drafts::in_force_from.le(today))
        .order((procedure_drafts::in_force_from, procedure_drafts::published_at, procedure_drafts::id))
        .select(procedure_drafts::id)
        .load(conn)
        .await
}
