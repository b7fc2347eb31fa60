//! Dossiers in lists: a party's own, and an agency's work.

use chrono::{DateTime, Utc};
use civic::{AgencyCode, DossierStatus, Party};
use diesel::{
    dsl::sql,
    prelude::*,
    sql_query,
    sql_types::{Array, BigInt, Bool, Nullable, Text, Timestamptz, Uuid as SqlUuid},
};
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use uuid::Uuid;

use crate::schema::{agencies, dossiers, procedure_versions};

/// As the indexes of an agency's dossiers say it. With a bind in place of the word, a plan that is made once for all binds
/// could not use them and would read the whole table.
const FILED: &str = "dossiers.status <> 'DRAFT'";

/// What a list goes on after: the moment it is ordered by, and the dossier.
pub type SortKey = (DateTime<Utc>, Uuid);

/// A dossier as a list shows it.
#[derive(Queryable, Selectable)]
#[diesel(table_name = dossiers)]
pub struct ListRow {
    /// Its id.
    pub id: Uuid,
    /// Its code; none yet for a draft.
    pub code: Option<String>,
    /// Its status.
    pub status: String,
    /// Whose it is, by name.
    pub applicant_name: String,
    /// The agency's code.
    pub agency: String,
    /// When the draft was begun.
    pub created_at: DateTime<Utc>,
    /// When it was filed.
    pub submitted_at: Option<DateTime<Utc>>,
    /// When it was received.
    pub received_at: Option<DateTime<Utc>>,
    /// When its result is due.
    pub due_at: Option<DateTime<Utc>>,
    /// When its result was ready.
    pub completed_at: Option<DateTime<Utc>>,
}

/// The procedure of a dossier in a list.
#[derive(Queryable, Selectable)]
#[diesel(table_name = procedure_versions)]
pub struct ListedProcedure {
    /// Its code.
    pub procedure: String,
    /// The version that the dossier is pinned to.
    pub version: i32,
    /// Its Vietnamese name.
    pub name_vi: String,
    /// Its English name.
    pub name_en: String,
}

/// The agency of a dossier in a list.
#[derive(Queryable, Selectable)]
#[diesel(table_name = agencies)]
pub struct ListedAgency {
    /// Its Vietnamese name.
    pub name_vi: String,
    /// Its English name.
    pub name_en: String,
}

/// A dossier in a list, with its procedure and its agency.
pub type Entry = (ListRow, ListedProcedure, ListedAgency);

/// A party's dossiers, newest first, after `after`.
pub async fn of_party(
    conn: &mut AsyncPgConnection,
    party: Party,
    status: Option<DossierStatus>,
    after: Option<SortKey>,
    limit: i64,
) -> QueryResult<Vec<Entry>> {
    let mut rows = dossiers::table
        .inner_join(procedure_versions::table)
        .inner_join(agencies::table)
        .filter(dossiers::party_id.eq(party.id).and(dossiers::party_kind.eq(party.kind.as_str())))
        .select((ListRow::as_select(), ListedProcedure::as_select(), ListedAgency::as_select()))
        .order((dossiers::created_at.desc(), dossiers::id.desc()))
        .limit(limit)
        .into_boxed();
    if let Some(status) = status {
        rows = rows.filter(dossiers::status.eq(status.as_str()));
    }
    if let Some((at, id)) = after {
        let same_moment = dossiers::created_at.eq(at).and(dossiers::id.lt(id));
        rows = rows.filter(dossiers::created_at.le(at).and(dossiers::created_at.lt(at).or(same_moment)));
    }
    rows.load(conn).await
}

/// An agency's filed dossiers, the earliest due first, after `after`.
pub async fn of_agency(
    conn: &mut AsyncPgConnection,
    agency: &AgencyCode,
    status: Option<DossierStatus>,
    after: Option<SortKey>,
    limit: i64,
) -> QueryResult<Vec<Entry>> {
    let mut rows = dossiers::table
        .inner_join(procedure_versions::table)
        .inner_join(agencies::table)
        .filter(dossiers::agency.eq(agency.as_str()).and(sql::<Bool>(FILED)))
        .select((ListRow::as_select(), ListedProcedure::as_select(), ListedAgency::as_select()))
        .order((dossiers::due_at, dossiers::id))
        .limit(limit)
        .into_boxed();
    if let Some(status) = status {
        rows = rows.filter(dossiers::status.eq(status.as_str()));
    }
    if let Some((at, id)) = after {
        let same_moment = dossiers::due_at.assume_not_null().eq(at).and(dossiers::id.gt(id));
        let later = dossiers::due_at.assume_not_null().gt(at).or(same_moment);
        rows = rows.filter(dossiers::due_at.assume_not_null().ge(at).and(later));
    }
    rows.load(conn).await
}

/// Which of an agency's dossiers.
#[derive(Clone, Debug)]
pub struct Selection {
    /// In one of these statuses, which are filed ones.
    pub statuses: Vec<DossierStatus>,
    /// Due from then on.
    pub from: Option<DateTime<Utc>>,
    /// Due before then.
    pub before: Option<DateTime<Utc>>,
}

/// A part of an agency's work, the earliest due first, after `after`.
pub async fn of_agency_selected(
    conn: &mut AsyncPgConnection,
    agency: &AgencyCode,
    selection: &Selection,
    after: Option<SortKey>,
    limit: i64,
) -> QueryResult<Vec<Entry>> {
    #[derive(QueryableByName)]
    struct Found {
        #[diesel(sql_type = SqlUuid)]
        id: Uuid,
    }
    // One stretch of the index a status, merged: whatever is finished is never touched.
    let select = sql_query(
        "select found.id
        from unnest($2) as open (status), lateral (
            select d.id, d.due_at from dossiers d
            where d.agency = $1 and d.status = open.status and d.status <> 'DRAFT'
                and d.due_at >= coalesce($3, '-infinity') and d.due_at < coalesce($4, 'infinity')
                and (d.due_at, d.id) > (coalesce($5, '-infinity'), coalesce($6, '00000000-0000-0000-0000-000000000000'))
            order by d.due_at, d.id
            limit $7
        ) found
        order by found.due_at, found.id
        limit $7",
    );
    let statuses: Vec<_> = selection.statuses.iter().map(|status| status.as_str()).collect();
    let select = select.bind::<Text, _>(agency.as_str()).bind::<Array<Text>, _>(statuses);
    let select = select.bind::<Nullable<Timestamptz>, _>(selection.from);
    let select = select.bind::<Nullable<Timestamptz>, _>(selection.before);
    let select = select.bind::<Nullable<Timestamptz>, _>(after.map(|(at, _)| at));
    let select = select.bind::<Nullable<SqlUuid>, _>(after.map(|(_, id)| id)).bind::<BigInt, _>(limit);
    let found: Vec<Found> = select.load(conn).await?;
    let rows = dossiers::table.inner_join(procedure_versions::table).inner_join(agencies::table);
    rows.filter(dossiers::id.eq_any(found.into_iter().map(|found| found.id)))
        .select((ListRow::as_select(), ListedProcedure::as_select(), ListedAgency::as_select()))
        .order((dossiers::due_at, dossiers::id))
        .load(conn)
        .await
}
