//! Every action that there is, as the document names them: who is let in, and that it heeds the version it was decided from. A new one is told
//! here how it is done, or these tests fail.

use std::collections::{BTreeMap, BTreeSet};

use chrono::TimeDelta;
use civic::OfficialRole;
use serde_json::{Value, json};
use testkit::{Method, TestCaller, TestResponse};

use crate::fixture::{BIRTH, ELSEWHERE, Fixture, HERE, PDF, birth, reason, wanted};

const DOCUMENT: &str = include_str!("../../../../openapi/submissions.json");
const REGISTRATION: &str = include_str!("../../../catalogue/data/procedures/1.001193/1.json");
const NOTHING: &str = "00000000-0000-7000-8000-000000000000";
const STALE: &str = "\"1\"";

/// What an applicant does with a draft, and with a dossier that is filed.
const OF_DRAFTS: [&str; 5] = ["EDIT", "DISCARD", "ADD_DOCUMENT", "CHOOSE_RETURN", "SUBMIT"];
const OF_APPLICANTS: [&str; 4] = ["ANSWER_SUPPLEMENT", "ANSWER_DRAFT", "WITHDRAW", "CHOOSE_RETURN"];
/// What changes nothing of a dossier here: payments takes the fee, and a result is read.
const ELSE: [&str; 2] = ["PAY", "DOWNLOAD_RESULT"];

/// What is sent.
enum Sent {
    Json(Value),
    Pdf,
    Nothing,
}

/// How an action is done: the method, the path below the dossier, and what is sent.
fn how(action: &str) -> (Method, String, Sent) {
    let post = |path: &str, body: Value| (Method::POST, path.to_owned(), Sent::Json(body));
    let law = "reason=Kh%C3%B4ng%20%C4%91%E1%BB%A7%20%C4%91i%E1%BB%81u%20ki%E1%BB%87n.";
    let charge = json!({
        "what_for": "Phí thẩm định", "amount": {"amount": 150_000, "currency": "VND"}, "legal_basis": "Thông tư 85/2019/TT-BTC",
    });
    let words = "Hồ sơ của ông chưa được bàn giao kịp. Chúng tôi xin lỗi ông.";
    match action {
        "EDIT" => (Method::PUT, "answers".into(), Sent::Json(birth())),
        "DISCARD" => (Method::DELETE, String::new(), Sent::Nothing),
        "ADD_DOCUMENT" => (Method::POST, "documents?component=GIAY_CHUNG_SINH&file_name=a.pdf".into(), Sent::Pdf),
        "CHOOSE_RETURN" => (Method::PUT, "return-way".into(), Sent::Json(json!({"way": "COUNTER"}))),
        "SUBMIT" => (Method::POST, "submission".into(), Sent::Nothing),
        "ANSWER_SUPPLEMENT" => (Method::POST, "supplement".into(), Sent::Nothing),
        "ANSWER_DRAFT" => post("draft-answer", json!({"answer": "CONFIRMED"})),
        "WITHDRAW" => post("withdrawal", json!({})),
        "RECEIVE" => post("receipt", json!({})),
        "REFUSE" => post("refusal", reason()),
        "TAKE" => post("taking", json!({})),
        "GIVE_BACK" => post("giving-back", reason()),
        "ASSIGN" => post("assignment", json!({"official": NOTHING})),
        "FORWARD" => post("forwarding", json!({})),
        "SEND_BACK" => post("sending-back", reason()),
        "REQUEST_SUPPLEMENT" => post("supplement-request", wanted()),
        "TAKE_SUPPLEMENT" => post("supplement-intake", json!({})),
        "STOP" => post("suspension", reason()),
        "RESUME" => post("resumption", json!({})),
        "CHARGE" => post("charges", json!({"lines": [charge]})),
        "CANCEL_CHARGE" => post("charge-cancellation", reason()),
        "EXTEND" => post("extension", json!({"working_days": 1, "reason": "Phải xác minh thêm."})),
        "APOLOGISE" => post("apology", json!({"working_days": 2, "words": words})),
        "NOTE_LATENESS" => post("lateness-causes", json!({"cause": "SYSTEM", "proof": "Phiếu báo lỗi số 118."})),
        "CONSULT" => {
            post("consultations", json!({"agency": ELSEWHERE, "question": "Đề nghị xác minh.", "shows": "QUESTION"}))
        }
        "SEND_DRAFT" => (Method::POST, "drafts?file_name=a.pdf".into(), Sent::Pdf),
        "ADD_RESULT" => (Method::POST, "results?file_name=a.pdf".into(), Sent::Pdf),
        "REMOVE_RESULT" => (Method::DELETE, format!("results/{NOTHING}"), Sent::Nothing),
        "COMPLETE" => post("completion", json!({})),
        "DECLINE" => (Method::POST, format!("refusal-document?file_name=a.pdf&{law}"), Sent::Pdf),
        "RETURN" => post("return", json!({"way": "DIGITAL"})),
        "CORRECT" => post("correction", reason()),
        other => panic!("how is {other} done? Say so here, and in the table of roles in `domain/model/roles.rs`"),
    }
}

