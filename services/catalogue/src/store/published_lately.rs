//! Versions that were published lately, each with the one before it.

use chrono::{DateTime, Utc};
use diesel::{
    QueryResult, QueryableByName, sql_query,
    sql_types::{BigInt, Integer, Jsonb, Nullable, Text, Timestamptz},
};
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use serde_json::Value;

const LATELY: &str = "select v.procedure, v.version, v.published_at, v.decision, v.content, b.content as before
    from procedure_versions v
    left join procedure_versions b on b.procedure = v.procedure and b.version = v.version - 1
    where v.published_at >= $1 and ($2 is null or (v.published_at, v.procedure, v.version) < ($2, $3, $4))
    order by v.published_at desc, v.procedure desc, v.version desc limit $5";

/// A version with the one before it.
#[derive(QueryableByName)]
pub struct Lately {
    /// The procedure.
    #[diesel(sql_type = Text)]
    pub procedure: String,
    /// The version's number.
    #[diesel(sql_type = Integer)]
    pub version: i32,
    /// When it was published.
    #[diesel(sql_type = Timestamptz)]
    pub published_at: DateTime<Utc>,
    /// The decision by which it was announced.
    #[diesel(sql_type = Nullable<Text>)]
    pub decision: Option<String>,
    /// What it says.
    #[diesel(sql_type = Jsonb)]
    pub content: Value,
    /// What the version before it says.
    #[diesel(sql_type = Nullable<Jsonb>)]
    pub before: Option<Value>,
}

/// Those that were published since then, the newest first, those before one.
pub async fn list(
    conn: &mut AsyncPgConnection,
    since: DateTime<Utc>,
    before: Option<(DateTime<Utc>, String, i32)>,
    limit: i64,
) -> QueryResult<Vec<Lately>> {
    let (at, procedure, version) = match before {
        Some((at, procedure, version)) => (Some(at), Some(procedure), Some(version)),
        None => (None, None, None),
    };
    sql_query(LATELY)
        .bind::<Timestamptz, _>(since)
        .bind::<Nullable<Timestamptz>, _>(at)
        .bind::<Nullable<Text>, _>(procedure)
        .bind::<Nullable<Integer>, _>(version)
        .bind::<BigInt, _>(limit)
        .load(conn)
        .await
}
