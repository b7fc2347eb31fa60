//! A version that says on which day it ends.

use chrono::TimeDelta;
use civic::events::ProcedureWithdrawn;
use serde_json::Value;
use testkit::eventually;

use crate::{
    drafts::{DECISION, Office, next},
    fixture::{COPY, codes},
};

/// The next version of the copy, which ends with the 22nd of July.
fn ending() -> Value {
    let mut document = next();
    document["effective_until"] = "2026-07-22".into();
    document
}

#[tokio::test]
async fn it_is_offered_on_its_last_day_and_withdrawn_at_the_midnight_after_it() {
    let office = Office::open().await;
    let (fixture, path) = (&office.fixture, format!("/api/v1/procedures/{COPY}"));
    office.announce(&ending(), "2026-07-21").await;
    office.announce_another("1.009998", "2026-07-22").await;
    // It is ten o'clock in Vietnam on the 21st: the last minute of the 22nd, at which somebody has looked.
    fixture.installation.clock.advance(TimeDelta::hours(37) + TimeDelta::minutes(59));
    office.until_in_force("1.009998", 1).await;
    assert!(fixture.get(&path).await.expect(200).json.get("withdrawn").is_none());
    fixture.installation.clock.advance(TimeDelta::minutes(1));
    let withdrawn = async || fixture.get(&path).await.expect(200).json.get("withdrawn").cloned();
    let withdrawn = eventually(withdrawn).await;
    assert_eq!(withdrawn["decision"], DECISION);
    let told = fixture.installation.sent::<ProcedureWithdrawn>("catalogue").await;
    assert_eq!(told.iter().map(|it| (it.code.as_str(), it.version)).collect::<Vec<_>>(), [(COPY, 5)]);
    assert!(told[0].reason.contains("22/07/2026"), "{}", told[0].reason);
    eventually(async || {
        let list = fixture.get("/api/v1/procedures").await.expect(200);
        (!codes(&list).contains(&COPY)).then_some(())
    })
    .await;
    assert_eq!(fixture.count("audit_log where action = 'procedure.withdrawn'").await, 1);
    assert!(fixture.broken().await.is_empty());
}

#[tokio::test]
async fn what_follows_at_that_midnight_is_offered_and_nobody_is_told_of_an_end() {
    let office = Office::open().await;
    let fixture = &office.fixture;
    office.announce(&ending(), "2026-07-21").await;
    office.announce(&next(), "2026-07-23").await;
    office.announce_another("1.009998", "2026-07-24").await;
    fixture.installation.clock.advance(TimeDelta::hours(38));
    office.until_in_force(COPY, 6).await;
    // What looked then is done when the day after has been looked at.
    fixture.installation.clock.advance(TimeDelta::days(1));
    office.until_in_force("1.009998", 1).await;
    assert!(fixture.installation.sent::<ProcedureWithdrawn>("catalogue").await.is_empty());
    let shown = fixture.get(&format!("/api/v1/procedures/{COPY}")).await.expect(200);
    assert!(shown.json.get("withdrawn").is_none(), "{}", shown.json);
}
