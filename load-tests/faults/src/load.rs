//! Walkers: many at once, one walk after the other, until they are told that it is enough.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use anyhow::{Result, bail};
use tokio::{task::JoinSet, time::sleep};

use crate::{client::Client, say::show, walk::Walk};

/// Walks under way at once.
const WALKERS: usize = 6;
/// No request succeeded for so long although the faults are tolerable: the installation is dead.
const LIVELINESS: Duration = Duration::from_secs(60);

/// Walks that go on.
pub struct Load {
    client: Arc<Client>,
    walkers: JoinSet<Vec<Outcome>>,
    enough: Arc<AtomicBool>,
    done: Arc<AtomicU64>,
    begun: Instant,
}

/// A walk that has ended, and how.
pub struct Outcome {
    /// The walk.
    pub walk: Walk,
    /// What was not as promised.
    pub broken: Option<String>,
}

impl Load {
    /// Sends walkers off. `numbers` gives each walk of a run its number.
    pub fn start(client: &Arc<Client>, seed: u64, numbers: &Arc<AtomicU64>) -> Self {
        let (enough, done) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicU64::new(0)));
        let mut walkers = JoinSet::new();
        for _ in 0..WALKERS {
            let (client, numbers, enough, done) = (client.clone(), numbers.clone(), enough.clone(), done.clone());
            walkers.spawn(async move {
                let mut outcomes = Vec::new();
                while !enough.load(Ordering::Relaxed) {
                    let number = numbers.fetch_add(1, Ordering::Relaxed);
                    let mut walk = Walk::new(client.clone(), seed, number);
                    let broken = walk.go().await.err().map(|why| format!("walk {number}: {why:#}"));
                    done.fetch_add(1, Ordering::Relaxed);
                    outcomes.push(Outcome { walk, broken });
                }
                outcomes
            });
        }
        Self { client: client.clone(), walkers, enough, done, begun: Instant::now() }
    }

    /// Waits, and sees to it that requests go on being answered.
    ///
    /// # Errors
    /// When none was for a minute.
    pub async fn go_on_for(&self, time: Duration) -> Result<()> {
        let until = Instant::now() + time;
        while Instant::now() < until {
            self.watch()?;
            sleep(Duration::from_millis(500).min(until.saturating_duration_since(Instant::now()))).await;
        }
        Ok(())
    }

    fn watch(&self) -> Result<()> {
        if self.client.idle() > LIVELINESS && self.begun.elapsed() > LIVELINESS {
            bail!("no request succeeded for {} s", self.client.idle().as_secs());
        }
        Ok(())
    }

    /// Begins no new walk and waits until those under way have ended.
    ///
    /// # Errors
    /// When requests are no longer answered.
    pub async fn finish(mut self) -> Result<Vec<Outcome>> {
        self.enough.store(true, Ordering::Relaxed);
        let mut outcomes = Vec::new();
        let mut told = Instant::now();
        while !self.walkers.is_empty() {
            tokio::select! {
                Some(ended) = self.walkers.join_next() => outcomes.extend(ended?),
                () = sleep(Duration::from_secs(1)) => {}
            }
            if told.elapsed() > Duration::from_secs(10) {
                told = Instant::now();
                show(&format!("{} walks done, {} under way", self.done.load(Ordering::Relaxed), self.walkers.len()));
            }
        }
        Ok(outcomes)
    }
}
