//! The soak: faults of every kind, at random, for a long time.

use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use rand::Rng;
use serde_json::{Value, json};

use crate::{
    check::{self, Tolerance},
    load::Load,
    proxy::Line,
    say::show,
    stage::{Stage, listed},
    town::{PARTS, SERVICES},
};

/// Everything is let settle and compared this often: a fault is then near to what it broke.
const ROUND: Duration = Duration::from_secs(60);
/// What holds at every moment is looked at this often meanwhile.
const LOOK: Duration = Duration::from_secs(15);
const TOLERANCE: Tolerance = Tolerance { repeated_mails: true, lost_mails: false };

/// Injects for `minutes`.
///
/// # Errors
/// What is not as promised.
pub async fn run(stage: &mut Stage, minutes: u64) -> Result<()> {
    let (begun, time) = (Instant::now(), Duration::from_secs(60 * minutes));
    let (mut faults, mut rounds) = (0, 0);
    while begun.elapsed() < time {
        rounds += 1;
        stage.town.client.sandbox("DELETE", "/mails", None).await?;
        stage
            .under_load(TOLERANCE, async |stage: &mut Stage, load: &Load| {
                let (round, mut looked) = (Instant::now(), Instant::now());
                while round.elapsed() < ROUND {
                    inject(stage, load).await?;
                    faults += 1;
                    if looked.elapsed() > LOOK {
                        nothing_wrong(stage, check::standing(&stage.town).await?)?;
                        looked = Instant::now();
                    }
                    load.go_on_for(Duration::from_millis(stage.random.random_range(200..3_000))).await?;
                }
                Ok(())
            })
            .await
            .with_context(|| format!("round {rounds}, {} s after the start", begun.elapsed().as_secs()))?;
    }
    stage.notes.insert(0, format!("{faults} faults"));
    Ok(())
}

fn nothing_wrong(stage: &Stage, wrong: Vec<String>) -> Result<()> {
    match wrong.is_empty() {
        true => Ok(()),
        false => bail!("seen after {} s: {}", stage.begun.elapsed().as_secs(), listed(wrong)),
    }
}

/// One fault, weighted towards deaths.
async fn inject(stage: &mut Stage, load: &Load) -> Result<()> {
    match stage.random.random_range(0..20) {
        0..=5 => {
            let part = PARTS[stage.random.random_range(0..PARTS.len())];
            show(&format!("kill -9 {part}"));
            stage.kill(part).await
        }
        6..=7 => away(stage, load).await,
        8 => {
            show("PostgreSQL crashes");
            stage.town.servers.crash_postgres().await?;
            stage.town.servers.start_postgres().await
        }
        9 => {
            show("Redis dies and comes back empty");
            stage.town.servers.kill_redis().await?;
            stage.town.servers.start_redis(true).await
        }
        10 => {
            show("FLUSHALL");
            stage.town.servers.redis(&["FLUSHALL"]).await.map(drop)
        }
        11..=13 => line(stage, load).await,
        _ => misbehave(stage, load).await,
    }
}

/// A worker is dead for a while: what is told to its service must be there when it comes back.
async fn away(stage: &mut Stage, load: &Load) -> Result<()> {
    let part = format!("{} work", SERVICES[stage.random.random_range(0..SERVICES.len())]);
    let time = Duration::from_millis(stage.random.random_range(1_000..4_000));
    show(&format!("kill -9 {part}, for {} ms", time.as_millis()));
    stage.town.running(&part)?.kill().await?;
    load.go_on_for(time).await?;
    let wrong = check::waiting(&stage.town).await?;
    stage.town.running(&part)?.start().await?;
    nothing_wrong(stage, wrong)
}

async fn line(stage: &mut Stage, load: &Load) -> Result<()> {
    let (which, how) = (stage.random.random_range(0..4), stage.random.random_range(0..4));
    let time = Duration::from_millis(stage.random.random_range(500..6_000));
    let town = &stage.town;
    let proxy = [&town.to_postgres, &town.to_redis, &town.to_provider, &town.to_mail][which];
    show(&format!("line {which}, fault {how}, {} ms", time.as_millis()));
    match how {
        0 => proxy.cut(),
        1 => proxy.set(Line { delay: Duration::from_millis(200), ..Line::default() }),
        2 => proxy.set(Line { black_hole: true, ..Line::default() }),
        _ => proxy.set(Line { refuse: true, ..Line::default() }),
    }
    load.go_on_for(time).await?;
    town.mend_lines();
    Ok(())
}

async fn misbehave(stage: &mut Stage, load: &Load) -> Result<()> {
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
    let behaviour = &all[stage.random.random_range(0..all.len())];
    show(&behaviour.to_string());
    stage.town.behave(behaviour).await?;
    load.go_on_for(Duration::from_millis(stage.random.random_range(1_000..6_000))).await?;
    stage.town.behave(&json!({})).await
}
