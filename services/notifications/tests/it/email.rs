//! What a mail looks like, and what becomes of it when the server misbehaves.

use chrono::TimeDelta;
use diesel_async::SimpleAsyncConnection;
use runtime::{Random, Trace};
use serde_json::json;
use testkit::{Method, Speaks, TlsDoor};

use crate::fixture::{AN, AN_PHONE, BINH, Fixture, header, mail_behaves, sandbox};

#[tokio::test]
async fn a_mail_carries_its_id_the_trace_of_its_cause_and_one_recipient() {
    let fixture = Fixture::start().await;
    let cause = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
    let trace = Trace::continued(Some(cause), None, &Random::system());
    trace.scope(fixture.installation.publish("submissions", &fixture.received())).await;
    let mail = &fixture.mails(AN, 1).await[0];
    let id = fixture.texts("select id::text as text from messages").await.remove(0);
    assert_eq!(mail["message_id"], format!("{id}@motcua.localhost"));
    assert_eq!(header(mail, "Message-ID"), [format!("<{id}@motcua.localhost>")]);
    assert_eq!(header(mail, "X-Trace-Id"), ["4bf92f3577b34da6a3ce929d0e0e4736"]);
    assert_eq!(header(mail, "X-Request-Id"), ["4bf92f3577b34da6a3ce929d0e0e4736"]);
    assert_eq!(header(mail, "Auto-Submitted"), ["auto-generated"]);
    assert_eq!(header(mail, "Date"), ["Tue, 21 Jul 2026 03:00:00 +0000"]);
    assert_eq!(header(mail, "To"), [AN]);
    assert_eq!(mail["envelope"], json!({ "from": "khong-tra-loi@motcua.localhost", "to": [AN] }));
    assert!(fixture.raw(mail).await.is_ascii());
}

/// A mail that could not be begun is sent later, once.
async fn is_put_off_and_sent_later(behaviour: serde_json::Value, flags: &[&str]) {
    let fixture = Fixture::start_with(flags).await;
    fixture.behave(mail_behaves(behaviour)).await;
    fixture.installation.publish("submissions", &fixture.received()).await;
    fixture.an_hour_after_run(1).await;
    fixture.put_back_after_run(2).await;
    assert_eq!(fixture.texts("select state as text from messages").await, ["QUEUED"]);
    fixture.behave(json!({})).await;
    fixture.an_hour_after_run(2).await;
    fixture.wait_for("select count(*) as count from messages where state = 'SENT'", 1).await;
    let attempts = fixture.attempts().await;
    let (last, before) = attempts.split_last().expect("attempts");
    assert!(last.ends_with("ACCEPTED") && before.len() >= 2, "{attempts:?}");
    assert!(before.iter().all(|attempt| attempt.ends_with("PUT_OFF")), "{attempts:?}");
    assert_eq!(fixture.mails(AN, 1).await.len(), 1);
}

#[tokio::test]
async fn a_server_that_refuses_connections_gets_the_mail_later() {
    is_put_off_and_sent_later(json!({ "refuse_connections": true }), &[]).await;
}

#[tokio::test]
async fn a_server_that_is_silent_gets_the_mail_later() {
    is_put_off_and_sent_later(json!({ "greet_silently": true }), &["--smtp-timeout=1"]).await;
}

#[tokio::test]
async fn a_server_that_says_421_gets_the_mail_later() {
    is_put_off_and_sent_later(json!({ "reply_to_rcpt": 421 }), &[]).await;
}

#[tokio::test]
async fn a_server_that_says_450_gets_the_mail_later() {
    is_put_off_and_sent_later(json!({ "reply_to_rcpt": 450 }), &[]).await;
}

