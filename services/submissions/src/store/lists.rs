//! Dossiers in lists: a party's own, and an agency's work.

use chrono::{DateTime, Utc};
use civic::{AgencyCode, DossierCode, DossierStatus, OfficialRole, Party, Phone, ProcedureCode};
use diesel::{
    dsl::exists,
    prelude::*,
    sql_query,
    sql_types::{Array, BigInt, Nullable, Text, Timestamptz, Uuid as SqlUuid},
};
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use uuid::Uuid;

use super::hands::Hands;
use crate::{
    domain::request::RequestKind,
    schema::{agencies, dossier_history, dossiers, procedure_versions, requests},
};

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
    /// The stage it is in, by code.
    pub stage: Option<String>,
    /// Whose part that is.
    pub stage_role: Option<OfficialRole>,
    /// Who has it.
    pub holder: Option<Uuid>,
    /// By when the stage is due.
    pub stage_due_at: Option<DateTime<Utc>>,
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

/// A party's dossiers, newest first, after `after`; of those that went a step since a moment, or whose applicant was asked or told something
/// then, when one is given.
pub async fn of_party(
    conn: &mut AsyncPgConnection,
    party: Party,
    status: Option<DossierStatus>,
    changed_since: Option<DateTime<Utc>>,
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
    if let Some(since) = changed_since {
        let own = dossier_history::table.filter(dossier_history::dossier.eq(dossiers::id));
        let asked = requests::table.filter(requests::dossier.eq(dossiers::id)).filter(requests::asked_at.ge(since));
        let asked = asked.filter(requests::kind.ne(RequestKind::Consultation));
        rows = rows.filter(exists(own.filter(dossier_history::at.ge(since))).or(exists(asked)));
    }
    if let Some((at, id)) = after {
        let same_moment = dossiers::created_at.eq(at).and(dossiers::id.lt(id));
        rows = rows.filter(dossiers::created_at.le(at).and(dossiers::created_at.lt(at).or(same_moment)));
    }
    rows.load(conn).await
}

/// What the counter of `centre` took in for other agencies, newest first, after `after`; only the one with a code, when one is given.
pub async fn taken_in(
    conn: &mut AsyncPgConnection,
    centre: &AgencyCode,
    code: Option<&DossierCode>,
    after: Option<SortKey>,
    limit: i64,
) -> QueryResult<Vec<Entry>> {
    let mut rows = dossiers::table
        .inner_join(procedure_versions::table)
        .inner_join(agencies::table)
        .filter(dossiers::taken_at.eq(centre.as_str()).and(dossiers::submitted_at.is_not_null()))
        .select((ListRow::as_select(), ListedProcedure::as_select(), ListedAgency::as_select()))
        .order((dossiers::submitted_at.desc(), dossiers::id.desc()))
        .limit(limit)
        .into_boxed();
    if let Some(code) = code {
        rows = rows.filter(dossiers::code.eq(code.as_str()));
    }
    if let Some((at, id)) = after {
        let same_moment = dossiers::submitted_at.eq(at).and(dossiers::id.lt(id));
        rows = rows.filter(dossiers::submitted_at.le(at).and(dossiers::submitted_at.lt(at).or(same_moment)));
    }
    rows.load(conn).await
}

/// Which of an agency's dossiers.
#[derive(Clone, Debug, Default)]
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
    /// Or of applicants with this phone.
    pub phone: Option<Phone>,
    /// Whose last step was that the applicant sent in papers.
    pub supplemented: bool,
    /// In whose hands.
    pub hands: Hands,
    /// At a stage of this role.
    pub stage_role: Option<OfficialRole>,
}

/// What a selection leaves, in the dossier `d`, after `after`. Nothing is due before it is filed: so the index bounds days of filing too.
const SELECTED: &str = "d.status <> 'DRAFT'
    and d.due_at >= greatest($3, $6, '-infinity') and d.due_at < coalesce($4, 'infinity')
    and ($4 is null or d.completed_at is null)
    and ($5 is null or d.procedure_version in (select id from procedure_versions where procedure = $5))
    and d.submitted_at >= coalesce($6, '-infinity') and d.submitted_at < coalesce($7, 'infinity')
    and (d.due_at, d.id) > (coalesce($8, '-infinity'), coalesce($9, '00000000-0000-0000-0000-000000000000'))";

