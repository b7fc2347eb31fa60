//! An event that its listener cannot handle.

use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};

use crate::{check::Tolerance, fixture::Fixture, load::Load, say::show};

const WAITING: &str =
    "select count(*) from dead_letter d where not exists (select from inbox i where i.event_id = d.event_id)";
/// An event is tried six times in about ninety seconds.
const TO_GIVE_UP: Duration = Duration::from_secs(150);

/// Notifications loses a citizen's address: what happens to her dossiers cannot be written to her.
pub async fn dead_letter(fixture: &mut Fixture) -> Result<()> {
    let poison = uuid::Uuid::new_v4();
    fixture
        .under_load(Tolerance::default(), async |fixture: &mut Fixture, load: &Load| {
            let database = fixture.installation.servers.database("motcua_notifications").await?;
            let row = database.query_one("select id::text from contacts where email = 'chi@example.vn'", &[]).await?;
            let id: String = row.try_get(0).context("an id")?;
            database.batch_execute(&format!("update contacts set id = '{poison}' where id = '{id}'")).await?;
            load.go_on_for(Duration::from_secs(3)).await?;
            show("events that cannot be handled are tried six times");
            let begun = Instant::now();
            while waiting(&database).await? < 2 {
                ensure!(begun.elapsed() < TO_GIVE_UP, "no event was given up");
                load.go_on_for(Duration::from_secs(1)).await?;
            }
            database.batch_execute(&format!("update contacts set id = '{id}' where id = '{poison}'")).await?;
            load.go_on_for(Duration::from_secs(5)).await?;
            fixture.notes.push(format!("{} dead letters", waiting(&database).await?));
            let begun = Instant::now();
            while waiting(&database).await? > 0 {
                ensure!(begun.elapsed() < TO_GIVE_UP, "dead letters that were put back take no effect");
                show(fixture.installation.replay_dead_letters("notifications").await?.trim());
                load.go_on_for(Duration::from_secs(2)).await?;
            }
            Ok(())
        })
        .await
}

async fn waiting(database: &tokio_postgres::Client) -> Result<i64> {
    Ok(database.query_one(WAITING, &[]).await?.get(0))
}
