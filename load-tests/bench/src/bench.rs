//! The installation that most figures are taken in: dossiers of earlier days, drafts to file, P, and the count of what was acknowledged.

use std::time::Duration;

use anyhow::Result;

use crate::{
    audit::Tally,
    data::{Data, Specimen},
    drafts::{Drafts, Kind},
    installation::Installation,
    k6::{self, Operation, Phase, Seen},
    pgbench,
    plan::Plan,
    process::Process,
    report::{Report, Sample},
    say::stage,
    wrk::{self, Filing, Manner, Responses},
};

/// More than anything files in a second on the machines that this was tried on; drafts that are left are filed next time.
const DRAFTS_A_SECOND: u64 = 9_000;

/// What a figure works with.
pub struct Bench<'a> {
    /// How long, how often.
    pub plan: &'a Plan,
    /// What is measured.
    pub installation: &'a Installation,
    /// Where figures go.
    pub report: &'a mut Report,
    specimen: Specimen,
    drafts: Drafts,
    tally: Tally,
}

impl<'a> Bench<'a> {
    /// Fills the databases with what was there before.
    ///
    /// # Errors
    /// When that fails.
    pub async fn prepare(plan: &'a Plan, installation: &'a Installation, report: &'a mut Report) -> Result<Self> {
        let data = stage("procedure, agencies, citizens", Data::prepare(installation)).await?;
        stage(&format!("{} dossiers of earlier days", plan.base), data.base(installation, plan.base)).await?;
        let mut drafts = Drafts::new(data.answers.clone());
        let specimen = stage("a filing over HTTP, for P's values", data.specimen(installation, &mut drafts)).await?;
        let mut tally = Tally::begin(plan.base);
        tally.acknowledged(1, 0);
        Ok(Self { plan, installation, report, specimen, drafts, tally })
    }

    /// Drafts for a load, on a database at rest. Gives the number of the first.
    async fn rest(&mut self, kind: Kind, drafts: u64) -> Result<u64> {
        let first = self.drafts.reserve(self.installation, kind, drafts).await?;
        self.installation.db.batch_execute("checkpoint").await?;
        Ok(first)
    }

    /// P: with a few clients or with many, whichever files more.
    ///
    /// # Errors
    /// When pgbench fails.
    pub async fn p(&mut self, load: Duration, others: &[&Process]) -> Result<Sample> {
        let few = self.p_with(pgbench::FEW, load, others).await?;
        let many = self.p_with(pgbench::MANY, load, others).await?;
        Ok(if many.rate > few.rate { many } else { few })
    }

    async fn p_with(&mut self, clients: u32, load: Duration, others: &[&Process]) -> Result<Sample> {
        let installation = self.installation;
        let first = self.rest(Kind::Spread, DRAFTS_A_SECOND * (pgbench::WARM_UP + load).as_secs()).await?;
        let warm = async {
            tokio::time::sleep(pgbench::WARM_UP).await;
            installation.cpu(others)
        };
        let (filed, before) = tokio::join!(pgbench::file(installation, &self.specimen, first, clients, load), warm);
        let (filed, after) = (filed?, installation.cpu(others));
        self.tally.acknowledged(filed.all, 0);
        self.drafts.filed(installation, Kind::Spread).await?;
        let measured = (filed.rate * load.as_secs_f64()) as u64;
        Ok(Sample::new(filed.rate, measured, &before, &after, &format!("{clients} clients")))
    }

    /// Filings over HTTP. The CPU time of `others` is counted too.
    ///
    /// # Errors
    /// When wrk fails.
    pub async fn file(&mut self, filing: &Filing<'_>, others: &[&Process]) -> Result<(Responses, Sample)> {
        let installation = self.installation;
        // Who hammers takes another draft after each refusal.
        let a_second = if filing.manner == Manner::Hammering { 4 * DRAFTS_A_SECOND } else { DRAFTS_A_SECOND };
        let first = self.rest(filing.kind, a_second * filing.load.as_secs()).await?;
        let before = installation.cpu(others);
        let answers = wrk::file(installation, filing, first).await?;
        self.drafts.asked(filing.kind, answers.next);
        self.tally.acknowledged(answers.good(), u64::from(filing.connections));
        Ok((answers, answers.sample(&before, &installation.cpu(others))))
    }

    /// Filings and reads through the gateway that begin at their time, whether or not those before have ended.
    ///
    /// # Errors
    /// When k6 fails.
    pub async fn open(&mut self, phases: &[Phase]) -> Result<Vec<Seen>> {
        let drafts = phases.iter().map(Phase::drafts).sum();
        let first = self.rest(Kind::Spread, drafts).await?;
        let seen = k6::run(self.installation, phases, first).await?;
        self.drafts.asked(Kind::Spread, first + drafts);
        for (_, seen) in phases.iter().zip(&seen).filter(|(phase, _)| phase.operation == Operation::File) {
            self.tally.acknowledged(seen.good(), seen.failed);
        }
        Ok(seen)
    }

    /// Holds the data against what was acknowledged.
    ///
    /// # Errors
    /// When it does not hold it.
    pub async fn audit(&self) -> Result<String> {
        self.tally.audit(self.installation).await
    }
}
