//! Facts: of each subject the newest version counts, however they come.

use std::collections::{HashMap, HashSet};

use civic::Fact;
use diesel::{
    QueryableByName, sql_query,
    sql_types::{Array, BigInt, Text},
};
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use pg::kept;

use crate::Received;

/// Gives the subjects of which nothing newer was known.
const NOTE: &str = "insert into fact_versions as known (type, subject, version)
    select $1, told.subject, told.version from unnest($2::text[], $3::bigint[]) as told (subject, version)
    order by told.subject
    on conflict (type, subject) do update set version = excluded.version where known.version <= excluded.version
    returning subject";

#[derive(QueryableByName)]
struct Subject {
    #[diesel(sql_type = Text)]
    subject: String,
}

/// Those of `facts` that are the newest of their subjects, among them and beside what was noted before, in order of subject;
/// noted in the caller's transaction. What [`crate::Subscriptions::on_newest`] asks for its handler.
///
/// # Errors
/// [`pg::Error`] when it cannot be noted.
pub async fn newest<E: Fact>(
    connection: &mut AsyncPgConnection,
    facts: Vec<Received<E>>,
) -> Result<Vec<Received<E>>, pg::Error> {
    let newest = among(facts, |fact| (fact.data.subject(), fact.data.version()));
    let (subjects, versions): (Vec<_>, Vec<_>) =
        newest.iter().map(|fact| (fact.data.subject(), fact.data.version())).unzip();
    let rows = sql_query(NOTE).bind::<Text, _>(E::TYPE).bind::<Array<Text>, _>(subjects);
    let rows = rows.bind::<Array<BigInt>, _>(versions);
    let newer: Vec<Subject> = kept(rows).load(connection).await?;
    let newer: HashSet<_> = newer.into_iter().map(|row| row.subject).collect();
    Ok(newest.into_iter().filter(|fact| newer.contains(&fact.data.subject())).collect())
}

/// The newest of each subject, in order of subject; of equal versions the last.
fn among<T>(facts: Vec<T>, identity: impl Fn(&T) -> (String, i64)) -> Vec<T> {
    let mut newest: HashMap<String, (i64, T)> = HashMap::new();
    for fact in facts {
        let (subject, version) = identity(&fact);
        if newest.get(&subject).is_none_or(|(known, _)| *known <= version) {
            newest.insert(subject, (version, fact));
        }
    }
    let mut newest: Vec<_> = newest.into_iter().collect();
    newest.sort_by(|(one, _), (other, _)| one.cmp(other));
    newest.into_iter().map(|(_, (_, fact))| fact).collect()
}
