//! `GET` and `POST /api/v1/agencies/{agency}/phrases`, `DELETE …/{phrase_id}`

use civic::OfficialRole;
use diesel_async::SimpleAsyncConnection;
use serde_json::{Value, json};
use testkit::{Method, TestCaller, TestResponse};
use uuid::Uuid;

use crate::fixture::{ELSEWHERE, Fixture, HERE, errors};

const PHRASES: &str = "/api/v1/agencies/H44.100/phrases";

fn administrator(fixture: &Fixture) -> TestCaller {
    fixture.installation.official(&[(HERE, OfficialRole::AgencyAdministrator)])
}

async fn add(fixture: &Fixture, who: &TestCaller, phrase: &Value) -> TestResponse {
    fixture.post(who, PHRASES).json(phrase).send().await
}

fn blurred() -> Value {
    json!({"action": "REQUEST_SUPPLEMENT", "text": "Ảnh chụp bị mờ."})
}

#[tokio::test]
async fn an_administrator_keeps_them_and_every_official_of_the_agency_reads_them() {
    let fixture = Fixture::open().await;
    let administrator = administrator(&fixture);
    let first = add(&fixture, &administrator, &blurred()).await.expect(201);
    let again = add(&fixture, &administrator, &blurred()).await.expect(200);
    assert_eq!(first.text("/id"), again.text("/id"), "one that is there stays");
    let _ =
        add(&fixture, &administrator, &json!({"action": "STOP", "text": "Chờ kết luận giám định."})).await.expect(201);
    let read = fixture.get(&fixture.receiver(), PHRASES).await.expect(200);
    let found: Vec<_> = read.json["items"].as_array().expect("items").iter().map(|it| it["action"].clone()).collect();
    assert_eq!(found, ["REQUEST_SUPPLEMENT", "STOP"]);
    let path = format!("{PHRASES}/{}", first.text("/id"));
    let remove = async |who: &TestCaller| who.call("submissions", Method::DELETE, &path).send().await;
    let _ = remove(&fixture.receiver()).await.expect(403);
    let _ = remove(&administrator).await.expect(204);
    let _ = remove(&administrator).await.expect(404);
    let audited = "audit_log where action in ('phrase.added', 'phrase.removed') and subject_id = 'H44.100'";
    assert_eq!(fixture.count(audited).await, 3);
}

#[tokio::test]
async fn nobody_else_changes_them_and_another_agencys_are_not_there() {
    let fixture = Fixture::open().await;
    let elsewhere = fixture.installation.official(&[(ELSEWHERE, OfficialRole::AgencyAdministrator)]);
    for who in [fixture.receiver(), fixture.approver(), fixture.an()] {
        let _ = add(&fixture, &who, &blurred()).await.expect(403);
    }
    let _ = add(&fixture, &elsewhere, &blurred()).await.expect(404);
    let _ = fixture.get(&elsewhere, PHRASES).await.expect(404);
    let _ = fixture.get(&fixture.an(), PHRASES).await.expect(403);
    let path = format!("{PHRASES}/{}", Uuid::now_v7());
    let _ = elsewhere.call("submissions", Method::DELETE, &path).send().await.expect(404);
}

#[tokio::test]
async fn a_phrase_is_no_longer_than_a_sentence_and_there_are_not_too_many() {
    let fixture = Fixture::open().await;
    let administrator = administrator(&fixture);
    let of = |text: &str| json!({"action": "REFUSE", "text": text});
    let fault = |code: &str| vec![("/text".to_owned(), code.to_owned())];
    assert_eq!(errors(&add(&fixture, &administrator, &of("  ")).await.expect(400)), fault("required"));
    assert_eq!(errors(&add(&fixture, &administrator, &of(&"ễ".repeat(501))).await.expect(400)), fault("maxLength"));
    let longest = add(&fixture, &administrator, &of(&"𠀀".repeat(500))).await.expect(201);
    assert_eq!(longest.text("/text").chars().count(), 500);
    let many = "insert into phrases select gen_random_uuid(), agency, action, n::text, added_by, added_at
        from phrases, generate_series(1, 199) n";
    fixture.installation.database("submissions").await.batch_execute(many).await.expect("phrases");
    assert_eq!(add(&fixture, &administrator, &of("Thêm.")).await.expect(409).json["code"], "too-many-phrases");
}

#[tokio::test]
async fn every_action_that_is_given_a_reason_has_phrases_of_its_own() {
    let fixture = Fixture::open().await;
    let administrator = administrator(&fixture);
    for action in ["DECLINE", "EXTEND", "CANCEL_CHARGE", "SEND_BACK", "GIVE_BACK", "CORRECT"] {
        let phrase = json!({"action": action, "text": "Đề nghị xem lại hồ sơ."});
        let _ = add(&fixture, &administrator, &phrase).await.expect(201);
    }
    let of_applicants = json!({"action": "WITHDRAW", "text": "Nộp nhầm."});
    assert_eq!(errors(&add(&fixture, &administrator, &of_applicants).await.expect(400)).len(), 1);
}

#[tokio::test]
async fn the_demonstration_has_phrases_once_and_takes_none_back() {
    let fixture = Fixture::open().await;
    fixture.installation.demonstrate(&submissions::service()).await;
    let begun = fixture.count("phrases").await;
    assert!(begun >= 9, "{begun}");
    fixture
        .installation
        .database("submissions")
        .await
        .batch_execute("delete from phrases where action = 'STOP'")
        .await
        .expect("sql");
    let kept = fixture.count("phrases").await;
    fixture.installation.demonstrate(&submissions::service()).await;
    assert_eq!(fixture.count("phrases").await, kept);
    let _ = fixture.get(&fixture.receiver(), PHRASES).await.expect(200);
}
