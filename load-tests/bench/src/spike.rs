//! Four times as many filings for some seconds, in open load: their latency, and how long it takes until people are told.

use std::{
    collections::HashMap,
    ops::Range,
    thread::available_parallelism,
    time::{Duration, Instant},
};

use anyhow::Result;
use tokio::time::sleep;
use tokio_postgres::Client;

use crate::{
    bench::Bench,
    drafts::Kind,
    installation::{Installation, address},
    k6::{Operation, Phase, Seen},
    process::Process,
    report::{Sample, percentile},
    say::{say, stage},
};

/// The figures that come of it.
pub const FIGURES: [&str; 5] = ["spike", "spike_faults", "notified_ms", "notified_base_ms", "k6_share"];
/// The share of P that is filed before and after the spike.
const BASE: f64 = 0.1;
const TIMES: u64 = 4;
/// A mail that has not arrived by then counts as one that never will.
const MAIL_TIMEOUT: Duration = Duration::from_secs(60);
/// A receipt to the applicant and an alert to the official.
const MAILS: u64 = 2;
/// The places of the phases; the first one is warm-up.
const CALM: usize = 1;
const SPIKE: usize = 2;

/// Measures every round: calm, spike, calm again; then waits for the mails.
///
/// # Errors
/// When k6 or a part fails.
pub async fn run(bench: &mut Bench<'_>) -> Result<()> {
    say("\n  spike");
    let p = bench.p(bench.plan.load / 2, &[]).await?.rate;
    let (workers, notifications) = stage("relay, notifications, mail server", tellers(bench.installation)).await?;
    let others: Vec<&Process> = workers.iter().collect();
    let (rate, load) = (((p * BASE) as u64).max(1), bench.plan.load.as_secs());
    let phase = |name, start, seconds, times: u64| Phase {
        name,
        operation: Operation::File,
        rate: rate * times,
        start,
        seconds,
    };
    let phases = [
        phase("warm", 0, 3, 1),
        phase("calm", 3, load, 1),
        phase("spike", 3 + load, 5, TIMES),
        phase("after", 8 + load, 3, 1),
    ];
    for _ in 0..bench.plan.rounds {
        round(bench, &phases, &others, &notifications).await?;
    }
    for process in workers {
        process.stop().await;
    }
    Ok(())
}

async fn round(bench: &mut Bench<'_>, phases: &[Phase], others: &[&Process], notifications: &Client) -> Result<()> {
    let installation = bench.installation;
    told_already(installation).await?;
    let (begun, before, clock) = (now(&installation.db).await?, installation.cpu(others), Instant::now());
    let seen = bench.open(phases).await?;
    let (took, after) = (clock.elapsed().as_secs_f64(), installation.cpu(others));
    let filed: u64 = seen.iter().map(Seen::good).sum();
    let sample = Sample::new(filed as f64 / took, filed, &before, &after, "all phases");
    let name = "filings in open load, people told";
    say(&format!("    {}", sample.line(name)));
    seen.iter().zip(phases).for_each(|(seen, phase)| say(&format!("      {}", seen.line(phase))));
    let mails = stage("until all are told", mails(notifications, begun, filed * MAILS)).await?;
    let filings = filings(installation, seen[CALM].first).await?;
    let report = &mut *bench.report;
    report.figure("spike", seen[SPIKE].p99 / seen[CALM].p99);
    report.figure("spike_faults", seen.iter().map(Seen::faults).sum::<u64>() as f64);
    report
        .figure("k6_share", sample.rate * sample.cpu_of(&["generator"]) / 1e6 / available_parallelism()?.get() as f64);
    report.figure("notified_ms", late(&mails, &filings, 0..u64::MAX));
    report.figure("notified_base_ms", late(&mails, &filings, 0..seen[SPIKE].first));
    report.sample(name, sample);
    Ok(())
}

