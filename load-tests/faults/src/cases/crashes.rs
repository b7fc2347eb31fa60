//! Processes that die, and processes that are told to stop.

use std::time::{Duration, Instant};

use anyhow::{Result, bail, ensure};
use rand::Rng;

use crate::{
    check::Tolerance,
    fixture::{Fixture, said},
    load::Load,
    parts::{PARTS, SERVICES},
    say::show,
};

/// A mail server may have taken a mail whose sender died before it could note that.
const DEATHS: Tolerance = Tolerance { repeated_mails: true, lost_mails: false };

pub async fn at_random(fixture: &mut Fixture) -> Result<()> {
    let time = fixture.seconds(15, 180);
    fixture
        .under_load(DEATHS, async |fixture: &mut Fixture, load: &Load| {
            let (begun, mut deaths) = (Instant::now(), 0);
            while begun.elapsed() < time {
                let part = PARTS[fixture.random.random_range(0..PARTS.len())];
                show(&format!("kill -9 {part}"));
                fixture.kill(part).await?;
                deaths += 1;
                load.go_on_for(Duration::from_millis(fixture.random.random_range(100..2_000))).await?;
            }
            fixture.notes.push(format!("{deaths} deaths"));
            Ok(())
        })
        .await
}

/// Each part, and the moment at which its death would cost most if it cost anything.
const MOMENTS: [(&str, &str); 10] = [
    ("submissions serve", "submissions: filed, not answered"),
    ("submissions serve", "key: committed, not answered"),
    ("payments serve", "key: committed, not answered"),
    ("payments serve", "payments: heard, not committed"),
    ("payments serve", "payments: committed, not answered"),
    ("submissions work", "relay: told, not noted"),
    ("submissions work", "consumer: done, not committed"),
    ("submissions work", "consumer: handled, not receipted"),
    ("notifications work", "consumer: handled, not receipted"),
    ("notifications work", "notifications: sent, not noted"),
];
/// Walks go on all the time, so every moment comes soon; but all walkers may wait for what the process before had in hand as it
/// died, which is taken up after a minute, or after two.
const TO_COME: Duration = Duration::from_secs(150);

pub async fn at_their_worst(fixture: &mut Fixture) -> Result<()> {
    fixture
        .under_load(DEATHS, async |fixture: &mut Fixture, load: &Load| {
            for (part, moment) in MOMENTS {
                show(&format!("{part} dies: {moment}"));
                let process = fixture.installation.running(part)?;
                process.kill().await?;
                process.set("MOTCUA_FAILPOINT", Some(moment));
                process.launch()?;
                let begun = Instant::now();
                while fixture.installation.running(part)?.ended()?.is_none() {
                    ensure!(begun.elapsed() < TO_COME, "{part} never came to: {moment}");
                    load.go_on_for(Duration::from_millis(50)).await?;
                }
                let process = fixture.installation.running(part)?;
                process.set("MOTCUA_FAILPOINT", None);
                process.start().await?;
                load.go_on_for(Duration::from_millis(500)).await?;
            }
            fixture.notes.push(format!("{} deaths", MOMENTS.len()));
            Ok(())
        })
        .await
}

pub async fn told_to_stop(fixture: &mut Fixture) -> Result<()> {
    fixture
        .under_load(Tolerance::default(), async |fixture: &mut Fixture, load: &Load| {
            for part in PARTS.iter() {
                stop_in_order(fixture, part).await?;
                load.go_on_for(Duration::from_secs(1)).await?;
            }
            Ok(())
        })
        .await
}

/// As an orchestrator rolls out a new version: of two replicas one is told to stop, and no request may fail.
pub async fn rolled_out(fixture: &mut Fixture) -> Result<()> {
    fixture.installation.double().await?;
    let rolled = fixture
        .under_load(Tolerance::default(), async |fixture: &mut Fixture, load: &Load| {
            let mut failed = Vec::new();
            fixture.installation.client.met();
            for service in SERVICES.iter().copied().chain(["gateway"]) {
                for replica in [" 2", ""] {
                    stop_in_order(fixture, &format!("{service} serve{replica}")).await?;
                    load.go_on_for(Duration::from_secs(1)).await?;
                }
                let met = fixture.installation.client.met();
                failed.extend((!met.is_empty()).then(|| format!("{service}: {}", said(&met))));
            }
            match failed.is_empty() {
                true => Ok(()),
                false => bail!("requests failed while replicas were told to stop: {}", failed.join("; ")),
            }
        })
        .await;
    fixture.installation.halve().await?;
    rolled
}

async fn stop_in_order(fixture: &mut Fixture, part: &str) -> Result<()> {
    stop(fixture, part).await?;
    fixture.installation.running(part)?.start().await
}

/// Tells a part to stop, and sees to it that it does so in order and in time.
pub(super) async fn stop(fixture: &mut Fixture, part: &str) -> Result<()> {
    show(&format!("SIGTERM {part}"));
    let begun = Instant::now();
    let status = fixture.installation.stop_part(part).await?;
    let last_words = fixture.installation.running(part)?.last_words();
    ensure!(status.success(), "{part}, told to stop, ended with {status}: {last_words}");
    ensure!(begun.elapsed() < Duration::from_secs(30), "{part} took {} s to stop", begun.elapsed().as_secs());
    Ok(())
}
