//! The provider's statement of a day with six planted differences, while who loads it and who compares it dies.

use std::time::{Duration, Instant};

use anyhow::{Result, ensure};
use serde_json::json;
use tokio::time::sleep;

use super::refunds::{paid, revived};
use crate::{check::Tolerance, client::Ask, fixture::Fixture, people, say::show};

/// What the sandbox does to its newest rows, and what each is found to be.
const BREAKS: [&str; 6] = ["missing_here", "missing_there", "amount", "status", "duplicate", "late"];
const FOUND: &str = "AMOUNT OPEN, LATE HEALED, MISSING_HERE OPEN, MISSING_THERE OPEN, STATUS OPEN, TWICE OPEN";
/// The lease of a process that died lasts a minute; in a run it need not.
const HURRY: &str =
    "update jobs set run_at = now(), locked_until = null where kind = 'compare_statement' and failed_at is null";
const TODAY: &str = "select to_char(now() at time zone 'UTC' + interval '7 hours', 'YYYYMMDD')";
const TO_COME: Duration = Duration::from_secs(60);

pub async fn six_planted(fixture: &mut Fixture) -> Result<()> {
    fixture.installation.behave(&json!({})).await?;
    for _ in 0..=BREAKS.len() {
        paid(fixture).await?;
    }
    fixture.installation.behave(&json!({"vnpay": {"statement_breaks": BREAKS}})).await?;
    let day = text(fixture, TODAY).await?;
    let file = fixture.installation.client.statement(&day).await?;
    let accountant = people::official(&fixture.installation.client, "thungan", "H44.100").await?;
    let (path, key) =
        ("/api/v1/agencies/H44.100/statements?source=VNPAY&file_name=ngay.csv", format!("statement-{day}"));
    let load = Ask::statement(path, &key, &file).by(&accountant);
    dies(fixture, "payments work", "payments: some lines compared").await?;
    dies(fixture, "payments serve", "key: committed, not answered").await?;
    let (client, ask) = (fixture.installation.client.clone(), load.clone());
    let loading = tokio::spawn(async move { client.must("the statement", 201, &ask).await });
    revived(fixture, "payments serve", "key: committed, not answered").await?;
    let statement = loading.await??.text("/id")?;
    revived(fixture, "payments work", "payments: some lines compared").await?;
    compared(fixture, &statement).await?;
    let found = found(fixture).await?;
    ensure!(found == FOUND, "planted were six differences, found were: {found}");
    // What is known changes nothing.
    fixture.installation.client.must("the statement again", 200, &load.under(format!("{key}-again"))).await?;
    let again = self::found(fixture).await?;
    ensure!(again == FOUND, "loaded again, found were: {again}");
    fixture.notes.push("six differences, each found once".to_owned());
    fixture.judge(&[], Tolerance::default(), Instant::now()).await
}

/// From now on a part dies at a moment.
async fn dies(fixture: &mut Fixture, part: &str, moment: &str) -> Result<()> {
    show(&format!("{part} dies: {moment}"));
    let process = fixture.installation.running(part)?;
    process.kill().await?;
    process.set("MOTCUA_FAILPOINT", Some(moment));
    process.start().await
}

/// Waits until all of a statement is compared.
async fn compared(fixture: &Fixture, statement: &str) -> Result<()> {
    let database = fixture.installation.servers.database("motcua_payments").await?;
    let begun = Instant::now();
    let state = format!("select state from statements where id::text = '{statement}'");
    while text(fixture, &state).await? != "COMPARED" {
        ensure!(begun.elapsed() < TO_COME, "the statement was never compared");
        database.batch_execute(HURRY).await?;
        sleep(Duration::from_millis(200)).await;
    }
    Ok(())
}

/// All differences, by class.
async fn found(fixture: &Fixture) -> Result<String> {
    text(fixture, "select coalesce(string_agg(class || ' ' || state, ', ' order by class), '') from differences").await
}

async fn text(fixture: &Fixture, query: &str) -> Result<String> {
    let database = fixture.installation.servers.database("motcua_payments").await?;
    Ok(database.query_one(query, &[]).await?.try_get(0)?)
}
