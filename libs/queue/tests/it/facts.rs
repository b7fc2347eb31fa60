//! Facts that come shuffled, doubled or not at all.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use civic::{Event, Fact};
use proptest::{
    collection::vec,
    test_runner::{Config, TestRunner},
};
use queue::{Received, newest};
use runtime::{Random, Trace};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::fixture::Fixture;

#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct Stands {
    pub subject: i64,
    pub version: i64,
}

impl Event for Stands {
    const TYPE: &'static str = "test.stands.v1";

    fn subject(&self) -> String {
        self.subject.to_string()
    }
}

impl Fact for Stands {
    fn version(&self) -> i64 {
        self.version
    }
}

fn received(subject: i64, version: i64) -> Received<Stands> {
    let (time, trace) = (DateTime::<Utc>::UNIX_EPOCH, Trace::continued(None, None, &Random::system()));
    Received { id: Uuid::new_v4(), time, source: "sender".into(), trace, data: Stands { subject, version } }
}

/// What a listener has that keeps what it is given, in the order given; rolled back at the end.
async fn copies(fixture: &Fixture, deliveries: &[Vec<(i64, i64)>]) -> HashMap<i64, i64> {
    let mut copies = HashMap::new();
    let undone = fixture.listener.transaction(async |connection| {
        for batch in deliveries {
            let batch = batch.iter().map(|(subject, version)| received(*subject, *version)).collect();
            for fact in newest(connection, batch).await? {
                let before = copies.insert(fact.data.subject, fact.data.version);
                assert!(before.is_none_or(|before| before <= fact.data.version), "{deliveries:?}");
            }
        }
        Err::<(), _>(pg::Error::NotFound)
    });
    undone.await.unwrap_err();
    copies
}

#[test]
fn whatever_comes_in_whatever_order_the_newest_of_each_subject_stays() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let fixture = runtime.block_on(Fixture::set());
    // Few subjects and versions, so that much is doubled, out of order, and missing.
    let deliveries = vec(vec((0_i64..4, 1_i64..8), 0..12), 0..8);
    let mut runner = TestRunner::new(Config { cases: 100, failure_persistence: None, ..Config::default() });
    let outcome = runner.run(&deliveries, |deliveries| {
        let mut wanted = HashMap::new();
        for (subject, version) in deliveries.iter().flatten() {
            let newest = wanted.entry(*subject).or_insert(*version);
            *newest = (*newest).max(*version);
        }
        assert_eq!(runtime.block_on(copies(&fixture, &deliveries)), wanted);
        Ok(())
    });
    outcome.unwrap();
}
