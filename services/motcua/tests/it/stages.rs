//! Procedures of the demonstration that are worked on in stages, by its officials, through the gateway.

use serde_json::{Value, json};
use testkit::{Method, TestCaller, TestResponse, eventually};
use uuid::Uuid;

use crate::fixture::{Fixture, PDF, get, post, submit, upload};

/// Complete answers for 1.004837.
pub fn guardianship() -> Value {
    json!({
        "ward_name": "Trần Gia Bảo", "ward_gender": "MALE", "ward_birth_date": "2018-05-02",
        "ward_residence": "Phường Đồi Chè, tỉnh Phú Thọ", "guardian_name": "Trần Thị Lan",
        "guardian_birth_date": "1992-03-08", "guardian_citizen_number": "000192000123",
        "guardian_residence": "Phường Đồi Chè, tỉnh Phú Thọ", "kind": "APPOINTED",
        "reason": "Cha mẹ của cháu đã mất.", "applicant_name": "Trần Thị Lan",
        "applicant_citizen_number": "000192000123", "applicant_residence": "Phường Đồi Chè, tỉnh Phú Thọ",
        "truthful": true,
    })
}

/// Complete answers for 1.004873, of somebody who lived elsewhere before.
pub fn marital_status() -> Value {
    json!({
        "person_name": "Trần Thị Lan", "person_birth_date": "1992-03-08", "person_gender": "FEMALE",
        "person_citizen_number": "000192000123", "person_residence": "Phường Đồi Chè, tỉnh Phú Thọ",
        "status": "NEVER_MARRIED", "lived_elsewhere": "YES", "earlier_residences": "Xã Suối Mây, đến năm 2020.",
        "purpose": "MARRIAGE", "applicant_name": "Trần Thị Lan", "applicant_citizen_number": "000192000123",
        "applicant_residence": "Phường Đồi Chè, tỉnh Phú Thọ", "truthful": true,
    })
}

/// An action on a dossier.
pub async fn act(by: &TestCaller, dossier: &str, action: &str, body: &Value) -> TestResponse {
    post(by, &format!("/api/v1/dossiers/{dossier}/{action}"), body).await
}

/// The same with a PDF.
pub async fn send(by: &TestCaller, dossier: &str, what: &str) -> TestResponse {
    let path = format!("/api/v1/dossiers/{dossier}/{what}");
    by.call("gateway", Method::POST, &path).key(&Uuid::new_v4().to_string()).body(PDF, "application/pdf").send().await
}

pub async fn seen(by: &TestCaller, dossier: &str) -> Value {
    get(by, &format!("/api/v1/dossiers/{dossier}")).await.expect(200).json
}

/// Of the two specialists of the ward, who has it by load, and the other.
pub async fn specialists(fixture: &Fixture, dossier: &str) -> [TestCaller; 2] {
    let one = fixture.sign_in("xuly@h44-100.example.vn").await;
    let other = fixture.sign_in("xuly2@h44-100.example.vn").await;
    let has = seen(&one, dossier).await["holder"]["name"].clone();
    if has == "Lê Văn Xử" { [one, other] } else { [other, one] }
}

/// Files at the ward, and has it received once its officials are known.
async fn received(fixture: &Fixture, an: &TestCaller) -> String {
    let serve = "(select count(*) from official_posts where agency = 'H44.100' and role = 'APPROVER') = 3";
    fixture.installation.until("submissions", serve).await;
    let dossier = fixture.draft(an, "1.004837", "H44.100", &guardianship()).await;
    upload(an, &dossier, "CAN_CU_GIAM_HO").await.expect(201);
    submit(an, &dossier).await.expect(201);
    let receiver = fixture.sign_in("tiepnhan@h44-100.example.vn").await;
    act(&receiver, &dossier, "receipt", &json!({})).await.expect(200);
    dossier
}

