//! A new version takes over from the old one, side by side on the same databases.

use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use serde_json::Value;
use tokio::{fs, process::Command, time::sleep};

use super::crashes::stop;
use crate::{
    check::Tolerance,
    fixture::{Fixture, said},
    load::Load,
    parts::PARTS,
    say::show,
};

/// k6 files walks of its own, so many a second, for longer than an upgrade takes.
const RATE: u64 = 3;
const K6: Duration = Duration::from_secs(120);

/// Under the load of our own walkers, who ask again and so tell what they met.
pub async fn side_by_side(fixture: &mut Fixture) -> Result<()> {
    let upgraded = fixture
        .under_load(Tolerance::default(), async |fixture: &mut Fixture, load: &Load| {
            fixture.installation.client.met();
            let asked = fixture.installation.client.asked();
            let versions = replace(fixture, async |time| load.go_on_for(time).await).await?;
            let (met, asked) = (fixture.installation.client.met(), fixture.installation.client.asked() - asked);
            ensure!(met.is_empty(), "of {asked} requests failed: {}", said(&met));
            fixture.notes.push(format!("{versions}; {asked} requests, none failed"));
            Ok(())
        })
        .await;
    fixture.installation.halve().await?;
    upgraded
}

/// Under the load of k6, which never asks twice.
pub async fn under_k6(fixture: &mut Fixture) -> Result<()> {
    let summary = fixture.installation.folder.join("k6.json");
    let mut k6 = Command::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../journey"))
        .env("BASE", format!("http://127.0.0.1:{}", fixture.installation.door.port))
        .env("SANDBOX", format!("http://127.0.0.1:{}", fixture.installation.ports["sandbox"]))
        .env("RATE", RATE.to_string())
        .env("DURATION", K6.as_secs().to_string())
        .env("SUMMARY", &summary)
        .kill_on_drop(true)
        .spawn()
        .context("load-tests/journey cannot be run")?;
    let begun = Instant::now();
    let paused = async |time| {
        sleep(time).await;
        Ok(())
    };
    paused(Duration::from_secs(5)).await?;
    let versions = replace(fixture, paused).await?;
    let took = begun.elapsed();
    ensure!(took < K6, "the upgrade ended after {} s, when k6 filed no more", took.as_secs());
    let ended = k6.wait().await?;
    let walks: Value = serde_json::from_slice(&fs::read(summary).await.context("k6 gives no numbers")?)?;
    let done = walks["walks"]["done"].as_f64().unwrap_or_default();
    let requests = done * walks["requests_per_walk"].as_f64().unwrap_or_default();
    ensure!(ended.success(), "k6 met what is not as promised: its table above says what");
    ensure!(done > 0.0, "k6 filed nothing: this proves nothing");
    let seconds = took.as_secs();
    fixture.notes.push(format!("{versions} in {seconds} s; k6: {done} walks, {requests:.0} requests, none failed"));
    fixture.judge(&[], Tolerance::default(), Instant::now()).await?;
    fixture.installation.halve().await
}

/// As an orchestrator rolls out: migrations, then new replicas, then the old ones are told to stop.
async fn replace(fixture: &mut Fixture, pause: impl AsyncFn(Duration) -> Result<()>) -> Result<&'static str> {
    show("the new version's migrations");
    let (old, new) = fixture.installation.upgrade().await?;
    pause(Duration::from_secs(2)).await?;
    show("the new version beside the old one");
    fixture.installation.add_replicas().await?;
    pause(Duration::from_secs(3)).await?;
    // The old gateway knows the old replicas only, so it leaves first.
    for part in ["gateway serve"].into_iter().chain(PARTS.iter().copied().filter(|part| *part != "gateway serve")) {
        if fixture.installation.parts.contains_key(part) {
            stop(fixture, part).await?;
        }
        fixture.installation.open(part).await?;
        pause(Duration::from_secs(1)).await?;
    }
    Ok(if old == new { "one version twice" } else { "two versions" })
}
