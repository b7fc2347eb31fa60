//! `…/drafts`, `…/draft-answer`: a draft of the result that its applicant confirms.

use chrono::TimeDelta;
use civic::{
    OfficialRole,
    events::{DossierNotice, DossierNoticed},
};
use serde_json::{Value, json};
use testkit::{TestCaller, TestResponse, eventually};
use uuid::Uuid;

use crate::{
    fixture::{BAD, BIRTH, COPY, ELSEWHERE, Fixture, HERE, PDF, clamd, infected, reason},
    intake::{COPY_4, handed_in, take_in},
};

const REGISTRATION: &str = include_str!("../../../catalogue/data/procedures/1.001193/1.json");

/// An installation in which drafts of birth certificates are confirmed within a working day.
async fn open_with(flags: &[&str]) -> Fixture {
    let fixture = Fixture::open_with(flags).await;
    let mut version: Value = serde_json::from_str(REGISTRATION).expect("a procedure");
    version["draft_days"] = json!(1);
    version["time_limit"] = json!({"unit": "working_days", "days": 5});
    fixture.publish(BIRTH, 2, &version.to_string()).await;
    fixture
}

async fn send(fixture: &Fixture, who: &TestCaller, dossier: &str) -> TestResponse {
    let path = format!("{dossier}/drafts?file_name=D%E1%BB%B1%20th%E1%BA%A3o.pdf");
    fixture.post(who, &path).body(PDF, "application/pdf").send().await
}

async fn code(fixture: &Fixture, who: &TestCaller, dossier: &str, action: &str, body: &Value) -> String {
    let answer = fixture.act(who, dossier, action, body).await;
    answer.json["code"].as_str().unwrap_or_default().to_owned()
}

async fn notices(fixture: &Fixture) -> Vec<DossierNoticed> {
    let told = fixture.installation.sent::<DossierNoticed>("submissions").await;
    told.into_iter().filter(|told| told.notice.as_str().starts_with("DRAFT_")).collect()
}

/// A dossier with a result, whose draft nobody has seen.
async fn with_result(fixture: &Fixture, an: &TestCaller) -> String {
    let dossier = fixture.received(an).await;
    let _ = fixture.issue(&fixture.approver(), &dossier).await.expect(201);
    dossier
}

#[tokio::test]
async fn a_draft_is_corrected_and_confirmed_before_the_result_goes_out() {
    let fixture = open_with(&[]).await;
    let (an, approver) = (fixture.an(), fixture.approver());
    let dossier = with_result(&fixture, &an).await;
    let none = json!({});
    assert_eq!(code(&fixture, &approver, &dossier, "completion", &none).await, "draft-missing");
    assert_eq!(code(&fixture, &an, &dossier, "draft-answer", &json!({"answer": "CONFIRMED"})).await, "no-draft-open");
    let draft = send(&fixture, &approver, &dossier).await.expect(201);
    let place = draft.header("location").expect("a location").to_owned();
    // Tuesday, so until the close of Wednesday.
    let seen = fixture.get(&an, &dossier).await.expect(200);
    let request = &seen.json["requests"][0];
    assert_eq!((&request["kind"], &request["answer_by"]), (&json!("DRAFT"), &json!("2026-07-22T10:00:00Z")));
    assert_eq!(request["files"][0]["file_name"], "Dự thảo.pdf");
    assert_eq!(fixture.get(&an, &place).await.expect(200).bytes, PDF);
    let _ = fixture.get(&approver, &place).await.expect(200);
    let _ = fixture.get(&fixture.installation.citizen("Bình"), &place).await.expect(404);
    assert_eq!(code(&fixture, &approver, &dossier, "completion", &none).await, "draft-open");
    assert_eq!(send(&fixture, &approver, &dossier).await.expect(409).json["code"], "draft-open");
    let silent = fixture.act(&an, &dossier, "draft-answer", &json!({"answer": "DISPUTED"})).await.expect(400);
    assert_eq!(silent.json["errors"][0]["pointer"], "/comment");
    let wrong = json!({"answer": "DISPUTED", "comment": "Sai tên đệm của cháu."});
    let answered = fixture.act(&an, &dossier, "draft-answer", &wrong).await.expect(200);
    let request = &answered.json["requests"][0];
    assert_eq!((&request["declined"], &request["answer"]), (&json!(true), &wrong["comment"]));
    assert_eq!(code(&fixture, &approver, &dossier, "completion", &none).await, "draft-disputed");
    let _ = send(&fixture, &approver, &dossier).await.expect(201);
    let _ = fixture.act(&an, &dossier, "draft-answer", &json!({"answer": "CONFIRMED"})).await.expect(200);
    let _ = fixture.act(&approver, &dossier, "completion", &none).await.expect(200);
    let told = notices(&fixture).await;
    let kinds: Vec<_> = told.iter().map(|told| told.notice).collect();
    use DossierNotice::{DraftConfirmed, DraftDisputed, DraftSent};
    assert_eq!(kinds, [DraftSent, DraftDisputed, DraftSent, DraftConfirmed]);
    assert_eq!(
        (told[1].officials.as_slice(), told[1].reason.as_deref()),
        (&[approver.id][..], wrong["comment"].as_str())
    );
    fixture.assert_sound().await;
}