/// At a stage of the role that is asked for; and the binds that not every question has are bound.
const OF_ROLE: &str =
    "($14::text is null or d.stage_role = $14) and $12::uuid[] is not null and $13::text[] is not null";

/// That a dossier's last step was that its applicant sent in papers. A scalar, so that it is looked up for each dossier that the rest
/// leaves, and no plan reads the whole history.
const SUPPLEMENTED: &str = " and (select h.from_status from dossier_history h where h.dossier = d.id
        order by h.seq desc limit 1) = 'SUPPLEMENT_REQUESTED'";

/// An agency's dossiers of a selection, the earliest due first, after `after`.
pub async fn of_agency(
    conn: &mut AsyncPgConnection,
    agency: &AgencyCode,
    selection: &Selection,
    after: Option<SortKey>,
    limit: i64,
) -> QueryResult<Vec<Entry>> {
    let found = find(conn, agency, selection, after, limit).await?;
    let rows = dossiers::table.inner_join(procedure_versions::table).inner_join(agencies::table);
    rows.filter(dossiers::id.eq_any(found))
        .select((ListRow::as_select(), ListedProcedure::as_select(), ListedAgency::as_select()))
        .order((dossiers::due_at, dossiers::id))
        .load(conn)
        .await
}

/// How many of an agency's dossiers a selection has, up to `limit`.
pub async fn count(
    conn: &mut AsyncPgConnection,
    agency: &AgencyCode,
    selection: &Selection,
    limit: i64,
) -> QueryResult<i64> {
    let found = find(conn, agency, selection, None, limit).await?;
    Ok(i64::try_from(found.len()).unwrap_or(limit))
}

/// The ids of a selection, in the order in which they are due.
async fn find(
    conn: &mut AsyncPgConnection,
    agency: &AgencyCode,
    selection: &Selection,
    after: Option<SortKey>,
    limit: i64,
) -> QueryResult<Vec<Uuid>> {
    #[derive(QueryableByName)]
    struct Found {
        #[diesel(sql_type = SqlUuid)]
        id: Uuid,
    }
    let supplemented = if selection.supplemented { SUPPLEMENTED } else { "" };
    let (hands, filter) = (&selection.hands, selection.hands.filter());
    let select = match selection.question {
        // What has the words is found first: it is little, and read by their index.
        Some(_) => format!(
            "with found as materialized (
                select dossier from dossier_words
                where array_to_tsvector(string_to_array(words, ' ')) @@ $11::tsquery
                union
                select id from contact_phones join dossiers using (party_kind, party_id)
                where phone = $15 and agency = $1)
            select d.id from found, lateral (
                select d.id, d.due_at from dossiers d
                where d.id = found.dossier and d.agency = $1 and d.status = any($2) and {SELECTED} and ({filter})
                    and {OF_ROLE}{supplemented}
                offset 0 -- each is looked up: no plan reads the agency's whole list to join it
            ) d
            order by d.due_at, d.id
            limit $10"
        ),
        // One stretch of an index each, merged: what is in other statuses or hands is never touched.
        None => format!(
            "select found.id
            from ({}) found
            where $11::text is null and $15::text is null -- no words are asked for
            order by found.due_at, found.id
            limit $10",
            hands.stretches(&format!("{SELECTED} and {OF_ROLE}{supplemented}"), "order by d.due_at, d.id limit $10")
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
    let select = select.bind::<Array<SqlUuid>, _>(hands.officials()).bind::<Array<Text>, _>(hands.roles());
    let select = select.bind::<Nullable<Text>, _>(selection.stage_role.map(OfficialRole::as_str));
    let select = select.bind::<Nullable<Text>, _>(selection.phone.as_ref().map(Phone::as_str));
    let found: Vec<Found> = select.load(conn).await?;
    Ok(found.into_iter().map(|found| found.id).collect())
}
