//! What must hold between the databases of two services: what one says, the other says too.

use std::{collections::HashMap, pin::pin};

use anyhow::{Context, Result};
use diesel::{QueryableByName, sql_query, sql_types::Text};
use diesel_async::{AsyncPgConnection, RunQueryDsl, SimpleAsyncConnection};
use futures_util::{Stream, StreamExt, TryStreamExt};
use runtime::Finding;

use super::Held;
use crate::stored::Stored;

const SESSION: &str = "set default_transaction_read_only = on; set statement_timeout = '10min'; set jit = off; \
    set timezone = 'UTC'";

/// An invariant between two services: every line that the one's query gives, the other's gives too. Its file opens with
/// what is promised, then come the two queries, each after the comment that names its service.
///
/// On a running installation the first is asked first, and its query leaves out what the other has not receipted yet: what
/// it says must have been true at the other before. What changes meanwhile can still seem to be missing; so what breaks one is looked
/// for once more.
pub struct Between {
    name: &'static str,
    text: &'static str,
}

macro_rules! between {
    ($($name:literal)+) => {
        &[$(Between { name: $name, text: include_str!(concat!("../../invariants/", $name, ".sql")) }),+]
    };
}

/// All of them.
pub const BETWEEN: &[Between] = between![
    "dossiers_know_what_was_paid"
    "paid_dossiers_have_paid_orders"
    "fees_due_have_orders"
    "orders_have_dossiers"
    "applicants_are_written_to"
    "account_holders_can_be_written_to"
    "accounts_reach_submissions"
    "catalogue_reaches_submissions"
    "published_versions_are_kept"
    "accounts_reach_notifications"
    "accounts_reach_payments"
    "submissions_reach_payments"
    "submissions_reach_notifications"
    "payments_reach_submissions"
    "payments_reach_notifications"
    "orders_are_owed_by_applicants"
    "charges_are_ordered_line_by_line"
    "charges_stand_as_their_orders"
    "agencies_are_known_to_submissions"
    "agencies_of_submissions_are_real"
    "agencies_are_known_to_notifications"
    "agencies_of_notifications_are_real"
    "officials_have_their_posts"
    "contacts_are_those_of_accounts"
];

/// The parts of an invariant's file.
struct Parts<'a> {
    promise: String,
    each: (&'a str, &'a str),
    has: (&'a str, &'a str),
}

#[derive(QueryableByName)]
struct Line {
    #[diesel(sql_type = Text)]
    line: String,
}

impl Between {
    /// Holds the two databases against it.
    ///
    /// # Errors
    /// When one cannot be read.
    pub async fn hold(&self, databases: &mut Databases<'_>) -> Result<Held> {
        let parts = self.parts().with_context(|| format!("{}.sql is not an invariant between two", self.name))?;
        let (each, has) = (parts.each.0, parts.has.0);
        let (mut one, mut other) = (databases.take(each).await?, databases.take(has).await?);
        let why = || format!("The invariant {}", self.name);
        let mut finding = self.compare(&mut one, &mut other, &parts).await.with_context(why)?;
        if finding.broken > 0 {
            finding = self.compare(&mut one, &mut other, &parts).await.with_context(why)?;
        }
        databases.give_back([(each, one), (has, other)]);
        Ok(Held { owner: format!("{each} and {has}"), finding })
    }

    fn parts(&self) -> Option<Parts<'_>> {
        let (promise, rest) = self.text.split_once("\n-- each of ")?;
        let (each, has) = rest.split_once("\n-- is one of ")?;
        let promise = promise.lines().map(|line| line.trim_start_matches("--").trim()).collect::<Vec<_>>().join(" ");
        Some(Parts { promise, each: each.split_once(":\n")?, has: has.split_once(":\n")? })
    }

    async fn compare(
        &self,
        one: &mut AsyncPgConnection,
        other: &mut AsyncPgConnection,
        parts: &Parts<'_>,
    ) -> Result<Finding> {
        let mut each = pin!(lines(one, parts.each.1).await?.peekable());
        // Until its first line is there, it is not sure that the first query looks at the data before the second does.
        each.as_mut().peek().await;
        let has = lines(other, parts.has.1).await?;
        let (mut broken, mut rows) = (0, Vec::new());
        let mut missing = pin!(without(each, has));
        while let Some(line) = missing.next().await.transpose()? {
            broken += 1;
            if rows.len() < pg::SHOWN {
                rows.push(line);
            }
        }
        Ok(Finding { name: self.name.to_owned(), promise: parts.promise.clone(), broken, rows })
    }
}

