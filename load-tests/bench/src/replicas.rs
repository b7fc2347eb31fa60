//! Four replicas of submissions beside one: what a filing costs when the gateway spreads agencies over them.

use anyhow::{Result, ensure};

use crate::{
    bench::Bench,
    drafts::Kind,
    installation::address,
    process::{Process, cpu_of_tree},
    report::Sample,
    say::{say, stage},
    wrk::{Filing, Manner},
};

/// The figures that come of it.
pub const FIGURES: [&str; 2] = ["replicas", "replicas_few"];
/// Replicas beside the one that is there.
const MORE: usize = 3;
/// What one needs more replicas for, and what one replica would do for. The fewer filings come at once, the less four batches
/// share what one batch shares.
const CONNECTIONS: [(&str, u32); 2] = [("replicas", 384), ("replicas_few", 128)];
/// CPU µs that a replica which files has used by the end; one that idles uses next to none.
const AT_WORK: u64 = 1_000_000;
/// Whose CPU time counts.
const OURS: [&str; 3] = ["submissions", "gateway", "PostgreSQL"];

/// Measures every round: one replica, four, four, one.
///
/// # Errors
/// When a load is void, or filings reached fewer than four.
pub async fn run(bench: &mut Bench<'_>) -> Result<()> {
    let installation = bench.installation;
    let mut started = Vec::new();
    let mut addresses = vec![installation.submissions.clone()];
    for _ in 0..MORE {
        let port = provision::free_port()?;
        started.push(installation.part("submissions", "serve", "submissions", port, &[]).await?);
        addresses.push(address(port));
    }
    let port = provision::free_port()?;
    let settings = [("MOTCUA_SUBMISSIONS_URL", addresses.join(","))];
    started
        .push(stage("a gateway over four", installation.part("gateway", "serve", "gateway", port, &settings)).await?);
    let four = address(port);
    let others: Vec<&Process> = started.iter().collect();
    say("\n  replicas");
    load(bench, "warm-up", &four, &others, 128).await?;
    for _ in 0..bench.plan.rounds {
        for (figure, connections) in CONNECTIONS {
            let mut cpu = [0.0; 2];
            let sides = [(0, "one replica", &installation.gateway), (1, "four replicas", &four)];
            for (place, replicas, gateway) in [sides[0], sides[1], sides[1], sides[0]] {
                let name = format!("gateway, {replicas}, {connections} connections");
                let sample = load(bench, &name, gateway, &others, connections).await?;
                cpu[place] += sample.cpu_of(&OURS);
                bench.report.sample(&name, sample);
            }
            bench.report.figure(figure, cpu[1] / cpu[0]);
        }
    }
    for replica in &started[..MORE] {
        ensure!(
            cpu_of_tree(replica.pid) > AT_WORK,
            "a replica had nothing to do: the gateway does not spread the agencies"
        );
    }
    for process in started {
        process.stop().await;
    }
    Ok(())
}

async fn load(
    bench: &mut Bench<'_>,
    name: &str,
    gateway: &str,
    others: &[&Process],
    connections: u32,
) -> Result<Sample> {
    let load = bench.plan.load / 2;
    let filing = Filing { address: gateway, kind: Kind::Spread, connections, load, manner: Manner::Closed };
    let (answers, sample) = bench.file(&filing, others).await?;
    answers.all_good()?;
    say(&format!("    {}", sample.line(name)));
    Ok(sample)
}
