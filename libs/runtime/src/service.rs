//! What one service offers to the binary that runs it.

use std::{net::SocketAddr, sync::Arc};

use anyhow::{Result, anyhow};
use clap::ArgMatches;
use futures_util::future::BoxFuture;
use utoipa::openapi::OpenApi;

use crate::{Events, Finding, Life, Part, Setting, settings::Settings};

pub(crate) type Run<T> = Arc<dyn Fn(ArgMatches, Life) -> BoxFuture<'static, Result<T>> + Send + Sync>;

type ReplayTo = dyn Fn(ArgMatches, Life, String) -> BoxFuture<'static, Result<usize>> + Send + Sync;

/// A part of a process that is up.
pub struct Running {
    /// Where it listens, when it does.
    pub address: Option<SocketAddr>,
    /// Resolves when the part has stopped: `Ok` when it was told to, an error when it broke.
    pub finished: BoxFuture<'static, Result<()>>,
}

/// Where a service stands in an installation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// The one address that everybody asks.
    Gateway,
    /// Behind the gateway.
    Upstream,
    /// Plays the outside world on a developer's machine; never runs for real.
    Sandbox,
}

/// A service: its name, its settings and what it can do. Composed by the `motcua` binary, by tests and by nothing else.
#[derive(Clone)]
pub struct Service {
    /// The service's name: its folder, its database, its streams.
    pub name: &'static str,
    /// Where it listens when nothing else is said.
    pub port: u16,
    /// Where it stands.
    pub role: Role,
    pub(crate) settings: Settings,
    pub(crate) document: Option<fn() -> OpenApi>,
    pub(crate) events: Option<fn() -> Events>,
    pub(crate) replay_to: Option<Arc<ReplayTo>>,
    pub(crate) serve: Option<Run<Running>>,
    pub(crate) work: Option<Run<Running>>,
    pub(crate) migrate: Option<Run<()>>,
    pub(crate) demonstrate: Option<Run<()>>,
    pub(crate) verify: Option<Run<Vec<Finding>>>,
    pub(crate) replay: Option<Run<usize>>,
    pub(crate) retry: Option<Run<usize>>,
}

impl Service {
    /// The service's OpenAPI document, when it has an API.
    pub fn document(&self) -> Option<OpenApi> {
        self.document.map(|document| document())
    }

    /// What the service tells others and hears from them.
    pub fn events(&self) -> Events {
        self.events.map(|events| events()).unwrap_or_default()
    }

    /// Tells `listener` every subject as it stands, beside whatever runs. Gives their number.
    ///
    /// # Errors
    /// As [`Service::serve`], and when the listener hears nothing that can be told again.
    pub async fn replay_to(&self, listener: &str, flags: &[String], life: Life) -> Result<usize> {
        let replay = self.replay_to.as_ref();
        let replay = replay.ok_or_else(|| anyhow!("The service {} has nothing to tell again.", self.name))?;
        replay(self.settings.read(flags)?, life, listener.to_owned()).await
    }

    /// Starts the API. `flags` override the environment. Resolves once it listens.
    ///
    /// # Errors
    /// A sentence when a setting is missing or malformed, or the part cannot start.
    pub async fn serve(&self, flags: &[String], life: Life) -> Result<Running> {
        self.check(Some(Part::Serve), flags)?;
        self.run(&self.serve, "serve", flags, life).await
    }

    /// Starts the background work: relay, consumers, jobs.
    ///
    /// # Errors
    /// As [`Service::serve`].
    pub async fn work(&self, flags: &[String], life: Life) -> Result<Running> {
        self.check(Some(Part::Work), flags)?;
        self.run(&self.work, "work", flags, life).await
    }

    /// Brings the service's database to this version's schema.
    ///
    /// # Errors
    /// As [`Service::serve`].
    pub async fn migrate(&self, flags: &[String], life: Life) -> Result<()> {
        self.run(&self.migrate, "migrate", flags, life).await
    }

    /// Loads the demonstration data; loading it again changes nothing.
    ///
    /// # Errors
    /// As [`Service::serve`].
    pub async fn demonstrate(&self, flags: &[String], life: Life) -> Result<()> {
        self.run(&self.demonstrate, "demonstration data", flags, life).await
    }

    /// Holds what the service has stored against its invariants.
    ///
    /// # Errors
    /// As [`Service::serve`], and when the database cannot be read: nothing is known then.
    pub async fn verify(&self, flags: &[String], life: Life) -> Result<Vec<Finding>> {
        self.run(&self.verify, "invariants", flags, life).await
    }

    /// Puts back the events that the service could not handle, to be handled again. Gives their number.
    ///
    /// # Errors
    /// As [`Service::serve`].
    pub async fn replay_dead_letters(&self, flags: &[String], life: Life) -> Result<usize> {
        self.run(&self.replay, "dead letters", flags, life).await
    }

    /// Puts back the jobs that were given up, and what was marked with them, to be tried again. Gives their number.
    ///
    /// # Errors
    /// As [`Service::serve`].
    pub async fn retry(&self, flags: &[String], life: Life) -> Result<usize> {
        self.run(&self.retry, "jobs", flags, life).await
    }

    /// Whether the service has background work.
    pub fn works(&self) -> bool {
        self.work.is_some()
    }

    /// Whether the service owns a database.
    pub fn migrates(&self) -> bool {
        self.migrate.is_some()
    }

    /// Whether the service has demonstration data.
    pub fn demonstrates(&self) -> bool {
        self.demonstrate.is_some()
    }

    /// Reads the settings from `flags` and the environment, and says what is wrong with them: for one part, or for both.
    ///
    /// # Errors
    /// The first setting that is missing or malformed, or all that are dangerous, in a sentence.
    pub fn check(&self, part: Option<Part>, flags: &[String]) -> Result<()> {
        self.settings.refuse_dangers(&self.settings.read(flags)?, part)
    }

    /// As [`Service::check`] for both parts, but what is missing is not asked for: it may be told to another machine.
    ///
    /// # Errors
    /// The first setting that is malformed, or all that are dangerous, in a sentence.
    pub fn check_given(&self, flags: &[String]) -> Result<()> {
        self.settings.refuse_dangers(&self.settings.read_given(flags)?, None)
    }

    /// Every setting, in the order of the service's `config.rs`.
    pub fn settings(&self) -> Vec<Setting> {
        self.settings.list()
    }

    async fn run<T>(&self, part: &Option<Run<T>>, what: &str, flags: &[String], life: Life) -> Result<T> {
        let part = part.as_ref().ok_or_else(|| anyhow!("The service {} has no {what}.", self.name))?;
        part(self.settings.read(flags)?, life).await
    }
}