#[tokio::test]
async fn silence_is_consent_and_neither_side_blocks_the_dossier() {
    let fixture = open_with(&[]).await;
    let (an, approver) = (fixture.an(), fixture.approver());
    let (silent, disputed) = (with_result(&fixture, &an).await, with_result(&fixture, &an).await);
    let gone = with_result(&fixture, &an).await;
    for dossier in [&silent, &gone] {
        let _ = send(&fixture, &approver, dossier).await.expect(201);
    }
    let _ = fixture.act(&an, &gone, "withdrawal", &json!({})).await.expect(200);
    let wrong = json!({"answer": "DISPUTED", "comment": "Vẫn chưa đúng ý."});
    for _ in 0..2 {
        let _ = send(&fixture, &approver, &disputed).await.expect(201);
        let _ = fixture.act(&an, &disputed, "draft-answer", &wrong).await.expect(200);
    }
    let _ = fixture.act(&approver, &disputed, "completion", &json!({})).await.expect(200);
    fixture.installation.clock.advance(TimeDelta::hours(31) - TimeDelta::seconds(1));
    let _ = fixture.act(&approver, &silent, "completion", &json!({})).await.expect(409);
    fixture.assert_sound().await;
    // Wednesday at 17:00.
    fixture.installation.clock.advance(TimeDelta::minutes(2));
    eventually(async || (fixture.count("jobs where kind = 'lapse_draft'").await == 0).then_some(())).await;
    let late = json!({"answer": "CONFIRMED"});
    assert_eq!(code(&fixture, &an, &silent, "draft-answer", &late).await, "no-draft-open");
    let seen = fixture.get(&an, &silent).await.expect(200);
    assert_eq!(
        (&seen.json["requests"][0]["lapsed"], &seen.json["requests"][0]["state"]),
        (&json!(true), &json!("ANSWERED"))
    );
    let _ = fixture.act(&approver, &silent, "completion", &json!({})).await.expect(200);
    let lapsed = notices(&fixture).await.into_iter().filter(|told| told.notice == DossierNotice::DraftLapsed);
    assert_eq!(lapsed.count(), 1, "of what was withdrawn nobody hears");
    fixture.assert_sound().await;
}

#[tokio::test]
async fn drafts_are_for_procedures_that_want_them_and_for_who_works_on_the_dossier() {
    let clamd = clamd().await;
    let fixture = Fixture::open_with(&["--clamd", &clamd]).await;
    let (an, approver) = (fixture.an(), fixture.approver());
    let plain = fixture.received(&an).await;
    assert_eq!(send(&fixture, &approver, &plain).await.expect(409).json["code"], "no-draft-wanted");
    let offered = fixture.get(&approver, &plain).await;
    assert!(!offered.json["actions"].to_string().contains("SEND_DRAFT"));
    let mut version: Value = serde_json::from_str(REGISTRATION).expect("a procedure");
    version["draft_days"] = json!(1);
    fixture.publish(BIRTH, 2, &version.to_string()).await;
    let (waiting, _) = fixture.filed(&an, BIRTH).await;
    assert_eq!(send(&fixture, &approver, &waiting).await.expect(409).json["code"], "status-does-not-allow");
    let _ = send(&fixture, &an, &waiting).await.expect(403);
    let elsewhere = fixture.installation.official(&[(ELSEWHERE, OfficialRole::Approver)]);
    let _ = send(&fixture, &elsewhere, &waiting).await.expect(404);
    let receiver = fixture.installation.official(&[(HERE, OfficialRole::Receiver)]);
    let _ = send(&fixture, &receiver, &waiting).await.expect(403);
    let dossier = fixture.received(&an).await;
    let path = format!("{dossier}/drafts?file_name=a.pdf");
    for (file, media_type, code) in BAD {
        let answer = fixture.post(&approver, &path).body(file.to_vec(), media_type).send().await;
        assert_eq!(answer.json["code"], *code);
    }
    let ill = fixture.post(&approver, &path).body(infected(), "application/pdf").send().await;
    assert_eq!(ill.json["code"], "file-infected");
    let unknown = format!("{dossier}/drafts/{}", Uuid::nil());
    assert_eq!(fixture.get(&an, &unknown).await.expect(404).json["code"], "document-not-found");
    let confirm = json!({"answer": "CONFIRMED"});
    let _ = fixture.act(&approver, &dossier, "draft-answer", &confirm).await.expect(403);
    let other = fixture.installation.citizen("Bình");
    let _ = fixture.act(&other, &dossier, "draft-answer", &confirm).await.expect(404);
}

