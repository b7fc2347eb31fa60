//! How much is measured, and how long.

use std::time::Duration;

use anyhow::{Result, bail};

/// The size of a run.
pub struct Plan {
    /// Rounds to be kept.
    pub rounds: usize,
    /// How long one load goes on.
    pub load: Duration,
    /// Dossiers filed on earlier days.
    pub base: i64,
    /// Dossiers that a thousand are compared with.
    pub growth: u64,
    /// Whether this run is too short to prove much.
    pub short: bool,
    only: Vec<String>,
}

impl Plan {
    /// The plan for `only` these figures of those that are known, or for all.
    ///
    /// # Errors
    /// A sentence that names the figures there are.
    pub fn new(short: bool, only: &[String], known: &[&str]) -> Result<Self> {
        if let Some(unknown) = only.iter().find(|name| !known.contains(&name.as_str())) {
            bail!("There is no figure {unknown}; there are {}.", known.join(", "));
        }
        let (rounds, seconds, base, growth) =
            if short { (2, 5, 100_000, 1_000_000) } else { (5, 10, 1_000_000, 10_000_000) };
        Ok(Self { rounds, load: Duration::from_secs(seconds), base, growth, short, only: only.to_vec() })
    }

    /// Whether any of these figures is wanted.
    pub fn wants(&self, figures: &[&str]) -> bool {
        self.only.is_empty() || self.only.iter().any(|name| figures.contains(&name.as_str()))
    }
}
