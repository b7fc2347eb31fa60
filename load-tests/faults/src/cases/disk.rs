//! A disk that is full.

use std::time::{Duration, Instant};

use anyhow::{Result, ensure};

use crate::{check::Tolerance, client, fixture::Fixture, load::Load, say::show};

/// How long walkers write before a full disk hurts.
const TO_HURT: Duration = Duration::from_secs(40);

/// On an installation of its own, whose PostgreSQL has a small disk.
pub async fn full(fixture: &mut Fixture) -> Result<()> {
    let mut own = Fixture::set_on_a_small_disk(fixture.seed, fixture.long).await?;
    let outcome = fill(&mut own).await;
    fixture.notes.append(&mut own.notes);
    own.installation.stop(outcome.is_err()).await;
    client::forget();
    outcome
}

async fn fill(fixture: &mut Fixture) -> Result<()> {
    let outage = Tolerance { repeated_mails: true, ..Tolerance::default() };
    fixture
        .under_load(outage, async |fixture: &mut Fixture, load: &Load| {
            show("the disk is full");
            fixture.installation.servers.small_disk()?.fill()?;
            fixture.installation.client.met();
            let begun = Instant::now();
            let mut met = false;
            while !met {
                ensure!(begun.elapsed() < TO_HURT, "nobody noticed that the disk is full");
                load.go_on_for(Duration::from_secs(1)).await?;
                met = !fixture.installation.client.met().is_empty();
            }
            load.go_on_for(Duration::from_secs(5)).await?;
            let died = fixture.installation.servers.postgres_ended().await;
            fixture.notes.push(format!("PostgreSQL {}", if died { "died" } else { "lived" }));
            show("there is room again");
            fixture.installation.servers.small_disk()?.free()?;
            if died {
                fixture.installation.servers.forget_postgres().await;
                fixture.installation.servers.start_postgres().await?;
            }
            load.go_on_for(Duration::from_secs(3)).await
        })
        .await
}
