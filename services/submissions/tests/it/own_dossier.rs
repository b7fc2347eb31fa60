//! Nobody handles what is her own: not as its applicant, nor where it names her.

use civic::{OfficialRole, events::OfficialAssigned};
use serde_json::{Value, json};
use testkit::{TestCaller, TestResponse, eventually};

use crate::{
    fixture::{BIRTH, ELSEWHERE, Fixture, HERE, PDF, reason},
    process::{assign_post_at, open_with, serve},
    stage_refusals::{DONE, tried},
};

/// What is done without a stage that lets do it, with what is sent.
const ELSE: [&str; 6] = ["receipt", "taking", "giving-back", "assignment", "forwarding", "sending-back"];

fn everywhere(agency: &str) -> Vec<(&str, OfficialRole)> {
    OfficialRole::ALL.iter().map(|role| (agency, *role)).collect()
}

/// Tries all that officials do with a dossier, where all is refused for that it is the official's own.
async fn all_is_refused(fixture: &Fixture, official: &TestCaller, dossier: &str) {
    let refused = |what: &str, answer: &TestResponse| {
        assert_eq!((answer.status, answer.json["code"].as_str()), (409, Some("own-dossier")), "{what}");
    };
    for action in DONE.iter().chain(&ELSE) {
        refused(action, &tried(fixture, official, dossier, action).await);
    }
    for (action, body) in [
        ("refusal", reason()),
        ("correction", reason()),
        ("return", json!({"way": "DIGITAL"})),
        ("notes", json!({"text": "Hồ sơ của tôi."})),
        (
            "apology",
            json!({"working_days": 2, "words": "Hồ sơ của ông chưa được bàn giao kịp. Chúng tôi xin lỗi ông."}),
        ),
        ("lateness-causes", json!({"cause": "SYSTEM", "proof": "Phiếu báo lỗi số 118."})),
        ("consultations/1/cancellation", json!({})),
    ] {
        refused(action, &fixture.act(official, dossier, action, &body).await);
    }
}

#[tokio::test]
async fn an_official_does_nothing_with_her_own_dossier_and_is_told_why_on_its_page() {
    let fixture = Fixture::open().await;
    let an = fixture.an();
    let official = fixture.installation.in_post(an.id, &everywhere(HERE));
    let (dossier, _) = fixture.filed(&an, BIRTH).await;
    all_is_refused(&fixture, &official, &dossier).await;
    let view = fixture.get(&official, &dossier).await.expect(200);
    let actions = view.json["actions"].as_array().expect("actions").clone();
    assert!(actions.len() > 10 && actions.iter().all(|action| action["allowed"] == false), "{actions:?}");
    let told = |action: &Value| action["reason"]["code"] == "own-dossier";
    assert!(actions.iter().filter(|action| action["action"] != "TAKE").all(told), "{actions:?}");
    assert_eq!(view.json["status"], "REGISTERED");
    let _ = fixture.act(&fixture.receiver(), &dossier, "receipt", &json!({})).await.expect(200);
}

#[tokio::test]
async fn nor_does_a_member_with_what_she_filed_for_her_organisation() {
    let fixture = Fixture::open().await;
    let member = fixture.installation.member("Chi", uuid::Uuid::new_v4());
    let (dossier, _) = fixture.filed(&member, BIRTH).await;
    let official = fixture.installation.in_post(member.id, &everywhere(HERE));
    assert_eq!(fixture.act(&official, &dossier, "receipt", &json!({})).await.expect(409).json["code"], "own-dossier");
}

