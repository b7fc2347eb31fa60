//! A dossier was received: the applicant learns when the result is due.

use civic::Language;

use crate::town::{AN, CODE, Town, text};

#[tokio::test]
async fn the_applicant_learns_who_has_it_and_until_when() {
    let town = Town::start().await;
    town.world.publish("submissions", &town.received()).await;
    let mail = &town.mails(AN, 1).await[0];
    assert_eq!(mail["subject"], format!("Hồ sơ {CODE} đã được tiếp nhận"));
    for fact in
        ["Cơ quan tiếp nhận: UBND xã Yên Kỳ", "Tiếp nhận lúc: 10:30 21/07/2026", "Hẹn trả kết quả: 17:00 24/07/2026"]
    {
        assert!(text(mail).contains(fact), "{fact} is not in {}", text(mail));
    }
    assert_eq!(town.settled(1).await, ["dossier_received SENT"]);
}

#[tokio::test]
async fn the_mail_is_in_english_for_who_wants_english() {
    let town = Town::start().await;
    town.register(town.an.id, Language::En).await;
    town.world.publish("submissions", &town.received()).await;
    let mail = &town.mails(AN, 1).await[0];
    assert_eq!(mail["subject"], format!("Dossier {CODE} has been received"));
    assert!(text(mail).contains("Result due by: 17:00 24/07/2026"), "{}", text(mail));
}
