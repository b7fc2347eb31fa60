//! Names that try to become headers, recipients or markup.

use civic::{
    Language, LocalText,
    events::{ConfirmationPurpose, ConfirmationStarted, OrganisationRegistered},
};

use crate::{
    confirmation_started::started,
    fixture::{Fixture, header, text},
};

const HOSTILE: &str =
    "Công ty \u{202E}A\r\nBcc: kẻ-gian@example.vn\r\n\r\n<script>alert(1)</script>\0 \"🌾\" <b@c.vn>, {{ code }}";

#[tokio::test]
async fn an_organisations_name_adds_no_header_no_recipient_and_no_markup() {
    let fixture = Fixture::start().await;
    let organisation = fixture.installation.client();
    let registered = OrganisationRegistered {
        organisation_id: organisation.party().id,
        name: HOSTILE.into(),
        email: "hoptacxa@example.vn".parse().expect("an address"),
        phone: None,
    };
    fixture.installation.publish("accounts", &registered).await;
    fixture.wait_for("select count(*) as count from contacts where kind = 'ORGANISATION'", 1).await;
    let mut received = fixture.of(organisation.party());
    received.procedure_name = LocalText::new(format!("{HOSTILE}{}", "x".repeat(10_000)), "");
    fixture.installation.publish("submissions", &received).await;
    let mail = &fixture.mails("hoptacxa@example.vn", 1).await[0];
    assert_eq!(mail["envelope"]["to"].as_array().map(Vec::len), Some(1));
    assert_eq!(header(mail, "To"), ["hoptacxa@example.vn"]);
    assert!(header(mail, "Bcc").is_empty() && header(mail, "Cc").is_empty());
    assert!(text(mail).starts_with("Kính gửi Công ty A Bcc: kẻ-gian@example.vn <script>"), "{}", text(mail));
    assert!(!text(mail).contains(['\0', '\u{202E}']) && text(mail).contains("{{ code }}"));
    let html = mail["html"].as_str().expect("HTML");
    assert!(!html.contains("<script") && html.contains("&lt;script&gt;"), "{html}");
    assert!(fixture.raw(mail).await.len() < 20_000);
}

#[tokio::test]
async fn a_persons_name_is_written_as_it_is_and_escaped_in_html() {
    let fixture = Fixture::start().await;
    let started = ConfirmationStarted {
        // Names like this one were taken once, and are read as they are.
        name: "Bcc: <script>alert('x')</script> \"An\" & Bình".to_owned().try_into().expect("a name from before"),
        ..started(ConfirmationPurpose::PasswordReset, Language::Vi)
    };
    fixture.installation.publish("accounts", &started).await;
    let mail = &fixture.mails("lan@example.vn", 1).await[0];
    assert!(text(mail).contains("ông/bà Bcc: <script>alert('x')</script> \"An\" & Bình,"), "{}", text(mail));
    assert!(!mail["html"].as_str().expect("HTML").contains("<script"));
    assert!(header(mail, "Bcc").is_empty());
}
