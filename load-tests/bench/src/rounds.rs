//! Filings a second: P, ours, the peer, ours, P, in turn; a figure is the median over the rounds of the ratio within a round.

use anyhow::{Result, bail};

use crate::{
    bench::Bench,
    drafts::Kind,
    peer::Peer,
    report::{Report, Sample},
    say::{say, stage},
    wrk::{Filing, Manner},
};

/// The figures that come of it.
pub const FIGURES: [&str; 5] = ["submit_p_128", "submit_p_32", "hot_spread", "gateway_submit", "cpu_peer"];
/// A round whose two runs of P differ by more is not believed.
const APART: f64 = 0.3;

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

/// Measures until enough rounds were kept.
///
/// # Errors
/// When a load is void, or too many rounds had to be dropped.
pub async fn run(bench: &mut Bench<'_>) -> Result<()> {
    let peer = stage("the peer: npm ci, start", Peer::start(bench.installation)).await?;
    say("\n  warm-up");
    for subject in ROUND.into_iter().take(6) {
        load(bench, &peer, subject).await?;
    }
    let (mut kept, mut tried) = (0, 0);
    while kept < bench.plan.rounds {
        tried += 1;
        if tried > 2 * bench.plan.rounds {
            bail!("The machine is too restless: of {tried} rounds only {kept} had two like runs of P.");
        }
        say(&format!("\n  round {tried}"));
        let mut samples = Vec::new();
        for subject in ROUND {
            samples.push((subject, load(bench, &peer, subject).await?));
        }
        let rates = rates(&samples, Subject::P);
        let apart = (rates[0] - rates[1]).abs() / rates[0].min(rates[1]);
        if apart > APART {
            say(&format!("  dropped: its two runs of P differ by {:.0} %", apart * 100.0));
            continue;
        }
        kept += 1;
        figures(&samples, bench.report);
    }
    peer.process.stop().await;
    Ok(())
}

/// One load, on a database at rest.
async fn load(bench: &mut Bench<'_>, peer: &Peer, subject: Subject) -> Result<Sample> {
    let (installation, others) = (bench.installation, [&peer.process]);
    let (address, connections) = match subject {
        Subject::Gateway => (&installation.gateway, 128),
        Subject::Peer => (&peer.url, 128),
        Subject::Direct(connections) => (&installation.submissions, connections),
        Subject::P | Subject::Hot => (&installation.submissions, 128),
    };
    let sample = if subject == Subject::P {
        bench.p(bench.plan.load / 2, &others).await?
    } else {
        let kind = if subject == Subject::Hot { Kind::Hot } else { Kind::Spread };
        let filing = Filing { address, kind, connections, load: bench.plan.load, manner: Manner::Closed };
        let (answers, sample) = bench.file(&filing, &others).await?;
        answers.all_good()?;
        sample
    };
    say(&format!("    {}", sample.line(subject.name())));
    Ok(sample)
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
