//! The service, described once.

use anyhow::Result;
use backend::Backend;
use civic::events::{
    AccountNoticed, AccountRegistered, AgencyOpened, ConfirmationStarted, ConsultationNoticed, DeadlinesNear,
    DossierCompleted, DossierFeePaid, DossierNoticed, DossierReceived, DossierSubmitted, DraftExpiring, MoneyNoticed,
    OfficialAssigned, OrganisationRegistered, PaymentNoticed, RegistrationStarted,
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
    changes::{retry, write_messages::SendMessage},
    config::Config,
    events,
    jobs::{forget_messages, send_message},
};

/// The service, for the binary and for tests.
pub fn service() -> Service {
    backend::describe::<App>().retry(retry_given_up).build()
}

impl Backend for App {
    type Config = Config;

    const NAME: &'static str = "notifications";
    const PORT: u16 = 8084;
    const MIGRATIONS: EmbeddedMigrations = embed_migrations!("migrations");
    const INVARIANTS: &'static [Invariant] = pg::invariants![
        "events_are_written_about_once"
        "message_states_are_their_attempts"
        "unsent_messages_are_not_forgotten"
        "officials_are_alerted"
        "sent_messages_are_as_accepted"
        "recipients_are_known"
        "messages_name_their_dossier"
        "sent_secrets_are_forgotten"
        "short_messages_have_their_mail"
    ];
    const OPEN: fn(&Config, Life) -> Result<Self> = Self::new;
    const DOCUMENT: fn() -> OpenApi = api::document;
    const ROUTES: fn(&mut ServiceConfig<'_>) = api::routes;

    fn pool(&self) -> &Pool {
        &self.pool
    }

    fn subscriptions() -> Subscriptions<Self> {
        Subscriptions::new()
            .on::<RegistrationStarted>(events::registration_started::handle)
            .on::<ConfirmationStarted>(events::confirmation_started::handle)
            .on::<AccountNoticed>(events::account_noticed::handle)
            .on::<AccountRegistered>(events::account_registered::handle)
            .on::<OrganisationRegistered>(events::organisation_registered::handle)
            .on::<AgencyOpened>(events::agency_opened::handle)
            .on::<OfficialAssigned>(events::official_assigned::handle)
            .on_all::<DossierSubmitted>(events::dossier_submitted::handle)
            .on_all::<DossierFeePaid>(events::dossier_fee_paid::handle)
            .on_all::<DossierReceived>(events::dossier_received::handle)
            .on_all::<DossierCompleted>(events::dossier_completed::handle)
            .on_all::<DraftExpiring>(events::draft_expiring::handle)
            .on_all::<DossierNoticed>(events::dossier_noticed::handle)
            .on_all::<ConsultationNoticed>(events::consultation_noticed::handle)
            .on_all::<DeadlinesNear>(events::deadlines_near::handle)
            .on_all::<PaymentNoticed>(events::payment_noticed::handle)
            .on_all::<MoneyNoticed>(events::money_noticed::handle)
            .job::<SendMessage>(send_message::run)
            .hourly(async |app: &App| forget_messages::run(app).await)
    }
}

async fn retry_given_up(config: Config, life: Life) -> Result<usize> {
    let pool = Pool::new(&config.backend.database)?;
    Ok(pool.transaction(async |conn| retry::given_up(conn, life.clock.now()).await).await?)
}