fn code(answer: &TestResponse) -> (u16, &str) {
    (answer.status, answer.json["code"].as_str().unwrap_or_default())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_guardianship_is_verified_by_one_confirmed_sent_back_and_signed_by_another() {
    let fixture = Fixture::open().await;
    let an = fixture.sign_in("an@example.vn").await;
    let dossier = received(&fixture, &an).await;
    let now = seen(&an, &dossier).await;
    // Tuesday 10:00 and three working days.
    assert_eq!((&now["stage"]["code"], &now["due_at"]), (&json!("THAM_TRA"), &json!("2026-07-24T10:00:00Z")));
    let [verifier, other] = specialists(&fixture, &dossier).await;
    let leader = fixture.sign_in("lanhdao@h44-100.example.vn").await;
    // Twelve working hours from Tuesday 10:00: five that day, seven on Wednesday.
    let hers = seen(&verifier, &dossier).await;
    assert_eq!(hers["stage_due_at"], "2026-07-22T09:00:00Z");
    assert_eq!(code(&act(&other, &dossier, "forwarding", &json!({})).await), (409, "dossier-held"));
    assert_eq!(code(&act(&verifier, &dossier, "completion", &json!({})).await), (409, "done-at-another-stage"));
    send(&verifier, &dossier, "results?file_name=trich-luc.pdf").await.expect(201);
    send(&verifier, &dossier, "drafts?file_name=du-thao.pdf").await.expect(201);
    act(&an, &dossier, "draft-answer", &json!({"answer": "CONFIRMED"})).await.expect(200);
    act(&verifier, &dossier, "forwarding", &json!({"note": "Đủ điều kiện."})).await.expect(200);
    assert_eq!(code(&act(&verifier, &dossier, "completion", &json!({})).await), (409, "other-official-needed"));
    let reason = json!({"reason": "Ghi thiếu nơi cư trú của người giám hộ.", "stage": "THAM_TRA"});
    let back = act(&leader, &dossier, "sending-back", &reason).await.expect(200).json;
    assert_eq!((&back["stage"]["code"], &back["holder"]["name"]), (&json!("THAM_TRA"), &hers["holder"]["name"]));
    act(&verifier, &dossier, "forwarding", &json!({})).await.expect(200);
    assert_eq!(code(&act(&verifier, &dossier, "taking", &json!({})).await), (409, "other-official-needed"));
    let done = act(&leader, &dossier, "completion", &json!({})).await.expect(200).json;
    assert_eq!(done["status"], "COMPLETED");
    let kinds: Vec<_> = done["custody"].as_array().expect("hand-overs").iter().map(|it| it["kind"].clone()).collect();
    let expected = ["RECEIPT", "PASSING", "FORWARDING", "TAKING", "SENDING_BACK", "FORWARDING", "TAKING"];
    assert_eq!(kinds, expected, "form 06 tells all of them");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_silent_applicant_has_agreed_after_a_working_day_and_the_other_specialist_may_sign() {
    let fixture = Fixture::open().await;
    let an = fixture.sign_in("an@example.vn").await;
    let dossier = received(&fixture, &an).await;
    let [verifier, other] = specialists(&fixture, &dossier).await;
    let verified_by = seen(&verifier, &dossier).await["holder"]["name"].clone();
    send(&verifier, &dossier, "results?file_name=trich-luc.pdf").await.expect(201);
    send(&verifier, &dossier, "drafts?file_name=du-thao.pdf").await.expect(201);
    act(&verifier, &dossier, "forwarding", &json!({})).await.expect(200);
    assert_eq!(code(&act(&other, &dossier, "completion", &json!({})).await), (409, "draft-open"));
    // Until the close of Wednesday.
    fixture.installation.clock.advance(chrono::TimeDelta::hours(31) + chrono::TimeDelta::minutes(1));
    let an = fixture.sign_in("an@example.vn").await;
    eventually(|| async { (seen(&an, &dossier).await["requests"][0]["lapsed"] == true).then_some(()) }).await;
    let other = if verified_by == "Lê Văn Xử" { "xuly2@h44-100.example.vn" } else { "xuly@h44-100.example.vn" };
    let other = fixture.sign_in(other).await;
    let done = act(&other, &dossier, "completion", &json!({})).await.expect(200);
    assert_eq!(done.text("/status"), "COMPLETED");
}
