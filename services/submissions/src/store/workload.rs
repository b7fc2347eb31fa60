//! How much work an agency has. The numbers by status are kept by triggers on `dossiers` (migration 0002), whoever changes
//! them.

use chrono::{DateTime, Utc};
use civic::{AgencyCode, DossierStatus};
use diesel::{
    prelude::*,
    sql_query,
    sql_types::{Array, BigInt, Nullable, Text, Timestamptz},
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

/// How many of the agency's dossiers in these statuses are due from `from` on and before `before`: up to [`COUNTED`] and one.
pub async fn due(
    conn: &mut AsyncPgConnection,
    agency: &AgencyCode,
    statuses: &[DossierStatus],
    from: Option<DateTime<Utc>>,
    before: DateTime<Utc>,
) -> QueryResult<i64> {
    #[derive(QueryableByName)]
    struct Count {
        #[diesel(sql_type = BigInt)]
        dossiers: i64,
    }
    // One stretch of the index a status: whatever is finished or is due later is never touched.
    let count = sql_query(
        "select count(*) as dossiers
        from (
            select from unnest($2) as open (status), lateral (
                select from dossiers d
                where d.agency = $1 and d.status = open.status and d.status <> 'DRAFT' and d.due_at < $4
                    and d.due_at >= coalesce($3, '-infinity') and d.completed_at is null
                limit $5
            ) found
            limit $5
        ) counted",
    );
    let statuses: Vec<_> = statuses.iter().map(|status| status.as_str()).collect();
    let count = count.bind::<Text, _>(agency.as_str()).bind::<Array<Text>, _>(statuses);
    let count = count.bind::<Nullable<Timestamptz>, _>(from).bind::<Timestamptz, _>(before);
    let count: Count = count.bind::<BigInt, _>(COUNTED + 1).get_result(conn).await?;
    Ok(count.dossiers)
}
