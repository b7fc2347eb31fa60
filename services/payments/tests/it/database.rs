//! What the service's database holds, and what must always hold in it.

use diesel::{QueryableByName, sql_query, sql_types::BigInt};
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use runtime::Life;
use testkit::Installation;

#[derive(QueryableByName)]
struct Count {
    #[diesel(sql_type = BigInt)]
    count: i64,
}

/// What `select count(*) from …` counts.
pub async fn count(installation: &Installation, from: &str) -> i64 {
    count_in(&mut installation.database("payments").await, from).await
}

async fn count_in(conn: &mut AsyncPgConnection, from: &str) -> i64 {
    let counted: Count = sql_query(format!("select count(*) as count from {from}")).get_result(conn).await.unwrap();
    counted.count
}

/// Holds the database against every invariant of the service.
pub async fn assert_sound(installation: &Installation) {
    let flags = ["--database-url".to_owned(), installation.database_url("payments").to_owned()];
    let findings = payments::service().verify(&flags, Life::system()).await.unwrap();
    let broken: Vec<_> = findings.iter().filter(|finding| finding.broken > 0).collect();
    assert!(!findings.is_empty() && broken.is_empty(), "{broken:#?}");
}
