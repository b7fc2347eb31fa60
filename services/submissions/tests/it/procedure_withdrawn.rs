//! `procedure.withdrawn`: nobody begins a dossier of it any more, and what was begun goes on.

use civic::events::ProcedureWithdrawn;
use serde_json::json;
use testkit::{Method, TestResponse};
use uuid::Uuid;

use crate::{
    fixture::{COPY, Fixture, HERE},
    intake::{handed_in, take_in},
};

const FIRST: &str = include_str!("../../../catalogue/data/procedures/2.000635/1.json");

async fn withdraw(fixture: &Fixture, version: i32) {
    let event = ProcedureWithdrawn {
        code: COPY.parse().expect("a code"),
        version,
        withdrawn_at: fixture.installation.clock.now(),
        decision: "567/QĐ-UBND".into(),
        reason: "Bị bãi bỏ.".into(),
    };
    fixture.installation.publish("catalogue", &event).await;
    let noted = format!("exists (select from procedures where code = '{COPY}' and withdrawn_version >= {version})");
    fixture.installation.until("submissions", &noted).await;
}

async fn open(fixture: &Fixture) -> TestResponse {
    let call = fixture.installation.citizen("An").call("submissions", Method::POST, "/api/v1/dossiers");
    call.key(&Uuid::new_v4().to_string()).json(&json!({"procedure": COPY, "agency": HERE})).send().await
}

#[tokio::test]
async fn nobody_begins_a_dossier_of_it_until_a_later_version_offers_it_again() {
    let fixture = Fixture::open().await;
    open(&fixture).await.expect(201);
    withdraw(&fixture, 1).await;
    assert_eq!(open(&fixture).await.expect(409).json["code"], "procedure-withdrawn");
    let handed = take_in(&fixture, &fixture.receiver(), HERE, &handed_in(COPY, "DIRECT")).await.expect(409);
    assert_eq!(handed.json["code"], "procedure-withdrawn");
    fixture.publish(COPY, 2, FIRST).await;
    open(&fixture).await.expect(201);
    // Told again, or late: it is of a version before.
    withdraw(&fixture, 1).await;
    open(&fixture).await.expect(201);
}

#[tokio::test]
async fn that_it_is_withdrawn_may_be_told_before_what_it_said() {
    let fixture = Fixture::open().await;
    withdraw(&fixture, 2).await;
    open(&fixture).await.expect(409);
    fixture.publish(COPY, 2, FIRST).await;
    open(&fixture).await.expect(409);
    fixture.publish(COPY, 3, FIRST).await;
    open(&fixture).await.expect(201);
}
