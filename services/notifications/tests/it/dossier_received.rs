//! A dossier was received: the applicant learns when the result is due.

use civic::Language;

use crate::fixture::{AN, CODE, Fixture, text};

#[tokio::test]
async fn the_applicant_learns_who_has_it_and_until_when() {
    let fixture = Fixture::start().await;
    fixture.installation.publish("submissions", &fixture.received()).await;
    let mail = &fixture.mails(AN, 1).await[0];
    assert_eq!(mail["subject"], format!("Hồ sơ {CODE} đã được tiếp nhận"));
    for fact in
        ["Cơ quan tiếp nhận: UBND xã Yên Kỳ", "Tiếp nhận lúc: 10:30 21/07/2026", "Hẹn trả kết quả: 17:00 24/07/2026"]
    {
        assert!(text(mail).contains(fact), "{fact} is not in {}", text(mail));
    }
    assert_eq!(fixture.settled(1).await, ["dossier_received SENT"]);
}

#[tokio::test]
async fn the_mail_is_in_english_for_who_wants_english() {
    let fixture = Fixture::start().await;
    fixture.register(fixture.an.id, Language::En).await;
    fixture.installation.publish("submissions", &fixture.received()).await;
    let mail = &fixture.mails(AN, 1).await[0];
    assert_eq!(mail["subject"], format!("Dossier {CODE} has been received"));
    assert!(text(mail).contains("Result due by: 17:00 24/07/2026"), "{}", text(mail));
}
