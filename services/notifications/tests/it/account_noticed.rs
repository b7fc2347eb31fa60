//! An account's owner is written about what happened to it, at the address that the event names.

use civic::{
    Language,
    events::{AccountNotice, AccountNoticed},
};

use crate::fixture::{Fixture, text, time};

#[tokio::test]
async fn each_notice_says_what_happened_and_what_to_do_and_stands_in_no_inbox() {
    let fixture = Fixture::start().await;
    for (count, notice) in AccountNotice::ALL.iter().enumerate() {
        let noticed = AccountNoticed {
            account_id: fixture.an.id,
            notice: *notice,
            email: "cu@example.vn".parse().expect("an address"),
            name: "Nguyễn Văn An".parse().expect("a name"),
            happened_at: time("2026-07-21T03:10:00Z"),
            language: Language::En,
            by_office: *notice == AccountNotice::Closed,
        };
        fixture.installation.publish("accounts", &noticed).await;
        fixture.mails("cu@example.vn", count + 1).await;
    }
    let mails = fixture.mails("cu@example.vn", AccountNotice::ALL.len()).await;
    assert!(mails.iter().all(|mail| text(mail).contains("10:10 21/07/2026")), "{mails:?}");
    for words in [
        "The password of your account was changed",
        "was reset at",
        "no longer to this one",
        "The phone number of your account was changed",
        "Your account was closed",
        "proved at a one-stop office",
        "https://motcua.localhost/password-reset",
    ] {
        assert!(mails.iter().any(|mail| text(mail).replace("\r\n", " ").contains(words)), "{words}: {mails:?}");
    }
    let inbox = fixture.an.call("notifications", testkit::Method::GET, "/api/v1/messages").send().await.expect(200);
    assert_eq!(inbox.json["items"].as_array().map(Vec::len), Some(0));
}
