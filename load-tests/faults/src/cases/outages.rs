//! Parts of the installation that are not to be had for minutes and hours, by a clock that is moved.

use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use tokio::time::sleep;

use super::{
    crashes::stop,
    days::{Ahead, HOUR, LOOK, MINUTE, TO_TRY, count, filed},
};
use crate::{
    check::{Tolerance, settle},
    fixture::Fixture,
    load::Outcome,
    say::show,
};

/// A lock is waited for so long before it counts as one that is not to be had.
const LOCK_TIMEOUT: Duration = Duration::from_secs(6);
const DEAD_LETTERS: &str =
    "select count(*) from dead_letter d where not exists (select from inbox i where i.event_id = d.event_id)";

pub async fn minutes_of_locks(fixture: &mut Fixture) -> Result<()> {
    fixture
        .by_own_clock(async |fixture: &mut Fixture| {
            let mut ahead = Ahead::default();
            let lock = async |fixture: &Fixture, service: &str, table: &str| {
                let database = fixture.installation.servers.database(&format!("motcua_{service}")).await?;
                database.batch_execute(&format!("begin; lock table {table} in access exclusive mode")).await?;
                anyhow::Ok(database)
            };
            let messages = lock(fixture, "notifications", "messages").await?;
            let mut walk = filed(fixture).await?;
            let dossiers = lock(fixture, "submissions", "dossiers").await?;
            walk.pay_and_leave().await?;
            show("dossiers and messages are locked for six minutes");
            for _ in 0..6 {
                ahead.set(fixture, MINUTE)?;
                sleep(LOCK_TIMEOUT).await;
            }
            dossiers.batch_execute("commit").await?;
            messages.batch_execute("commit").await?;
            ahead.pass(fixture, 6 * MINUTE).await?;
            walk.be_served().await.context("after the locks")?;
            settle(&fixture.installation).await?;
            for service in ["submissions", "notifications"] {
                let dead = count(fixture, service, DEAD_LETTERS).await?;
                ensure!(dead == 0, "{dead} events of {service} are dead letters after a lock");
            }
            fixture.judge(&[Outcome { walk, broken: None }], Tolerance::default(), Instant::now()).await
        })
        .await
}

pub async fn peer_away(fixture: &mut Fixture) -> Result<()> {
    fixture
        .by_own_clock(async |fixture: &mut Fixture| {
            let mut ahead = Ahead::default();
            let mut walk = fixture.new_walk();
            while !walk.is_newcomers() {
                walk = fixture.new_walk();
            }
            walk.arrive_unseen(async || stop(fixture, "accounts work").await).await?;
            walk.go().await?;
            show("three hours in which accounts tells nobody of a new person");
            for _ in 0..18 {
                ahead.pass(fixture, 10 * MINUTE).await?;
            }
            let waiting = count(fixture, "notifications", DEAD_LETTERS).await?;
            ensure!(waiting > 0, "nothing waited for the person");
            fixture.installation.running("accounts work")?.start().await?;
            sleep(LOOK).await;
            let begun = Instant::now();
            while count(fixture, "notifications", DEAD_LETTERS).await? > 0 {
                ensure!(begun.elapsed() < TO_TRY, "events wait for a person who is known by now");
                ahead.pass(fixture, HOUR).await?;
            }
            fixture.notes.push(format!("{waiting} events waited and took effect by themselves"));
            fixture.judge(&[Outcome { walk, broken: None }], Tolerance::default(), Instant::now()).await
        })
        .await
}
