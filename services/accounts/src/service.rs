//! The service, described once.

use anyhow::Result;
use backend::Backend;
use civic::events::{
    AccountNoticed, AccountRegistered, AgencyOpened, CalendarChanged, ConfirmationStarted, OfficialAssigned,
    OrganisationRegistered, RegistrationStarted,
};
use diesel_migrations::{EmbeddedMigrations, embed_migrations};
use pg::{Invariant, Pool};
use queue::Subscriptions;
use runtime::{Life, Service};
use utoipa::openapi::OpenApi;
use utoipa_actix_web::service_config::ServiceConfig;

use crate::{
    api,
    app::App,
    changes::{self, SendResetCode},
    config::Config,
    demonstration,
    jobs::{
        forget_registration::{self, ForgetRegistration},
        send_reset_code,
    },
    store::{confirmations, registrations, replay, sign_in_failures},
};

/// The service, for the binary and for tests.
pub fn service() -> Service {
    backend::describe::<App>().demonstrate(demonstration::load).build()
}

impl Backend for App {
    type Config = Config;

    const NAME: &'static str = "accounts";
    const PORT: u16 = 8081;
    const MIGRATIONS: EmbeddedMigrations = embed_migrations!("migrations");
    const INVARIANTS: &'static [Invariant] = pg::invariants![
        "confirmed_registrations_have_accounts"
        "citizens_can_sign_in"
        "accounts_are_as_registered"
        "registered_accounts_are_there"
        "sessions_are_audited"
        "confirmed_codes_are_audited"
        "accounts_are_told"
        "calendars_are_audited"
    ];
    const OPEN: fn(&Config, Life) -> Result<Self> = Self::new;
    const DOCUMENT: fn() -> OpenApi = api::document;
    const ROUTES: fn(&mut ServiceConfig<'_>) = api::routes;

    fn pool(&self) -> &Pool {
        &self.pool
    }

    fn subscriptions() -> Subscriptions<Self> {
        Subscriptions::new()
            .sends::<RegistrationStarted>()
            .sends::<ConfirmationStarted>()
            .sends::<AccountNoticed>()
            .sends::<AccountRegistered>()
            .sends::<OrganisationRegistered>()
            .sends::<AgencyOpened>()
            .sends::<OfficialAssigned>()
            .sends::<CalendarChanged>()
            .replays::<AgencyOpened>(replay::agencies)
            .replays::<CalendarChanged>(replay::calendars)
            .replays::<AccountRegistered>(replay::persons)
            .replays::<OrganisationRegistered>(replay::organisations)
            .replays::<OfficialAssigned>(replay::officials)
            .hourly(changes::bring_national_days)
            .job::<ForgetRegistration>(forget_registration::run)
            .job::<SendResetCode>(send_reset_code::run)
            .hourly(async |app: &App| {
                Ok(registrations::forget_old(&mut *app.pool.get().await?, app.life.clock.cautious()).await?)
            })
            .hourly(async |app: &App| {
                Ok(confirmations::forget_old(&mut *app.pool.get().await?, app.life.clock.cautious()).await?)
            })
            .hourly(async |app: &App| {
                Ok(sign_in_failures::forget_old(&mut *app.pool.get().await?, app.life.clock.cautious()).await?)
            })
    }
}
