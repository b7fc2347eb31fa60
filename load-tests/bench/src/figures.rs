//! The figures that are taken in one installation, in their order.

use anyhow::{Context, Result};

use crate::{
    bench::Bench, installation::Installation, logins, overload, pages, plan::Plan, reads, replicas, report::Report,
    rounds, say::stage, spike,
};

/// The figure of the installation itself: the peak memory of a service after the closed loads before it.
const MEMORY: [&str; 1] = ["rss_mb"];

/// The figures taken in this installation.
pub fn all() -> Vec<&'static str> {
    [
        &rounds::FIGURES[..],
        &reads::FIGURES,
        &replicas::FIGURES,
        &spike::FIGURES,
        &pages::FIGURES,
        &logins::FIGURES,
        &overload::FIGURES,
    ]
    .concat()
}

/// Takes those that are wanted, then audits the data.
///
/// # Errors
/// When a load is void, or the data does not hold what was acknowledged.
pub async fn run(plan: &Plan, installation: &Installation, report: &mut Report) -> Result<()> {
    report.machine(installation).await?;
    let mut bench = Bench::prepare(plan, installation, report).await?;
    if plan.wants(&rounds::FIGURES) {
        rounds::run(&mut bench).await?;
    }
    if plan.wants(&reads::FIGURES) {
        reads::run(plan, installation, bench.report).await?;
    }
    if plan.wants(&replicas::FIGURES) {
        replicas::run(&mut bench).await?;
    }
    if plan.wants(&MEMORY) {
        bench.report.memory(installation)?;
    }
    if plan.wants(&spike::FIGURES) {
        spike::run(&mut bench).await?;
    }
    if plan.wants(&pages::FIGURES) {
        pages::run(plan, installation, bench.report).await?;
    }
    if plan.wants(&logins::FIGURES) {
        logins::run(&mut bench).await?;
    }
    if plan.wants(&overload::FIGURES) {
        overload::run(&mut bench).await?;
    }
    let audited = stage("audit of the data", bench.audit()).await;
    let audited = audited.context("The run is void: the data does not hold what was acknowledged")?;
    report.audited(&audited);
    Ok(())
}
