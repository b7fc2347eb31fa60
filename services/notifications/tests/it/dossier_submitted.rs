//! A filing: the receipt, the alert, and that neither comes twice.

use civic::Language;
use uuid::Uuid;

use crate::fixture::{AN, BINH, BINH_PHONE, CODE, Fixture, text};

#[tokio::test]
async fn the_applicant_gets_a_receipt_and_the_receiver_an_alert_by_mail_and_sms() {
    let fixture = Fixture::start().await;
    fixture.installation.publish("submissions", &fixture.submitted(false)).await;
    let receipt = &fixture.mails(AN, 1).await[0];
    assert_eq!(receipt["subject"], format!("Đã nhận đơn: hồ sơ {CODE}"));
    for fact in [
        "Kính gửi ông/bà Nguyễn Văn An,",
        "Mã hồ sơ: H44.100-260721-0001",
        "Thủ tục: Đăng ký khai sinh",
        "Cơ quan tiếp nhận: UBND xã Yên Kỳ",
        "Nộp lúc: 10:00 21/07/2026",
        "Dự kiến trả kết quả: 17:00 24/07/2026",
        "Mã tra cứu: Q7KX-M2PD",
        "không cần nộp phí trước",
        "mọi tin nhắn tại https://motcua.localhost",
    ] {
        assert!(text(receipt).contains(fact), "{fact} is not in {}", text(receipt));
    }
    let alert = &fixture.mails(BINH, 1).await[0];
    assert_eq!(alert["subject"], format!("Hồ sơ {CODE} chờ tiếp nhận"));
    assert!(text(alert).contains("Chờ từ: 10:00 21/07/2026"), "{}", text(alert));
    let sms = &fixture.sms(BINH_PHONE, 1).await[0];
    assert_eq!(
        sms["content"],
        "Ho so H44.100-260721-0001 cho tiep nhan tu 10:00 21/07/2026. UBND xa Yen Ky. Dang ky khai sinh"
    );
    assert_eq!(fixture.settled(3).await, ["dossier_submitted SENT", "official_alert SENT", "official_alert_sms SENT"]);
}

#[tokio::test]
async fn while_a_fee_is_awaited_nobody_is_alerted() {
    let fixture = Fixture::start().await;
    fixture.installation.publish("submissions", &fixture.submitted(true)).await;
    assert!(text(&fixture.mails(AN, 1).await[0]).contains("Hồ sơ cần nộp phí trước"));
    assert_eq!(fixture.settled(1).await, ["dossier_submitted SENT"]);
}

#[tokio::test]
async fn the_receipt_is_in_english_for_who_wants_english() {
    let fixture = Fixture::start().await;
    fixture.register(fixture.an.id, Language::En).await;
    fixture.installation.publish("submissions", &fixture.submitted(true)).await;
    let receipt = &fixture.mails(AN, 1).await[0];
    assert_eq!(receipt["subject"], format!("Your filing: dossier {CODE}"));
    for fact in [
        "Dear Nguyễn Văn An,",
        "Procedure: Birth registration",
        "Agency: People's Committee of Yên Kỳ",
        "Result expected by: 17:00 24/07/2026",
        "A fee must be paid",
    ] {
        assert!(text(receipt).contains(fact), "{fact} is not in {}", text(receipt));
    }
}

#[tokio::test]
async fn an_event_told_twice_makes_no_second_message() {
    let fixture = Fixture::start().await;
    let (event, submitted) = (Uuid::new_v4(), fixture.submitted(false));
    fixture.installation.publish_as(event, "submissions", &submitted).await;
    assert_eq!(fixture.settled(3).await.len(), 3);
    fixture.installation.publish_as(event, "submissions", &submitted).await;
    // The next event of the same dossier is handled after the repetition.
    let next = civic::events::DossierReceived { dossier_id: submitted.dossier_id, ..fixture.received() };
    fixture.installation.publish("submissions", &next).await;
    assert_eq!(fixture.settled(4).await.len(), 4);
    assert_eq!(fixture.mails(BINH, 1).await.len(), 1);
    assert_eq!(fixture.sms(BINH_PHONE, 1).await.len(), 1);
}

#[tokio::test]
async fn an_event_whose_inbox_row_was_lost_still_makes_no_second_message() {
    let fixture = Fixture::start().await;
    let (event, submitted) = (Uuid::new_v4(), fixture.submitted(false));
    fixture.installation.publish_as(event, "submissions", &submitted).await;
    fixture.settled(3).await;
    let gone =
        format!("with gone as (delete from inbox where event_id = '{event}' returning 1) select 'x' as text from gone");
    assert_eq!(fixture.texts(&gone).await.len(), 1);
    fixture.installation.publish_as(event, "submissions", &submitted).await;
    fixture.wait_for(&format!("select count(*) as count from inbox where event_id = '{event}'"), 1).await;
    assert_eq!(fixture.settled(3).await, ["dossier_submitted SENT", "official_alert SENT", "official_alert_sms SENT"]);
    assert_eq!(fixture.mails(AN, 1).await.len(), 1);
}

#[tokio::test]
async fn a_filing_by_somebody_not_known_yet_waits_until_they_are() {
    let fixture = Fixture::start().await;
    let newcomer = fixture.installation.citizen("Nguyễn Văn An");
    let submitted = civic::events::DossierSubmitted { applicant: newcomer.party(), ..fixture.submitted(true) };
    fixture.installation.publish("submissions", &submitted).await;
    fixture.register(newcomer.id, Language::Vi).await;
    let told = testkit::eventually(async || {
        // What failed is tried again after a wait on the held clock.
        fixture.installation.clock.advance(chrono::TimeDelta::seconds(10));
        let messages = fixture.texts("select state as text from messages").await;
        (!messages.is_empty()).then_some(messages.len())
    });
    assert_eq!(told.await, 1);
}
