//! A mail server and an SMS aggregator that misbehave.

use std::time::Instant;

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};

use super::crashes::stop;
use crate::{
    check::{Tolerance, hurry, settle},
    load::{Load, Outcome},
    say::show,
    stage::Stage,
    town::Town,
};

const REFUSED: &str = "select count(*), count(*) filter (where m.state = 'FAILED' and j.failed_at is not null
        and a.attempts = 1 and a.first like 'REFUSED %550%')
    from messages m
    left join jobs j on j.kind = 'send_message' and j.payload::json ->> 'message_id' = m.id::text
    left join lateral (
        select count(*) as attempts, min(outcome || ' ' || detail) as first from message_attempts where message_id = m.id
    ) a on true
    where m.channel = 'EMAIL' and m.subject like '%' || $1 || '%'";

async fn with(stage: &mut Stage, tolerance: Tolerance, behaviours: &[Value]) -> Result<()> {
    let time = stage.seconds(5, 30);
    stage
        .under_load(tolerance, async |stage: &mut Stage, load: &Load| {
            for behaviour in behaviours {
                show(&behaviour.to_string());
                stage.town.behave(behaviour).await?;
                load.go_on_for(time).await?;
            }
            stage.town.behave(&json!({})).await
        })
        .await
}

pub async fn refused(stage: &mut Stage) -> Result<()> {
    let behaviours = [
        json!({"mail": {"refuse_connections": true}}),
        json!({"mail": {"greet_silently": true}}),
        json!({"mail": {"reply_to_rcpt": 421}}),
        json!({"mail": {"reply_to_rcpt": 450}}),
    ];
    with(stage, Tolerance::default(), &behaviours).await
}

pub async fn doubtful(stage: &mut Stage) -> Result<()> {
    let behaviours = [json!({"mail": {"accept_then_silent": true}}), json!({"mail": {"drop_after_data": true}})];
    with(stage, Tolerance { repeated_mails: true, ..Tolerance::default() }, &behaviours).await
}

pub async fn sms(stage: &mut Stage) -> Result<()> {
    let behaviours = [
        json!({"sms": {"code_result": "103"}}),
        json!({"sms": {"http_status": 500}}),
        json!({"sms": {"silent": true}}),
    ];
    with(stage, Tolerance::default(), &behaviours).await
}

/// A server that answers 550 to each recipient. A newcomer could not go on without the code.
pub async fn impossible(stage: &mut Stage) -> Result<()> {
    let mut walk = stage.new_walk();
    while walk.is_newcomers() {
        walk = stage.new_walk();
    }
    stage.town.behave(&json!({"mail": {"reply_to_rcpt": 550}})).await?;
    walk.go().await?;
    let code = walk.record.code.clone().context("a code")?;
    let database = stage.town.servers.database("motcua_notifications").await?;
    settle(&stage.town).await?;
    let row = database.query_one(REFUSED, &[&code]).await?;
    let (written, failed): (i64, i64) = (row.try_get(0)?, row.try_get(1)?);
    // To the applicant: filed, received, completed; to a receiver: filed.
    ensure!(written >= 4 && written == failed, "of {written} mails about {code}, {failed} failed for good");
    stage.town.behave(&json!({})).await?;
    hurry(&stage.town).await?;
    let outcomes = [Outcome { walk, broken: None }];
    stage.judge(&outcomes, Tolerance { lost_mails: true, ..Tolerance::default() }, Instant::now()).await?;
    let mails = mails(&stage.town).await?;
    let came = mails.iter().filter(|mail| mail["subject"].as_str().is_some_and(|subject| subject.contains(&code)));
    ensure!(came.count() == 0, "a mail about {code} came after it had been refused for ever");
    stage.notes.push(format!("{failed} mails failed at the first attempt, with the server's answer"));
    Ok(())
}

/// A server that offers no TLS, where TLS is demanded.
pub async fn in_clear(stage: &mut Stage) -> Result<()> {
    let time = stage.seconds(10, 40);
    stage
        .under_load(Tolerance::default(), async |stage: &mut Stage, load: &Load| {
            for security in ["starttls", "tls"] {
                show(&format!("mails leave by {security} or not at all"));
                secure(stage, Some(security)).await?;
                let before = mails(&stage.town).await?.len();
                load.go_on_for(time).await?;
                let clear = mails(&stage.town).await?.len() - before;
                ensure!(clear == 0, "{clear} mails left in clear under {security}");
                ensure!(put_off(stage).await? > 0, "no mail was put off under {security}");
            }
            secure(stage, None).await
        })
        .await
}

/// Starts the sender anew; it is told to stop, so that no mail is on its way.
async fn secure(stage: &mut Stage, security: Option<&str>) -> Result<()> {
    stop(stage, "notifications work").await?;
    let sender = stage.town.running("notifications work")?;
    sender.set("MOTCUA_SMTP_SECURITY", security);
    sender.start().await
}

async fn put_off(stage: &Stage) -> Result<i64> {
    let query =
        "select count(*) from message_attempts where outcome = 'PUT_OFF' and at > now() - interval '10 seconds'";
    let database = stage.town.servers.database("motcua_notifications").await?;
    Ok(database.query_one(query, &[]).await?.try_get(0)?)
}

async fn mails(town: &Town) -> Result<Vec<Value>> {
    let all = town.client.sandbox("GET", "/mails", None).await?;
    Ok(all["items"].as_array().context("a list of mails")?.clone())
}
