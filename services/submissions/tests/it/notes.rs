//! `GET` and `POST /api/v1/dossiers/{id}/notes`

use chrono::TimeDelta;
use civic::OfficialRole;
use diesel_async::SimpleAsyncConnection;
use serde_json::json;
use testkit::{TestCaller, TestResponse};

use crate::fixture::{ELSEWHERE, Fixture, HERE, errors};

fn texts(answer: &TestResponse) -> Vec<&str> {
    answer.json["items"].as_array().expect("items").iter().map(|note| note["text"].as_str().expect("a text")).collect()
}

async fn note(fixture: &Fixture, who: &TestCaller, dossier: &str, text: &str) -> TestResponse {
    fixture.act(who, dossier, "notes", &json!({"text": text})).await
}

#[tokio::test]
async fn officials_read_each_others_notes_with_name_and_hour_and_the_applicant_reads_none() {
    let fixture = Fixture::open().await;
    let an = fixture.an();
    let dossier = fixture.received(&an).await;
    let (receiver, approver) = (fixture.receiver(), fixture.approver());
    let before = fixture.get(&receiver, &dossier).await.expect(200);
    let written = note(&fixture, &receiver, &dossier, " Đã gọi điện,\r\nhẹn thứ Hai. ").await.expect(201);
    assert_eq!(written.text("/text"), "Đã gọi điện,\nhẹn thứ Hai.");
    fixture.installation.clock.advance(TimeDelta::minutes(1));
    let _ = note(&fixture, &approver, &dossier, "Ký trước 16 giờ.").await.expect(201);
    let read = fixture.get(&approver, &format!("{dossier}/notes")).await.expect(200);
    assert_eq!(texts(&read), ["Đã gọi điện,\nhẹn thứ Hai.", "Ký trước 16 giờ."]);
    assert_eq!(
        (read.text("/items/0/author"), read.text("/items/0/written_at")),
        ("Cán bộ kiểm thử", "2026-07-21T03:00:00Z")
    );
    let after = fixture.get(&receiver, &dossier).await.expect(200);
    assert_eq!(after.header("etag"), before.header("etag"), "the dossier stays as it is");
    let _ = fixture.get(&an, &format!("{dossier}/notes")).await.expect(403);
    let _ = note(&fixture, &an, &dossier, "Xin nhanh.").await.expect(403);
    assert!(!fixture.get(&an, &dossier).await.expect(200).json.to_string().contains("Ký trước"));
    let elsewhere = fixture.installation.official(&[(ELSEWHERE, OfficialRole::Approver)]);
    let _ = fixture.get(&elsewhere, &format!("{dossier}/notes")).await.expect(404);
    let _ = note(&fixture, &elsewhere, &dossier, "Tôi cũng xem.").await.expect(404);
    fixture.assert_sound().await;
}

#[tokio::test]
async fn an_auditor_reads_and_writes_none_and_each_reading_is_written_down() {
    let fixture = Fixture::open().await;
    let dossier = fixture.received(&fixture.an()).await;
    let auditor = fixture.installation.official(&[(HERE, OfficialRole::Auditor)]);
    let _ = note(&fixture, &auditor, &dossier, "Đã kiểm tra.").await.expect(403);
    let _ = fixture.get(&auditor, &format!("{dossier}/notes")).await.expect(200);
    let read = "audit_log where action = 'personal_data.read' and detail ->> 'shown' = 'notes'";
    assert_eq!(fixture.count(read).await, 0, "there was nothing to read");
    let _ = note(&fixture, &fixture.receiver(), &dossier, "Thiếu chữ ký.").await.expect(201);
    let _ = fixture.get(&auditor, &format!("{dossier}/notes")).await.expect(200);
    assert_eq!(fixture.count(read).await, 1);
}

#[tokio::test]
async fn a_note_says_something_and_not_too_much_and_is_written_once() {
    let fixture = Fixture::open().await;
    let dossier = fixture.received(&fixture.an()).await;
    let receiver = fixture.receiver();
    let fault = |code: &str| vec![("/text".to_owned(), code.to_owned())];
    assert_eq!(errors(&note(&fixture, &receiver, &dossier, " \n ").await.expect(400)), fault("required"));
    assert_eq!(errors(&note(&fixture, &receiver, &dossier, &"ễ".repeat(2001)).await.expect(400)), fault("maxLength"));
    let _ = note(&fixture, &receiver, &dossier, &"ễ".repeat(2000)).await.expect(201);
    let path = format!("{dossier}/notes");
    for _ in 0..2 {
        let call = receiver.call("submissions", testkit::Method::POST, &path).key("twice");
        let _ = call.json(&json!({"text": "Một lần."})).send().await.expect(201);
    }
    assert_eq!(fixture.count("notes").await, 2);
    let many = "insert into notes select gen_random_uuid(), dossier, author, author_name, written_at, text
        from (select * from notes limit 1) n, generate_series(1, 198)";
    fixture.installation.database("submissions").await.batch_execute(many).await.expect("notes");
    assert_eq!(note(&fixture, &receiver, &dossier, "Thêm.").await.expect(409).json["code"], "too-many-notes");
}
