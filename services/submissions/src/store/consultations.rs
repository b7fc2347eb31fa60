//! What an agency is asked by others.

use chrono::{DateTime, Utc};
use civic::AgencyCode;
use diesel::{
    prelude::*,
    sql_query,
    sql_types::{BigInt, Integer, Nullable, Text, Timestamptz, Uuid as SqlUuid},
};
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use uuid::Uuid;

use super::lists::SortKey;

/// A question in an agency's list.
#[derive(QueryableByName)]
pub struct Asked {
    /// The dossier.
    #[diesel(sql_type = SqlUuid)]
    pub dossier: Uuid,
    /// Its number.
    #[diesel(sql_type = Integer)]
    pub number: i32,
    /// The dossier's code.
    #[diesel(sql_type = Text)]
    pub code: String,
    /// The procedure's code.
    #[diesel(sql_type = Text)]
    pub procedure: String,
    /// The version that the dossier is pinned to.
    #[diesel(sql_type = Integer)]
    pub version: i32,
    /// The procedure's Vietnamese name.
    #[diesel(sql_type = Text)]
    pub procedure_vi: String,
    /// Its English name.
    #[diesel(sql_type = Text)]
    pub procedure_en: String,
    /// The agency that asks.
    #[diesel(sql_type = Text)]
    pub agency: String,
    /// Its Vietnamese name.
    #[diesel(sql_type = Text)]
    pub agency_vi: String,
    /// Its English name.
    #[diesel(sql_type = Text)]
    pub agency_en: String,
    /// When it was asked.
    #[diesel(sql_type = Timestamptz)]
    pub asked_at: DateTime<Utc>,
    /// Until when an answer is waited for.
    #[diesel(sql_type = Timestamptz)]
    pub answer_by: DateTime<Utc>,
}

/// What `agency` is asked and has not answered, what is to be answered first first, after `after`. About a dossier it is one question.
pub async fn open_at(
    conn: &mut AsyncPgConnection,
    agency: &AgencyCode,
    after: Option<SortKey>,
    limit: i64,
) -> QueryResult<Vec<Asked>> {
    let select = sql_query(
        "select r.dossier, r.seq as number, d.code, v.procedure, v.version, v.name_vi as procedure_vi,
            v.name_en as procedure_en, d.agency, a.name_vi as agency_vi, a.name_en as agency_en, r.asked_at, r.answer_by
        from requests r
        join dossiers d on d.id = r.dossier
        join procedure_versions v on v.id = d.procedure_version
        join agencies a on a.code = d.agency
        where r.asked_of = $1 and r.state = 'OPEN'
            and (r.answer_by, r.dossier) > (coalesce($2, '-infinity'), coalesce($3, '00000000-0000-0000-0000-000000000000'))
        order by r.answer_by, r.dossier
        limit $4",
    );
    let select = select.bind::<Text, _>(agency.as_str()).bind::<Nullable<Timestamptz>, _>(after.map(|(at, _)| at));
    select.bind::<Nullable<SqlUuid>, _>(after.map(|(_, id)| id)).bind::<BigInt, _>(limit).load(conn).await
}