/// Does it, from the page of a version if one is named.
async fn tried(who: &TestCaller, dossier: &str, action: &str, version: Option<&str>) -> TestResponse {
    let (method, path, sent) = how(action);
    let path = if path.is_empty() { dossier.to_owned() } else { format!("{dossier}/{path}") };
    let key = uuid::Uuid::new_v4().to_string();
    let call = who.call("submissions", method, &path).key(&key);
    let call = match version {
        Some(version) => call.header("if-match", version),
        None => call,
    };
    match sent {
        Sent::Json(body) => call.json(&body).send().await,
        Sent::Pdf => call.body(PDF, "application/pdf").send().await,
        Sent::Nothing => call.send().await,
    }
}

/// Every action of the document.
fn all() -> BTreeSet<String> {
    let document: Value = serde_json::from_str(DOCUMENT).expect("JSON");
    let names = document["components"]["schemas"]["DossierActionName"]["enum"].as_array().expect("names").clone();
    names.iter().map(|name| name.as_str().expect("a name").to_owned()).collect()
}

/// What officials do.
fn of_officials() -> BTreeSet<String> {
    let others: BTreeSet<_> =
        OF_DRAFTS.iter().chain(&OF_APPLICANTS).chain(&ELSE).map(|name| (*name).to_owned()).collect();
    all().difference(&others).cloned().collect()
}

/// A dossier of which every action has its place: by a process with stages, with drafts of its result, and late by now.
async fn late(fixture: &Fixture) -> String {
    let mut version: Value = serde_json::from_str(REGISTRATION).expect("a procedure");
    let stage = |code: &str, role: &str, action: &str, next: Value| json!({"code": code, "name": {"vi": code, "en": code}, "role": role, "actions": [action], "next": next});
    let decision = stage("QUYET_DINH", "APPROVER", "COMPLETE", json!([]));
    version["process"] = json!([stage("TIEP_NHAN", "RECEIVER", "RECEIVE", json!(["QUYET_DINH"])), decision]);
    version["draft_days"] = json!(1);
    fixture.publish(BIRTH, 2, &version.to_string()).await;
    let dossier = fixture.received(&fixture.an()).await;
    fixture.installation.clock.advance(TimeDelta::days(30));
    dossier
}

/// What stands against each action for somebody, as the view says it.
async fn said(fixture: &Fixture, who: &TestCaller, dossier: &str) -> Option<BTreeMap<String, Option<String>>> {
    let view = fixture.get(who, dossier).await;
    let actions = Some(view).filter(|view| view.status == 200)?.json["actions"].as_array().expect("actions").clone();
    let text = |value: &Value| value.as_str().map(ToOwned::to_owned);
    Some(actions.iter().map(|it| (text(&it["action"]).expect("a name"), text(&it["reason"]["code"]))).collect())
}

#[tokio::test]
async fn each_role_is_let_in_by_exactly_the_operations_that_the_view_offers_it() {
    let fixture = Fixture::open().await;
    let dossier = late(&fixture).await;
    let actions = of_officials();
    for role in OfficialRole::ALL {
        let official = fixture.installation.official(&[(HERE, *role)]);
        let said = said(&fixture, &official, &dossier).await;
        if let Some(said) = &said {
            assert_eq!(said.keys().cloned().collect::<BTreeSet<_>>(), actions, "{role} is shown each of them");
        }
        for action in &actions {
            let why = said.as_ref().map(|said| said[action].as_deref());
            // Neither does anything: who is not let in does nothing, nor who decides from an old page.
            let answer = match why {
                None | Some(Some("role-missing")) => (tried(&official, &dossier, action, None).await, 403),
                Some(_) => (tried(&official, &dossier, action, Some(STALE)).await, 412),
            };
            assert_eq!(
                answer.0.status, answer.1,
                "{action} as {role}, of which the view says {why:?}: {}",
                answer.0.json
            );
        }
    }
    let receiver = fixture.installation.official(&[(HERE, OfficialRole::Receiver)]);
    let view = fixture.get(&receiver, &dossier).await.expect(200);
    assert_eq!(view.text("/status"), "RECEIVED", "nothing was done");
}

#[tokio::test]
async fn every_action_heeds_the_version_that_it_was_decided_from() {
    let fixture = Fixture::open().await;
    let an = fixture.an();
    let dossier = fixture.received(&an).await;
    let everything: Vec<_> = OfficialRole::ALL.iter().map(|role| (HERE, *role)).collect();
    let official = fixture.installation.official(&everything);
    let stale = async |who: &TestCaller, dossier: &str, action: &str| {
        let answer = tried(who, dossier, action, Some(STALE)).await.expect(412);
        assert_eq!(answer.text("/code"), "stale", "{action}");
    };
    for action in of_officials() {
        stale(&official, &dossier, &action).await;
    }
    let note = fixture.post(&official, &format!("{dossier}/notes")).header("if-match", STALE);
    let _ = note.json(&json!({"text": "Đã gọi điện."})).send().await.expect(412);
    for action in OF_APPLICANTS {
        stale(&an, &dossier, action).await;
    }
    assert_eq!(fixture.get(&an, &dossier).await.text("/status"), "RECEIVED", "nothing was done");
    let draft = fixture.ready(&an, BIRTH).await;
    for action in OF_DRAFTS {
        stale(&an, &draft, action).await;
    }
    assert_eq!(fixture.get(&an, &draft).await.text("/status"), "DRAFT", "nothing was done");
}
