//! The one binary: the whole house, or one part of it.

use std::{path::PathBuf, process::ExitCode};

use anyhow::Result;
use clap::{Parser, Subcommand};
use motcua::{openapi, part, settings, up};

/// Motcua, an open platform for public services.
#[derive(Parser)]
#[command(version, about)]
struct Arguments {
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Subcommand)]
enum Command {
    /// Runs the whole house in one process, with private servers and demonstration data (the default).
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
    /// Lists the settings and checks them against the environment.
    CheckConfig {
        /// The service's name; all services when absent.
        service: Option<String>,
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
            ExitCode::from(if why.is::<part::Broke>() { 1 } else { 2 })
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
        Command::Openapi { write: Some(folder), .. } => openapi::write(&folder),
        Command::Openapi { service, .. } => {
            print!("{}", openapi::text(service.as_deref())?);
            Ok(())
        }
        Command::CheckConfig { service } => {
            print!("{}", settings::check(service.as_deref())?);
            Ok(())
        }
    }
}
