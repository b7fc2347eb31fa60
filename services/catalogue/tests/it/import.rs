//! `POST /api/v1/procedure-imports`: many versions become drafts, all of them or none.

use civic::OfficialRole;
use serde_json::{Value, json};
use testkit::{Method, TestCaller, TestResponse};
use uuid::Uuid;

use crate::fixture::Fixture;

const FILES: [&str; 3] = [
    include_str!("../../data/procedures/1.001193/5.json"),
    include_str!("../../data/procedures/1.004222/4.json"),
    include_str!("../../data/procedures/2.000635/4.json"),
];

/// The files of three procedures in force, the last of which costs something else.
fn folder() -> Vec<Value> {
    let mut documents = FILES.map(|text| serde_json::from_str::<Value>(text).expect("JSON"));
    documents[2]["fee_rules"][0]["channels"]["ONLINE"]["amount"] = 12_000.into();
    documents.into()
}

async fn import(by: &TestCaller, documents: &[Value], dry_run: bool) -> TestResponse {
    let call = by.call("catalogue", Method::POST, "/api/v1/procedure-imports").key(&Uuid::new_v4().to_string());
    call.json(&json!({"dry_run": dry_run, "documents": documents})).send().await
}

fn outcomes(report: &TestResponse) -> Vec<&str> {
    let items = report.json["items"].as_array().expect("items").iter();
    items.map(|item| item["outcome"].as_str().expect("an outcome")).collect()
}

fn places(refused: &TestResponse) -> Vec<&str> {
    let errors = refused.json["errors"].as_array().expect("errors").iter();
    errors.map(|error| error["pointer"].as_str().expect("a place")).collect()
}

fn controller(fixture: &Fixture) -> TestCaller {
    fixture.installation.official(&[("H44", OfficialRole::ProcedureController)])
}

#[tokio::test]
async fn what_says_something_new_becomes_a_draft_and_the_same_again_changes_nothing() {
    let fixture = Fixture::open().await;
    let by = controller(&fixture);
    let mut documents = folder();
    let dry = import(&by, &documents, true).await.expect(200);
    assert_eq!((outcomes(&dry), fixture.count("procedure_drafts").await), (vec!["SAME", "SAME", "BEGUN"], 0));
    assert_eq!(outcomes(&import(&by, &documents, false).await.expect(200)), ["SAME", "SAME", "BEGUN"]);
    assert_eq!(outcomes(&import(&by, &documents, false).await.expect(200)), ["SAME", "SAME", "SAME"]);
    documents[2]["time_limit"] = json!({"unit": "working_days", "days": 2});
    assert_eq!(outcomes(&import(&by, &documents, false).await.expect(200)), ["SAME", "SAME", "REWRITTEN"]);
    assert_eq!(fixture.count("procedure_drafts where version = 2").await, 1);
    assert_eq!(fixture.count("audit_log where action = 'procedure_draft.written'").await, 2);
}

#[tokio::test]
async fn with_one_mistake_nothing_is_written_and_all_are_named_with_their_procedures() {
    let fixture = Fixture::open().await;
    let by = controller(&fixture);
    let mut documents = folder();
    documents[0]["process"][0]["next"] = json!(["NOWHERE"]);
    documents[1]["levels"] = json!([]);
    documents.push(documents[2].clone());
    let refused = import(&by, &documents, false).await.expect(400);
    assert_eq!(places(&refused), ["/documents/0/process/0/next/0", "/documents/1/levels", "/documents/3/code"]);
    assert!(refused.text("/errors/0/detail").starts_with("1.001193: "), "{:?}", refused.json);
    let mut documents = folder();
    documents[1]["time_limt"] = json!(1);
    assert_eq!(places(&import(&by, &documents, false).await.expect(400)), ["/documents/1/time_limt"]);
    let mut documents = folder();
    documents[1]["name"] = json!(1);
    assert!(places(&import(&by, &documents, true).await.expect(400))[0].starts_with("/documents/1/name"));
    let _ = import(&by, &[], true).await.expect(400);
    assert_eq!(fixture.count("procedure_drafts").await, 0);
}

#[tokio::test]
async fn what_waits_to_be_approved_is_not_written_over() {
    let fixture = Fixture::open().await;
    let by = controller(&fixture);
    let mut documents = folder();
    import(&by, &documents, false).await.expect(200);
    fixture.run("update procedure_drafts set state = 'SUBMITTED', submitted_by = 'An', submitted_at = now()").await;
    assert_eq!(outcomes(&import(&by, &documents, false).await.expect(200)), ["SAME", "SAME", "SAME"]);
    documents[0]["also_called"] = json!(["khai sinh cho con"]);
    documents[2]["also_called"] = json!([]);
    let refused = import(&by, &documents, false).await.expect(400);
    assert_eq!(places(&refused), ["/documents/2"]);
    assert_eq!(fixture.count("procedure_drafts").await, 1, "the first was not begun either");
    let commune = fixture.installation.official(&[("H44.100", OfficialRole::ProcedureController)]);
    import(&commune, &documents, true).await.expect(403);
}
