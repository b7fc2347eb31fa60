//! The soak: faults of every kind, at random, for a long time.

use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use rand::Rng;
use serde_json::{Value, json};

use crate::{
    check::{self, Tolerance},
    fixture::{Fixture, listed},
    load::Load,
    parts::{PARTS, SERVICES},
    proxy::Line,
    say::show,
};

/// Everything is let settle and compared this often: a fault is then near to what it broke.
const ROUND: Duration = Duration::from_secs(60);
/// What holds at every moment is looked at this often meanwhile.
const POLL_INTERVAL: Duration = Duration::from_secs(15);
const TOLERANCE: Tolerance = Tolerance { repeated_mails: true, lost_mails: false };

/// Injects for `minutes`.
///
/// # Errors
/// What is not as promised.
pub async fn run(fixture: &mut Fixture, minutes: u64) -> Result<()> {
    let (begun, time) = (Instant::now(), Duration::from_secs(60 * minutes));
    let (mut faults, mut rounds) = (0, 0);
    while begun.elapsed() < time {
        rounds += 1;
        fixture.installation.client.sandbox("DELETE", "/mails", None).await?;
        fixture
            .under_load(TOLERANCE, async |fixture: &mut Fixture, load: &Load| {
                let (round, mut looked) = (Instant::now(), Instant::now());
                while round.elapsed() < ROUND {
                    inject(fixture, load).await?;
                    faults += 1;
                    if looked.elapsed() > POLL_INTERVAL {
                        nothing_wrong(fixture, check::standing(&fixture.installation).await?)?;
                        looked = Instant::now();
                    }
                    load.go_on_for(Duration::from_millis(fixture.random.random_range(200..3_000))).await?;
                }
                Ok(())
            })
            .await
            .with_context(|| format!("round {rounds}, {} s after the start", begun.elapsed().as_secs()))?;
    }
    fixture.notes.insert(0, format!("{faults} faults"));
    Ok(())
}

fn nothing_wrong(fixture: &Fixture, wrong: Vec<String>) -> Result<()> {
    match wrong.is_empty() {
        true => Ok(()),
        false => bail!("seen after {} s: {}", fixture.begun.elapsed().as_secs(), listed(wrong)),
    }
}

/// One fault, weighted towards deaths.
async fn inject(fixture: &mut Fixture, load: &Load) -> Result<()> {
    match fixture.random.random_range(0..20) {
        0..=5 => {
            let part = PARTS[fixture.random.random_range(0..PARTS.len())];
            show(&format!("kill -9 {part}"));
            fixture.kill(part).await
        }
        6..=7 => away(fixture, load).await,
        8 => {
            show("PostgreSQL crashes");
            fixture.installation.servers.crash_postgres().await?;
            fixture.installation.servers.start_postgres().await
        }
        9 => {
            show("Redis dies and comes back empty");
            fixture.installation.servers.kill_redis().await?;
            fixture.installation.servers.start_redis(true).await
        }
        10 => {
            show("FLUSHALL");
            fixture.installation.servers.redis(&["FLUSHALL"]).await.map(drop)
        }
        11..=13 => line(fixture, load).await,
        _ => misbehave(fixture, load).await,
    }
}

/// A worker is dead for a while: what is told to its service must be there when it comes back.
async fn away(fixture: &mut Fixture, load: &Load) -> Result<()> {
    let part = format!("{} work", SERVICES[fixture.random.random_range(0..SERVICES.len())]);
    let time = Duration::from_millis(fixture.random.random_range(1_000..4_000));
    show(&format!("kill -9 {part}, for {} ms", time.as_millis()));
    fixture.installation.running(&part)?.kill().await?;
    load.go_on_for(time).await?;
    let wrong = check::waiting(&fixture.installation).await?;
    fixture.installation.running(&part)?.start().await?;
    nothing_wrong(fixture, wrong)
}

async fn line(fixture: &mut Fixture, load: &Load) -> Result<()> {
    let (which, how) = (fixture.random.random_range(0..4), fixture.random.random_range(0..4));
    let time = Duration::from_millis(fixture.random.random_range(500..6_000));
    let installation = &fixture.installation;
    let proxy =
        [&installation.to_postgres, &installation.to_redis, &installation.to_provider, &installation.to_mail][which];
    show(&format!("line {which}, fault {how}, {} ms", time.as_millis()));
    match how {
        0 => proxy.cut(),
        1 => proxy.set(Line { delay: Duration::from_millis(200), ..Line::default() }),
        2 => proxy.set(Line { black_hole: true, ..Line::default() }),
        _ => proxy.set(Line { refuse: true, ..Line::default() }),
    }
    load.go_on_for(time).await?;
    installation.mend_lines();
    Ok(())
}

async fn misbehave(fixture: &mut Fixture, load: &Load) -> Result<()> {
    let all: [Value; 8] = [
        json!({"vnpay": {"ipn_copies": 30}}),
        json!({"vnpay": {"ipn_forge_signature": true}}),
        json!({"vnpay": {"ipn_delay_ms": 2000, "ipn_copies": 2}}),
        json!({"vnpay": {"ipn_reorder": true, "query_answer": "http500"}}),
        json!({"mail": {"reply_to_rcpt": 421}}),
        json!({"mail": {"accept_then_silent": true}}),
        json!({"mail": {"drop_after_data": true}}),
        json!({"sms": {"http_status": 500}}),
    ];
    let behaviour = &all[fixture.random.random_range(0..all.len())];
    show(&behaviour.to_string());
    fixture.installation.behave(behaviour).await?;
    load.go_on_for(Duration::from_millis(fixture.random.random_range(1_000..6_000))).await?;
    fixture.installation.behave(&json!({})).await
}
