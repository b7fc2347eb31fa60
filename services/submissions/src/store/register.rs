//! The register of an agency: its dossiers by their codes, which are counted without a gap for each day of filing, and how they came and
//! their results went.

use std::ops::Range;

use chrono::{DateTime, NaiveDate, Utc};
use civic::{AgencyCode, DossierStatus, FilingChannel};
use diesel::{
    dsl::{AssumeNotNull, count_star},
    prelude::*,
    sql_query,
    sql_types::{BigInt, Bool, Text, Timestamptz},
};
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use uuid::Uuid;

use crate::{
    domain::actions::return_result::ReturnWay,
    schema::{code_counters, documents, dossiers, returns},
};

/// A dossier as the register has it.
#[derive(Queryable, Selectable)]
#[diesel(table_name = dossiers)]
pub struct RegisterEntry {
    /// Its id.
    pub id: Uuid,
    /// Its code.
    #[diesel(select_expression = dossiers::code.assume_not_null(), select_expression_type = AssumeNotNull<dossiers::code>)]
    pub code: String,
    /// The version of the procedure that it is pinned to.
    pub procedure_version: Uuid,
    /// Whose it is, by name.
    pub applicant_name: String,
    /// What was answered.
    pub answers: String,
    /// By which door it came.
    pub channel: FilingChannel,
    /// Where it stands.
    pub status: String,
    /// When it was received.
    pub received_at: Option<DateTime<Utc>>,
    /// When its result is due.
    pub due_at: Option<DateTime<Utc>>,
}

/// When and how a result was handed over.
pub type Return = (DateTime<Utc>, ReturnWay);

/// How many dossiers were filed at an agency on each day from `from` to `until`, in order; days without any are left out.
pub async fn days(
    conn: &mut AsyncPgConnection,
    agency: &AgencyCode,
    from: NaiveDate,
    until: NaiveDate,
) -> QueryResult<Vec<(NaiveDate, i32)>> {
    let own = code_counters::table.filter(code_counters::agency.eq(agency.as_str()));
    let days = own.filter(code_counters::day.between(from, until)).order(code_counters::day);
    days.select((code_counters::day, code_counters::last)).load(conn).await
}

/// What was filed at an agency in a period. Nothing is due before it is filed: so the index of the agency's work bounds the days of filing.
const FILED: &str =
    "d.agency = $1 and d.status <> 'DRAFT' and d.due_at >= $2 and d.submitted_at >= $2 and d.submitted_at < $3";

/// How many of the dossiers filed at an agency in a period came by each door, with an official's help or without.
pub async fn by_door(
    conn: &mut AsyncPgConnection,
    agency: &AgencyCode,
    period: &Range<DateTime<Utc>>,
) -> QueryResult<Vec<(FilingChannel, bool, i64)>> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = Text)]
        channel: FilingChannel,
        #[diesel(sql_type = Bool)]
        helped: bool,
        #[diesel(sql_type = BigInt)]
        dossiers: i64,
    }
    let sql =
        format!("select channel, helped, count(*) as dossiers from dossiers d where {FILED} group by channel, helped");
    let asked = sql_query(sql).bind::<Text, _>(agency.as_str());
    let asked = asked.bind::<Timestamptz, _>(period.start).bind::<Timestamptz, _>(period.end);
    let rows: Vec<Row> = asked.load(conn).await?;
    Ok(rows.into_iter().map(|row| (row.channel, row.helped, row.dossiers)).collect())
}

/// How many of their results were handed over each way.
pub async fn by_return(
    conn: &mut AsyncPgConnection,
    agency: &AgencyCode,
    period: &Range<DateTime<Utc>>,
) -> QueryResult<Vec<(ReturnWay, i64)>> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = Text)]
        way: ReturnWay,
        #[diesel(sql_type = BigInt)]
        dossiers: i64,
    }
    let sql = format!(
        "select r.way, count(*) as dossiers from dossiers d join returns r on r.dossier = d.id where {FILED} group by r.way"
    );
    let asked = sql_query(sql).bind::<Text, _>(agency.as_str());
    let asked = asked.bind::<Timestamptz, _>(period.start).bind::<Timestamptz, _>(period.end);
    let rows: Vec<Row> = asked.load(conn).await?;
    Ok(rows.into_iter().map(|row| (row.way, row.dossiers)).collect())
}

/// The dossiers of an agency with these codes, each with how its result was handed over, if it was.
pub async fn entries(
    conn: &mut AsyncPgConnection,
    agency: &AgencyCode,
    codes: &[String],
) -> QueryResult<Vec<(RegisterEntry, Option<Return>)>> {
    let returned = (returns::returned_at, returns::way).nullable();
    let filed = dossiers::agency.eq(agency.as_str()).and(dossiers::status.ne(DossierStatus::Draft.as_str()));
    dossiers::table
        .left_join(returns::table.on(returns::dossier.eq(dossiers::id)))
        .filter(dossiers::code.eq_any(codes).and(filed))
        .select((RegisterEntry::as_select(), returned))
        .load(conn)
        .await
}

/// How many files of each paper were handed in with these dossiers: dossier, paper, files.
pub async fn papers(conn: &mut AsyncPgConnection, dossiers: &[Uuid]) -> QueryResult<Vec<(Uuid, String, i64)>> {
    let handed_in = documents::table.filter(documents::dossier.eq_any(dossiers).and(documents::request.is_null()));
    let by_paper = handed_in.group_by((documents::dossier, documents::component));
    by_paper.select((documents::dossier, documents::component, count_star())).load(conn).await
}
