//! What a dossier's view offers its reader is what the operations then allow; `every_action.rs` tries all of them as every role.

use std::collections::BTreeMap;

use civic::OfficialRole;
use serde_json::json;
use testkit::{TestCaller, TestResponse};

use crate::fixture::{BIRTH, COPY, Fixture, HERE, birth, reason, wanted};

/// Every action with the code of what stands against it; nothing when it is allowed.
fn actions(view: &TestResponse) -> BTreeMap<String, Option<String>> {
    let actions = view.json["actions"].as_array().expect("actions").iter();
    let text = |value: &serde_json::Value| value.as_str().map(ToOwned::to_owned);
    actions
        .map(|action| {
            let reason = text(&action["reason"]["code"]);
            assert_eq!(action["allowed"], reason.is_none(), "{action}");
            (text(&action["action"]).expect("a name"), reason)
        })
        .collect()
}

fn expect(view: &TestResponse, expected: &[(&str, &str)]) {
    let expected = expected
        .iter()
        .map(|(action, why)| ((*action).to_owned(), Some((*why).to_owned()).filter(|why| !why.is_empty())));
    assert_eq!(actions(view), expected.collect());
}

/// What an operation answers: nothing when it succeeds.
fn refusal(answer: &TestResponse) -> Option<String> {
    (answer.status >= 400).then(|| answer.text("/code").to_owned())
}

async fn view(fixture: &Fixture, who: &TestCaller, dossier: &str) -> TestResponse {
    fixture.get(who, dossier).await.expect(200)
}

#[tokio::test]
async fn an_applicant_is_offered_what_the_dossier_allows_at_each_step() {
    let fixture = Fixture::open().await;
    let an = fixture.an();
    let dossier = fixture.draft(&an, COPY, HERE).await;
    let draft = [
        ("EDIT", ""),
        ("DISCARD", ""),
        ("ADD_DOCUMENT", ""),
        ("CHOOSE_RETURN", ""),
        ("PAY", "nothing-due"),
        ("DOWNLOAD_RESULT", "result-missing"),
        ("ANSWER_SUPPLEMENT", "status-does-not-allow"),
        ("WITHDRAW", "status-does-not-allow"),
    ];
    expect(&view(&fixture, &an, &dossier).await, &[&draft[..], &[("SUBMIT", "dossier-incomplete")]].concat());
    let ready = fixture.answer(&an, &dossier, &crate::fixture::copies(1)).await.expect(200);
    expect(&ready, &[&draft[..], &[("SUBMIT", "")]].concat());
    let receipt = fixture.submit(&an, &dossier).await.expect(201);
    let filed = [
        ("EDIT", "not-a-draft"),
        ("DISCARD", "not-a-draft"),
        ("ADD_DOCUMENT", "not-a-draft"),
        ("SUBMIT", "not-a-draft"),
        ("CHOOSE_RETURN", ""),
        ("ANSWER_SUPPLEMENT", "status-does-not-allow"),
    ];
    let (open, done) = (("WITHDRAW", ""), ("WITHDRAW", "status-does-not-allow"));
    let unpaid = view(&fixture, &an, &dossier).await;
    expect(&unpaid, &[&filed[..], &[open, ("PAY", ""), ("DOWNLOAD_RESULT", "result-missing")]].concat());
    assert_eq!(unpaid.json["actions"][0]["reason"]["text"]["vi"], "Hồ sơ đã nộp, không sửa được nữa.");
    fixture.installation.publish("payments", &fixture.payment(&receipt)).await;
    let paid = fixture.until(&an, &dossier, "REGISTERED").await;
    expect(&paid, &[&filed[..], &[open, ("PAY", "nothing-due"), ("DOWNLOAD_RESULT", "result-missing")]].concat());
    let _ = fixture.post(&fixture.receiver(), &format!("{dossier}/receipt")).send().await.expect(200);
    let _ = fixture.issue(&fixture.approver(), &dossier).await.expect(201);
    let _ =
        fixture.post(&fixture.approver(), &format!("{dossier}/completion")).json(&json!({})).send().await.expect(200);
    let completed = view(&fixture, &an, &dossier).await;
    expect(&completed, &[&filed[..], &[done, ("PAY", "nothing-due"), ("DOWNLOAD_RESULT", "")]].concat());
}

