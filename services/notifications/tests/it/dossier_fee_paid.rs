//! A fee arrived: the applicant is told, and now the receivers are alerted.

use civic::{Language, events::DossierFeePaid};

use crate::fixture::{AN, BINH, BINH_PHONE, CODE, Fixture, text};

#[tokio::test]
async fn the_applicant_and_the_receivers_are_told() {
    let fixture = Fixture::start().await;
    fixture.installation.publish("submissions", &fixture.fee_paid()).await;
    let mail = &fixture.mails(AN, 1).await[0];
    assert_eq!(mail["subject"], format!("Đã nhận phí: hồ sơ {CODE}"));
    for fact in [
        "Số tiền: 8.000 ₫",
        "Nộp lúc: 10:20 21/07/2026",
        "Cơ quan tiếp nhận: UBND xã Yên Kỳ",
        "Cơ quan tiếp tục với hồ sơ.",
        "/payments",
    ] {
        assert!(text(mail).contains(fact), "{fact} is not in {}", text(mail));
    }
    assert!(text(&fixture.mails(BINH, 1).await[0]).contains("Chờ từ: 10:20 21/07/2026"));
    assert_eq!(fixture.sms(BINH_PHONE, 1).await.len(), 1);
    assert_eq!(fixture.settled(3).await, ["fee_paid SENT", "official_alert SENT", "official_alert_sms SENT"]);
}

#[tokio::test]
async fn of_a_fee_that_came_after_the_end_the_applicant_is_told_and_nobody_is_alerted() {
    let fixture = Fixture::start().await;
    let late = DossierFeePaid { after_the_end: true, ..fixture.fee_paid() };
    fixture.installation.publish("submissions", &late).await;
    let mail = &fixture.mails(AN, 1).await[0];
    for fact in ["hồ sơ đã kết thúc; cơ quan sẽ xem xét hoàn trả", "/payments"] {
        assert!(text(mail).contains(fact), "{fact} is not in {}", text(mail));
    }
    assert_eq!(fixture.settled(1).await, ["fee_paid SENT"]);
}

#[tokio::test]
async fn the_mail_is_in_english_for_who_wants_english() {
    let fixture = Fixture::start().await;
    fixture.register(fixture.an.id, Language::En).await;
    fixture.installation.publish("submissions", &fixture.fee_paid()).await;
    let mail = &fixture.mails(AN, 1).await[0];
    assert_eq!(mail["subject"], format!("Fee received: dossier {CODE}"));
    assert!(text(mail).contains("Amount: 8.000 ₫"), "{}", text(mail));
}
