//! The service, described once.

use anyhow::Result;
use backend::Backend;
use civic::events::{ProcedurePublished, ProcedureWithdrawn};
use diesel_migrations::{EmbeddedMigrations, embed_migrations};
use pg::{Invariant, Pool};
use queue::Subscriptions;
use runtime::{Life, Service};
use utoipa::openapi::OpenApi;
use utoipa_actix_web::service_config::ServiceConfig;

use crate::{api, app::App, changes::end::turn_day, config::Config, demonstration, store::replay};

/// The service, for the binary and for tests.
pub fn service() -> Service {
    backend::describe::<App>().demonstrate(demonstrate).build()
}

impl Backend for App {
    type Config = Config;

    const NAME: &'static str = "catalogue";
    const PORT: u16 = 8086;
    const MIGRATIONS: EmbeddedMigrations = embed_migrations!("migrations");
    const INVARIANTS: &'static [Invariant] = pg::invariants![
        "versions_have_no_gap"
        "the_last_version_is_current"
        "versions_are_listed_as_they_say"
        "versions_are_told_once"
        "drafts_are_published_as_approved"
    ];
    const OPEN: fn(&Config, Life) -> Result<Self> = Self::new;
    const DOCUMENT: fn() -> OpenApi = api::document;
    const ROUTES: fn(&mut ServiceConfig<'_>) = api::routes;

    fn pool(&self) -> &Pool {
        &self.pool
    }

    fn subscriptions() -> Subscriptions<Self> {
        Subscriptions::new()
            .sends::<ProcedurePublished>()
            .sends::<ProcedureWithdrawn>()
            .replays::<ProcedurePublished>(replay::versions)
            .replays::<ProcedureWithdrawn>(replay::withdrawals)
            .minutely(turn_day)
    }
}

async fn demonstrate(config: Config, life: Life) -> Result<()> {
    demonstration::load(&Pool::new(&config.backend.database)?, &life).await
}
