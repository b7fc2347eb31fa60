//! What agencies write often.

use chrono::{DateTime, Utc};
use civic::AgencyCode;
use diesel::prelude::*;
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use uuid::Uuid;

use crate::{domain::phrase::PhraseAction, schema::phrases};

/// A phrase.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = phrases)]
pub struct Phrase {
    /// Its id.
    pub id: Uuid,
    /// Whose it is.
    pub agency: AgencyCode,
    /// With which action it is written.
    pub action: PhraseAction,
    /// What.
    pub text: String,
    /// Who added it.
    pub added_by: Uuid,
    /// When.
    pub added_at: DateTime<Utc>,
}

/// Adds one, unless the agency has the same for the same action; gives the one that is there then.
pub async fn insert(conn: &mut AsyncPgConnection, phrase: &Phrase) -> QueryResult<Phrase> {
    diesel::insert_into(phrases::table).values(phrase).on_conflict_do_nothing().execute(conn).await?;
    let same = phrases::table.filter(phrases::agency.eq(&phrase.agency));
    let same = same.filter(phrases::action.eq(phrase.action)).filter(phrases::text.eq(&phrase.text));
    same.select(Phrase::as_select()).first(conn).await
}

/// How many an agency has.
pub async fn count(conn: &mut AsyncPgConnection, agency: &AgencyCode) -> QueryResult<i64> {
    phrases::table.filter(phrases::agency.eq(agency)).count().get_result(conn).await
}

/// Those of an agency, by action, in the order in which they were added.
pub async fn of_agency(conn: &mut AsyncPgConnection, agency: &AgencyCode) -> QueryResult<Vec<Phrase>> {
    let own = phrases::table.filter(phrases::agency.eq(agency)).order((phrases::action, phrases::id));
    own.select(Phrase::as_select()).load(conn).await
}

/// Removes one of an agency; whether it was there.
pub async fn remove(conn: &mut AsyncPgConnection, agency: &AgencyCode, id: Uuid) -> QueryResult<bool> {
    let own = phrases::table.find(id).filter(phrases::agency.eq(agency));
    Ok(diesel::delete(own).execute(conn).await? == 1)
}