/// Who tells people, with everybody's address: the relay, notifications, a mail server.
async fn tellers(installation: &Installation) -> Result<(Vec<Process>, Client)> {
    let notifications = installation.database("notifications").await?;
    notifications.batch_execute(include_str!("contacts.sql")).await?;
    let [http, smtp, relay, teller] =
        [provision::free_port()?, provision::free_port()?, provision::free_port()?, provision::free_port()?];
    let listen = |port: u16| format!("127.0.0.1:{port}");
    let sandbox = [("MOTCUA_SANDBOX_HTTP", listen(http)), ("MOTCUA_SANDBOX_SMTP", listen(smtp))];
    let ways_out = [("MOTCUA_SMTP_PORT", smtp.to_string()), ("MOTCUA_SMS_URL", address(http))];
    told_already(installation).await?;
    let workers = vec![
        installation.part("mail server", "serve", "sandbox", http, &sandbox).await?,
        installation.part("relay", "work", "submissions", relay, &[]).await?,
        installation.part("notifications", "work", "notifications", teller, &ways_out).await?,
    ];
    Ok((workers, notifications))
}

/// Nobody is told of what other figures filed.
async fn told_already(installation: &Installation) -> Result<()> {
    let told = "update outbox set waiting_for = '{}', receipted_at = now() where receipted_at is null";
    installation.db.batch_execute(told).await?;
    installation.db.batch_execute("vacuum analyze outbox").await?;
    Ok(())
}

async fn now(db: &Client) -> Result<f64> {
    Ok(db.query_one("select extract(epoch from now())::float8", &[]).await?.get(0))
}

/// When the mails since `begun` had been taken by the mail server, by the dossier's code: as many as there should be, or those
/// that arrived in time.
async fn mails(notifications: &Client, begun: f64, wanted: u64) -> Result<HashMap<String, Vec<f64>>> {
    let (clock, wanted) = (Instant::now(), i64::try_from(wanted)?);
    let sent = "from messages where created_at >= to_timestamp($1) and state = 'SENT'";
    while clock.elapsed() < MAIL_TIMEOUT
        && notifications.query_one(&format!("select count(*) {sent}"), &[&begun]).await?.get::<_, i64>(0) < wanted
    {
        sleep(Duration::from_millis(200)).await;
    }
    let mut mails: HashMap<String, Vec<f64>> = HashMap::new();
    let rows = format!("select about, extract(epoch from sent_at)::float8 {sent}");
    for row in notifications.query(&rows, &[&begun]).await? {
        mails.entry(row.get(0)).or_default().push(row.get(1));
    }
    Ok(mails)
}

/// The number, code and time of every filing from draft `first` on.
async fn filings(installation: &Installation, first: u64) -> Result<Vec<(u64, String, f64)>> {
    let filed = "select right(id::text, 12), code, extract(epoch from submitted_at)::float8 from dossiers
        where id >= $1::text::uuid and id < $2::text::uuid and code is not null";
    let rows = installation.db.query(filed, &[&Kind::Spread.id(first), &Kind::Spread.id(u64::MAX >> 16)]).await?;
    rows.iter().map(|row| Ok((u64::from_str_radix(row.get(0), 16)?, row.get(1), row.get(2)))).collect()
}

/// The 99th percentile, in ms, from a filing in this range to each of its mails. One that did not arrive took for ever.
fn late(mails: &HashMap<String, Vec<f64>>, filings: &[(u64, String, f64)], range: Range<u64>) -> f64 {
    let mut waited = Vec::new();
    for (_, code, filed) in filings.iter().filter(|(number, ..)| range.contains(number)) {
        let arrived = mails.get(code).map(Vec::as_slice).unwrap_or_default();
        waited.extend(arrived.iter().map(|at| (at - filed) * 1e3));
        waited.resize(waited.len() + (MAILS as usize).saturating_sub(arrived.len()), f64::INFINITY);
    }
    percentile(&mut waited, 0.99)
}
