//! How a service is described.

use std::{future::ready, marker::PhantomData, sync::Arc};

use anyhow::{Result, anyhow};
use clap::{Args, FromArgMatches};
use futures_util::FutureExt;
use utoipa::openapi::OpenApi;

use crate::{
    Events, Finding, Life, Role, Running, Service,
    service::Run,
    settings::{Settings, sentence},
};

impl Service {
    /// Begins the description of a service with settings `C`, listening at `port` on loopback unless told otherwise.
    pub fn describe<C: Args + FromArgMatches + Send + 'static>(name: &'static str, port: u16) -> ServiceBuilder<C> {
        let (document, serve, work, migrate) = (None, None, None, None);
        let (events, replay_to) = (None, None);
        let (demonstrate, verify, replay, retry) = (None, None, None, None);
        let role = Role::Upstream;
        let service = Self {
            name,
            port,
            role,
            settings: Settings::of::<C>(name, port),
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
            Err(why) => ready(Err(anyhow!("{}", sentence(&why)))).boxed(),
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
        Err(why) => ready(Err(anyhow!("{}", sentence(&why)))).boxed(),
    })
}
