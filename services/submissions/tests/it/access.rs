//! Nobody reaches what is not theirs: every operation, every stranger.

use civic::OfficialRole;
use serde_json::json;
use testkit::{Method, TestCaller, TestResponse};

use crate::fixture::{ELSEWHERE, Fixture, HERE, PDF, copies, reason, wanted};

/// Every operation on one dossier, asked by `who`.
async fn ask_everything(
    fixture: &Fixture,
    who: &TestCaller,
    dossier: &str,
    document: &str,
    result: &str,
) -> Vec<(String, TestResponse)> {
    let upload = format!("{dossier}/documents?component=GIAY_TO_KHAC&file_name=a.pdf");
    let refusal = format!(
        "{dossier}/refusal-document?file_name=a.pdf&reason=Kh%C3%B4ng%20%C4%91%E1%BB%A7%20%C4%91i%E1%BB%81u%20ki%E1%BB%87n."
    );
    let put = who.call("submissions", Method::PUT, &format!("{dossier}/answers")).header("if-match", "\"1\"");
    let calls = [
        ("get", who.call("submissions", Method::GET, dossier)),
        ("answer", put.json(&copies(1))),
        ("upload", fixture.post(who, &upload).body(PDF, "application/pdf")),
        ("document", who.call("submissions", Method::GET, &format!("{dossier}/documents/{document}"))),
        ("remove", who.call("submissions", Method::DELETE, &format!("{dossier}/documents/{document}"))),
        ("discard", who.call("submissions", Method::DELETE, dossier)),
        (
            "choose",
            who.call("submissions", Method::PUT, &format!("{dossier}/return-way")).json(&json!({"way": "COUNTER"})),
        ),
        ("submit", fixture.post(who, &format!("{dossier}/submission"))),
        ("send in", fixture.post(who, &format!("{dossier}/supplement"))),
        ("withdraw", fixture.post(who, &format!("{dossier}/withdrawal")).json(&json!({}))),
        ("receive", fixture.post(who, &format!("{dossier}/receipt"))),
        ("refuse", fixture.post(who, &format!("{dossier}/refusal")).json(&reason())),
        ("ask", fixture.post(who, &format!("{dossier}/supplement-request")).json(&wanted())),
        ("take in", fixture.post(who, &format!("{dossier}/supplement-intake")).json(&json!({}))),
        ("stop", fixture.post(who, &format!("{dossier}/suspension")).json(&reason())),
        ("resume", fixture.post(who, &format!("{dossier}/resumption")).json(&json!({}))),
        ("issue", fixture.post(who, &format!("{dossier}/results?file_name=a.pdf")).body(PDF, "application/pdf")),
        ("result", who.call("submissions", Method::GET, &format!("{dossier}/results/{result}"))),
        ("return", fixture.post(who, &format!("{dossier}/return")).json(&json!({"way": "DIGITAL"}))),
        ("decline", fixture.post(who, &refusal).body(PDF, "application/pdf")),
        ("complete", fixture.post(who, &format!("{dossier}/completion")).json(&json!({}))),
    ];
    let mut answers = Vec::new();
    for (name, call) in calls {
        answers.push((name.to_owned(), call.send().await));
    }
    answers
}

#[tokio::test]
async fn for_strangers_there_is_no_such_dossier() {
    let fixture = Fixture::open().await;
    let an = fixture.an();
    let dossier = fixture.received(&an).await;
    let result = fixture.issue(&fixture.approver(), &dossier).await.expect(201).text("/id").to_owned();
    let before = fixture.get(&an, &dossier).await;
    let document = before.text("/documents/0/id");
    let officials_only =
        ["receive", "refuse", "ask", "take in", "stop", "resume", "issue", "decline", "complete", "return"];
    let applicants_only = ["answer", "upload", "remove", "discard", "choose", "submit", "send in", "withdraw"];
    let everything = [
        OfficialRole::Receiver,
        OfficialRole::Processor,
        OfficialRole::Approver,
        OfficialRole::Auditor,
        OfficialRole::AgencyAdministrator,
        OfficialRole::Cashier,
    ];
    let elsewhere = fixture.installation.official(&everything.map(|role| (ELSEWHERE, role)));
    for (stranger, forbidden) in [
        (fixture.installation.citizen("Trần Thị Bình"), &officials_only[..]),
        (fixture.installation.client(), &officials_only),
        (elsewhere, &applicants_only),
    ] {
        for (name, answer) in ask_everything(&fixture, &stranger, &dossier, document, &result).await {
            let expected = if forbidden.contains(&name.as_str()) { 403 } else { 404 };
            assert_eq!(answer.status, expected, "{name}: {}", answer.json);
        }
    }
    for (name, answer) in ask_everything(&fixture, &fixture.installation.nobody(), &dossier, document, &result).await {
        assert_eq!(answer.status, 401, "{name}");
    }
    assert_eq!(fixture.get(&an, &dossier).await.json, before.json, "nothing changed");
}

#[tokio::test]
async fn a_post_that_changes_something_needs_a_key() {
    let fixture = Fixture::open().await;
    let an = fixture.an();
    let dossier = fixture.draft(&an, crate::fixture::BIRTH, HERE).await;
    for path in [
        "/api/v1/dossiers".to_owned(),
        format!("{dossier}/submission"),
        format!("{dossier}/documents?component=GIAY_CHUNG_SINH&file_name=a.pdf"),
    ] {
        let answer = an.call("submissions", Method::POST, &path).body(PDF, "application/pdf").send().await.expect(400);
        assert_eq!(answer.json["code"], "idempotency-key-required", "{path}");
    }
}
