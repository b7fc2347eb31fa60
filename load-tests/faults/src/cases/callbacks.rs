//! The provider's callbacks: too many, false, late, lost.

use std::time::Duration;

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};

use crate::{check::Tolerance, load::Load, stage::Stage};

const NONE: Tolerance = Tolerance { repeated_mails: false, lost_mails: false };

async fn with(stage: &mut Stage, vnpay: Value, time: Duration) -> Result<()> {
    stage
        .under_load(NONE, async |stage: &mut Stage, load: &Load| {
            stage.town.behave(&json!({ "vnpay": vnpay })).await?;
            load.go_on_for(time).await?;
            // Those that were refused so far are repeated, truthfully now.
            stage.town.behave(&json!({})).await
        })
        .await
}

pub async fn many(stage: &mut Stage) -> Result<()> {
    // On a slow machine it is not the turn of all of the hundred in time; the others are told to come again.
    let heard_often = "select count(*) from provider_callbacks where deliveries > 10";
    let (before, time) = (count(stage, heard_often).await?, stage.seconds(10, 60));
    with(stage, json!({"ipn_copies": 100}), time).await?;
    // A lock, not a constraint, keeps equal callbacks from each other: a refused row would be an answer 99 for nothing.
    let refused = stage.town.running("payments serve")?.said("refused the row");
    ensure!(refused == 0, "{refused} callbacks were refused by a constraint");
    let transfers = count(stage, "select count(*) from transfers").await?;
    let repeated = count(stage, heard_often).await? - before;
    ensure!(repeated > 0, "no callback was heard more than ten times");
    stage.notes.push(format!("{transfers} transfers, {repeated} callbacks heard more than ten times"));
    Ok(())
}

pub async fn forged(stage: &mut Stage) -> Result<()> {
    let time = stage.seconds(5, 30);
    for vnpay in
        [json!({"ipn_forge_signature": true}), json!({"ipn_amount_delta": -100}), json!({"ipn_tmn_code": "OTHERTMN"})]
    {
        with(stage, vnpay, time).await?;
    }
    for verdict in ["FORGED", "WRONG_AMOUNT", "WRONG_MERCHANT"] {
        let query = format!("select count(*) from provider_callbacks where verdict = '{verdict}'");
        ensure!(count(stage, &query).await? > 0, "no callback was judged {verdict}");
    }
    Ok(())
}

pub async fn late(stage: &mut Stage) -> Result<()> {
    let time = stage.seconds(8, 60);
    with(stage, json!({"ipn_delay_ms": 3000, "ipn_copies": 3}), time).await?;
    with(stage, json!({"ipn_reorder": true}), time).await
}

pub async fn lost(stage: &mut Stage) -> Result<()> {
    with(stage, json!({"ipn_drop": true}), Duration::from_secs(10)).await?;
    let asked =
        count(stage, "select count(*) from provider_callbacks where channel = 'QUERY' and verdict = 'ACCEPTED'")
            .await?;
    ensure!(asked > 0, "no payment was found by asking");
    stage.notes.push(format!("{asked} payments found by asking"));
    Ok(())
}

/// What a query of payments' database counts.
pub async fn count(stage: &Stage, query: &str) -> Result<i64> {
    let database = stage.town.servers.database("motcua_payments").await?;
    database.query_one(query, &[]).await.context("a count")?.try_get(0).context("a number")
}
