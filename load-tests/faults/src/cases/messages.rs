//! A mail server and an SMS aggregator that misbehave.

use anyhow::Result;
use serde_json::{Value, json};

use crate::{check::Tolerance, load::Load, say::show, stage::Stage};

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
