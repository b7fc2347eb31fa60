//! A mail server and an SMS aggregator that misbehave.

use std::time::Instant;

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};

use super::crashes::stop;
use crate::{
    check::{Tolerance, hurry, settle},
    fixture::Fixture,
    installation::Installation,
    load::{Load, Outcome},
    say::show,
};

const REFUSED: &str = "select count(*), count(*) filter (where m.state = 'FAILED' and j.failed_at is not null
        and a.attempts = 1 and a.first like 'REFUSED %550%')
    from messages m
    left join jobs j on j.kind = 'send_message' and j.payload::json ->> 'message_id' = m.id::text
    left join lateral (
        select count(*) as attempts, min(outcome || ' ' || detail) as first from message_attempts where message_id = m.id
    ) a on true
    where m.channel = 'EMAIL' and m.subject like '%' || $1 || '%'";

async fn with(fixture: &mut Fixture, tolerance: Tolerance, behaviours: &[Value]) -> Result<()> {
    let time = fixture.seconds(5, 30);
    fixture
        .under_load(tolerance, async |fixture: &mut Fixture, load: &Load| {
            for behaviour in behaviours {
                show(&behaviour.to_string());
                fixture.installation.behave(behaviour).await?;
                load.go_on_for(time).await?;
            }
            fixture.installation.behave(&json!({})).await
        })
        .await
}

pub async fn refused(fixture: &mut Fixture) -> Result<()> {
    let behaviours = [
        json!({"mail": {"refuse_connections": true}}),
        json!({"mail": {"greet_silently": true}}),
        json!({"mail": {"reply_to_rcpt": 421}}),
        json!({"mail": {"reply_to_rcpt": 450}}),
    ];
    with(fixture, Tolerance::default(), &behaviours).await
}

pub async fn doubtful(fixture: &mut Fixture) -> Result<()> {
    let behaviours = [json!({"mail": {"accept_then_silent": true}}), json!({"mail": {"drop_after_data": true}})];
    with(fixture, Tolerance { repeated_mails: true, ..Tolerance::default() }, &behaviours).await
}

pub async fn sms(fixture: &mut Fixture) -> Result<()> {
    let behaviours = [
        json!({"sms": {"code_result": "103"}}),
        json!({"sms": {"http_status": 500}}),
        json!({"sms": {"silent": true}}),
    ];
    with(fixture, Tolerance::default(), &behaviours).await
}

/// A server that answers 550 to each recipient. A newcomer could not go on without the code.
pub async fn impossible(fixture: &mut Fixture) -> Result<()> {
    let mut walk = fixture.new_walk();
    while walk.is_newcomers() {
        walk = fixture.new_walk();
    }
    fixture.installation.behave(&json!({"mail": {"reply_to_rcpt": 550}})).await?;
    walk.go().await?;
    let code = walk.record.code.clone().context("a code")?;
    let database = fixture.installation.servers.database("motcua_notifications").await?;
    settle(&fixture.installation).await?;
    let row = database.query_one(REFUSED, &[&code]).await?;
    let (written, failed): (i64, i64) = (row.try_get(0)?, row.try_get(1)?);
    // To the applicant: filed, received, completed; to a receiver: filed.
    ensure!(written >= 4 && written == failed, "of {written} mails about {code}, {failed} failed for good");
    fixture.installation.behave(&json!({})).await?;
    hurry(&fixture.installation).await?;
    let outcomes = [Outcome { walk, broken: None }];
    fixture.judge(&outcomes, Tolerance { lost_mails: true, ..Tolerance::default() }, Instant::now()).await?;
    let mails = mails(&fixture.installation).await?;
    let came = mails.iter().filter(|mail| mail["subject"].as_str().is_some_and(|subject| subject.contains(&code)));
    ensure!(came.count() == 0, "a mail about {code} came after it had been refused for ever");
    fixture.notes.push(format!("{failed} mails failed at the first attempt, with the server's answer"));
    Ok(())
}

/// A server that offers no TLS, where TLS is demanded.
pub async fn in_clear(fixture: &mut Fixture) -> Result<()> {
    let time = fixture.seconds(10, 40);
    fixture
        .under_load(Tolerance::default(), async |fixture: &mut Fixture, load: &Load| {
            for security in ["starttls", "tls"] {
                show(&format!("mails leave by {security} or not at all"));
                secure(fixture, Some(security)).await?;
                let before = mails(&fixture.installation).await?.len();
                load.go_on_for(time).await?;
                let clear = mails(&fixture.installation).await?.len() - before;
                ensure!(clear == 0, "{clear} mails left in clear under {security}");
                ensure!(put_off(fixture).await? > 0, "no mail was put off under {security}");
            }
            secure(fixture, None).await
        })
        .await
}

/// Starts the sender anew; it is told to stop, so that no mail is on its way.
async fn secure(fixture: &mut Fixture, security: Option<&str>) -> Result<()> {
    stop(fixture, "notifications work").await?;
    let sender = fixture.installation.running("notifications work")?;
    sender.set("MOTCUA_SMTP_SECURITY", security);
    sender.start().await
}

async fn put_off(fixture: &Fixture) -> Result<i64> {
    let query =
        "select count(*) from message_attempts where outcome = 'PUT_OFF' and at > now() - interval '10 seconds'";
    let database = fixture.installation.servers.database("motcua_notifications").await?;
    Ok(database.query_one(query, &[]).await?.try_get(0)?)
}

async fn mails(installation: &Installation) -> Result<Vec<Value>> {
    let all = installation.client.sandbox("GET", "/mails", None).await?;
    Ok(all["items"].as_array().context("a list of mails")?.clone())
}
