//! Filings a second: P, ours, the peer, ours, P, in turn; a figure is the median over the rounds of the ratio within a round.

use anyhow::{Result, bail};

use crate::{
    audit::Tally,
    data::Specimen,
    drafts::{Drafts, Kind},
    house::House,
    peer::Peer,
    pgbench,
    plan::Plan,
    process::{Process, cpu_of_ended_children, cpu_of_tree},
    report::{Report, Sample},
    say::{say, stage},
    wrk,
};

/// The figures that come of it.
pub const FIGURES: [&str; 5] = ["submit_p_128", "submit_p_32", "hot_spread", "gateway_submit", "cpu_peer"];
/// More than anything files in a second on the machines that this was tried on; drafts that are left are filed next time.
const DRAFTS_A_SECOND: u64 = 9_000;
/// A round whose two runs of P differ by more is not believed.
const APART: f64 = 0.3;
/// Clients of P; the better counts.
const CLIENTS: [u32; 2] = [16, 64];

/// What files, and through what.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Subject {
    P,
    Direct(u32),
    Hot,
    Gateway,
    Peer,
}

impl Subject {
    fn name(self) -> &'static str {
        match self {
            Self::P => "P",
            Self::Direct(32) => "submissions, 32 connections",
            Self::Direct(_) => "submissions, 128 connections",
            Self::Hot => "submissions, one agency",
            Self::Gateway => "gateway and submissions",
            Self::Peer => "Fastify and pg",
        }
    }

    fn kind(self) -> Kind {
        if self == Self::Hot { Kind::Hot } else { Kind::Spread }
    }
}

/// A round, in its order.
const ROUND: [Subject; 9] = [
    Subject::P,
    Subject::Direct(128),
    Subject::Gateway,
    Subject::Direct(32),
    Subject::Peer,
    Subject::Hot,
    Subject::Gateway,
    Subject::Direct(128),
    Subject::P,
];

/// What a round needs.
struct Bench<'a> {
    plan: &'a Plan,
    house: &'a House,
    specimen: &'a Specimen,
    peer: Peer,
    drafts: &'a mut Drafts,
    tally: &'a mut Tally,
}

/// Measures until enough rounds were kept.
///
/// # Errors
/// When a load is void, or too many rounds had to be dropped.
pub async fn run(
    plan: &Plan,
    house: &House,
    specimen: &Specimen,
    drafts: &mut Drafts,
    tally: &mut Tally,
    report: &mut Report,
) -> Result<()> {
    let peer = stage("the peer: npm ci, start", Peer::start(house)).await?;
    let mut bench = Bench { plan, house, specimen, peer, drafts, tally };
    say("\n  warm-up");
    for subject in ROUND.into_iter().take(6) {
        bench.load(subject).await?;
    }
    let (mut kept, mut tried) = (0, 0);
    while kept < plan.rounds {
        tried += 1;
        if tried > 2 * plan.rounds {
            bail!("The machine is too restless: of {tried} rounds only {kept} had two like runs of P.");
        }
        say(&format!("\n  round {tried}"));
        let mut samples = Vec::new();
        for subject in ROUND {
            samples.push((subject, bench.load(subject).await?));
        }
        let rates = rates(&samples, Subject::P);
        let apart = (rates[0] - rates[1]).abs() / rates[0].min(rates[1]);
        if apart > APART {
            say(&format!("  dropped: its two runs of P differ by {:.0} %", apart * 100.0));
            continue;
        }
        kept += 1;
        figures(&samples, report);
    }
    bench.peer.process.stop().await;
    Ok(())
}

fn rates(samples: &[(Subject, Sample)], subject: Subject) -> Vec<f64> {
    samples.iter().filter(|(of, _)| *of == subject).map(|(_, sample)| sample.rate).collect()
}

fn figures(samples: &[(Subject, Sample)], report: &mut Report) {
    let mean = |values: Vec<f64>| values.iter().sum::<f64>() / values.len() as f64;
    let rate = |subject| mean(rates(samples, subject));
    let (p, direct) = (rate(Subject::P), rate(Subject::Direct(128)));
    report.figure("submit_p_128", direct / p);
    report.figure("submit_p_32", rate(Subject::Direct(32)) / p);
    report.figure("hot_spread", rate(Subject::Hot) / direct);
    report.figure("gateway_submit", rate(Subject::Gateway) / direct);
    let cpu = |subject, of: &[&str]| {
        let of_this = samples.iter().filter(|(it, _)| *it == subject);
        mean(of_this.map(|(_, sample)| sample.cpu_of(of)).collect())
    };
    let ours = cpu(Subject::Gateway, &["submissions", "gateway", "PostgreSQL"]);
    report.figure("cpu_peer", ours / cpu(Subject::Peer, &["Fastify", "PostgreSQL"]));
    for (subject, sample) in samples {
        report.sample(subject.name(), sample.clone());
    }
}

impl Bench<'_> {
    /// One load, on a database at rest.
    async fn load(&mut self, subject: Subject) -> Result<Sample> {
        let seconds = self.plan.load.as_secs();
        let first = self.drafts.reserve(self.house, subject.kind(), DRAFTS_A_SECOND * seconds).await?;
        self.house.db.batch_execute("checkpoint").await?;
        let sample = match subject {
            Subject::P => {
                let few = self.p(first, CLIENTS[0]).await?;
                let first = self.drafts.reserve(self.house, subject.kind(), 0).await?;
                let many = self.p(first, CLIENTS[1]).await?;
                if many.rate > few.rate { many } else { few }
            }
            _ => self.http(subject, first).await?,
        };
        say(&format!("    {}", sample.line(subject.name())));
        Ok(sample)
    }

    async fn p(&mut self, first: u64, clients: u32) -> Result<Sample> {
        let (house, load) = (self.house, self.plan.load / 2);
        let before = self.cpu();
        let filed = pgbench::file(house, self.specimen, first, clients, load).await?;
        self.tally.acknowledged(filed, 0);
        self.drafts.filed(house, Kind::Spread).await?;
        let rate = filed as f64 / load.as_secs_f64();
        Ok(Sample::new(rate, filed, &before, &self.cpu(), &format!("{clients} clients")))
    }

    async fn http(&mut self, subject: Subject, first: u64) -> Result<Sample> {
        let house = self.house;
        let (url, connections) = match subject {
            Subject::Gateway => (&house.gateway, 128),
            Subject::Peer => (&self.peer.url, 128),
            Subject::Direct(connections) => (&house.submissions, connections),
            _ => (&house.submissions, 128),
        };
        let before = self.cpu();
        let answers = wrk::file(house, url, subject.kind(), first, connections, self.plan.load, false).await?;
        let answers = answers.all_good()?;
        self.drafts.asked(subject.kind(), answers.next);
        self.tally.acknowledged(answers.good(), u64::from(connections));
        let rate = answers.good() as f64 * 1e6 / answers.micros as f64;
        let note = format!("p50 {:.1} ms, p99 {:.1} ms", answers.p50 as f64 / 1e3, answers.p99 as f64 / 1e3);
        Ok(Sample::new(rate, answers.good(), &before, &self.cpu(), &note))
    }

    fn cpu(&self) -> Vec<(&'static str, u64)> {
        let mut cpu = self.house.cpu();
        let Process { name, pid, .. } = &self.peer.process;
        cpu.push((name, cpu_of_tree(*pid)));
        cpu.push(("generator", cpu_of_ended_children()));
        cpu
    }
}