#[tokio::test]
async fn who_handed_a_dossier_in_at_the_counter_is_owed_no_draft() {
    let fixture = Fixture::open().await;
    let mut version: Value = serde_json::from_str(COPY_4).expect("a procedure");
    version["draft_days"] = json!(1);
    fixture.publish(COPY, 5, &version.to_string()).await;
    let taken = take_in(&fixture, &fixture.receiver(), HERE, &handed_in(COPY, "DIRECT")).await.expect(201);
    let dossier = taken.header("location").expect("a location");
    let paid = fixture.payment(&taken);
    fixture.installation.publish("payments", &paid).await;
    let approver = fixture.approver();
    let _ = fixture.issue(&approver, dossier).await.expect(201);
    assert_eq!(send(&fixture, &approver, dossier).await.expect(409).text("/code"), "no-draft-wanted");
    eventually(async || {
        let done = fixture.act(&approver, dossier, "completion", &json!({})).await;
        (done.status == 200).then_some(())
    })
    .await;
}

#[tokio::test]
async fn a_draft_confirmed_before_a_correction_says_nothing_of_the_corrected_result() {
    let fixture = open_with(&[]).await;
    let (an, approver) = (fixture.an(), fixture.approver());
    let dossier = with_result(&fixture, &an).await;
    let (none, confirmed) = (json!({}), json!({"answer": "CONFIRMED"}));
    let _ = send(&fixture, &approver, &dossier).await.expect(201);
    let _ = fixture.act(&an, &dossier, "draft-answer", &confirmed).await.expect(200);
    let _ = fixture.act(&approver, &dossier, "completion", &none).await.expect(200);
    let _ = fixture.act(&approver, &dossier, "correction", &reason()).await.expect(200);
    let _ = fixture.issue(&approver, &dossier).await.expect(201);
    assert_eq!(code(&fixture, &approver, &dossier, "completion", &none).await, "draft-missing");
    let _ = send(&fixture, &approver, &dossier).await.expect(201);
    let wrong = json!({"answer": "DISPUTED", "comment": "Ngày sinh vẫn chưa đúng."});
    let _ = fixture.act(&an, &dossier, "draft-answer", &wrong).await.expect(200);
    assert_eq!(code(&fixture, &approver, &dossier, "completion", &none).await, "draft-disputed");
    let _ = send(&fixture, &approver, &dossier).await.expect(201);
    let _ = fixture.act(&an, &dossier, "draft-answer", &confirmed).await.expect(200);
    let _ = fixture.act(&approver, &dossier, "completion", &none).await.expect(200);
    fixture.assert_sound().await;
}

#[tokio::test]
async fn who_lists_her_dossiers_sees_that_a_draft_waits_and_until_when() {
    let fixture = open_with(&[]).await;
    let an = fixture.an();
    let dossier = with_result(&fixture, &an).await;
    fixture.installation.clock.advance(TimeDelta::hours(1));
    let since = fixture.installation.clock.now().format("%Y-%m-%dT%H:%M:%SZ");
    let list = async || {
        let list = fixture.get(&an, &format!("/api/v1/dossiers?changed_since={since}")).await.expect(200);
        let items = list.json["items"].as_array().expect("items").clone();
        items.into_iter().map(|item| (item["asked"].clone(), item["answer_by"].clone())).collect::<Vec<_>>()
    };
    assert!(list().await.is_empty());
    let _ = send(&fixture, &fixture.approver(), &dossier).await.expect(201);
    assert_eq!(list().await, [(json!("DRAFT"), json!("2026-07-22T10:00:00Z"))], "silence would be consent");
    let _ = fixture.act(&an, &dossier, "draft-answer", &json!({"answer": "CONFIRMED"})).await.expect(200);
    assert_eq!(list().await, [(Value::Null, Value::Null)]);
}
