//! PostgreSQL that dies, ends connections, or is busy.

use std::time::{Duration, Instant};

use anyhow::{Result, ensure};

use crate::{check::Tolerance, client::Ask, fixture::Fixture, load::Load, say::show};

/// A job whose outcome could not be noted is done again.
const OUTAGE: Tolerance = Tolerance { repeated_mails: true, lost_mails: false };
const END_ALL: &str =
    "select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid() and datname like 'motcua_%'";

pub async fn crash(fixture: &mut Fixture) -> Result<()> {
    let times = if fixture.long { 6 } else { 2 };
    fixture
        .under_load(OUTAGE, async |fixture: &mut Fixture, load: &Load| {
            for _ in 0..times {
                show("PostgreSQL ends without writing anything down, and starts again");
                fixture.installation.servers.crash_postgres().await?;
                load.go_on_for(Duration::from_secs(1)).await?;
                fixture.installation.servers.start_postgres().await?;
                load.go_on_for(Duration::from_secs(6)).await?;
            }
            Ok(())
        })
        .await
}

/// How soon a lost primary's writes must be taken by its standby.
const TAKEN_OVER: Duration = Duration::from_secs(30);

/// The primary is lost for good under load; its synchronous standby takes over, and the services find it.
pub async fn primary_lost(fixture: &mut Fixture) -> Result<()> {
    show("a standby that has every commit before it is acknowledged");
    fixture.installation.servers.add_standby().await?;
    fixture.installation.reopen().await?;
    let taken_over = fixture
        .under_load(OUTAGE, async |fixture: &mut Fixture, load: &Load| {
            let mut walk = fixture.new_walk();
            walk.draft().await?;
            show("kill -9 of the primary");
            let lost = Instant::now();
            fixture.installation.servers.lose_primary().await?;
            load.go_on_for(Duration::from_secs(2)).await?;
            fixture.installation.servers.promote().await?;
            let promoted = lost.elapsed();
            fixture.installation.client.must("the first filing", 201, &walk.submission()).await?;
            let filed = lost.elapsed();
            let (promoted, seconds) = (promoted.as_secs_f64(), filed.as_secs_f64());
            fixture.notes.push(format!("promoted {promoted:.1} s after the loss, filed again after {seconds:.1} s"));
            ensure!(filed < TAKEN_OVER, "nothing was filed for {seconds:.1} s");
            load.go_on_for(Duration::from_secs(6)).await
        })
        .await;
    fixture.installation.draw_line_to_postgres().await?;
    fixture.installation.reopen().await?;
    taken_over
}

pub async fn connections_ended(fixture: &mut Fixture) -> Result<()> {
    let times = if fixture.long { 30 } else { 6 };
    fixture
        .under_load(OUTAGE, async |fixture: &mut Fixture, load: &Load| {
            let admin = fixture.installation.servers.database("postgres").await?;
            for _ in 0..times {
                admin.batch_execute(END_ALL).await?;
                load.go_on_for(Duration::from_millis(1500)).await?;
            }
            Ok(())
        })
        .await
}

pub async fn busy(fixture: &mut Fixture) -> Result<()> {
    fixture
        .under_load(OUTAGE, async |fixture: &mut Fixture, load: &Load| {
            show("every dossier is locked for 12 s");
            let database = fixture.installation.servers.database("motcua_submissions").await?;
            database.batch_execute("begin; lock table dossiers in access exclusive mode").await?;
            load.go_on_for(Duration::from_secs(3)).await?;
            let begun = Instant::now();
            let procedures = fixture
                .installation
                .client
                .once(&Ask::get("/api/v1/payment-orders/00000000-0000-0000-0000-000000000000"))
                .await?;
            ensure!(begun.elapsed() < Duration::from_secs(3), "another service answered after {:?}", begun.elapsed());
            ensure!(procedures.status == 401, "another service answered {}", procedures.said());
            load.go_on_for(Duration::from_secs(9)).await?;
            database.batch_execute("commit").await?;
            Ok(())
        })
        .await
}
