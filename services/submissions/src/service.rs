//! The service, described once.

use anyhow::Result;
use backend::Backend;
use civic::events::{
    AccountNoticed, AccountRegistered, AgencyOpened, CalendarChanged, ConsultationNoticed, DeadlinesNear,
    DossierCompleted, DossierFeeDue, DossierFeePaid, DossierMoved, DossierNoticed, DossierReceived, DossierSubmitted,
    DraftExpiring, OfficialAssigned, OrderMoved, OrganisationRegistered, PaymentSettled, ProcedurePublished,
    ProcedureWithdrawn,
};
use diesel_migrations::{EmbeddedMigrations, embed_migrations};
use edge::Check;
use pg::{Invariant, Pool};
use queue::Subscriptions;
use runtime::{Life, Service};
use utoipa::openapi::OpenApi;
use utoipa_actix_web::service_config::ServiceConfig;

use crate::{
    api,
    app::App,
    changes::{
        self, lapse_draft::LapseDraft, lapse_supplement::LapseSupplement, recount::RecountDueDates,
        remind_consultation::RemindConsultation,
    },
    config::Config,
    demonstration, events, jobs,
};

/// The service, for the binary and for tests.
pub fn service() -> Service {
    backend::describe::<App>().demonstrate(demonstration::load).build()
}

impl Backend for App {
    type Config = Config;

    const NAME: &'static str = "submissions";
    const PORT: u16 = 8082;
    const MIGRATIONS: EmbeddedMigrations = embed_migrations!("migrations");
    const INVARIANTS: &'static [Invariant] = pg::invariants![
        "codes_have_no_gap"
        "codes_name_agency_and_day"
        "dossier_steps_are_edges"
        "histories_end_at_the_present"
        "unpaid_dossiers_wait"
        "charges_are_rounds"
        "clock_periods_have_no_gap"
        "recounts_are_told_once"
        "custody_is_unbroken"
        "open_requests_are_waited_for"
        "supplements_name_their_papers"
        "extensions_are_kept"
        "corrections_replace_results"
        "consultations_are_answered"
        "drafts_are_answered"
        "open_dossiers_are_watched"
        "alerts_are_told_once"
        "lateness_is_audited"
        "supplied_documents_were_asked_for"
        "notices_are_told_once"
        "completed_dossiers_have_results"
        "returned_dossiers_were_handed_over"
        "changes_are_told_once"
        "told_states_are_real"
        "answered_dossiers_exist"
        "filings_are_audited"
        "workload_is_a_recount"
        "steps_are_audited"
        "versions_are_audited"
        "results_are_audited"
        "filings_stay_as_they_were"
        "dates_are_those_of_the_history"
        "receivers_have_custody"
        "holders_have_the_last_hand_over"
        "present_states_are_told"
        "papers_are_of_their_procedure"
        "answers_to_filings_are_true"
        "the_last_copy_is_current"
        "copies_are_listed_as_they_say"
        "notes_stay_as_written"
        "help_was_agreed_to"
    ];
    const OPEN: fn(&Config, Life) -> Result<Self> = Self::new;
    const DOCUMENT: fn() -> OpenApi = api::document;
    const ROUTES: fn(&mut ServiceConfig<'_>) = api::routes;

    fn pool(&self) -> &Pool {
        &self.pool
    }

    fn subscriptions() -> Subscriptions<Self> {
        Subscriptions::new()
            .sends::<DossierSubmitted>()
            .sends::<DossierFeeDue>()
            .sends::<DossierFeePaid>()
            .sends::<DossierReceived>()
            .sends::<DossierCompleted>()
            .sends::<DraftExpiring>()
            .sends::<DossierNoticed>()
            .sends::<ConsultationNoticed>()
            .sends::<DeadlinesNear>()
            .sends::<DossierMoved>()
            .replays::<DossierMoved>(changes::replay::replay)
            .on::<AccountRegistered>(events::contact_told::of_person)
            .on::<OrganisationRegistered>(events::contact_told::of_organisation)
            .on::<AccountNoticed>(events::contact_told::of_closed)
            .on::<AgencyOpened>(events::agency_opened::handle)
            .on::<OfficialAssigned>(events::official_assigned::handle)
            .on_newest::<CalendarChanged>(events::calendar_changed::handle)
            .on::<OrderMoved>(events::order_moved::handle)
            .on::<PaymentSettled>(events::payment_settled::handle)
            .on::<ProcedurePublished>(events::procedure_published::handle)
            .on::<ProcedureWithdrawn>(events::procedure_withdrawn::handle)
            .minutely(changes::watch_deadlines::watch_deadlines)
            .hourly(changes::word_dossiers::word_dossiers)
            .hourly(changes::place_dossiers::place_dossiers)
            .hourly(async |app: &App| jobs::sweep_files::run(app).await)
            .hourly(changes::expire::expire)
            .job::<LapseDraft>(jobs::lapse_draft::run)
            .job::<LapseSupplement>(jobs::lapse_supplement::run)
            .job::<RemindConsultation>(jobs::remind_consultation::run)
            .job::<RecountDueDates>(jobs::recount_due_dates::run)
    }

    fn checks(&self) -> Vec<Check> {
        vec![Check::database(&self.pool), self.filings.check(), self.calendars.check()]
    }
}
