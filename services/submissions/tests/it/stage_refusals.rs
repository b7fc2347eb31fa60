//! At a stage, what is refused to whom: where it is done elsewhere, by who has no part in it, while somebody has it, by who acted before.

use civic::OfficialRole::{Approver, Processor, Receiver};
use serde_json::{Value, json};
use testkit::{Method, TestCaller, TestResponse};

use crate::{
    fixture::{ELSEWHERE, Fixture, PDF, reason, wanted},
    process::{done, open, received, refused, serve},
};

/// The removal of a result, whichever it is.
const REMOVAL: &str = "results/00000000-0000-7000-8000-000000000000";
/// What is done at stages, with what is sent.
pub const DONE: [&str; 12] = [
    "supplement-request",
    "suspension",
    "resumption",
    "results",
    REMOVAL,
    "drafts",
    "completion",
    "refusal-document",
    "charges",
    "charge-cancellation",
    "extension",
    "consultations",
];

fn body(action: &str, official: &TestCaller) -> Value {
    match action {
        "supplement-request" => wanted(),
        "suspension" | "giving-back" | "sending-back" | "charge-cancellation" => reason(),
        "charges" => json!({"lines": [{
            "what_for": "Phí thẩm định", "amount": {"amount": 150_000, "currency": "VND"},
            "legal_basis": "Thông tư 85/2019/TT-BTC",
        }]}),
        "extension" => json!({"working_days": 1, "reason": "Phải xác minh thêm."}),
        "consultations" => json!({"agency": ELSEWHERE, "question": "Đề nghị xác minh.", "shows": "QUESTION"}),
        "assignment" => json!({"official": official.id}),
        _ => json!({}),
    }
}

pub async fn tried(fixture: &Fixture, who: &TestCaller, dossier: &str, action: &str) -> TestResponse {
    let law = "Kh%C3%B4ng%20%C4%91%E1%BB%A7%20%C4%91i%E1%BB%81u%20ki%E1%BB%87n.";
    let path = match action {
        REMOVAL => {
            let removal = who.call("submissions", Method::DELETE, &format!("{dossier}/{action}"));
            return removal.send().await;
        }
        "results" | "drafts" => format!("{dossier}/{action}?file_name=a.pdf"),
        "refusal-document" => format!("{dossier}/refusal-document?file_name=a.pdf&reason={law}"),
        _ => return fixture.act(who, dossier, action, &body(action, who)).await,
    };
    fixture.post(who, &path).body(PDF, "application/pdf").send().await
}

/// Reception, where papers may be asked for; a decision by others than received; a last signature.
fn stages() -> Value {
    let stage = |code: &str, role: &str, actions: Value, next: Value| json!({"code": code, "name": {"vi": code, "en": code}, "role": role, "actions": actions, "next": next});
    let everything =
        json!(["REQUEST_SUPPLEMENT", "ISSUE_RESULT", "STOP", "COMPLETE", "REQUEST_FEE", "EXTEND", "CONSULT",]);
    let mut decision = stage("QUYET_DINH", "APPROVER", everything, json!(["KY"]));
    decision["other_than"] = json!(["TIEP_NHAN"]);
    json!([
        stage("TIEP_NHAN", "RECEIVER", json!(["RECEIVE", "REQUEST_SUPPLEMENT"]), json!(["QUYET_DINH"])),
        decision,
        stage("KY", "APPROVER", json!(["COMPLETE"]), json!([])),
    ])
}

#[tokio::test]
async fn each_of_them_is_refused_with_its_own_sentence() {
    let fixture = open(&stages()).await;
    let both = serve(&fixture, "Trần Thị Tiếp", &[Receiver, Processor, Approver]).await;
    let [one, two] =
        [serve(&fixture, "Phạm Thị Duyệt", &[Approver]).await, serve(&fixture, "Võ Thị Ký", &[Approver]).await];
    let specialist = serve(&fixture, "Lê Văn Một", &[Processor]).await;
    let dossier = received(&fixture, &both).await;
    for action in &DONE[1..] {
        refused(&tried(&fixture, &one, &dossier, action).await, 409, "done-at-another-stage", action);
    }
    refused(&tried(&fixture, &both, &dossier, "sending-back").await, 409, "first-stage", "it came from nowhere");
    let _ = done(&fixture, &both, &dossier, "forwarding", json!({})).await;
    refused(&tried(&fixture, &two, &dossier, "giving-back").await, 409, "dossier-not-held", "nobody has it");
    refused(&tried(&fixture, &specialist, &dossier, "assignment").await, 403, "role-missing", "she leads nobody");
    let in_hand = ["taking", "forwarding", "sending-back"];
    for action in DONE.iter().chain(&in_hand) {
        refused(&tried(&fixture, &specialist, &dossier, action).await, 403, "role-missing", action);
        refused(&tried(&fixture, &both, &dossier, action).await, 409, "other-official-needed", action);
    }
    let given = fixture.act(&one, &dossier, "assignment", &json!({"official": both.id})).await;
    refused(&given, 409, "other-official-needed", "she received it");
    let _ = done(&fixture, &one, &dossier, "taking", json!({})).await;
    for action in DONE.iter().chain(&in_hand).chain(&["giving-back"]) {
        refused(&tried(&fixture, &two, &dossier, action).await, 409, "dossier-held", action);
    }
    let _ = done(&fixture, &one, &dossier, "forwarding", json!({})).await;
    refused(&tried(&fixture, &two, &dossier, "supplement-request").await, 409, "done-at-another-stage", "at the end");
    let on = tried(&fixture, &two, &dossier, "forwarding").await;
    refused(&on, 409, "last-stage", "there is none to hand it on to");
    // What the page says beside the action is the same.
    let view = fixture.get(&two, &dossier).await.expect(200);
    let mut actions = view.json["actions"].as_array().into_iter().flatten();
    let forward = actions.find(|action| action["action"] == "FORWARD").expect("an action");
    assert_eq!(forward["reason"]["text"]["vi"].as_str(), on.json["title"].as_str());
}
