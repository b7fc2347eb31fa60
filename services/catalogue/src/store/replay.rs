//! Versions as they were published, for who is told them again: batches behind a cursor.

use chrono::{DateTime, Utc};
use civic::events::{ProcedurePublished, ProcedureWithdrawn};
use diesel::{
    QueryableByName, sql_query,
    sql_types::{BigInt, Binary, Integer, Jsonb, Text, Timestamptz},
};
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use futures_util::{FutureExt, future::BoxFuture};
use queue::Batch;
use serde_json::Value;

/// Of a procedure the older versions first. A version never changes, so none is locked.
const VERSIONS: &str = "select * from (
        select procedure || ' ' || lpad(version::text, 9, '0') as place, procedure, version, published_at, digest, content
        from procedure_versions) versions
    where place collate \"C\" > $1 order by place collate \"C\" limit $2";

#[derive(QueryableByName)]
struct Version {
    #[diesel(sql_type = Text)]
    place: String,
    #[diesel(sql_type = Text)]
    procedure: String,
    #[diesel(sql_type = Integer)]
    version: i32,
    #[diesel(sql_type = Timestamptz)]
    published_at: DateTime<Utc>,
    #[diesel(sql_type = Binary)]
    digest: Vec<u8>,
    #[diesel(sql_type = Jsonb)]
    content: Value,
}

/// Every version of every procedure.
pub fn versions<'a>(
    conn: &'a mut AsyncPgConnection,
    after: &'a str,
    count: i64,
) -> BoxFuture<'a, Result<Batch<ProcedurePublished>, pg::Error>> {
    async move {
        let rows: Vec<Version> = sql_query(VERSIONS).bind::<Text, _>(after).bind::<BigInt, _>(count).load(conn).await?;
        let published = |row: Version| {
            let damaged =
                |why: civic::Malformed| pg::Error::Query(diesel::result::Error::DeserializationError(why.into()));
            let published = ProcedurePublished {
                code: row.procedure.parse().map_err(damaged)?,
                version: row.version,
                published_at: row.published_at,
                digest: hex::encode(row.digest),
                content: row.content,
            };
            Ok((row.place, published))
        };
        rows.into_iter().map(published).collect()
    }
    .boxed()
}

/// What is not offered any more.
const WITHDRAWN: &str = "select code as place, code as procedure, current_version as version, withdrawn_at, withdrawal_decision as decision,
        withdrawal_reason as reason
    from procedures where withdrawn_at is not null and code collate \"C\" > $1 order by code collate \"C\" limit $2 for update";

#[derive(QueryableByName)]
struct Withdrawn {
    #[diesel(sql_type = Text)]
    place: String,
    #[diesel(sql_type = Text)]
    procedure: String,
    #[diesel(sql_type = Integer)]
    version: i32,
    #[diesel(sql_type = Timestamptz)]
    withdrawn_at: DateTime<Utc>,
    #[diesel(sql_type = Text)]
    decision: String,
    #[diesel(sql_type = Text)]
    reason: String,
}

/// Every procedure that is withdrawn.
pub fn withdrawals<'a>(
    conn: &'a mut AsyncPgConnection,
    after: &'a str,
    count: i64,
) -> BoxFuture<'a, Result<Batch<ProcedureWithdrawn>, pg::Error>> {
    async move {
        let rows: Vec<Withdrawn> =
            sql_query(WITHDRAWN).bind::<Text, _>(after).bind::<BigInt, _>(count).load(conn).await?;
        let withdrawn = |row: Withdrawn| {
            let damaged =
                |why: civic::Malformed| pg::Error::Query(diesel::result::Error::DeserializationError(why.into()));
            let Withdrawn { place, procedure, version, withdrawn_at, decision, reason } = row;
            let code = procedure.parse().map_err(damaged)?;
            Ok((place, ProcedureWithdrawn { code, version, withdrawn_at, decision, reason }))
        };
        rows.into_iter().map(withdrawn).collect()
    }
    .boxed()
}
