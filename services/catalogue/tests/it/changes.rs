//! `GET /api/v1/procedure-changes` and `POST /api/v1/procedures/{code}/withdrawal`: what everybody is told of what changes.

use chrono::TimeDelta;
use civic::{OfficialRole, events::ProcedureWithdrawn};
use serde_json::{Value, json};
use testkit::{Method, TestCaller, TestResponse, eventually};
use uuid::Uuid;

use crate::fixture::{COPY, Fixture, codes};

pub async fn withdraw(by: &TestCaller, code: &str, version: &str) -> TestResponse {
    let note = json!({"decision": "567/QĐ-UBND", "reason": "Bãi bỏ theo nghị định mới."});
    let path = format!("/api/v1/procedures/{code}/withdrawal");
    let call = by.call("catalogue", Method::POST, &path).key(&Uuid::new_v4().to_string());
    call.header("if-match", version).json(&note).send().await
}

fn controller(fixture: &Fixture) -> TestCaller {
    fixture.installation.official(&[("H44", OfficialRole::ProcedureController)])
}

#[tokio::test]
async fn everybody_reads_what_changed_lately_in_words_the_newest_first() {
    let fixture = Fixture::open().await;
    let changes = fixture.get("/api/v1/procedure-changes?page_size=3").await.expect(200);
    let of = |json: &Value| {
        let items = json["items"].as_array().expect("items").iter();
        items.map(|it| (it["procedure"].clone(), it["version"].clone())).collect::<Vec<_>>()
    };
    let expected = [("2.000815", 1), ("2.000635", 4), ("2.000635", 3)];
    assert_eq!(of(&changes.json), expected.map(|(code, version)| (json!(code), json!(version))));
    assert_eq!(changes.json["items"][0]["differences"], json!([]), "of a first version nothing differs");
    assert!(changes.json["items"][1]["differences"].as_array().is_some_and(|said| !said.is_empty()));
    let path = format!("/api/v1/procedure-changes?page_size=3&cursor={}", changes.text("/next"));
    assert_eq!(of(&fixture.get(&path).await.expect(200).json)[0], (json!("2.000635"), json!(2)));
    assert_eq!(
        fixture.get("/api/v1/procedure-changes").await.expect(200).header("cache-control"),
        Some("public, max-age=1")
    );
    for query in ["days=0", "days=91", "since=now"] {
        let _ = fixture.get(&format!("/api/v1/procedure-changes?{query}")).await.expect(400);
    }
    fixture.installation.clock.advance(TimeDelta::days(8));
    assert_eq!(of(&fixture.get("/api/v1/procedure-changes?page_size=4").await.expect(200).json), []);
    assert_eq!(of(&fixture.get("/api/v1/procedure-changes?days=9&page_size=4").await.expect(200).json).len(), 4);
}

#[tokio::test]
async fn what_is_withdrawn_is_told_left_out_of_lists_and_still_readable() {
    let fixture = Fixture::open().await;
    let by = controller(&fixture);
    let _ = withdraw(&by, COPY, "\"3\"").await.expect(412);
    withdraw(&by, COPY, "\"4\"").await.expect(200);
    let _ = withdraw(&by, "1.009999", "*").await.expect(404);
    assert_eq!(withdraw(&by, COPY, "*").await.expect(409).json["code"], "procedure-withdrawn");
    let told = fixture.installation.sent::<ProcedureWithdrawn>("catalogue").await;
    assert_eq!((told.len(), told[0].code.as_str(), told[0].version), (1, COPY, 4));
    let found = async |path: &str| {
        let list = fixture.get(path).await.expect(200);
        codes(&list).contains(&COPY)
    };
    eventually(async || (!found("/api/v1/procedures").await).then_some(())).await;
    assert!(!found("/api/v1/procedures?q=trich+luc").await);
    let shown = eventually(async || {
        let shown = fixture.get(&format!("/api/v1/procedures/{COPY}")).await.expect(200);
        shown.json.get("withdrawn").is_some().then_some(shown)
    });
    let shown = shown.await;
    assert_eq!((&shown.json["version"], shown.text("/withdrawn/decision")), (&json!(4), "567/QĐ-UBND"));
    let fields = fixture.get("/api/v1/catalogue").await.expect(200);
    assert_eq!(fields.json["fields"][2]["procedures"], 3);
    let commune = fixture.installation.official(&[("H44.100", OfficialRole::ProcedureController)]);
    withdraw(&commune, COPY, "*").await.expect(403);
    assert!(fixture.broken().await.is_empty());
}

#[tokio::test]
async fn the_next_version_brings_back_what_was_withdrawn() {
    let fixture = Fixture::open().await;
    let (first, second) = (controller(&fixture), controller(&fixture));
    withdraw(&first, COPY, "\"4\"").await.expect(200);
    let document: Value = serde_json::from_str(include_str!("../../data/procedures/2.000635/4.json")).expect("JSON");
    let post = async |by: &TestCaller, path: &str, version: &str, body: &Value| {
        let call = by.call("catalogue", Method::POST, path).key(&Uuid::new_v4().to_string());
        call.header("if-match", version).json(body).send().await
    };
    let begun = post(&first, "/api/v1/procedure-drafts", "*", &document).await.expect(201);
    let draft = begun.header("location").expect("an address").to_owned();
    post(&first, &format!("{draft}/submission"), "*", &json!({})).await.expect(200);
    post(&second, &format!("{draft}/approval"), "*", &json!({})).await.expect(200);
    let announced = json!({"decision": "1234/QĐ-UBND", "in_force_from": "2026-07-21"});
    post(&second, &format!("{draft}/publication"), "*", &announced).await.expect(200);
    let offered = async || {
        let shown = fixture.get(&format!("/api/v1/procedures/{COPY}")).await.expect(200);
        (shown.json["version"] == 5 && shown.json.get("withdrawn").is_none()).then_some(())
    };
    eventually(offered).await;
}
