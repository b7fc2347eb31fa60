//! A new version takes over from the old one, side by side on the same databases.

use std::time::Duration;

use anyhow::{Result, ensure};

use super::crashes::stop;
use crate::{
    check::Tolerance,
    load::Load,
    say::show,
    stage::{Stage, said},
    town::PARTS,
};

/// As an orchestrator rolls out: migrations, then new replicas, then the old ones are told to stop; all under load.
pub async fn side_by_side(stage: &mut Stage) -> Result<()> {
    let upgraded = stage
        .under_load(Tolerance::default(), async |stage: &mut Stage, load: &Load| {
            stage.town.client.met();
            let asked = stage.town.client.asked();
            show("the new version's migrations");
            let (old, new) = stage.town.upgrade().await?;
            load.go_on_for(Duration::from_secs(2)).await?;
            show("the new version beside the old one");
            stage.town.add_replicas().await?;
            load.go_on_for(Duration::from_secs(3)).await?;
            // The old gateway knows the old replicas only, so it leaves first.
            for part in ["gateway serve"].into_iter().chain(PARTS.into_iter().filter(|part| *part != "gateway serve")) {
                stop(stage, part).await?;
                stage.town.open(part).await?;
                load.go_on_for(Duration::from_secs(1)).await?;
            }
            let (met, asked) = (stage.town.client.met(), stage.town.client.asked() - asked);
            ensure!(met.is_empty(), "of {asked} requests failed: {}", said(&met));
            let what = if old == new { "one version twice" } else { "two versions" };
            stage.notes.push(format!("{what}; {asked} requests, none failed"));
            Ok(())
        })
        .await;
    stage.town.halve().await?;
    upgraded
}
