//! What must always hold in a database, each said by a query for the rows that break it.

use anyhow::{Context, Result};
use diesel::{
    QueryableByName, sql_query,
    sql_types::{BigInt, Text},
};
use diesel_async::{AsyncPgConnection, RunQueryDsl, SimpleAsyncConnection};
use runtime::Finding;

/// Rows shown of those that break an invariant.
pub const SHOWN: usize = 10;

/// Whole tables are read: slowly, at most, and never written.
const SESSION: &str = "set default_transaction_read_only = on; set statement_timeout = '10min'; set jit = off; \
    set timezone = 'UTC'";

/// Something that must always hold in a service's database.
#[derive(Clone, Copy, Debug)]
pub struct Invariant {
    /// The name of its file.
    pub name: &'static str,
    /// Comment lines that say what is promised, then a query of one column: a text for each row that breaks it.
    pub sql: &'static str,
}

/// The invariants in the files of these names in the crate's folder `invariants/`, without `.sql`. For a file in `src/`.
#[macro_export]
macro_rules! invariants {
    ($($name:literal)+) => {
        &[$($crate::Invariant { name: $name, sql: include_str!(concat!("../invariants/", $name, ".sql")) }),+]
    };
}

impl Invariant {
    /// What is promised: the comment at the head of the file.
    pub fn promise(&self) -> String {
        let comment = self.sql.lines().map_while(|line| line.strip_prefix("--")).map(str::trim);
        comment.collect::<Vec<_>>().join(" ")
    }
}

#[derive(QueryableByName)]
struct Breach {
    #[diesel(sql_type = BigInt)]
    broken: i64,
    #[diesel(sql_type = Text)]
    breach: String,
}

/// Holds a database against `sets` of invariants. A finding for each, broken or not.
///
/// # Errors
/// When the database cannot be reached or a query cannot be run: nothing is known then.
pub async fn verify(database_url: &str, sets: &[&'static [Invariant]]) -> Result<Vec<Finding>> {
    let mut connection = crate::connect(database_url).await.context("The database to verify cannot be reached")?;
    connection.batch_execute(SESSION).await?;
    let mut findings = Vec::new();
    for set in sets {
        for invariant in *set {
            let finding = hold(&mut connection, invariant).await;
            findings.push(finding.with_context(|| format!("The invariant {} cannot be checked", invariant.name))?);
        }
    }
    Ok(findings)
}

async fn hold(connection: &mut AsyncPgConnection, invariant: &Invariant) -> Result<Finding> {
    // Materialized: else the limit makes the planner believe that the first rows come soon, and choose nested loops.
    let query = format!(
        "with found (breach) as materialized ({}\n) select (select count(*) from found) as broken, breach from found limit {SHOWN}",
        invariant.sql
    );
    let breaches: Vec<Breach> = sql_query(query).load(connection).await?;
    Ok(Finding {
        name: invariant.name.to_owned(),
        promise: invariant.promise(),
        broken: breaches.as_slice().first().map_or(0, |breach| breach.broken.unsigned_abs()),
        rows: breaches.into_iter().map(|breach| breach.breach).collect(),
    })
}
