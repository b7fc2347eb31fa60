//! What an SMS looks like, and what becomes of it when the aggregator misbehaves.

use civic::{Phone, events::AccountRegistered};
use serde_json::{Value, json};

use crate::fixture::{AN, AN_PHONE, Fixture};

const STATE: &str = "select state as text from messages where channel = 'SMS'";
const ATTEMPTS: &str = "select number || ' ' || outcome as text from message_attempts \
    join messages on messages.id = message_id where channel = 'SMS' order by number";

async fn until(fixture: &Fixture, state: &str) {
    let query = format!("select count(*) as count from messages where channel = 'SMS' and state = '{state}'");
    fixture.wait_for(&query, 1).await;
}

/// A fixture whose aggregator behaves like this when a result is ready.
async fn town_with(sms: Value, flags: &[&str]) -> Fixture {
    let fixture = Fixture::start_with(flags).await;
    fixture.behave(json!({ "sms": sms })).await;
    fixture.installation.publish("submissions", &fixture.completed()).await;
    fixture.mails(AN, 1).await;
    fixture
}

#[tokio::test]
async fn an_sms_names_the_sender_its_kind_and_the_message() {
    let fixture = town_with(json!({}), &["--sms-brandname=YENKY"]).await;
    let sms = fixture.sms(AN_PHONE, 1).await;
    until(&fixture, "SENT").await;
    let id = fixture.texts("select id::text as text from messages where channel = 'SMS'").await;
    assert_eq!(sms[0]["request_id"], *id[0]);
    assert_eq!(sms[0]["brandname"], "YENKY");
    assert_eq!(sms[0]["sms_type"], "2");
    let reference = fixture.texts("select provider_reference as text from messages where channel = 'SMS'").await;
    assert_eq!(reference, [sms[0]["id"].to_string()]);
}

#[tokio::test]
async fn an_account_without_money_in_http_200_is_tried_again() {
    let fixture = town_with(json!({ "code_result": "103" }), &[]).await;
    fixture.an_hour_after_run(1).await;
    fixture.an_hour_after_run(2).await;
    assert_eq!(fixture.texts(STATE).await, ["QUEUED"]);
    fixture.behave(json!({})).await;
    fixture.installation.clock.advance(chrono::TimeDelta::hours(2));
    until(&fixture, "SENT").await;
    assert_eq!(fixture.sms(AN_PHONE, 1).await.len(), 1);
}

#[tokio::test]
async fn a_template_not_registered_in_http_200_is_failed_at_once() {
    let fixture = town_with(json!({ "code_result": "146" }), &[]).await;
    until(&fixture, "FAILED").await;
    assert_eq!(fixture.texts(ATTEMPTS).await, ["1 REFUSED"]);
}

#[tokio::test]
async fn an_sms_taken_in_silence_is_unknown_and_counts_as_sent_when_the_aggregator_knows_it() {
    let fixture = town_with(json!({ "silent": true }), &["--sms-timeout=1"]).await;
    until(&fixture, "UNKNOWN").await;
    fixture.behave(json!({})).await;
    fixture.an_hour_after_run(1).await;
    until(&fixture, "SENT").await;
    assert_eq!(fixture.texts(ATTEMPTS).await, ["1 UNKNOWN", "2 ACCEPTED"]);
    let sms = fixture.sms(AN_PHONE, 1).await;
    assert_eq!((sms.len(), &sms[0]["requests"]), (1, &json!(2)));
}

#[tokio::test]
async fn an_aggregator_that_breaks_down_leaves_it_unknown_and_is_asked_again() {
    let fixture = town_with(json!({ "http_status": 500 }), &[]).await;
    until(&fixture, "UNKNOWN").await;
    fixture.behave(json!({})).await;
    fixture.an_hour_after_run(1).await;
    until(&fixture, "SENT").await;
    assert_eq!(fixture.sms(AN_PHONE, 1).await.len(), 1);
}

#[tokio::test]
async fn an_aggregator_that_is_away_is_asked_again() {
    // Port 1 is nobody's.
    let fixture = town_with(json!({}), &["--sms-url=http://127.0.0.1:1"]).await;
    fixture.an_hour_after_run(1).await;
    assert_eq!(fixture.texts(STATE).await, ["QUEUED"]);
}

#[tokio::test]
async fn who_has_a_landline_or_no_phone_gets_no_sms() {
    let fixture = Fixture::start().await;
    for phone in [Some("02103846647"), None] {
        let person = fixture.installation.citizen("Hoàng Văn Đất");
        let registered = AccountRegistered {
            account_id: person.id,
            name: "Hoàng Văn Đất".parse().expect("a name"),
            email: "dat@example.vn".parse().expect("an address"),
            phone: phone.map(|phone| phone.parse::<Phone>().expect("a phone")),
            language: civic::Language::Vi,
        };
        fixture.installation.publish("accounts", &registered).await;
        fixture.wait_for(&format!("select count(*) as count from contacts where id = '{}'", person.id), 1).await;
        let completed = civic::events::DossierCompleted { applicant: person.party(), ..fixture.completed() };
        fixture.installation.publish("submissions", &completed).await;
    }
    assert_eq!(fixture.settled(2).await, ["dossier_completed SENT", "dossier_completed SENT"]);
}
