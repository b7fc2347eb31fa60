//! The mail server misbehaving on command.

use serde_json::json;

use crate::support::{
    Fixture, is_silent,
    smtp::{RawClient, mail, post},
    until,
};

async fn town_with(behaviour: serde_json::Value) -> Fixture {
    let fixture = Fixture::new().await;
    fixture.behave(json!({ "mail": behaviour })).await;
    fixture
}

#[tokio::test]
async fn refused_connections_end_before_a_greeting_until_healed() {
    let fixture = town_with(json!({ "refuse_connections": true })).await;
    assert!(RawClient::connect(&fixture).await.is_ended().await);
    fixture.behave(json!({})).await;
    post(&fixture, mail("<a@b.vn>", "<1@x>")).await.unwrap();
}

#[tokio::test]
async fn a_silent_server_takes_the_connection_and_never_greets() {
    let fixture = town_with(json!({ "greet_silently": true })).await;
    let mut client = RawClient::connect(&fixture).await;
    assert!(is_silent(client.reply()).await);
}

#[tokio::test]
async fn recipients_are_refused_with_the_code_asked_for() {
    for (code, is_transient) in [(421, true), (450, true), (550, false)] {
        let fixture = town_with(json!({ "reply_to_rcpt": code })).await;
        let error = post(&fixture, mail("<a@b.vn>", "<1@x>")).await.unwrap_err();
        assert_eq!(error.is_transient(), is_transient, "{error}");
        assert_eq!(error.is_permanent(), !is_transient, "{error}");
        assert!(fixture.items("/mails").await.is_empty());
    }
}

#[tokio::test]
async fn a_mail_taken_in_silence_is_kept() {
    let fixture = town_with(json!({ "accept_then_silent": true })).await;
    assert!(is_silent(post(&fixture, mail("<a@b.vn>", "<1@x>"))).await);
    let kept = until(async || fixture.items("/mails").await.pop()).await;
    assert_eq!(kept["message_id"], "1@x");
}

#[tokio::test]
async fn a_mail_dropped_after_data_is_lost() {
    let fixture = town_with(json!({ "drop_after_data": true })).await;
    assert!(post(&fixture, mail("<a@b.vn>", "<1@x>")).await.is_err());
    assert!(fixture.items("/mails").await.is_empty());
}
