//! What is not kept: secrets once they are sent, codes that work no more, words of long ago.

use chrono::TimeDelta;
use civic::Language;
use serde_json::json;
use testkit::Method;

use crate::{
    fixture::{AN, Fixture, text},
    registration_started::started,
};

const WITH_SECRET: &str = "select count(*) as count from messages where secret <> ''";

#[tokio::test]
async fn a_secret_is_forgotten_once_it_is_sent_and_the_inbox_never_shows_it() {
    let fixture = Fixture::start().await;
    fixture.behave(json!({ "mail": { "reply_to_rcpt": 451 } })).await;
    fixture.installation.publish("submissions", &fixture.submitted(false)).await;
    fixture.wait_for("select count(*) as count from messages", 3).await;
    fixture.wait_for("select count(*) as count from jobs where locked_until is null and attempts > 0", 2).await;
    fixture.wait_for(WITH_SECRET, 1).await;
    let shown =
        async || fixture.an.call("notifications", Method::GET, "/api/v1/messages").send().await.expect(200).bytes;
    let before = shown().await;
    assert!(!String::from_utf8_lossy(&before).contains("Q7KX-M2PD"), "it is not sent yet");

    fixture.behave(json!({})).await;
    fixture.installation.clock.advance(TimeDelta::minutes(90));
    let mail = &fixture.mails(AN, 1).await[0];
    assert!(text(mail).contains("Mã tra cứu: Q7KX-M2PD"), "{}", text(mail));
    assert!(mail["html"].as_str().expect("HTML").contains("<td>Q7KX-M2PD</td>"));
    fixture.wait_for(WITH_SECRET, 0).await;
    let rows = fixture.texts("select row_to_json(m)::text as text from messages m").await;
    assert!(rows.iter().all(|row| !row.contains("Q7KX-M2PD")), "{rows:#?}");
    let shown = String::from_utf8_lossy(&shown().await).into_owned();
    assert!(shown.contains("Mã tra cứu: ••••••") && !shown.contains("Q7KX-M2PD"), "{shown}");
}

#[tokio::test]
async fn a_code_that_cannot_be_sent_for_a_day_is_forgotten_and_its_mail_given_up() {
    let fixture = Fixture::start().await;
    fixture.behave(json!({ "mail": { "reply_to_rcpt": 451 } })).await;
    fixture.installation.publish("accounts", &started(Language::Vi)).await;
    fixture.put_back_after_run(1).await;
    fixture.wait_for(WITH_SECRET, 1).await;
    fixture.installation.clock.advance(TimeDelta::hours(25));
    fixture.wait_for(WITH_SECRET, 0).await;
    fixture.behave(json!({})).await;
    fixture.installation.clock.advance(TimeDelta::hours(2));
    fixture.wait_for("select count(*) as count from messages where state = 'FAILED'", 1).await;
    assert!(fixture.mails("moi@example.vn", 0).await.is_empty());
}

#[tokio::test]
async fn the_words_of_old_messages_are_forgotten_and_that_they_were_sent_is_not() {
    let fixture = Fixture::start_with(&["--message-days=7"]).await;
    fixture.installation.publish("submissions", &fixture.received()).await;
    assert_eq!(fixture.settled(1).await, ["dossier_received SENT"]);
    fixture.installation.clock.advance(TimeDelta::days(6));
    fixture.installation.publish("submissions", &fixture.completed()).await;
    assert_eq!(fixture.settled(3).await.len(), 3);
    fixture.installation.clock.advance(TimeDelta::days(2));
    fixture
        .wait_for("select count(*) as count from messages where body_text = '' and coalesce(body_html, '') = ''", 1)
        .await;
    assert_eq!(fixture.texts("select template as text from messages where body_text = ''").await, ["dossier_received"]);
    let inbox = fixture.an.call("notifications", Method::GET, "/api/v1/messages").send().await.expect(200);
    let old = inbox.json["items"].as_array().expect("items").last().expect("three").clone();
    assert_eq!((&old["text"], &old["state"]), (&json!(""), &json!("SENT")));
}

#[tokio::test]
async fn how_many_officials_were_alerted_is_known() {
    let fixture = Fixture::start().await;
    fixture.installation.publish("submissions", &fixture.submitted(false)).await;
    fixture.settled(3).await;
    let alerts = "select template || ' ' || alerts as text from messages where alerts is not null";
    assert_eq!(fixture.texts(alerts).await, ["dossier_submitted 2"]);
}
