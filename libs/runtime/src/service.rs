//! What one service offers to the binary that runs it.

use std::{future::ready, marker::PhantomData, net::SocketAddr, sync::Arc};

use anyhow::{Result, anyhow, ensure};
use clap::{ArgMatches, Args, Command, FromArgMatches};
use futures_util::{FutureExt, future::BoxFuture};
use utoipa::openapi::OpenApi;

use crate::{Events, Finding, Guard, Life, Part, Values, guard::Given};

type Run<T> = Arc<dyn Fn(ArgMatches, Life) -> BoxFuture<'static, Result<T>> + Send + Sync>;

type ReplayTo = dyn Fn(ArgMatches, Life, String) -> BoxFuture<'static, Result<usize>> + Send + Sync;

/// A part of a process that is up.
pub struct Running {
    /// Where it listens, when it does.
    pub address: Option<SocketAddr>,
    /// Resolves when the part has stopped: `Ok` when it was told to, an error when it broke.
    pub finished: BoxFuture<'static, Result<()>>,
}

/// One setting of a service, as `check-config` and the manifests' test read it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Setting {
    /// The environment variable.
    pub variable: String,
    /// The flag that overrides it.
    pub flag: String,
    /// Its value when nothing is said; `None` when it is required or optional without default.
    pub default: Option<String>,
    /// Must be given.
    pub required: bool,
    /// Its value is never shown.
    pub secret: bool,
    /// What it means.
    pub help: String,
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
    command: Command,
    document: Option<fn() -> OpenApi>,
    events: Option<fn() -> Events>,
    replay_to: Option<Arc<ReplayTo>>,
    serve: Option<Run<Running>>,
    work: Option<Run<Running>>,
    migrate: Option<Run<()>>,
    demonstrate: Option<Run<()>>,
    verify: Option<Run<Vec<Finding>>>,
    replay: Option<Run<usize>>,
    retry: Option<Run<usize>>,
}

impl Service {
    /// Begins the description of a service with settings `C`, listening at `port` on loopback unless told otherwise.
    pub fn describe<C: Args + FromArgMatches + Send + 'static>(name: &'static str, port: u16) -> ServiceBuilder<C> {
        let command = C::augment_args(Command::new(name).no_binary_name(true).args_override_self(true));
        let listens = command.get_arguments().any(|arg| arg.get_id() == "listen");
        let command = match listens {
            true => command.mut_arg("listen", |arg| arg.required(false).default_value(format!("127.0.0.1:{port}"))),
            false => command,
        };
        let (document, serve, work, migrate) = (None, None, None, None);
        let (events, replay_to) = (None, None);
        let (demonstrate, verify, replay, retry) = (None, None, None, None);
        let role = Role::Upstream;
        let service = Self {
            name,
            port,
            role,
            command,
            document,
            events,
            replay_to,
            serve,
            work,
            migrate,
            demonstrate,
            verify,
            replay,
            retry,
        };
        ServiceBuilder { service, settings: PhantomData }
    }

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
        replay(self.matches(flags)?, life, listener.to_owned()).await
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
        self.refuse_dangers(&self.matches(flags)?, part)
    }

    /// As [`Service::check`] for both parts, but what is missing is not asked for: it may be told to another machine.
    ///
    /// # Errors
    /// The first setting that is malformed, or all that are dangerous, in a sentence.
    pub fn check_given(&self, flags: &[String]) -> Result<()> {
        let lenient = self.command.clone().mut_args(|arg| arg.required(false));
        self.refuse_dangers(&self.parse(lenient, flags)?, None)
    }

    /// Every setting, in the order of the service's `config.rs`.
    pub fn settings(&self) -> Vec<Setting> {
        self.command.get_arguments().filter_map(setting).collect()
    }

    fn matches(&self, flags: &[String]) -> Result<ArgMatches> {
        self.parse(self.command.clone(), flags)
    }

    /// An optional secret that is empty is none: nothing is ever signed with the empty key.
    fn parse(&self, command: Command, flags: &[String]) -> Result<ArgMatches> {
        let parsed = command.try_get_matches_from(flags);
        let mut matches =
            parsed.map_err(|why| anyhow!("The settings of {} cannot be used: {}", self.name, clap_sentence(&why)))?;
        for arg in self.command.get_arguments().filter(|arg| is_optional_secret(arg)) {
            if raw(&matches, arg).is_some_and(|value| value.trim().is_empty()) {
                matches.try_clear_id(arg.get_id().as_str())?;
            }
        }
        Ok(matches)
    }

    /// The one place that decides which settings are too dangerous to start with; what is asked of each stands beside it.
    fn refuse_dangers(&self, matches: &ArgMatches, part: Option<Part>) -> Result<()> {
        let given = |arg: &clap::Arg| Some((variable(arg)?, raw(matches, arg)?));
        let others = Values(self.command.get_arguments().filter_map(given).collect());
        let refused = self.command.get_arguments().filter_map(|arg| {
            let (variable, value) = given(arg)?;
            let default = default(arg);
            let given = Given { value: &value, default: default.as_deref(), others: &others };
            let why = arg.get::<Guard>()?.refuses(&given, part)?;
            Some(format!("{variable} {why}"))
        });
        let refused: Vec<_> = refused.collect();
        let public = others.public_url().map(|url| url.origin().ascii_serialization()).unwrap_or_default();
        ensure!(
            refused.is_empty(),
            "The settings of {} are dangerous for an installation at {public}: {}.",
            self.name,
            refused.join("; ")
        );
        Ok(())
    }

    async fn run<T>(&self, part: &Option<Run<T>>, what: &str, flags: &[String], life: Life) -> Result<T> {
        let part = part.as_ref().ok_or_else(|| anyhow!("The service {} has no {what}.", self.name))?;
        part(self.matches(flags)?, life).await
    }
}

