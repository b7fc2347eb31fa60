//! The inbox: what was sent to the caller, and nothing else.

use civic::{Language, events::OrganisationRegistered};
use serde_json::Value;
use testkit::{Method, TestCaller, TestResponse};

use crate::{
    fixture::{AN, CODE, Fixture},
    registration_started::started,
};

async fn inbox(caller: &TestCaller, query: &str) -> TestResponse {
    caller.call("notifications", Method::GET, &format!("/api/v1/messages{query}")).send().await
}

fn subjects(answer: &TestResponse) -> Vec<&Value> {
    assert_eq!(answer.status, 200, "{}", answer.json);
    answer.json["items"].as_array().expect("items").iter().map(|item| &item["subject"]).collect()
}

#[tokio::test]
async fn everybody_reads_what_they_were_sent_and_nothing_of_others() {
    let fixture = Fixture::start().await;
    fixture.installation.publish("submissions", &fixture.submitted(false)).await;
    fixture.settled(3).await;
    let mine = inbox(&fixture.an, "").await;
    assert_eq!(subjects(&mine), [&format!("Đã nhận đơn: hồ sơ {CODE}")]);
    let item = &mine.json["items"][0];
    assert_eq!((&item["channel"], &item["about"], &item["state"]), (&"EMAIL".into(), &CODE.into(), &"SENT".into()));
    assert!(item["text"].as_str().expect("text").contains("Đăng ký khai sinh"));
    assert_eq!(item["created_at"], "2026-07-21T03:00:00Z");
    assert!(item.get("address").is_none() && item.get("template").is_none());
    assert!(item["page"].as_str().is_some_and(|page| page.starts_with("/dossiers/")), "{item}");
    let alerts = inbox(&fixture.binh, "").await;
    assert_eq!(alerts.json["items"].as_array().map(Vec::len), Some(1), "by mail and by SMS, and once in the inbox");
    let alert = &alerts.json["items"][0];
    assert_eq!(alert["channel"], "EMAIL");
    assert!(alert["page"].as_str().is_some_and(|page| page.starts_with("/work/dossiers/")), "{alert}");
    assert!(subjects(&inbox(&fixture.installation.citizen("Trần Thị Khác"), "").await).is_empty());
}

#[tokio::test]
async fn what_was_read_is_told_from_what_came_since() {
    let fixture = Fixture::start().await;
    fixture.installation.publish("submissions", &fixture.submitted(false)).await;
    fixture.settled(3).await;
    assert_eq!(inbox(&fixture.an, "").await.json["items"][0]["read"], false);
    let until = inbox(&fixture.an, "").await.json["items"][0]["created_at"].clone();
    let read = |caller: &TestCaller| {
        let call = caller.call("notifications", Method::PUT, "/api/v1/messages/reading");
        call.json(&serde_json::json!({ "until": until })).send()
    };
    assert_eq!(read(&fixture.binh).await.status, 204);
    assert_eq!(inbox(&fixture.an, "").await.json["items"][0]["read"], false, "somebody else has read hers");
    assert_eq!(read(&fixture.an).await.status, 204);
    assert_eq!(inbox(&fixture.an, "").await.json["items"][0]["read"], true);
    fixture.installation.clock.advance(chrono::TimeDelta::minutes(1));
    fixture.installation.publish("submissions", &fixture.received()).await;
    fixture.mails(AN, 2).await;
    let items = inbox(&fixture.an, "").await;
    let states: Vec<_> = items.json["items"].as_array().expect("items").iter().map(|item| &item["read"]).collect();
    assert_eq!(states, [false, true]);
}

#[tokio::test]
async fn a_client_reads_what_its_organisation_was_sent() {
    let fixture = Fixture::start().await;
    let client = fixture.installation.client();
    let registered = OrganisationRegistered {
        organisation_id: client.party().id,
        name: "Hợp tác xã Yên Kỳ".into(),
        email: "htx@example.vn".parse().expect("an address"),
        phone: None,
    };
    fixture.installation.publish("accounts", &registered).await;
    fixture.wait_for("select count(*) as count from contacts where kind = 'ORGANISATION'", 1).await;
    fixture.installation.publish("submissions", &fixture.of(client.party())).await;
    fixture.settled(1).await;
    let messages = inbox(&client, "").await;
    assert_eq!(messages.json["items"].as_array().map(Vec::len), Some(1));
    let text = messages.json["items"][0]["text"].as_str().expect("text");
    assert!(text.starts_with("Kính gửi Hợp tác xã Yên Kỳ,"), "{text}");
}

#[tokio::test]
async fn confirmation_codes_are_in_nobodys_inbox() {
    let fixture = Fixture::start().await;
    let registration = started(Language::Vi);
    fixture.installation.publish("accounts", &registration).await;
    assert_eq!(fixture.settled(1).await, ["confirm_email SENT"]);
    // Whatever the account's id turns out to be: the registration's own, too.
    assert_eq!(fixture.texts("select 'x' as text from messages where recipient_id is not null").await.len(), 0);
    assert!(subjects(&inbox(&fixture.an, "").await).is_empty());
}

#[tokio::test]
async fn pages_are_newest_first_and_hold_every_message_once() {
    let fixture = Fixture::start().await;
    for _ in 0..5 {
        fixture.installation.publish("submissions", &fixture.received()).await;
    }
    fixture.mails(AN, 5).await;
    let mut seen = Vec::new();
    let mut query = "?page_size=2".to_owned();
    loop {
        let page = inbox(&fixture.an, &query).await;
        assert_eq!(page.status, 200);
        seen.extend(
            page.json["items"]
                .as_array()
                .expect("items")
                .iter()
                .map(|item| (item["created_at"].to_string(), item["id"].to_string())),
        );
        let Some(next) = page.json["next"].as_str() else { break };
        query = format!("?page_size=2&cursor={next}");
    }
    let mut sorted = seen.clone();
    sorted.sort_by(|one, other| other.cmp(one));
    sorted.dedup();
    assert_eq!((seen.len(), &seen), (5, &sorted));
}

#[tokio::test]
async fn a_cursor_of_anothers_inbox_and_a_call_without_token_are_refused() {
    let fixture = Fixture::start().await;
    for _ in 0..2 {
        fixture.installation.publish("submissions", &fixture.received()).await;
    }
    fixture.mails(AN, 2).await;
    let next = inbox(&fixture.an, "?page_size=1").await.json["next"].as_str().expect("a next page").to_owned();
    assert_eq!(inbox(&fixture.binh, &format!("?cursor={next}")).await.status, 400);
    assert_eq!(inbox(&fixture.an, "?page_size=x").await.status, 400);
    assert_eq!(inbox(&fixture.an, "?other=1").await.status, 400);
    assert_eq!(inbox(&fixture.installation.nobody(), "").await.status, 401);
}
