//! A result is ready: the applicant is told by e-mail and SMS.

use civic::{Language, events::DossierCompleted};

use crate::fixture::{AN, AN_PHONE, CODE, Fixture, text};

#[tokio::test]
async fn the_applicant_is_told_by_mail_and_sms() {
    let fixture = Fixture::start().await;
    fixture.installation.publish("submissions", &fixture.completed()).await;
    let mail = &fixture.mails(AN, 1).await[0];
    assert_eq!(mail["subject"], format!("Hồ sơ {CODE} đã có kết quả"));
    assert!(text(mail).contains("Hoàn thành lúc: 15:00 23/07/2026"), "{}", text(mail));
    assert!(text(mail).contains("Cơ quan tiếp nhận: UBND xã Yên Kỳ"), "{}", text(mail));
    let content = fixture.sms(AN_PHONE, 1).await[0]["content"].as_str().expect("text").to_owned();
    assert_eq!(
        content,
        "Ho so H44.100-260721-0001 da co ket qua luc 15:00 23/07/2026. Xem tai https://motcua.localhost. \
         UBND xa Yen Ky. Dang ky khai sinh"
    );
    assert_eq!(fixture.settled(2).await, ["dossier_completed SENT", "dossier_completed_sms SENT"]);
}

#[tokio::test]
async fn whose_dossier_is_declined_reads_that_and_not_that_there_is_a_result() {
    let fixture = Fixture::start().await;
    let declined = DossierCompleted { declined: true, ..fixture.completed() };
    fixture.installation.publish("submissions", &declined).await;
    let mail = &fixture.mails(AN, 1).await[0];
    assert_eq!(mail["subject"], format!("Hồ sơ {CODE} có văn bản từ chối giải quyết"));
    assert!(text(mail).contains("Lý do ghi trong văn bản gửi kèm hồ sơ."), "{}", text(mail));
    let sms = fixture.sms(AN_PHONE, 1).await;
    assert!(sms[0]["content"].as_str().expect("text").contains("co van ban tu choi giai quyet"), "{sms:?}");
}

#[tokio::test]
async fn both_are_in_english_for_who_wants_english() {
    let fixture = Fixture::start().await;
    fixture.register(fixture.an.id, Language::En).await;
    fixture.installation.publish("submissions", &fixture.completed()).await;
    assert_eq!(fixture.mails(AN, 1).await[0]["subject"], format!("The result of dossier {CODE} is ready"));
    let sms = fixture.sms(AN_PHONE, 1).await;
    assert!(sms[0]["content"].as_str().expect("text").starts_with("The result of dossier H44.100-260721-0001"));
}
