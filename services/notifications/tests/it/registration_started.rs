//! The confirmation code goes to the address given.

use civic::{Language, Secret, events::RegistrationStarted};
use uuid::Uuid;

use crate::fixture::{Fixture, text, time};

pub fn started(language: Language) -> RegistrationStarted {
    RegistrationStarted {
        registration_id: Uuid::new_v4(),
        email: "moi@example.vn".parse().expect("an address"),
        name: "Trần Thị Mới".parse().expect("a name"),
        code: Secret::new("493817"),
        expires_at: time("2026-07-21T03:10:00Z"),
        language,
    }
}

#[tokio::test]
async fn the_code_and_its_end_are_written_in_vietnamese() {
    let fixture = Fixture::start().await;
    fixture.installation.publish("accounts", &started(Language::Vi)).await;
    let mail = &fixture.mails("moi@example.vn", 1).await[0];
    assert_eq!(mail["subject"], "Mã xác nhận địa chỉ thư điện tử của ông/bà");
    assert!(text(mail).starts_with("Kính gửi ông/bà,\r\n"), "{}", text(mail));
    assert!(text(mail).contains("Mã xác nhận: 493817"), "{}", text(mail));
    assert!(text(mail).contains("đến 10:10 21/07/2026"), "{}", text(mail));
    assert!(mail["html"].as_str().expect("HTML").contains("<strong>493817</strong>"));
    assert_eq!(fixture.settled(1).await, ["confirm_email SENT"]);
}

#[tokio::test]
async fn the_code_and_its_end_are_written_in_english() {
    let fixture = Fixture::start().await;
    fixture.installation.publish("accounts", &started(Language::En)).await;
    let mail = &fixture.mails("moi@example.vn", 1).await[0];
    assert_eq!(mail["subject"], "Your confirmation code");
    assert!(
        text(mail).contains("Your confirmation code: 493817\r\n\r\nIt works until 10:10 21/07/2026."),
        "{}",
        text(mail)
    );
}

#[tokio::test]
async fn nothing_that_somebody_typed_goes_to_an_address_that_is_not_proven() {
    let fixture = Fixture::start().await;
    for (count, language) in [Language::Vi, Language::En].into_iter().enumerate() {
        // As accounts of the version before may tell it.
        let name = "Tài khoản bị khoá, xem http://x.vn".to_owned().try_into().expect("a name from before");
        fixture.installation.publish("accounts", &RegistrationStarted { name, ..started(language) }).await;
        for mail in fixture.mails("moi@example.vn", count + 1).await {
            let all = mail.to_string();
            assert!(!all.contains("http://x.vn") && !all.contains("bị khoá"), "{all}");
        }
    }
}

#[tokio::test]
async fn an_address_beyond_ascii_is_reached() {
    let fixture = Fixture::start().await;
    let registration =
        RegistrationStarted { email: "ông.nội@example.vn".parse().expect("an address"), ..started(Language::Vi) };
    fixture.installation.publish("accounts", &registration).await;
    let mail = &fixture.mails("ông.nội@example.vn", 1).await[0];
    assert!(text(mail).contains("493817"));
    assert_eq!(fixture.settled(1).await, ["confirm_email SENT"]);
}