/// Connections to the services' databases, one each, as they are needed.
pub struct Databases<'a> {
    stored: &'a Stored,
    open: HashMap<String, AsyncPgConnection>,
}

impl<'a> Databases<'a> {
    /// None yet.
    pub fn of(stored: &'a Stored) -> Self {
        Self { stored, open: HashMap::new() }
    }

    async fn take(&mut self, service: &str) -> Result<AsyncPgConnection> {
        if let Some(open) = self.open.remove(service) {
            return Ok(open);
        }
        let url = self.stored.database(service)?;
        let mut connection = pg::connect(&url).await.context("A database to verify cannot be reached")?;
        connection.batch_execute(SESSION).await?;
        Ok(connection)
    }

    fn give_back(&mut self, connections: [(&str, AsyncPgConnection); 2]) {
        self.open.extend(connections.map(|(service, connection)| (service.to_owned(), connection)));
    }
}

/// The lines that a query gives, in the order of their bytes, as they come: never all at once in memory.
async fn lines<'a>(
    connection: &'a mut AsyncPgConnection,
    query: &str,
) -> Result<impl Stream<Item = Result<String>> + use<'a>> {
    let ordered = format!("select line from ({query}\n) as said (line) order by line collate \"C\"");
    let lines = sql_query(ordered).load_stream::<Line>(connection).await?;
    Ok(lines.map_ok(|line| line.line).map_err(Into::into))
}

/// Those of `each` that are not in `has`; both in order.
fn without(
    each: impl Stream<Item = Result<String>>,
    has: impl Stream<Item = Result<String>>,
) -> impl Stream<Item = Result<String>> {
    let state = (Box::pin(each), Box::pin(has.peekable()));
    futures_util::stream::try_unfold(state, async |(mut each, mut has)| {
        while let Some(line) = each.next().await.transpose()? {
            while has.as_mut().next_if(|other| other.as_ref().is_ok_and(|other| *other < line)).await.is_some() {}
            match has.as_mut().peek().await {
                Some(Ok(other)) if *other == line => {}
                Some(Err(_)) => drop(has.as_mut().next().await.transpose()?),
                _ => return Ok(Some((line, (each, has)))),
            }
        }
        Ok(None)
    })
}

#[cfg(test)]
mod tests {
    use futures_util::stream::iter;

    use super::*;

    fn told(lines: &[&str]) -> Vec<Result<String>> {
        lines.iter().map(|line| Ok((*line).to_owned())).collect()
    }

    #[tokio::test]
    async fn what_the_other_does_not_say_is_found_and_nothing_else() {
        for (each, has, missing) in [
            (&["a", "b", "d", "d"][..], &["a", "c", "d", "e"][..], &["b"][..]),
            (&["a", "b"], &[], &["a", "b"]),
            (&[], &["a"], &[]),
            (&["z"], &["a", "b"], &["z"]),
        ] {
            let found = without(iter(told(each)), iter(told(has)));
            assert_eq!(found.try_collect::<Vec<_>>().await.unwrap(), missing);
        }
    }

    #[test]
    fn every_file_names_its_promise_and_two_services() {
        for between in BETWEEN {
            let parts = between.parts().expect(between.name);
            assert!(parts.promise.ends_with('.'), "{}", between.name);
            for (service, query) in [parts.each, parts.has] {
                assert!(crate::service(service).is_ok(), "{}: {service}", between.name);
                assert!(!query.contains(';'), "{}", between.name);
            }
        }
    }
}
