//! Two controllers bring another version into force while people are filling what was in force before.

use civic::OfficialRole;
use serde_json::{Value, json};
use testkit::{Method, TestCaller};
use uuid::Uuid;

use crate::fixture::{Fixture, civil_status_copy, get, submit};

const COPY: &str = "2.000635";

/// Publishes the next version of the copy, at another price; by two people.
async fn publish_dearer(fixture: &Fixture) {
    let controller = || fixture.installation.official(&[("H44", OfficialRole::ProcedureController)]);
    let (first, second) = (controller(), controller());
    let mut document = get(&first, &format!("/api/v1/procedures/{COPY}")).await.expect(200).json;
    document.as_object_mut().expect("a procedure").remove("version");
    document["fee_rules"][0]["channels"]["ONLINE"]["amount"] = 12_000.into();
    let post = async |by: &TestCaller, path: &str, body: &Value| {
        let call = by.call("gateway", Method::POST, path).key(&Uuid::new_v4().to_string());
        call.header("if-match", "*").json(body).send().await
    };
    let draft = post(&first, "/api/v1/procedure-drafts", &document).await.expect(201);
    let draft = draft.header("location").expect("an address").to_owned();
    post(&first, &format!("{draft}/submission"), &json!({})).await.expect(200);
    post(&second, &format!("{draft}/approval"), &json!({})).await.expect(200);
    let announced = json!({"decision": "1234/QĐ-UBND", "in_force_from": "2026-07-21"});
    post(&second, &format!("{draft}/publication"), &announced).await.expect(200);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_dossier_begun_before_keeps_the_version_and_the_price_that_it_was_begun_with() {
    let fixture = Fixture::open_for_any_caller().await;
    let citizen = fixture.installation.citizen("An");
    let before = fixture.draft(&citizen, COPY, "H44.100", &civil_status_copy()).await;
    publish_dearer(&fixture).await;
    let pinned = async |dossier: &str| {
        let view = get(&citizen, &format!("/api/v1/dossiers/{dossier}")).await.expect(200);
        view.json["procedure"]["version"].clone()
    };
    let kept = "exists (select from procedure_versions where procedure = '2.000635' and version = 5)";
    fixture.installation.until("submissions", kept).await;
    let after = fixture.draft(&citizen, COPY, "H44.100", &civil_status_copy()).await;
    assert_eq!((pinned(&before).await, pinned(&after).await), (json!(4), json!(5)));
    for (dossier, each) in [(&before, 8_000), (&after, 12_000)] {
        let filed = submit(&citizen, dossier).await.expect(201);
        assert_eq!(filed.json["fee"]["lines"][0]["unit_amount"]["amount"], each, "{:?}", filed.json);
    }
}
