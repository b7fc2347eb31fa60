//! `POST /api/v1/dossiers/{id}/supplement-request`, and what comes of it when nobody answers.

use chrono::TimeDelta;
use civic::events::{DossierNotice, DossierNoticed};
use serde_json::json;

use crate::fixture::{BIRTH, COPY, Fixture, errors, wanted};

#[tokio::test]
async fn papers_are_asked_for_one_by_one_and_the_clock_stands_still() {
    let fixture = Fixture::open().await;
    let an = fixture.an();
    let dossier = fixture.received(&an).await;
    let mut body = wanted();
    body["message"] = json!("Gọi 0210 3 000 000 nếu cần hỏi.");
    let answer = fixture.act(&fixture.approver(), &dossier, "supplement-request", &body).await.expect(200);
    assert_eq!((&answer.json["status"], &answer.json["urgency"]), (&json!("SUPPLEMENT_REQUESTED"), &json!("PAUSED")));
    let seen = fixture.get(&an, &dossier).await.expect(200);
    let request = &seen.json["requests"][0];
    assert_eq!(
        (&request["number"], &request["kind"], &request["state"]),
        (&json!(1), &json!("SUPPLEMENT"), &json!("OPEN"))
    );
    assert_eq!(request["papers"][0]["reason"], "Ảnh mờ.");
    assert_eq!(request["papers"][0]["guidance"], "Chụp lại cả tờ.");
    assert_eq!(request["papers"][0]["documents"], json!([]));
    assert_eq!(request["answer_by"], "2026-08-11T10:00:00Z", "fifteen working days");
    assert_eq!((&request["due_before"], &request["due_after"]), (&json!("2026-07-21T10:00:00Z"), &json!(null)));
    let [told] = fixture.installation.sent::<DossierNoticed>("submissions").await.try_into().expect("one notice");
    assert_eq!(
        (told.notice, told.papers[0].guidance.as_str()),
        (DossierNotice::SupplementRequested, "Chụp lại cả tờ.")
    );
    assert_eq!(told.reason.as_deref(), body["message"].as_str());
    fixture.assert_sound().await;
}

#[tokio::test]
async fn before_the_receipt_no_clock_starts_and_papers_may_be_asked_for_again() {
    let fixture = Fixture::open().await;
    let an = fixture.an();
    let (dossier, _) = fixture.filed(&an, BIRTH).await;
    for _ in 0..2 {
        let asked = fixture.act(&fixture.receiver(), &dossier, "supplement-request", &wanted()).await.expect(200);
        assert_eq!(
            (&asked.json["received_at"], &asked.json["requests"][0]["due_before"]),
            (&json!(null), &json!(null))
        );
        let _ = fixture.upload(&an, &dossier, "GIAY_CHUNG_SINH").await.expect(201);
        let sent = fixture.act(&an, &dossier, "supplement", &json!({})).await.expect(200);
        assert_eq!(sent.json["status"], "REGISTERED");
    }
    assert_eq!(fixture.count("clock_periods").await, 0);
    fixture.assert_sound().await;
}

#[tokio::test]
async fn once_it_is_worked_on_more_is_asked_for_only_with_a_reason_that_is_kept() {
    let fixture = Fixture::open().await;
    let an = fixture.an();
    let dossier = fixture.asked(&an).await;
    let _ = fixture.upload(&an, &dossier, "GIAY_CHUNG_SINH").await.expect(201);
    let _ = fixture.act(&an, &dossier, "supplement", &json!({})).await.expect(200);
    let again = fixture.act(&fixture.approver(), &dossier, "supplement-request", &wanted()).await.expect(409);
    assert_eq!(again.json["code"], "supplement-asked-before");
    let mut body = wanted();
    body["override_reason"] = json!("Kết quả xác minh khác với giấy đã nộp.");
    let again = fixture.act(&fixture.approver(), &dossier, "supplement-request", &body).await.expect(200);
    assert_eq!(again.json["requests"][1]["override_reason"], body["override_reason"]);
    let seen = fixture.get(&an, &dossier).await.expect(200);
    assert_eq!(seen.json["requests"][1]["override_reason"], json!(null), "it is for officials");
    fixture.assert_sound().await;
}

#[tokio::test]
async fn what_is_asked_for_is_a_paper_of_the_procedure_named_once_with_reason_and_guidance() {
    let fixture = Fixture::open().await;
    let dossier = fixture.received(&fixture.an()).await;
    let paper =
        |component: &str, reason: &str| json!({"component": component, "reason": reason, "guidance": "Nộp lại."});
    let (good, place) =
        (paper("GIAY_CHUNG_SINH", "Mờ."), |field: &str, code: &str| (field.to_owned(), code.to_owned()));
    for (papers, wrong) in [
        (json!([]), place("/papers", "items")),
        (json!([paper("SO_DO", "Thiếu.")]), place("/papers/0/component", "unknown")),
        (json!([good, good]), place("/papers/1/component", "repeated")),
        (json!([paper("GIAY_CHUNG_SINH", " ")]), place("/papers/0/reason", "required")),
        (json!([paper("GIAY_CHUNG_SINH", &"a".repeat(501))]), place("/papers/0/reason", "maxLength")),
    ] {
        let body = json!({"papers": papers});
        let answer = fixture.act(&fixture.approver(), &dossier, "supplement-request", &body).await.expect(400);
        assert_eq!(errors(&answer), [wrong]);
    }
    let (unpaid, _) = fixture.filed(&fixture.an(), COPY).await;
    let body = json!({"papers": [paper("GIAY_TO_KHAC", "Thiếu.")]});
    let answer = fixture.act(&fixture.receiver(), &unpaid, "supplement-request", &body).await.expect(409);
    assert_eq!(answer.json["code"], "status-does-not-allow");
}

#[tokio::test]
async fn no_answer_in_time_ends_what_was_not_received_and_stops_what_was() {
    let fixture = Fixture::open_with(&["--supplement-days", "2"]).await;
    let an = fixture.an();
    let (waiting, _) = fixture.filed(&an, BIRTH).await;
    let _ = fixture.act(&fixture.receiver(), &waiting, "supplement-request", &wanted()).await.expect(200);
    let asked = fixture.asked(&an).await;
    let answered = fixture.asked(&an).await;
    let _ = fixture.upload(&an, &answered, "GIAY_CHUNG_SINH").await.expect(201);
    let _ = fixture.act(&an, &answered, "supplement", &json!({})).await.expect(200);
    // Two working days from Tuesday 21 July: the close of Thursday.
    fixture.installation.clock.advance(TimeDelta::days(2) + TimeDelta::hours(7));
    let ended = fixture.until(&an, &waiting, "NOT_RECEIVED").await;
    assert_eq!(
        (&ended.json["requests"][0]["state"], &ended.json["history"][2]["actor"]),
        (&json!("CANCELLED"), &json!("SYSTEM"))
    );
    let _ = fixture.until(&an, &asked, "STOPPED").await;
    assert_eq!(fixture.get(&an, &answered).await.json["status"], "PROCESSING");
    let told = fixture.installation.sent::<DossierNoticed>("submissions").await;
    let lapsed = told.iter().filter(|told| told.notice == DossierNotice::NotReceived && told.answer_by.is_some());
    assert_eq!(lapsed.count(), 1);
    fixture.assert_sound().await;
}
