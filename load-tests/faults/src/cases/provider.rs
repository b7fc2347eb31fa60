//! A payment provider that took the money and cannot say so.

use std::time::{Duration, Instant};

use anyhow::{Result, ensure};
use serde_json::json;
use tokio::time::sleep;

use super::callbacks::count;
use crate::{check::Tolerance, fixture::Fixture, load::Load, say::show};

/// The next question after one without an answer comes in five minutes; in a run it need not wait.
const HURRY: &str =
    "update jobs set run_at = now() where kind = 'ask_provider' and failed_at is null and locked_until is null";
const UNKNOWN: &str = "select count(*) from attempts where status = 'UNKNOWN'";
const MORE_THAN_ONE: &str = "select count(*) from (select from attempts where status in ('SETTLED', 'PAID_AGAIN')
    group by order_id having count(*) > 1) twice";

pub async fn broken(fixture: &mut Fixture) -> Result<()> {
    for answer in ["timeout", "http500", "html", "huge"] {
        show(&format!("callbacks are lost, questions are answered: {answer}"));
        let mut hurrying = None;
        let judged = fixture
            .under_load(Tolerance::default(), async |fixture: &mut Fixture, load: &Load| {
                let behaviour = json!({"vnpay": {"ipn_drop": true, "query_answer": answer}});
                fixture.installation.behave(&behaviour).await?;
                load.go_on_for(Duration::from_secs(8)).await?;
                hurry(fixture).await?;
                let begun = Instant::now();
                while count(fixture, UNKNOWN).await? == 0 {
                    ensure!(begun.elapsed() < Duration::from_secs(60), "{answer}: no attempt became unknown");
                    sleep(Duration::from_millis(300)).await;
                }
                fixture.installation.behave(&json!({"vnpay": {"ipn_drop": true}})).await?;
                for _ in 0..40 {
                    hurry(fixture).await?;
                    load.go_on_for(Duration::from_millis(500)).await?;
                    if count(fixture, UNKNOWN).await? == 0 {
                        break;
                    }
                }
                // A question that broke off at the last moment is put off as well.
                hurrying.replace(tokio::spawn(keep_hurrying(
                    fixture.installation.servers.database("motcua_payments").await?,
                )));
                fixture.installation.behave(&json!({})).await
            })
            .await;
        if let Some(hurrying) = hurrying {
            hurrying.abort();
        }
        judged?;
        ensure!(count(fixture, MORE_THAN_ONE).await? == 0, "{answer}: an order was charged twice");
    }
    Ok(())
}

/// Has what would be asked later asked now.
pub(super) async fn hurry(fixture: &Fixture) -> Result<()> {
    Ok(fixture.installation.servers.database("motcua_payments").await?.batch_execute(HURRY).await?)
}

async fn keep_hurrying(database: tokio_postgres::Client) {
    while database.batch_execute(HURRY).await.is_ok() {
        sleep(Duration::from_secs(3)).await;
    }
}
