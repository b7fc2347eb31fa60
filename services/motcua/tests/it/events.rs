//! Who tells what to whom.

use diesel::{QueryableByName, sql_query, sql_types::Text};
use diesel_async::{RunQueryDsl, SimpleAsyncConnection};
use motcua::{events, services};
use testkit::eventually;

use crate::fixture::Fixture;

#[test]
fn whatever_is_sent_is_heard_and_whatever_is_heard_is_sent() {
    assert_eq!(events::faults(&services()), Vec::<String>::new());
}

#[test]
fn a_sender_without_its_listeners_and_a_listener_without_its_senders_are_found() {
    let without = |name: &str| events::faults(&services().into_iter().filter(|is| is.name != name).collect::<Vec<_>>());
    let (unheard, unsent) = (without("notifications"), without("submissions"));
    assert!(
        unheard.iter().any(|fault| fault == "nobody hears vn.motcua.dossier.received.v1 of submissions"),
        "{unheard:?}"
    );
    assert!(
        unsent.iter().any(|fault| fault == "nobody sends vn.motcua.dossier.received.v1, which notifications hears"),
        "{unsent:?}"
    );
}

#[test]
fn the_document_says_who_tells_what_to_whom() {
    let document = events::document(&services()).unwrap();
    let channel = &document["channels"]["vn.motcua.agency.opened.v1"];
    assert_eq!(channel["x-sender"], "accounts");
    assert!(channel["x-listeners"].as_array().unwrap().iter().any(|listener| listener == "notifications"), "{channel}");
    let text = document.to_string();
    for reference in text.split("\"$ref\":\"#/components/schemas/").skip(1) {
        let name = reference.split('"').next().unwrap();
        assert!(document["components"]["schemas"][name].is_object(), "{name} is not there");
    }
}

#[derive(QueryableByName)]
struct Line {
    #[diesel(sql_type = Text)]
    line: String,
}

async fn lines(fixture: &Fixture, service: &str, query: &str) -> Vec<String> {
    let rows: Vec<Line> = sql_query(query).load(&mut fixture.installation.database(service).await).await.unwrap();
    rows.into_iter().map(|row| row.line).collect()
}

/// What notifications keeps of what accounts told it.
async fn copies(fixture: &Fixture) -> Vec<String> {
    let all = "select a::text as line from agencies a union all select c::text from contacts c
        union all select p::text from official_posts p order by 1";
    lines(fixture, "notifications", all).await
}

async fn everything_is_receipted(fixture: &Fixture) {
    let waiting = "select id::text as line from outbox where receipted_at is null";
    eventually(|| async { lines(fixture, "accounts", waiting).await.is_empty().then_some(()) }).await;
}

#[tokio::test]
async fn a_listener_that_lost_its_copies_has_them_again() {
    let fixture = Fixture::open().await;
    everything_is_receipted(&fixture).await;
    let before = copies(&fixture).await;
    assert!(before.len() > 10, "{before:?}");
    let lose = "delete from official_posts; delete from agencies; delete from contacts";
    fixture.installation.database("notifications").await.batch_execute(lose).await.unwrap();
    let flags = ["--database-url".to_owned(), fixture.installation.database_url("accounts").to_owned()];
    let told = accounts::service().replay_to("notifications", &flags, events::life()).await.unwrap();
    assert!(told >= before.len() / 2, "{told}");
    everything_is_receipted(&fixture).await;
    assert_eq!(copies(&fixture).await, before);
    let refused = accounts::service().replay_to("catalogue", &flags, events::life()).await;
    assert_eq!(refused.unwrap_err().to_string(), "catalogue hears nothing that accounts can tell again.");
}
