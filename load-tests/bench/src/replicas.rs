//! Four replicas of submissions beside one: what a filing costs when the gateway spreads agencies over them.

use anyhow::{Result, ensure};

use crate::{
    bench::Bench,
    drafts::Kind,
    house::address,
    process::{Process, cpu_of_tree},
    report::Sample,
    say::{say, stage},
    wrk::{Filing, Manner},
};

/// The figures that come of it.
pub const FIGURES: [&str; 1] = ["replicas"];
/// Replicas beside the one that is there.
const MORE: usize = 3;
const CONNECTIONS: u32 = 128;
/// CPU µs that a replica which files has used by the end; one that idles uses next to none.
const AT_WORK: u64 = 1_000_000;
/// Whose CPU time counts.
const OURS: [&str; 3] = ["submissions", "gateway", "PostgreSQL"];

/// Measures every round: one replica, four, four, one.
///
/// # Errors
/// When a load is void, or filings reached fewer than four.
pub async fn run(bench: &mut Bench<'_>) -> Result<()> {
    let house = bench.house;
    let mut started = Vec::new();
    let mut addresses = vec![house.submissions.clone()];
    for _ in 0..MORE {
        let port = provision::free_port()?;
        started.push(house.part("submissions", "serve", "submissions", port, &[]).await?);
        addresses.push(address(port));
    }
    let port = provision::free_port()?;
    let settings = [("MOTCUA_SUBMISSIONS_URL", addresses.join(","))];
    started.push(stage("a gateway over four", house.part("gateway", "serve", "gateway", port, &settings)).await?);
    let four = address(port);
    let others: Vec<&Process> = started.iter().collect();
    say("\n  replicas");
    load(bench, "warm-up", &four, &others).await?;
    for _ in 0..bench.plan.rounds {
        let mut cpu = [0.0; 2];
        for (place, name, gateway) in [
            (0, "gateway, one replica", &house.gateway),
            (1, "gateway, four replicas", &four),
            (1, "gateway, four replicas", &four),
            (0, "gateway, one replica", &house.gateway),
        ] {
            let sample = load(bench, name, gateway, &others).await?;
            cpu[place] += sample.cpu_of(&OURS);
            bench.report.sample(name, sample);
        }
        bench.report.figure("replicas", cpu[1] / cpu[0]);
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

async fn load(bench: &mut Bench<'_>, name: &str, gateway: &str, others: &[&Process]) -> Result<Sample> {
    let load = bench.plan.load / 2;
    let filing =
        Filing { address: gateway, kind: Kind::Spread, connections: CONNECTIONS, load, manner: Manner::Closed };
    let (answers, sample) = bench.file(&filing, others).await?;
    answers.all_good()?;
    say(&format!("    {}", sample.line(name)));
    Ok(sample)
}
