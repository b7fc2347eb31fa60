//! Whether the data holds what was acknowledged: everything once, codes without gap.

use anyhow::{Result, ensure};

use crate::installation::Installation;

/// What was acknowledged so far.
pub struct Tally {
    base: i64,
    acknowledged: u64,
    under_way: u64,
}

impl Tally {
    /// Nothing yet, beside `base` dossiers of earlier days.
    pub fn begin(base: i64) -> Self {
        Self { base, acknowledged: 0, under_way: 0 }
    }

    /// Notes what a load's clients were told, and how many requests they may have left unanswered when they ended.
    pub fn acknowledged(&mut self, count: u64, under_way: u64) {
        self.acknowledged += count;
        self.under_way += under_way;
    }

    /// Counts what is there. Gives a sentence.
    ///
    /// # Errors
    /// When something is missing, doubled or out of order: what.
    pub async fn audit(&self, installation: &Installation) -> Result<String> {
        let row = installation.db.query_one(include_str!("audit.sql"), &[]).await?;
        let count = |index: usize| -> i64 { row.get(index) };
        let filed = count(0);
        let names = ["histories", "audit rows", "keys", "counted numbers"];
        for (index, name) in names.into_iter().enumerate() {
            ensure!(count(index + 1) == filed, "{filed} dossiers are filed, and there are {} {name}", count(index + 1));
        }
        let new = filed - self.base;
        ensure!(count(5) == new, "{new} dossiers were filed now, and there are {} events", count(5));
        ensure!(count(6) == 0, "{} agencies' days have codes with gaps or doubles", count(6));
        let (least, most) = (i64::try_from(self.acknowledged)?, i64::try_from(self.acknowledged + self.under_way)?);
        ensure!(least <= new, "{least} filings were acknowledged, and only {new} are there");
        ensure!(new <= most, "{new} dossiers were filed, and only {most} asked for");
        Ok(format!(
            "{least} filings acknowledged (and {} unanswered when a load ended), {new} filed: as many histories, events, audit \
             rows and keys; codes gapless and unique for each agency and day",
            new - least
        ))
    }
}
