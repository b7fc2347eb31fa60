//! The provider's callbacks: too many, false, late, lost.

use std::time::Duration;

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};

use crate::{check::Tolerance, fixture::Fixture, load::Load};

const NONE: Tolerance = Tolerance { repeated_mails: false, lost_mails: false };

async fn with(fixture: &mut Fixture, vnpay: Value, time: Duration) -> Result<()> {
    fixture
        .under_load(NONE, async |fixture: &mut Fixture, load: &Load| {
            fixture.installation.behave(&json!({ "vnpay": vnpay })).await?;
            load.go_on_for(time).await?;
            // Those that were refused so far are repeated, truthfully now.
            fixture.installation.behave(&json!({})).await
        })
        .await
}

pub async fn many(fixture: &mut Fixture) -> Result<()> {
    // On a slow machine it is not the turn of all of the hundred in time; the others are told to come again.
    let heard_often = "select count(*) from provider_callbacks where deliveries > 10";
    let (before, time) = (count(fixture, heard_often).await?, fixture.seconds(10, 60));
    with(fixture, json!({"ipn_copies": 100}), time).await?;
    // A lock, not a constraint, keeps equal callbacks from each other: a refused row would be an answer 99 for nothing.
    let refused = fixture.installation.running("payments serve")?.said("refused the row");
    ensure!(refused == 0, "{refused} callbacks were refused by a constraint");
    let transfers = count(fixture, "select count(*) from transfers").await?;
    let repeated = count(fixture, heard_often).await? - before;
    ensure!(repeated > 0, "no callback was heard more than ten times");
    fixture.notes.push(format!("{transfers} transfers, {repeated} callbacks heard more than ten times"));
    Ok(())
}

pub async fn forged(fixture: &mut Fixture) -> Result<()> {
    let time = fixture.seconds(5, 30);
    for vnpay in
        [json!({"ipn_forge_signature": true}), json!({"ipn_amount_delta": -100}), json!({"ipn_tmn_code": "OTHERTMN"})]
    {
        with(fixture, vnpay, time).await?;
    }
    for verdict in ["FORGED", "WRONG_AMOUNT", "WRONG_MERCHANT"] {
        let query = format!("select count(*) from provider_callbacks where verdict = '{verdict}'");
        ensure!(count(fixture, &query).await? > 0, "no callback was judged {verdict}");
    }
    Ok(())
}

pub async fn late(fixture: &mut Fixture) -> Result<()> {
    let time = fixture.seconds(8, 60);
    with(fixture, json!({"ipn_delay_ms": 3000, "ipn_copies": 3}), time).await?;
    with(fixture, json!({"ipn_reorder": true}), time).await
}

pub async fn lost(fixture: &mut Fixture) -> Result<()> {
    with(fixture, json!({"ipn_drop": true}), Duration::from_secs(10)).await?;
    let asked =
        count(fixture, "select count(*) from provider_callbacks where channel = 'QUERY' and verdict = 'ACCEPTED'")
            .await?;
    ensure!(asked > 0, "no payment was found by asking");
    fixture.notes.push(format!("{asked} payments found by asking"));
    Ok(())
}

/// What a query of payments' database counts.
pub async fn count(fixture: &Fixture, query: &str) -> Result<i64> {
    let database = fixture.installation.servers.database("motcua_payments").await?;
    database.query_one(query, &[]).await.context("a count")?.try_get(0).context("a number")
}
