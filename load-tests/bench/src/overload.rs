//! More than can be filed: what is still filed, and how the rest is refused.

use anyhow::{Result, ensure};

use crate::{
    audit::Tally,
    data::Specimen,
    drafts::{Drafts, Kind},
    house::House,
    pgbench,
    plan::Plan,
    report::Report,
    say::say,
    wrk,
};

/// The figures that come of it.
pub const FIGURES: [&str; 1] = ["overload"];
/// How many times P is offered.
const OFFERED: f64 = 2.0;
/// Filings a second that drafts are made for.
const DRAFTS_A_SECOND: u64 = 9_000;

/// Measures P and the overload in turn.
///
/// # Errors
/// When there are answers that should not be.
pub async fn run(
    plan: &Plan,
    house: &House,
    specimen: &Specimen,
    drafts: &mut Drafts,
    tally: &mut Tally,
    report: &mut Report,
) -> Result<()> {
    say("\n  overload");
    let seconds = plan.load.as_secs();
    for _ in 0..plan.rounds {
        let first = drafts.reserve(house, Kind::Spread, DRAFTS_A_SECOND * seconds).await?;
        house.db.batch_execute("checkpoint").await?;
        let filed = pgbench::file(house, specimen, first, 64, plan.load).await?;
        tally.acknowledged(filed, 0);
        drafts.filed(house, Kind::Spread).await?;
        let first = drafts.reserve(house, Kind::Spread, DRAFTS_A_SECOND * seconds).await?;
        house.db.batch_execute("checkpoint").await?;
        let (load, p) = (plan.load, filed as f64 / seconds as f64);
        // Each connection asks about once a second.
        let connections = (p * OFFERED) as u32;
        let answers = wrk::file(house, &house.submissions, Kind::Spread, first, connections, load, true).await?;
        tally.acknowledged(answers.good(), u64::from(connections));
        drafts.asked(Kind::Spread, answers.next);
        let elapsed = answers.micros as f64 / 1e6;
        let (good, offered) = (answers.good() as f64 / elapsed, answers.answers as f64 / elapsed);
        say(&format!(
            "    P {p:.0}/s; offered {:.1} P, filed {good:.0}/s, refused {} ({} with Retry-After), p50 {:.0} ms, p99 {:.0} ms, \
             broken or late {}",
            offered / p,
            answers.refused,
            answers.told,
            answers.p50 as f64 / 1e3,
            answers.p99 as f64 / 1e3,
            answers.socket,
        ));
        ensure!(answers.others == 0 && answers.told == answers.refused, "not refused as promised: {answers:?}");
        report.figure("overload", good / p);
    }
    Ok(())
}
