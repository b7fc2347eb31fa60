//! `GET /api/v1/dossiers/{id}/forms`, `GET /api/v1/dossiers/{id}/forms/{form}`, `POST /api/v1/agencies/{agency}/forms`: what stands on the
//! papers follows from what happened.

use serde_json::{Value, json};
use testkit::{TestCaller, TestResponse};
use uuid::Uuid;

use crate::{
    fixture::{BIRTH, ELSEWHERE, Fixture, HERE, errors, reason},
    pdf::Printed,
};

const CODE: &str = "H44.100-260721-0001";

async fn print(fixture: &Fixture, who: &TestCaller, dossier: &str, form: &str) -> TestResponse {
    fixture.get(who, &format!("{dossier}/forms/{form}")).await
}

/// What a printed form says.
async fn said(fixture: &Fixture, who: &TestCaller, dossier: &str, form: &str) -> String {
    let answer = print(fixture, who, dossier, form).await.expect(200);
    let name = format!("attachment; filename=\"{form}-{CODE}.pdf\"");
    assert_eq!(
        (answer.header("content-type"), answer.header("content-disposition")),
        (Some("application/pdf"), Some(&*name))
    );
    Printed::read(&answer.bytes).text()
}

fn assert_says(text: &str, all: &[&str]) {
    for said in all {
        assert!(text.contains(said), "{said:?} is not in\n{text}");
    }
}

/// The numbers of the forms that there are for somebody.
async fn listed(fixture: &Fixture, who: &TestCaller, dossier: &str) -> Vec<String> {
    let answer = fixture.get(who, &format!("{dossier}/forms")).await.expect(200);
    let items = answer.json["items"].as_array().cloned().unwrap_or_default();
    items.iter().map(|item| item["form"].as_str().unwrap_or_default().to_owned()).collect()
}

#[tokio::test]
async fn whoever_received_a_dossier_prints_its_receipt_and_its_applicant_too() {
    let fixture = Fixture::open().await;
    let an = fixture.an();
    let dossier = fixture.received(&an).await;
    for who in [&an, &fixture.receiver()] {
        let text = said(&fixture, who, &dossier, "01").await;
        assert_says(
            &text,
            &[
                "PHƯỜNG VIỆT TRÌ",
                "Việt Trì, ngày 21 tháng 7 năm 2026",
                "Mã hồ sơ: H44.100-260721-0001",
                "Tiếp nhận hồ sơ của: Nguyễn Văn An",
                "Nội dung yêu cầu giải quyết: Đăng ký khai sinh",
                "Giấy chứng sinh",
                "1 Bản điện tử",
                "Thời gian trả kết quả giải quyết hồ sơ: 17 giờ 00 phút, ngày 21 tháng 7 năm 2026",
            ],
        );
    }
    assert_eq!(listed(&fixture, &an, &dossier).await, ["01"]);
    assert_eq!(listed(&fixture, &fixture.receiver(), &dossier).await, ["01", "06"]);
}

#[tokio::test]
async fn who_has_the_form_already_is_not_sent_it_again_until_something_changes() {
    let fixture = Fixture::open().await;
    let an = fixture.an();
    let dossier = fixture.received(&an).await;
    let one = print(&fixture, &an, &dossier, "01").await.expect(200);
    let other = print(&fixture, &an, &dossier, "01").await.expect(200);
    assert!(one.bytes == other.bytes, "the same dossier, the same bytes");
    let etag = one.header("etag").expect("a tag").to_owned();
    let path = format!("{dossier}/forms/01");
    let again = || an.call("submissions", testkit::Method::GET, &path).header("if-none-match", &etag).send();
    let known = again().await.expect(304);
    assert!(known.bytes.is_empty());
    // A pause moves the due date, and the paper says so.
    fixture.installation.clock.advance(chrono::TimeDelta::hours(1));
    let _ = fixture.act(&fixture.approver(), &dossier, "suspension", &reason()).await.expect(200);
    fixture.installation.clock.advance(chrono::TimeDelta::days(1));
    let _ = fixture.act(&fixture.approver(), &dossier, "resumption", &json!({})).await.expect(200);
    let changed = again().await.expect(200);
    assert_says(&Printed::read(&changed.bytes).text(), &["tính lại đến nay: 17 giờ 00 phút, ngày 22 tháng 7 năm 2026"]);
}

#[tokio::test]
async fn what_did_not_happen_has_no_form_and_a_sentence_says_so() {
    let fixture = Fixture::open().await;
    let an = fixture.an();
    let (dossier, _) = fixture.filed(&an, BIRTH).await;
    let receiver = fixture.receiver();
    for form in ["01", "02", "03", "04", "05", "06"] {
        let answer = print(&fixture, &receiver, &dossier, form).await.expect(404);
        assert_eq!(answer.json["code"], format!("form-{form}-not-there"));
        assert!(answer.text("/title").starts_with("Hồ sơ"), "{}", answer.json);
    }
    assert_eq!(listed(&fixture, &receiver, &dossier).await, Vec::<String>::new());
    let draft = fixture.draft(&an, BIRTH, HERE).await;
    assert_eq!(listed(&fixture, &an, &draft).await, Vec::<String>::new());
    let _ = print(&fixture, &an, &draft, "01").await.expect(404);
    let _ = print(&fixture, &an, &dossier, "07").await.expect(400);
}

#[tokio::test]
async fn papers_that_are_asked_for_stand_on_the_form_with_reason_guidance_and_deadline() {
    let fixture = Fixture::open().await;
    let an = fixture.an();
    let dossier = fixture.asked(&an).await;
    let text = said(&fixture, &an, &dossier, "02").await;
    assert_says(
        &text,
        &[
            "Giấy chứng sinh",
            "Ảnh mờ.",
            "Chụp lại cả tờ.",
            "hoàn thiện hồ sơ: 17 giờ 00 phút, ngày 11 tháng 8 năm 2026",
        ],
    );
}

