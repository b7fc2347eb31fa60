//! Dossiers in lists: a party's own, and an agency's work.

use chrono::{DateTime, Utc};
use civic::{AgencyCode, DossierStatus, Party, ProcedureCode};
use diesel::{
    prelude::*,
    sql_query,
    sql_types::{Array, BigInt, Nullable, Text, Timestamptz, Uuid as SqlUuid},
};
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use uuid::Uuid;

use crate::schema::{agencies, dossiers, procedure_versions};

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

/// Which of an agency's dossiers.
#[derive(Clone, Debug)]
pub struct Selection {
    /// In one of these statuses, which are filed ones.
    pub statuses: Vec<DossierStatus>,
    /// Due from then on.
    pub due_from: Option<DateTime<Utc>>,
    /// Due before then.
    pub due_before: Option<DateTime<Utc>>,
    /// Of this procedure.
    pub procedure: Option<ProcedureCode>,
    /// Filed from then on.
    pub filed_from: Option<DateTime<Utc>>,
    /// Filed before then.
    pub filed_before: Option<DateTime<Utc>>,
    /// With the words that this `tsquery` asks for.
    pub question: Option<String>,
}

/// What a selection leaves, in the dossier `d`, after `after`.
const SELECTED: &str = "d.status <> 'DRAFT'
    and d.due_at >= coalesce($3, '-infinity') and d.due_at < coalesce($4, 'infinity')
    and ($4 is null or d.completed_at is null)
    and ($5 is null or d.procedure_version in (select id from procedure_versions where procedure = $5))
    and d.submitted_at >= coalesce($6, '-infinity') and d.submitted_at < coalesce($7, 'infinity')
    and (d.due_at, d.id) > (coalesce($8, '-infinity'), coalesce($9, '00000000-0000-0000-0000-000000000000'))";

/// An agency's dossiers of a selection, the earliest due first, after `after`.
pub async fn of_agency(
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
    let select = match selection.question {
        // What has the words is found first: it is little, and read by their index.
        Some(_) => format!(
            "with found as materialized (
                select dossier from dossier_words
                where array_to_tsvector(string_to_array(words, ' ')) @@ $11::tsquery)
            select d.id from found join dossiers d on d.id = found.dossier
            where d.agency = $1 and d.status = any($2) and {SELECTED}
            order by d.due_at, d.id
            limit $10"
        ),
        // One stretch of the index a status, merged: other statuses are never touched.
        None => format!(
            "select found.id
            from unnest($2) as open (status), lateral (
                select d.id, d.due_at from dossiers d
                where d.agency = $1 and d.status = open.status and {SELECTED}
                order by d.due_at, d.id
                limit $10
            ) found
            where $11::text is null -- no words are asked for
            order by found.due_at, found.id
            limit $10"
        ),
    };
    let statuses: Vec<_> = selection.statuses.iter().map(|status| status.as_str()).collect();
    let select = sql_query(select).bind::<Text, _>(agency.as_str()).bind::<Array<Text>, _>(statuses);
    let select = select.bind::<Nullable<Timestamptz>, _>(selection.due_from);
    let select = select.bind::<Nullable<Timestamptz>, _>(selection.due_before);
    let select = select.bind::<Nullable<Text>, _>(selection.procedure.as_ref().map(ProcedureCode::as_str));
    let select = select.bind::<Nullable<Timestamptz>, _>(selection.filed_from);
    let select = select.bind::<Nullable<Timestamptz>, _>(selection.filed_before);
    let select = select.bind::<Nullable<Timestamptz>, _>(after.map(|(at, _)| at));
    let select = select.bind::<Nullable<SqlUuid>, _>(after.map(|(_, id)| id)).bind::<BigInt, _>(limit);
    let select = select.bind::<Nullable<Text>, _>(selection.question.as_deref());
    let found: Vec<Found> = select.load(conn).await?;
    let rows = dossiers::table.inner_join(procedure_versions::table).inner_join(agencies::table);
    rows.filter(dossiers::id.eq_any(found.into_iter().map(|found| found.id)))
        .select((ListRow::as_select(), ListedProcedure::as_select(), ListedAgency::as_select()))
        .order((dossiers::due_at, dossiers::id))
        .load(conn)
        .await
}
