//! The one binary: the whole installation, or one part of it.

use std::{path::PathBuf, process::ExitCode};

use anyhow::{Result, ensure};
use clap::{Parser, Subcommand};
use motcua::{Broke, backup, openapi, part, settings, up, verify};

/// Motcua, an open platform for public services.
#[derive(Parser)]
#[command(version, about)]
struct Arguments {
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Subcommand)]
enum Command {
    /// Runs the whole installation in one process, with private servers and demonstration data (the default).
    Up(up::Options),
    /// Serves the API of one service.
    Serve {
        /// The service's name.
        service: String,
    },
    /// Does the background work of one service: relay, consumers, jobs.
    Work {
        /// The service's name.
        service: String,
    },
    /// Brings the database of one service to this version's schema.
    Migrate {
        /// The service's name.
        service: String,
    },
    /// Prints the OpenAPI document of one service, or of all merged.
    Openapi {
        /// The service's name.
        service: Option<String>,
        /// Writes every document into this folder instead.
        #[arg(long, value_name = "DIR", conflicts_with = "service")]
        write: Option<PathBuf>,
    },
    /// Holds everything that is stored against its invariants: exits with 0 when all hold, 1 when one is broken, 2 when that
    /// could not be found out.
    Verify(verify::Options),
    /// Copies an installation of `motcua up`, running or stopped, and has its log of changes kept from then on.
    Backup(backup::Options),
    /// Makes an installation out of a backup, as it was at a moment, and verifies it.
    Restore(backup::RestoreOptions),
    /// Has a service tell another everything again, as it stands, while both run. Broken off, it goes on where it was when it
    /// is called again.
    Replay {
        /// The name of the service that tells.
        service: String,
        /// The name of the service that hears.
        #[arg(long, value_name = "LISTENER")]
        to: String,
        /// Folder of the running installation of `motcua up`, unless the environment names its servers.
        #[arg(long, default_value = "var", value_name = "DIR")]
        var: PathBuf,
    },
    /// Puts everything that a service gave up back, to be tried again as long as what is new: messages and other jobs, and
    /// events that it could not handle.
    Retry {
        /// The service's name.
        service: String,
        /// Folder of the running installation of `motcua up`, unless the environment names its servers.
        #[arg(long, default_value = "var", value_name = "DIR")]
        var: PathBuf,
    },
    /// Puts the events that a service could not handle back, to be handled again.
    ReplayDeadLetters {
        /// The service's name.
        service: String,
        /// Folder of the running installation of `motcua up`, unless the environment names its servers.
        #[arg(long, default_value = "var", value_name = "DIR")]
        var: PathBuf,
    },
    /// Lists the settings and checks them against the environment.
    CheckConfig {
        /// The service's name; all services when absent.
        service: Option<String>,
        /// Only what this part of it uses, as a container with one part is told.
        part: Option<runtime::Part>,
    },
}

/// What could not start exits with 2, what broke later with 1.
fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let outcome = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .map_err(anyhow::Error::from)
        .and_then(|runtime| runtime.block_on(run(arguments.command)));
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            eprintln!("motcua: {why:#}");
            ExitCode::from(if why.is::<Broke>() { 1 } else { 2 })
        }
    }
}

#[allow(clippy::print_stdout, reason = "these commands print what was asked for")]
async fn run(command: Option<Command>) -> Result<()> {
    match command.unwrap_or_else(|| Command::Up(up::Options::default())) {
        Command::Up(options) => up::run(options).await,
        Command::Serve { service } => part::serve(&service).await,
        Command::Work { service } => part::work(&service).await,
        Command::Migrate { service } => part::migrate(&service).await,
        Command::Verify(options) => verify::run(options).await,
        Command::Backup(options) => backup::run(options).await,
        Command::Restore(options) => backup::restore(options).await,
        Command::Replay { service, to, var } => {
            println!("{} subjects told again", part::replay(&service, &to, &var).await?);
            Ok(())
        }
        Command::Retry { service, var } => {
            let (jobs, events) = part::retry(&service, &var).await?;
            println!("{jobs} jobs and {events} events put back");
            Ok(())
        }
        Command::ReplayDeadLetters { service, var } => {
            println!("{} events put back", part::replay_dead_letters(&service, &var).await?);
            Ok(())
        }
        Command::Openapi { write: Some(folder), .. } => openapi::write(&folder),
        Command::Openapi { service, .. } => {
            print!("{}", openapi::text(service.as_deref())?);
            Ok(())
        }
        Command::CheckConfig { service, part } => {
            let (table, wrong) = settings::check(service.as_deref(), part)?;
            print!("{table}");
            ensure!(wrong.is_empty(), wrong.join("\n"));
            Ok(())
        }
    }
}