#[tokio::test]
async fn a_mail_that_went_out_is_noted_with_patience_and_not_sent_again() {
    let fixture = Fixture::start().await;
    let refuses_three_times = "create sequence tries;
        create function refuse() returns trigger language plpgsql as
            'begin if nextval(''tries'') <= 3 then raise ''not now''; end if; return new; end';
        create trigger refuse before insert on message_attempts for each row execute function refuse()";
    fixture.installation.database("notifications").await.batch_execute(refuses_three_times).await.expect("a trigger");
    fixture.installation.publish("submissions", &fixture.received()).await;
    fixture.wait_for("select count(*) as count from messages where state = 'SENT'", 1).await;
    assert_eq!(fixture.attempts().await, ["1 ACCEPTED"]);
    assert_eq!(fixture.mails(AN, 1).await.len(), 1);
}

#[tokio::test]
async fn a_recipient_refused_for_good_is_tried_once_and_shown_as_failed() {
    let fixture = Fixture::start().await;
    fixture.behave(mail_behaves(json!({ "reply_to_rcpt": 550 }))).await;
    fixture.installation.publish("submissions", &fixture.received()).await;
    assert_eq!(fixture.settled(1).await, ["dossier_received FAILED"]);
    assert_eq!(fixture.attempts().await, ["1 REFUSED"]);
    let shown = fixture.an.call("notifications", Method::GET, "/api/v1/messages").send().await;
    assert_eq!(shown.json["items"][0]["state"], "FAILED");
}

#[tokio::test]
async fn a_server_without_tls_gets_no_mail_when_tls_is_demanded() {
    for security in ["--smtp-security=starttls", "--smtp-security=tls"] {
        let fixture = Fixture::start_with(&[security, "--smtp-timeout=1"]).await;
        fixture.installation.publish("submissions", &fixture.received()).await;
        assert_eq!(fixture.settled(1).await, ["dossier_received QUEUED"]);
        assert_eq!(fixture.attempts().await, ["1 PUT_OFF"]);
        assert!(fixture.mails(AN, 0).await.is_empty());
    }
}

#[tokio::test]
async fn a_mail_server_that_the_office_vouches_for_itself_gets_the_mail() {
    let sandbox = sandbox().await;
    let door = TlsDoor::open(sandbox.smtp.port(), Speaks::Tls).await;
    let (port, file) = (format!("--smtp-port={}", door.port()), format!("--ca-file={}", door.authority_file()));
    let fixture = Fixture::start_beside(sandbox, &["--smtp-security=tls", &port, &file]).await;
    fixture.installation.publish("submissions", &fixture.received()).await;
    assert_eq!(fixture.settled(1).await, ["dossier_received SENT"]);
    assert_eq!(fixture.mails(AN, 1).await.len(), 1);
}

/// A mail and an SMS to the same person about the same thing, put off for more than five days.
async fn is_put_off_for_more_than_five_days(fixture: &Fixture) {
    fixture.behave(json!({ "mail": { "reply_to_rcpt": 451 }, "sms": { "code_result": "103" } })).await;
    fixture.installation.publish("submissions", &fixture.completed()).await;
    for run in 1..=14 {
        let put_back = format!(
            "select count(*) as count from jobs where attempts = {run} and locked_until is null and failed_at is null"
        );
        fixture.wait_for(&put_back, 2).await;
        assert_eq!(fixture.texts("select distinct state as text from messages").await, ["QUEUED"]);
        fixture.installation.clock.advance(TimeDelta::hours(8));
    }
    fixture.installation.clock.advance(TimeDelta::hours(9));
    fixture.wait_for("select count(*) as count from messages where state = 'FAILED'", 2).await;
    fixture.wait_for("select count(*) as count from jobs where failed_at is not null", 2).await;
}

#[tokio::test]
async fn what_is_put_off_for_five_days_is_given_up_and_goes_out_when_somebody_asks_for_it() {
    let fixture = Fixture::start().await;
    is_put_off_for_more_than_five_days(&fixture).await;
    fixture.behave(json!({})).await;
    let flags = ["--database-url".to_owned(), fixture.installation.database_url("notifications").to_owned()];
    let life = runtime::Life { clock: fixture.installation.clock.clone(), ..runtime::Life::system() };
    assert_eq!(notifications::service().retry(&flags, life.clone()).await.expect("the database answers"), 2);
    fixture.wait_for("select count(*) as count from messages where state = 'SENT'", 2).await;
    fixture.wait_for("select count(*) as count from jobs", 0).await;
    assert_eq!((fixture.mails(AN, 1).await.len(), fixture.sms(AN_PHONE, 1).await.len()), (1, 1));
    let findings = notifications::service().verify(&flags, life).await.expect("the database answers");
    assert!(findings.iter().all(|finding| finding.broken == 0), "{findings:?}");
}

