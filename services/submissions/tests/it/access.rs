//! Nobody reaches what is not theirs: every operation, every stranger.

use civic::OfficialRole;
use serde_json::json;
use testkit::{Answer, Method, TestCaller};

use crate::house::{ELSEWHERE, HERE, House, PDF, copies};

/// Every operation on one dossier, asked by `who`.
async fn ask_everything(
    house: &House,
    who: &TestCaller,
    dossier: &str,
    document: &str,
    result: &str,
) -> Vec<(String, Answer)> {
    let upload = format!("{dossier}/documents?component=GIAY_TO_KHAC&file_name=a.pdf");
    let put = who.call("submissions", Method::PUT, &format!("{dossier}/answers")).header("if-match", "\"1\"");
    let calls = [
        ("get", who.call("submissions", Method::GET, dossier)),
        ("answer", put.json(&copies(1))),
        ("upload", house.post(who, &upload).body(PDF, "application/pdf")),
        ("document", who.call("submissions", Method::GET, &format!("{dossier}/documents/{document}"))),
        ("remove", who.call("submissions", Method::DELETE, &format!("{dossier}/documents/{document}"))),
        ("submit", house.post(who, &format!("{dossier}/submission"))),
        ("receive", house.post(who, &format!("{dossier}/receipt"))),
        ("issue", house.post(who, &format!("{dossier}/results?file_name=a.pdf")).body(PDF, "application/pdf")),
        ("result", who.call("submissions", Method::GET, &format!("{dossier}/results/{result}"))),
        ("complete", house.post(who, &format!("{dossier}/completion")).json(&json!({}))),
    ];
    let mut answers = Vec::new();
    for (name, call) in calls {
        answers.push((name.to_owned(), call.send().await));
    }
    answers
}

#[tokio::test]
async fn for_strangers_there_is_no_such_dossier() {
    let house = House::open().await;
    let an = house.an();
    let dossier = house.received(&an).await;
    let result = house.issue(&house.approver(), &dossier).await.expect(201).text("/id").to_owned();
    let before = house.get(&an, &dossier).await;
    let document = before.text("/documents/0/id");
    let officials_only = ["receive", "issue", "complete"];
    let applicants_only = ["answer", "upload", "remove", "submit"];
    let everything = [
        OfficialRole::Receiver,
        OfficialRole::Processor,
        OfficialRole::Approver,
        OfficialRole::Auditor,
        OfficialRole::AgencyAdministrator,
        OfficialRole::Cashier,
    ];
    let elsewhere = house.world.official(&everything.map(|role| (ELSEWHERE, role)));
    for (stranger, forbidden) in [
        (house.world.citizen("Trần Thị Bình"), &officials_only[..]),
        (house.world.client(), &officials_only),
        (elsewhere, &applicants_only),
    ] {
        for (name, answer) in ask_everything(&house, &stranger, &dossier, document, &result).await {
            let expected = if forbidden.contains(&name.as_str()) { 403 } else { 404 };
            assert_eq!(answer.status, expected, "{name}: {}", answer.json);
        }
    }
    for (name, answer) in ask_everything(&house, &house.world.nobody(), &dossier, document, &result).await {
        assert_eq!(answer.status, 401, "{name}");
    }
    assert_eq!(house.get(&an, &dossier).await.json, before.json, "nothing changed");
}

#[tokio::test]
async fn a_post_that_changes_something_needs_a_key() {
    let house = House::open().await;
    let an = house.an();
    let dossier = house.draft(&an, crate::house::BIRTH, HERE).await;
    for path in [
        "/api/v1/dossiers".to_owned(),
        format!("{dossier}/submission"),
        format!("{dossier}/documents?component=GIAY_CHUNG_SINH&file_name=a.pdf"),
    ] {
        let answer = an.call("submissions", Method::POST, &path).body(PDF, "application/pdf").send().await.expect(400);
        assert_eq!(answer.json["code"], "idempotency-key-required", "{path}");
    }
}
