//! What a case works with: the installation, a seed, the load that goes on, and the judgement at the end.

use std::{
    sync::{Arc, atomic::AtomicU64},
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail};
use rand::{SeedableRng, rngs::StdRng};
use serde_json::json;

use crate::{
    check::{self, Tolerance},
    installation::Installation,
    load::{Load, Outcome},
    say::show,
    walk::Walk,
};

/// Walks before the faults, so that they meet an installation at work.
const WARM: Duration = Duration::from_secs(3);
/// How soon the installation must serve again without one refusal.
const RECOVERY: Duration = Duration::from_secs(30);

/// Findings told in full.
const SHOWN: usize = 40;

/// A case's surroundings.
pub struct Fixture {
    /// The installation.
    pub installation: Installation,
    /// Decides everything that is left to chance.
    pub random: StdRng,
    /// Whether to take the time that a thorough run takes.
    pub long: bool,
    /// The seed.
    pub seed: u64,
    /// When the installation was there.
    pub begun: Instant,
    numbers: Arc<AtomicU64>,
    /// Sentences for the table.
    pub notes: Vec<String>,
}

impl Fixture {
    /// A new installation.
    ///
    /// # Errors
    /// When it does not start.
    pub async fn set(seed: u64, long: bool) -> Result<Self> {
        Ok(Self::on(Installation::start(false).await?, seed, long))
    }

    /// As [`Fixture::set`], with PostgreSQL on a disk that is soon full.
    ///
    /// # Errors
    /// As [`Fixture::set`]; for others than root.
    pub async fn set_on_a_small_disk(seed: u64, long: bool) -> Result<Self> {
        Ok(Self::on(Installation::start(true).await?, seed, long))
    }

    /// As [`Fixture::set`], with a clock that can be stepped, and clients that sign in again when their token is refused.
    ///
    /// # Errors
    /// As [`Fixture::set`]; without faketime.
    pub async fn set_with_a_clock(seed: u64, long: bool) -> Result<Self> {
        let mut fixture = Self::set(seed, long).await?;
        fixture.installation.wind_up_clock().await?;
        fixture.installation.client.expect_steps();
        Ok(fixture)
    }

    /// Plays `case` on an installation of its own, which lives by a clock that can be stepped.
    ///
    /// # Errors
    /// As `case`; without faketime.
    pub async fn by_own_clock(&mut self, case: impl AsyncFnOnce(&mut Self) -> Result<()>) -> Result<()> {
        let mut own = Self::set_with_a_clock(self.seed, self.long).await?;
        let outcome = case(&mut own).await;
        own.note_longest_wait();
        self.notes.append(&mut own.notes);
        own.installation.stop(outcome.is_err()).await;
        crate::client::forget();
        outcome
    }

    fn on(installation: Installation, seed: u64, long: bool) -> Self {
        crate::client::forget();
        let (random, numbers) = (StdRng::seed_from_u64(seed), Arc::default());
        Self { installation, random, long, seed, begun: Instant::now(), numbers, notes: Vec::new() }
    }

    /// So many seconds, or more in a thorough run.
    pub fn seconds(&self, short: u64, long: u64) -> Duration {
        Duration::from_secs(if self.long { long } else { short })
    }

    /// Does `inject` while walks go on, lets things settle, and holds everything against what was acknowledged.
    ///
    /// # Errors
    /// What is not as promised.
    pub async fn under_load(
        &mut self,
        tolerance: Tolerance,
        inject: impl AsyncFnOnce(&mut Self, &Load) -> Result<()>,
    ) -> Result<()> {
        let load = Load::start(&self.installation.client, self.seed, &self.numbers);
        load.go_on_for(WARM).await?;
        let injected = inject(self, &load).await;
        self.installation.mend_lines();
        let mended = Instant::now();
        let outcomes = load.finish().await?;
        let judged = self.judge(&outcomes, tolerance, mended).await;
        // Whatever stopped the faults has left traces, which say more.
        match (injected, judged) {
            (Err(why), Err(wrong)) => bail!("{why:#}\n      {wrong:#}"),
            (injected, judged) => injected.and(judged),
        }
    }

    /// Holds what is there against what was acknowledged.
    ///
    /// # Errors
    /// What is not as promised.
    pub async fn judge(&mut self, outcomes: &[Outcome], tolerance: Tolerance, mended: Instant) -> Result<()> {
        self.installation.behave(&json!({})).await?;
        let mut wrong = Vec::new();
        // Where walks broke, another would too, after minutes that are better spent on finding out why.
        if outcomes.iter().all(|outcome| outcome.broken.is_none()) {
            show("walks until one meets no refusal");
            wrong = self.calm(mended).await;
        }
        show("settling and comparing");
        wrong.extend(check::compare(&mut self.installation, outcomes, tolerance).await?);
        let met = self.installation.client.met();
        let met: Vec<_> = met.iter().map(|(what, times)| format!("{times}× {what}")).collect();
        self.notes.push(format!("{} walks", outcomes.len()));
        if !met.is_empty() {
            self.notes.push(met.join(", "));
        }
        match wrong.is_empty() {
            true => Ok(()),
            false => bail!(listed(wrong)),
        }
    }

    /// A while after the faults, a walk meets not one refusal.
    async fn calm(&mut self, mended: Instant) -> Vec<String> {
        loop {
            let before = self.installation.client.met();
            self.notes.extend((!before.is_empty()).then(|| said(&before)));
            if let Err(why) = self.walk().await {
                return vec![format!("after the faults: {why:#}")];
            }
            let met = self.installation.client.met();
            if met.is_empty() {
                return Vec::new();
            }
            if mended.elapsed() > RECOVERY {
                return vec![format!("I13: {} s after the faults: {}", mended.elapsed().as_secs(), said(&met))];
            }
        }
    }

    /// Says what was waited for longest since this was last said.
    pub fn note_longest_wait(&mut self) {
        if let Some((waited, what)) = self.installation.client.longest_wait() {
            self.notes.push(format!("longest wait {:.1} s: {what}", waited.as_secs_f64()));
        }
    }

    /// One walk.
    ///
    /// # Errors
    /// What is not as promised.
    pub async fn walk(&mut self) -> Result<()> {
        self.new_walk().go().await
    }

    /// A walk that has not begun.
    pub fn new_walk(&self) -> Walk {
        let number = self.numbers.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        Walk::new(self.installation.client.clone(), self.seed, number)
    }

    /// Kills a part and starts it again.
    ///
    /// # Errors
    /// When it does not start again.
    pub async fn kill(&mut self, part: &str) -> Result<()> {
        let process = self.installation.running(part)?;
        process.kill().await?;
        process.start().await.with_context(|| format!("{part}, killed, does not start again"))
    }
}

/// A sentence a line, as many as somebody reads.
pub fn listed(mut wrong: Vec<String>) -> String {
    let more = wrong.len().saturating_sub(SHOWN);
    wrong.truncate(SHOWN);
    wrong.extend((more > 0).then(|| format!("and {more} more")));
    wrong.join("\n      ")
}

/// What was met, in a line.
pub fn said(met: &std::collections::BTreeMap<String, u64>) -> String {
    met.iter().map(|(what, times)| format!("{times}× {what}")).collect::<Vec<_>>().join(", ")
}
