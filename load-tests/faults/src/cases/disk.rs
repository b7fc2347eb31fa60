//! A disk that is full.

use std::time::{Duration, Instant};

use anyhow::{Result, ensure};

use crate::{check::Tolerance, load::Load, people, say::show, stage::Stage};

/// How long walkers write before a full disk hurts.
const TO_HURT: Duration = Duration::from_secs(40);

/// On an installation of its own, whose PostgreSQL has a small disk.
pub async fn full(stage: &mut Stage) -> Result<()> {
    let mut own = Stage::set_on_a_small_disk(stage.seed, stage.long).await?;
    let outcome = fill(&mut own).await;
    stage.notes.append(&mut own.notes);
    own.town.stop(outcome.is_err()).await;
    client::forget();
    outcome
}

async fn fill(stage: &mut Stage) -> Result<()> {
    let outage = Tolerance { repeated_mails: true, ..Tolerance::default() };
    stage
        .under_load(outage, async |stage: &mut Stage, load: &Load| {
            show("the disk is full");
            stage.town.servers.small_disk()?.fill()?;
            stage.town.client.met();
            let begun = Instant::now();
            let mut met = false;
            while !met {
                ensure!(begun.elapsed() < TO_HURT, "nobody noticed that the disk is full");
                load.go_on_for(Duration::from_secs(1)).await?;
                met = !stage.town.client.met().is_empty();
            }
            load.go_on_for(Duration::from_secs(5)).await?;
            let died = stage.town.servers.postgres_ended().await;
            stage.notes.push(format!("PostgreSQL {}", if died { "died" } else { "lived" }));
            show("there is room again");
            stage.town.servers.small_disk()?.free()?;
            if died {
                stage.town.servers.forget_postgres().await;
                stage.town.servers.start_postgres().await?;
            }
            load.go_on_for(Duration::from_secs(3)).await
        })
        .await
}
