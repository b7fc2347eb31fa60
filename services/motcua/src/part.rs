//! One part of one service, as a container runs it.

use std::{path::Path, pin::pin, time::Duration};

use anyhow::{Result, ensure};
use runtime::{
    Life, Running,
    telemetry::{self, Format},
};

use crate::{broke::Broke, events, service, settings, signals::told_to_stop, stored::flags_of_running};

/// A connection in use sees an answer within this, and is closed with it. Only those are cut that have been idle for longer than
/// clients of ours keep one (8 s): none of them is just being used again.
const FAREWELL: Duration = Duration::from_secs(10);

/// Serves the API of a service until the process is told to stop.
///
/// # Errors
/// A sentence when it cannot start; [`Broke`] when it ends by itself.
pub async fn serve(name: &str) -> Result<()> {
    let (service, life) = (service(name)?, begin()?);
    run(name, service.serve(&[], life.clone()), life).await
}

/// Does the background work of a service until the process is told to stop.
///
/// # Errors
/// As [`serve`].
pub async fn work(name: &str) -> Result<()> {
    let (service, life) = (service(name)?, begin()?);
    run(name, service.work(&[], life.clone()), life).await
}

/// Migrates the database of a service.
///
/// # Errors
/// A sentence when it cannot.
pub async fn migrate(name: &str) -> Result<()> {
    service(name)?.migrate(&[], begin()?).await
}

/// Puts the events that a service could not handle back, to be handled again. Gives their number.
///
/// # Errors
/// A sentence when it cannot.
pub async fn replay_dead_letters(name: &str, folder: &Path) -> Result<usize> {
    let service = service(name)?;
    service.replay_dead_letters(&flags_of_running(folder, service.name)?, Life::system()).await
}

/// Puts everything that a service gave up back, to be tried again: jobs (mails, questions to providers), and events that it
/// could not handle. Gives the number of each.
///
/// # Errors
/// A sentence when it cannot.
pub async fn retry(name: &str, folder: &Path) -> Result<(usize, usize)> {
    let service = service(name)?;
    let flags = flags_of_running(folder, service.name)?;
    let jobs = service.retry(&flags, Life::system()).await?;
    Ok((jobs, service.replay_dead_letters(&flags, Life::system()).await?))
}

/// Has a service tell `listener` every subject as it stands, while both run. Gives their number.
///
/// # Errors
/// A sentence when it cannot. Calling again goes on where it was broken off.
pub async fn replay(name: &str, listener: &str, folder: &Path) -> Result<usize> {
    let (sender, listener) = (service(name)?, service(listener)?);
    sender.replay_to(listener.name, &flags_of_running(folder, sender.name)?, events::life()).await
}

fn begin() -> Result<Life> {
    // As `check-config` has it: a default that somebody believes she has changed is not started with.
    let unknown = settings::unknown();
    ensure!(unknown.is_empty(), "{}", unknown.join(". "));
    telemetry::start(Format::Json)?;
    Ok(events::life())
}

async fn run(name: &str, starting: impl Future<Output = Result<Running>>, life: Life) -> Result<()> {
    let mut told = pin!(told_to_stop());
    let mut running = tokio::select! {
        started = starting => started?,
        () = &mut told => return Ok(()),
    };
    if let Some(address) = running.address {
        tracing::info!(service = name, %address, "listening");
    }
    tokio::select! {
        outcome = &mut running.finished => Err(Broke::after(name, outcome)),
        () = &mut told => {
            tracing::info!(service = name, "stopping");
            if running.address.is_some() {
                life.leaving.cancel();
                tokio::time::sleep(FAREWELL).await;
            }
            life.stop.cancel();
            running.finished.await
        }
    }
}