fn setting(arg: &clap::Arg) -> Option<Setting> {
    Some(Setting {
        variable: variable(arg)?,
        flag: format!("--{}", arg.get_long()?),
        default: default(arg),
        required: arg.is_required_set(),
        secret: arg.is_hide_env_values_set(),
        help: arg.get_help().map(ToString::to_string).unwrap_or_default(),
    })
}

fn variable(arg: &clap::Arg) -> Option<String> {
    Some(arg.get_env()?.to_string_lossy().into_owned())
}

fn default(arg: &clap::Arg) -> Option<String> {
    arg.get_default_values().first().map(|value| value.to_string_lossy().into_owned())
}

/// A setting's value as it was given, or its default.
fn raw(matches: &ArgMatches, arg: &clap::Arg) -> Option<String> {
    let mut values = matches.try_get_raw(arg.get_id().as_str()).ok()??;
    Some(values.next()?.to_string_lossy().into_owned())
}

fn is_optional_secret(arg: &clap::Arg) -> bool {
    arg.is_hide_env_values_set() && !arg.is_required_set() && arg.get_default_values().is_empty()
}

fn clap_sentence(why: &clap::Error) -> String {
    let text = why.to_string();
    let lines =
        text.lines().take_while(|line| !line.starts_with("Usage:")).map(str::trim).filter(|line| !line.is_empty());
    lines.collect::<Vec<_>>().join(" ").trim_start_matches("error: ").to_owned()
}

/// Describes a [`Service`] whose settings are `C`.
pub struct ServiceBuilder<C> {
    service: Service,
    settings: PhantomData<C>,
}

impl<C: FromArgMatches + Send + 'static> ServiceBuilder<C> {
    /// The service is not one of those behind the gateway.
    pub fn role(mut self, role: Role) -> Self {
        self.service.role = role;
        self
    }

    /// The service has an API, described by this document.
    pub fn document(mut self, document: fn() -> OpenApi) -> Self {
        self.service.document = Some(document);
        self
    }

    /// What the service tells others and hears from them.
    pub fn events(mut self, events: fn() -> Events) -> Self {
        self.service.events = Some(events);
        self
    }

    /// How the service tells a listener every subject as it stands.
    pub fn replay_to<F: Future<Output = Result<usize>> + Send + 'static>(
        mut self,
        replay: fn(C, Life, String) -> F,
    ) -> Self {
        let replay = move |matches, life, listener| match C::from_arg_matches(&matches) {
            Ok(settings) => replay(settings, life, listener).boxed(),
            Err(why) => ready(Err(anyhow!("{}", clap_sentence(&why)))).boxed(),
        };
        self.service.replay_to = Some(Arc::new(replay));
        self
    }

    /// How the API starts.
    pub fn serve<F: Future<Output = Result<Running>> + Send + 'static>(mut self, serve: fn(C, Life) -> F) -> Self {
        self.service.serve = Some(erase(serve));
        self
    }

    /// How the background work starts.
    pub fn work<F: Future<Output = Result<Running>> + Send + 'static>(mut self, work: fn(C, Life) -> F) -> Self {
        self.service.work = Some(erase(work));
        self
    }

    /// How the database is brought up to date.
    pub fn migrate<F: Future<Output = Result<()>> + Send + 'static>(
        mut self,
        migrate: impl Fn(C, Life) -> F + Send + Sync + 'static,
    ) -> Self {
        self.service.migrate = Some(erase(migrate));
        self
    }

    /// How demonstration data is loaded.
    pub fn demonstrate<F: Future<Output = Result<()>> + Send + 'static>(mut self, load: fn(C, Life) -> F) -> Self {
        self.service.demonstrate = Some(erase(load));
        self
    }

    /// How stored data is held against the service's invariants.
    pub fn verify<F: Future<Output = Result<Vec<Finding>>> + Send + 'static>(
        mut self,
        verify: impl Fn(C, Life) -> F + Send + Sync + 'static,
    ) -> Self {
        self.service.verify = Some(erase(verify));
        self
    }

    /// How events that could not be handled are put back.
    pub fn replay<F: Future<Output = Result<usize>> + Send + 'static>(
        mut self,
        replay: impl Fn(C, Life) -> F + Send + Sync + 'static,
    ) -> Self {
        self.service.replay = Some(erase(replay));
        self
    }

    /// How jobs that were given up are put back.
    pub fn retry<F: Future<Output = Result<usize>> + Send + 'static>(
        mut self,
        retry: impl Fn(C, Life) -> F + Send + Sync + 'static,
    ) -> Self {
        self.service.retry = Some(erase(retry));
        self
    }

    /// The finished description.
    pub fn build(self) -> Service {
        self.service
    }
}

fn erase<C, T, F>(run: impl Fn(C, Life) -> F + Send + Sync + 'static) -> Run<T>
where
    C: FromArgMatches + Send + 'static,
    T: Send + 'static,
    F: Future<Output = Result<T>> + Send + 'static,
{
    Arc::new(move |matches, life| match C::from_arg_matches(&matches) {
        Ok(settings) => run(settings, life).boxed(),
        Err(why) => ready(Err(anyhow!("{}", clap_sentence(&why)))).boxed(),
    })
}