#[tokio::test]
async fn a_refusal_and_a_stop_say_why_who_and_what_becomes_of_the_fee() {
    let fixture = Fixture::open().await;
    let (an, receiver) = (fixture.an(), fixture.receiver());
    let why = reason()["reason"].as_str().expect("a text").to_owned();
    let (refused, _) = fixture.filed(&an, BIRTH).await;
    let _ = fixture.act(&receiver, &refused, "refusal", &reason()).await.expect(200);
    assert_says(&said(&fixture, &an, &refused, "03").await, &["không tiếp nhận, giải quyết hồ sơ này", &why]);
    let stopped = fixture.received(&an).await;
    let _ = fixture.act(&fixture.approver(), &stopped, "suspension", &reason()).await.expect(200);
    let answer = print(&fixture, &an, &stopped, "05").await.expect(200);
    assert_says(
        &Printed::read(&answer.bytes).text(),
        &["Bên đề nghị dừng: Phường Việt Trì", &format!("Lý do: {why}"), "Phí, lệ phí: không có khoản phải nộp."],
    );
    let withdrawn = fixture.received(&an).await;
    let _ = fixture.act(&an, &withdrawn, "withdrawal", &reason()).await.expect(200);
    let answer = print(&fixture, &an, &withdrawn, "05").await.expect(200);
    let text = Printed::read(&answer.bytes).text();
    assert_says(&text, &["Bên đề nghị dừng: Nguyễn Văn An", "Kết thúc giải quyết theo đề nghị rút hồ sơ."]);
}

#[tokio::test]
async fn the_routing_slip_has_a_line_a_hand_over_and_is_for_officials() {
    let fixture = Fixture::open().await;
    let an = fixture.an();
    let dossier = fixture.received(&an).await;
    let answer = print(&fixture, &an, &dossier, "06").await.expect(403);
    assert_eq!(answer.json["code"], "form-for-officials");
    let text = said(&fixture, &fixture.receiver(), &dossier, "06").await;
    assert_says(&text, &["Giao: Nguyễn Văn An", "10 giờ 00 phút, ngày 21 tháng 7 năm 2026"]);
}

#[tokio::test]
async fn strangers_find_no_form_and_what_officials_print_is_written_down() {
    let fixture = Fixture::open().await;
    let an = fixture.an();
    let dossier = fixture.received(&an).await;
    let elsewhere = fixture.installation.official(&[(ELSEWHERE, civic::OfficialRole::Receiver)]);
    for who in [&fixture.installation.citizen("Bình"), &elsewhere] {
        let answer = print(&fixture, who, &dossier, "01").await.expect(404);
        assert_eq!(answer.json["code"], "dossier-not-found");
        let _ = fixture.get(who, &format!("{dossier}/forms")).await.expect(404);
    }
    let read =
        "audit_log where action = 'personal_data.read' and detail ->> 'shown' = 'form' and detail ->> 'form' = '01'";
    let _ = print(&fixture, &an, &dossier, "01").await.expect(200);
    assert_eq!(fixture.count(read).await, 0, "one's own is nobody's business");
    let _ = print(&fixture, &fixture.receiver(), &dossier, "01").await.expect(200);
    assert_eq!(fixture.count(read).await, 1);
}

fn id(dossier: &str) -> Value {
    json!(dossier.rsplit('/').next())
}

async fn bulk(fixture: &Fixture, who: &TestCaller, agency: &str, body: &Value) -> TestResponse {
    fixture.post(who, &format!("/api/v1/agencies/{agency}/forms")).json(body).send().await
}

#[tokio::test]
async fn several_are_printed_in_the_order_asked_for() {
    let fixture = Fixture::open().await;
    let an = fixture.an();
    let (one, other) = (fixture.received(&an).await, fixture.received(&an).await);
    let wanted = json!({"form": "01", "dossiers": [id(&other), id(&one)]});
    let answer = bulk(&fixture, &fixture.receiver(), HERE, &wanted).await.expect(200);
    assert_eq!(answer.header("content-disposition"), Some("attachment; filename=\"01-H44.100.pdf\""));
    let printed = Printed::read(&answer.bytes);
    let codes: Vec<_> = printed.pages.iter().map(|page| page.text().contains("H44.100-260721-0002")).collect();
    assert_eq!(codes, [true, false]);
    assert_eq!(fixture.count("audit_log where detail ->> 'shown' = 'form'").await, 2);
}

#[tokio::test]
async fn where_one_of_several_has_no_such_form_each_is_named_and_nothing_is_printed() {
    let fixture = Fixture::open().await;
    let (an, receiver) = (fixture.an(), fixture.receiver());
    let received = fixture.received(&an).await;
    let (filed, _) = fixture.filed(&an, BIRTH).await;
    let body = json!({"form": "01", "dossiers": [id(&received), id(&filed), Uuid::now_v7()]});
    let answer = bulk(&fixture, &receiver, HERE, &body).await.expect(409);
    assert_eq!(answer.json["code"], "forms-not-there");
    let named = [("/dossiers/1", "form-01-not-there"), ("/dossiers/2", "dossier-not-found")];
    assert_eq!(errors(&answer), named.map(|(place, why)| (place.to_owned(), why.to_owned())));
    for dossiers in [json!([]), json!(vec![id(&received); 101])] {
        let _ = bulk(&fixture, &receiver, HERE, &json!({"form": "01", "dossiers": dossiers})).await.expect(400);
    }
    let _ = bulk(&fixture, &receiver, ELSEWHERE, &body).await.expect(404);
    let _ = bulk(&fixture, &an, HERE, &body).await.expect(403);
}