#[tokio::test]
async fn an_official_is_offered_what_her_roles_allow_and_told_what_they_do_not() {
    let fixture = Fixture::open().await;
    let an = fixture.an();
    let (dossier, _) = fixture.filed(&an, BIRTH).await;
    let (receiver, approver) = (fixture.receiver(), fixture.approver());
    let auditor = fixture.installation.official(&[(HERE, OfficialRole::Auditor)]);
    let (none, status) = ("role-missing", "status-does-not-allow");
    let names =
        ["RECEIVE", "REFUSE", "REQUEST_SUPPLEMENT", "STOP", "RESUME", "ADD_RESULT", "COMPLETE", "DECLINE", "RETURN"];
    let further = ["CHARGE", "CANCEL_CHARGE", "EXTEND", "CORRECT", "CONSULT", "REMOVE_RESULT", "TAKE_SUPPLEMENT"];
    let all = |why: [&'static str; 9], more: [&'static str; 7]| {
        names.into_iter().zip(why).chain(further.into_iter().zip(more)).collect::<Vec<_>>()
    };
    let no_charge = "no-charge-to-cancel";
    expect(&view(&fixture, &auditor, &dossier).await, &all([none; 9], [none; 7]));
    let at_counter = [none, none, none, none, none, none, status];
    let first = ["", "", "", none, none, none, none, none, status];
    expect(&view(&fixture, &receiver, &dossier).await, &all(first, at_counter));
    expect(
        &view(&fixture, &approver, &dossier).await,
        &all(
            [none, none, "", status, status, status, status, status, none],
            [status, no_charge, status, status, status, status, none],
        ),
    );
    let received = fixture.post(&receiver, &format!("{dossier}/receipt")).send().await.expect(200);
    expect(&received, &all([status, status, "", none, none, none, none, none, status], at_counter));
    let while_working = |removal| ["", no_charge, "", status, "", removal, none];
    let view_now = view(&fixture, &approver, &dossier).await;
    expect(
        &view_now,
        &all([none, none, "", "", status, "", "result-missing", "", none], while_working("result-missing")),
    );
    let mut offered = view_now.json["actions"].as_array().expect("actions").iter();
    let stop = offered.find(|action| action["action"] == "STOP").expect("an action");
    assert_eq!(stop["leads_to"], json!(["STOPPED"]));
    let _ = fixture.issue(&approver, &dossier).await.expect(201);
    let view_now = view(&fixture, &approver, &dossier).await;
    expect(&view_now, &all([none, none, "", "", status, "", "", "", none], while_working("")));
    let (unpaid, _) = fixture.filed(&an, COPY).await;
    assert_eq!(actions(&view(&fixture, &receiver, &unpaid).await)["RECEIVE"].as_deref(), Some("fee-not-paid"));
}

#[tokio::test]
async fn every_operation_answers_what_the_view_said_before() {
    let fixture = Fixture::open().await;
    let an = fixture.an();
    let everything = OfficialRole::ALL.iter().map(|role| (HERE, *role)).collect::<Vec<_>>();
    let official = fixture.installation.official(&everything);
    let draft = fixture.draft(&an, BIRTH, HERE).await;
    let (unpaid, _) = fixture.filed(&an, COPY).await;
    let (filed, _) = fixture.filed(&an, BIRTH).await;
    let received = fixture.received(&an).await;
    for dossier in [&draft, &unpaid, &filed, &received] {
        let said = actions(&view(&fixture, &an, dossier).await);
        assert_eq!(refusal(&fixture.submit(&an, dossier).await), said["SUBMIT"], "submit {dossier}");
        assert_eq!(refusal(&fixture.answer(&an, dossier, &birth()).await), said["EDIT"], "edit {dossier}");
        let upload = fixture.upload(&an, dossier, "GIAY_TO_KHAC").await;
        assert_eq!(refusal(&upload), said["ADD_DOCUMENT"], "upload {dossier}");
    }
    for dossier in [&unpaid, &filed, &received] {
        let completion = fixture.post(&official, &format!("{dossier}/completion")).json(&json!({}));
        let said = actions(&view(&fixture, &official, dossier).await);
        assert_eq!(refusal(&completion.send().await), said["COMPLETE"], "complete {dossier}");
        assert_eq!(refusal(&fixture.issue(&official, dossier).await), said["ADD_RESULT"], "issue {dossier}");
        let receipt = fixture.post(&official, &format!("{dossier}/receipt")).send().await;
        assert_eq!(refusal(&receipt), said["RECEIVE"], "receive {dossier}");
        for (action, path, body) in [
            ("REFUSE", "refusal", reason()),
            ("STOP", "suspension", reason()),
            ("RESUME", "resumption", json!({})),
            ("RETURN", "return", json!({"way": "DIGITAL"})),
            ("CORRECT", "correction", reason()),
            ("CANCEL_CHARGE", "charge-cancellation", reason()),
            ("REQUEST_SUPPLEMENT", "supplement-request", wanted()),
        ] {
            let said = actions(&view(&fixture, &official, dossier).await);
            let answer = fixture.act(&official, dossier, path, &body).await;
            if answer.status != 400 {
                assert_eq!(refusal(&answer), said[action], "{action} {dossier}");
            }
        }
        for (action, path) in [("ANSWER_SUPPLEMENT", "supplement"), ("WITHDRAW", "withdrawal")] {
            let said = actions(&view(&fixture, &an, dossier).await);
            assert_eq!(refusal(&fixture.act(&an, dossier, path, &json!({})).await), said[action], "{action} {dossier}");
        }
    }
}
