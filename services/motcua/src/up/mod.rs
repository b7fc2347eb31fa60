//! A whole installation in one process: the order in which it starts, and the order in which it stops.

mod addresses;
mod servers;
mod web_assets;

use std::{env, path::PathBuf, pin::pin};

use anyhow::{Result, ensure};
use futures_util::{FutureExt, future::select_all};
use runtime::{
    Life, Role, Running, Service,
    telemetry::{self, Format},
};
use tokio_util::sync::CancellationToken;

use self::{
    addresses::Addresses,
    servers::{Database, Servers},
    web_assets::web_assets,
};
use crate::{
    broke::Broke,
    events,
    installation::Installation,
    progress::{say, stage},
    services, settings,
    signals::told_to_stop,
};

/// How `motcua up` is started.
#[derive(Clone, Debug, clap::Args)]
pub struct Options {
    /// Port of the gateway; the sandbox listens 10 above, metrics 1000 above.
    #[arg(long, default_value_t = 8080)]
    port: u16,
    /// Folder of this installation: databases, queues, documents, tools.
    #[arg(long, default_value = "var", value_name = "DIR")]
    var: PathBuf,
}

impl Default for Options {
    fn default() -> Self {
        Self { port: 8080, var: "var".into() }
    }
}

/// A part that runs, by name.
struct Part {
    name: String,
    role: Role,
    running: Running,
}

/// Everything that was started, in order.
struct Started {
    parts: Vec<Part>,
    /// The door closes first, then the services and their work end, then the servers.
    door: CancellationToken,
    rooms: CancellationToken,
}

/// Starts the whole installation, says where it is, and keeps it until it is told to stop or a part breaks.
///
/// # Errors
/// A sentence when it cannot start; [`Broke`] when a part ends by itself.
pub async fn run(options: Options) -> Result<()> {
    // As every part has it.
    let unknown = settings::unknown();
    ensure!(unknown.is_empty(), "{}", unknown.join(". "));
    telemetry::start(Format::Lines)?;
    let services = services();
    let installation = Installation::take(&options.var)?;
    let addresses = Addresses::choose(options.port, &services)?;
    let mut told = pin!(told_to_stop());
    let starting = start(&services, &installation, &addresses);
    let (mut servers, mut installation) = tokio::select! {
        started = starting => started?,
        () = &mut told => return Ok(()),
    };
    welcome(&addresses);
    let broke = tokio::select! {
        () = &mut told => None,
        why = installation.broke() => Some(why),
        why = servers.broke() => Some(Broke::after(&why, Ok(()))),
    };
    stage("stopping", async {
        installation.stop().await;
        servers.stop().await;
        Ok(())
    })
    .await?;
    broke.map_or(Ok(()), Err)
}

async fn start(all: &[Service], installation: &Installation, addresses: &Addresses) -> Result<(Servers, Started)> {
    let servers = stage("PostgreSQL and Redis", Servers::start(&installation.folder)).await?;
    let assets = web_assets().await;
    let shared = addresses.settings(&installation.folder, assets.as_deref(), &servers.redis_url);
    tell_ignored(&shared);
    let flags = stage("databases", prepare(all, addresses, &shared, &servers)).await?;
    stage("demonstration data", demonstrate(all, &flags)).await?;
    let installation = stage("services", open(all, &flags)).await?;
    Ok((servers, installation))
}

/// What `up` chooses itself cannot be chosen by the environment, and whoever tries is told.
fn tell_ignored(chosen: &[(String, String)]) {
    let heeded = ["MOTCUA_REDIS_URL"];
    let given = chosen.iter().filter(|(name, _)| !heeded.contains(&name.as_str()) && env::var_os(name).is_some());
    for (name, value) in given {
        say(&format!("  ! {name} of the environment is ignored: up has its own, {value}\n"));
    }
}

async fn prepare(
    all: &[Service],
    addresses: &Addresses,
    shared: &[(String, String)],
    servers: &Servers,
) -> Result<Vec<Vec<String>>> {
    let mut flags = Vec::new();
    for service in all {
        let database = match service.migrates() {
            true => Some(servers.database(service.name).await?),
            false => None,
        };
        if let Some(Database { owner, role, .. }) = &database {
            let mut migrating = addresses.flags(service, shared, Some(owner.clone()));
            migrating.extend(role.iter().flat_map(|role| ["--database-role".to_owned(), role.clone()]));
            service.migrate(&migrating, Life::system()).await?;
        }
        flags.push(addresses.flags(service, shared, database.map(|database| database.url)));
    }
    Ok(flags)
}

async fn demonstrate(all: &[Service], flags: &[Vec<String>]) -> Result<()> {
    for (service, flags) in all.iter().zip(flags).filter(|(service, _)| service.demonstrates()) {
        service.demonstrate(flags, Life::system()).await?;
    }
    Ok(())
}

async fn open(all: &[Service], flags: &[Vec<String>]) -> Result<Started> {
    let (door, rooms) = (CancellationToken::new(), CancellationToken::new());
    let mut parts = Vec::new();
    for (service, flags) in all.iter().zip(flags) {
        let stop = if service.role == Role::Gateway { door.clone() } else { rooms.clone() };
        let life = Life { stop, ..events::life() };
        let (name, running) = (service.name.to_owned(), service.serve(flags, life.clone()).await?);
        parts.push(Part { name, role: service.role, running });
        if service.works() {
            let (name, running) = (format!("{}' work", service.name), service.work(flags, life).await?);
            parts.push(Part { name, role: service.role, running });
        }
    }
    Ok(Started { parts, door, rooms })
}

impl Started {
    /// Resolves when a part ends by itself.
    async fn broke(&mut self) -> anyhow::Error {
        let endings = self.parts.iter_mut().map(|part| {
            let name = part.name.clone();
            (&mut part.running.finished).map(move |outcome| (name, outcome)).boxed()
        });
        let ((name, outcome), ended, _) = select_all(endings).await;
        self.parts.remove(ended);
        Broke::after(&name, outcome)
    }

    async fn stop(self) {
        self.door.cancel();
        let (door, rooms): (Vec<_>, Vec<_>) = self.parts.into_iter().partition(|part| part.role == Role::Gateway);
        finish(door).await;
        self.rooms.cancel();
        finish(rooms).await;
    }
}

async fn finish(parts: Vec<Part>) {
    for part in parts {
        if let Err(why) = part.running.finished.await {
            tracing::warn!(part = part.name, error = %format!("{why:#}"), "did not stop cleanly");
        }
    }
}

fn welcome(addresses: &Addresses) {
    say("\n  Demonstration logins\n");
    for login in accounts::demonstration_logins() {
        say(&format!("    {:<50} {:<30} {}\n", login.who.vi, login.login, login.secret));
    }
    say(&format!(
        "\n  Pages: {}\n  Sent mails, SMS and payments: {}\n  Documentation: {}/docs\n\n",
        addresses.public, addresses.sandbox, addresses.public
    ));
    say(&format!("ready: {}\n", addresses.public));
}
