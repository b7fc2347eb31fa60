//! What an SMS looks like, and what becomes of it when the aggregator misbehaves.

use civic::{Phone, events::AccountRegistered};
use serde_json::{Value, json};

use crate::town::{AN, AN_PHONE, Town};

const STATE: &str = "select state as text from messages where channel = 'SMS'";
const ATTEMPTS: &str = "select number || ' ' || outcome as text from message_attempts \
    join messages on messages.id = message_id where channel = 'SMS' order by number";

async fn until(town: &Town, state: &str) {
    let query = format!("select count(*) as count from messages where channel = 'SMS' and state = '{state}'");
    town.wait_for(&query, 1).await;
}

/// A town whose aggregator behaves like this when a result is ready.
async fn town_with(sms: Value, flags: &[&str]) -> Town {
    let town = Town::start_with(flags).await;
    town.behave(json!({ "sms": sms })).await;
    town.world.publish("submissions", &town.completed()).await;
    town.mails(AN, 1).await;
    town
}

#[tokio::test]
async fn an_sms_names_the_sender_its_kind_and_the_message() {
    let town = town_with(json!({}), &["--sms-brandname=YENKY"]).await;
    let sms = town.sms(AN_PHONE, 1).await;
    until(&town, "SENT").await;
    let id = town.texts("select id::text as text from messages where channel = 'SMS'").await;
    assert_eq!(sms[0]["request_id"], *id[0]);
    assert_eq!(sms[0]["brandname"], "YENKY");
    assert_eq!(sms[0]["sms_type"], "2");
    let reference = town.texts("select provider_reference as text from messages where channel = 'SMS'").await;
    assert_eq!(reference, [sms[0]["id"].to_string()]);
}

#[tokio::test]
async fn an_account_without_money_in_http_200_is_tried_again() {
    let town = town_with(json!({ "code_result": "103" }), &[]).await;
    town.an_hour_after_run(1).await;
    town.an_hour_after_run(2).await;
    assert_eq!(town.texts(STATE).await, ["QUEUED"]);
    town.behave(json!({})).await;
    town.world.clock.advance(chrono::TimeDelta::hours(2));
    until(&town, "SENT").await;
    assert_eq!(town.sms(AN_PHONE, 1).await.len(), 1);
}

#[tokio::test]
async fn a_template_not_registered_in_http_200_is_failed_at_once() {
    let town = town_with(json!({ "code_result": "146" }), &[]).await;
    until(&town, "FAILED").await;
    assert_eq!(town.texts(ATTEMPTS).await, ["1 REFUSED"]);
}

#[tokio::test]
async fn an_sms_taken_in_silence_is_unknown_and_counts_as_sent_when_the_aggregator_knows_it() {
    let town = town_with(json!({ "silent": true }), &["--sms-timeout=1"]).await;
    until(&town, "UNKNOWN").await;
    town.behave(json!({})).await;
    town.an_hour_after_run(1).await;
    until(&town, "SENT").await;
    assert_eq!(town.texts(ATTEMPTS).await, ["1 UNKNOWN", "2 ACCEPTED"]);
    let sms = town.sms(AN_PHONE, 1).await;
    assert_eq!((sms.len(), &sms[0]["requests"]), (1, &json!(2)));
}

#[tokio::test]
async fn an_aggregator_that_breaks_down_leaves_it_unknown_and_is_asked_again() {
    let town = town_with(json!({ "http_status": 500 }), &[]).await;
    until(&town, "UNKNOWN").await;
    town.behave(json!({})).await;
    town.an_hour_after_run(1).await;
    until(&town, "SENT").await;
    assert_eq!(town.sms(AN_PHONE, 1).await.len(), 1);
}

#[tokio::test]
async fn an_aggregator_that_is_away_is_asked_again() {
    // Port 1 is nobody's.
    let town = town_with(json!({}), &["--sms-url=http://127.0.0.1:1"]).await;
    town.an_hour_after_run(1).await;
    assert_eq!(town.texts(STATE).await, ["QUEUED"]);
}

#[tokio::test]
async fn who_has_a_landline_or_no_phone_gets_no_sms() {
    let town = Town::start().await;
    for phone in [Some("02103846647"), None] {
        let person = town.world.citizen("Hoàng Văn Đất");
        let registered = AccountRegistered {
            account_id: person.id,
            name: "Hoàng Văn Đất".parse().expect("a name"),
            email: "dat@example.vn".parse().expect("an address"),
            phone: phone.map(|phone| phone.parse::<Phone>().expect("a phone")),
            language: civic::Language::Vi,
        };
        town.world.publish("accounts", &registered).await;
        town.wait_for(&format!("select count(*) as count from contacts where id = '{}'", person.id), 1).await;
        let completed = civic::events::DossierCompleted { applicant: person.party(), ..town.completed() };
        town.world.publish("submissions", &completed).await;
    }
    assert_eq!(town.settled(2).await, ["dossier_completed SENT", "dossier_completed SENT"]);
}
