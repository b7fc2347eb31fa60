//! How much work an agency has. The numbers by status are kept by triggers on `dossiers` (migration 0002), whoever changes
//! them.

use civic::{AgencyCode, DossierStatus};
use diesel::{
    prelude::*,
    sql_query,
    sql_types::{BigInt, Text},
};
use diesel_async::{AsyncPgConnection, RunQueryDsl};

use super::unreadable;

/// Dossiers counted one by one before it is left at "so many and more".
pub const COUNTED: i64 = 1000;

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = Text)]
    status: String,
    #[diesel(sql_type = BigInt)]
    dossiers: i64,
}

/// How many filed dossiers the agency has in each status; a status without any may be missing.
pub async fn by_status(conn: &mut AsyncPgConnection, agency: &AgencyCode) -> QueryResult<Vec<(DossierStatus, i64)>> {
    let sums = "select status, sum(dossiers)::bigint as dossiers from workload where agency = $1 group by status";
    let rows: Vec<Row> = sql_query(sums).bind::<Text, _>(agency.as_str()).load(conn).await?;
    rows.into_iter().map(|row| Ok((row.status.parse().map_err(unreadable)?, row.dossiers))).collect()
}