#[tokio::test]
async fn a_mail_lost_after_data_is_unknown_and_sent_again_under_the_same_id() {
    let fixture = Fixture::start().await;
    fixture.behave(mail_behaves(json!({ "drop_after_data": true }))).await;
    fixture.installation.publish("submissions", &fixture.received()).await;
    assert_eq!(fixture.settled(1).await, ["dossier_received UNKNOWN"]);
    fixture.behave(json!({})).await;
    fixture.an_hour_after_run(1).await;
    let mails = fixture.mails(AN, 1).await;
    fixture.wait_for("select count(*) as count from messages where state = 'SENT'", 1).await;
    assert_eq!(fixture.attempts().await, ["1 UNKNOWN", "2 ACCEPTED"]);
    assert_eq!(mails.len(), 1);
}

#[tokio::test]
async fn a_mail_taken_in_silence_is_sent_again_octet_for_octet() {
    let fixture = Fixture::start_with(&["--smtp-timeout=1"]).await;
    fixture.behave(mail_behaves(json!({ "accept_then_silent": true }))).await;
    fixture.installation.publish("submissions", &fixture.received()).await;
    assert_eq!(fixture.settled(1).await, ["dossier_received UNKNOWN"]);
    fixture.behave(json!({})).await;
    fixture.an_hour_after_run(1).await;
    let mails = fixture.mails(AN, 2).await;
    assert_eq!(mails[0]["message_id"], mails[1]["message_id"]);
    assert_eq!(mails[0]["copies"], 2);
    assert_eq!(fixture.raw(&mails[0]).await, fixture.raw(&mails[1]).await);
    fixture.wait_for("select count(*) as count from messages where state = 'SENT'", 1).await;
}

#[tokio::test]
async fn a_mail_that_may_have_arrived_is_never_called_failed() {
    let fixture = Fixture::start().await;
    fixture.behave(mail_behaves(json!({ "drop_after_data": true }))).await;
    fixture.installation.publish("submissions", &fixture.received()).await;
    assert_eq!(fixture.settled(1).await, ["dossier_received UNKNOWN"]);
    fixture.behave(mail_behaves(json!({ "reply_to_rcpt": 550 }))).await;
    fixture.an_hour_after_run(1).await;
    fixture.wait_for("select count(*) as count from jobs where failed_at is not null", 1).await;
    assert_eq!(fixture.attempts().await, ["1 UNKNOWN", "2 REFUSED"]);
    assert_eq!(fixture.texts("select state as text from messages").await, ["UNKNOWN"]);
}

#[tokio::test]
async fn after_a_mail_broke_off_the_next_ones_are_answered_for_themselves() {
    let fixture = Fixture::start_with(&["--smtp-timeout=1"]).await;
    fixture.installation.publish("submissions", &fixture.received()).await;
    assert_eq!(fixture.settled(1).await, ["dossier_received SENT"]);
    fixture.behave(mail_behaves(json!({ "accept_then_silent": true }))).await;
    fixture.installation.publish("submissions", &fixture.completed()).await;
    fixture.wait_for("select count(*) as count from messages where state = 'UNKNOWN'", 1).await;
    fixture.behave(mail_behaves(json!({ "reply_to_rcpt": 550 }))).await;
    fixture.installation.publish("submissions", &fixture.fee_paid()).await;
    fixture
        .wait_for("select count(*) as count from messages where template = 'fee_paid' and state = 'FAILED'", 1)
        .await;
    assert!(fixture.mails(BINH, 0).await.is_empty());
}