#[tokio::test]
async fn nor_does_whom_the_dossier_names_by_her_citizen_number() {
    let fixture = Fixture::open().await;
    let (dossier, _) = fixture.filed(&fixture.an(), BIRTH).await;
    let receiver = fixture.receiver();
    let assigned = |number: &str| OfficialAssigned {
        official_id: receiver.id,
        name: "Trần Thị Bình".parse().expect("a name"),
        email: "canbo@example.vn".parse().expect("an address"),
        phone: None,
        agency: HERE.parse().expect("a code"),
        roles: vec![OfficialRole::Receiver],
        citizen_number: Some(number.parse().expect("a number")),
    };
    let told = async |number: &str| {
        fixture.installation.publish("accounts", &assigned(number)).await;
        let known = format!("officials where citizen_number = '{number}'");
        eventually(async || (fixture.count(&known).await == 1).then_some(())).await;
    };
    told("000095012345").await;
    assert_eq!(fixture.act(&receiver, &dossier, "receipt", &json!({})).await.expect(409).json["code"], "own-dossier");
    let view = fixture.get(&receiver, &dossier).await.expect(200);
    let actions = view.json["actions"].as_array().expect("actions");
    let receipt = actions.iter().find(|action| action["action"] == "RECEIVE").expect("it is there");
    assert_eq!((&receipt["allowed"], &receipt["reason"]["code"]), (&json!(false), &json!("own-dossier")));
    told("000095012346").await;
    let _ = fixture.act(&receiver, &dossier, "receipt", &json!({})).await.expect(200);
}

#[tokio::test]
async fn nor_is_it_given_to_her_or_her_agencys_opinion_hers() {
    let fixture = Fixture::open().await;
    let an = fixture.an();
    let (dossier, _) = fixture.filed(&an, BIRTH).await;
    let _ = fixture.act(&fixture.receiver(), &dossier, "receipt", &json!({})).await.expect(200);
    let question = json!({"agency": ELSEWHERE, "question": "Đề nghị xác minh.", "shows": "PAPERS"});
    let other = fixture.installation.official(&[(ELSEWHERE, OfficialRole::Processor)]);
    assign_post_at(&fixture, ELSEWHERE, &other, "Đỗ Văn Lý", &[OfficialRole::Processor]).await;
    let _ = fixture.act(&fixture.approver(), &dossier, "consultations", &question).await.expect(200);
    let there = fixture.installation.in_post(an.id, &everywhere(ELSEWHERE));
    let path = format!("{dossier}/consultations/1");
    let answer = json!({"answer": "Đã cư trú tại xã từ năm 2015."});
    assert_eq!(fixture.act(&there, &path, "answer", &answer).await.expect(409).json["code"], "own-dossier");
    let document = fixture.post(&there, &format!("{path}/documents?file_name=a.pdf")).body(PDF, "application/pdf");
    assert_eq!(document.send().await.expect(409).json["code"], "own-dossier");
    fixture.assert_sound().await;
}

#[tokio::test]
async fn what_is_shared_out_by_load_passes_over_whose_it_is() {
    let fixture = open_with(
        r#"[{"code": "TIEP_NHAN", "name": {"vi": "a", "en": "a"}, "role": "RECEIVER", "actions": ["RECEIVE"], "next": ["XU_LY"]},
            {"code": "XU_LY", "name": {"vi": "b", "en": "b"}, "role": "PROCESSOR", "actions": ["ISSUE_RESULT", "COMPLETE"],
             "assignment": "BY_LOAD", "next": []}]"#,
    )
    .await;
    serve(&fixture, "Không", &[OfficialRole::Receiver]).await;
    let one = serve(&fixture, "Một", &[OfficialRole::Processor]).await;
    let other = serve(&fixture, "Hai", &[OfficialRole::Processor]).await;
    for applicant in [&one, &other, &one] {
        let applicant = fixture.installation.citizen_of(applicant.id, "Nguyễn Văn An");
        let (dossier, _) = fixture.filed(&applicant, BIRTH).await;
        let view = fixture.act(&fixture.receiver(), &dossier, "receipt", &json!({})).await.expect(200);
        let expected = if applicant.id == one.id { &other } else { &one };
        assert_eq!(view.json["holder"]["id"], json!(expected.id));
        let back = fixture.act(expected, &dossier, "assignment", &json!({"official": applicant.id})).await.expect(409);
        assert_eq!(back.json["code"], "own-dossier");
    }
}
