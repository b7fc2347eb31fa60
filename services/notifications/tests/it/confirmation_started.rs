//! The code for a new password, or for a new address, goes to the address in question.

use civic::{
    Language, Secret,
    events::{ConfirmationPurpose, ConfirmationStarted},
};
use uuid::Uuid;

use crate::fixture::{Fixture, text, time};

pub fn started(purpose: ConfirmationPurpose, language: Language) -> ConfirmationStarted {
    ConfirmationStarted {
        confirmation_id: Uuid::new_v4(),
        purpose,
        email: "lan@example.vn".parse().expect("an address"),
        name: "Trần Thị Lan".parse().expect("a name"),
        code: Secret::new("493817"),
        expires_at: time("2026-07-21T03:10:00Z"),
        language,
    }
}

#[tokio::test]
async fn each_purpose_has_its_words_in_both_languages() {
    let fixture = Fixture::start().await;
    let (reset, change) = (ConfirmationPurpose::PasswordReset, ConfirmationPurpose::EmailChange);
    for (count, (purpose, language, subject)) in [
        (reset, Language::Vi, "Mã đặt lại mật khẩu của ông/bà"),
        (reset, Language::En, "Your code to reset your password"),
        (change, Language::Vi, "Mã xác nhận địa chỉ thư điện tử mới"),
        (change, Language::En, "The code to confirm your new e-mail address"),
    ]
    .into_iter()
    .enumerate()
    {
        fixture.installation.publish("accounts", &started(purpose, language)).await;
        let mails = fixture.mails("lan@example.vn", count + 1).await;
        let mail = mails.iter().find(|mail| mail["subject"] == subject).unwrap_or_else(|| panic!("{mails:?}"));
        assert!(text(mail).contains("493817") && text(mail).contains("10:10 21/07/2026"), "{}", text(mail));
        // The address of an account is proven; the one that it shall have is not.
        assert_eq!(mail.to_string().contains("Trần Thị Lan"), purpose == reset, "{mail}");
    }
}
