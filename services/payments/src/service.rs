//! The service, described once.

use anyhow::Result;
use backend::Backend;
use chrono::TimeDelta;
use civic::events::{
    AccountRegistered, AgencyOpened, DossierFeeDue, DossierMoved, MoneyNoticed, OrderMoved, OrganisationRegistered,
    PaymentNoticed, PaymentSettled,
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
    changes::{
        ask_later::AskProvider, ask_refund::SendRefund, compare_lines::HealDifference, issue_receipt::IssueReceipt,
        load_statement::CompareStatement, shift, tell_order,
    },
    config::Config,
    events,
    jobs::{ask_provider, compare_statement, heal_difference, issue_receipt, send_refund},
    store::{callbacks, differences},
};

/// A difference that waits for longer is an error in the log.
const OLD: TimeDelta = TimeDelta::days(2);

/// The service, for the binary and for tests.
pub fn service() -> Service {
    backend::describe::<App>().build()
}

impl Backend for App {
    type Config = Config;

    const NAME: &'static str = "payments";
    const PORT: u16 = 8083;
    const MIGRATIONS: EmbeddedMigrations = embed_migrations!("migrations");
    const INVARIANTS: &'static [Invariant] = pg::invariants![
        "paid_orders_have_one_capture"
        "transfers_name_a_cause_that_there_is"
        "attempts_with_money_have_one_transfer"
        "debits_equal_credits"
        "balances_are_what_was_paid"
        "money_is_never_given_back_twice"
        "order_versions_have_no_gap"
        "order_steps_are_edges"
        "attempt_steps_are_edges"
        "histories_end_at_the_present"
        "settlements_are_told_once"
        "open_attempts_are_asked_about"
        "order_lines_make_the_total"
        "orders_name_their_agency"
        "attempts_are_for_their_order"
        "money_has_the_providers_word"
        "joint_payments_are_their_attempts"
        "transfers_go_the_right_way"
        "steps_are_audited"
        "dates_are_those_of_the_history"
        "present_states_are_told"
        "refunds_are_within_what_was_taken"
        "refunds_done_are_booked"
        "waivers_are_what_was_waived"
        "open_refunds_are_followed"
        "bank_credits_are_what_they_paid"
        "closed_days_are_reproducible"
        "statements_are_compared"
        "lines_that_differ_have_a_difference"
        "takings_are_in_their_shifts"
        "receipt_numbers_have_no_gap"
        "receipts_are_of_their_payments"
    ];
    const OPEN: fn(&Config, Life) -> Result<Self> = Self::new;
    const DOCUMENT: fn() -> OpenApi = api::document;
    const ROUTES: fn(&mut ServiceConfig<'_>) = api::routes;

    fn pool(&self) -> &Pool {
        &self.pool
    }

    fn subscriptions() -> Subscriptions<Self> {
        Subscriptions::new()
            .sends::<OrderMoved>()
            .replays::<OrderMoved>(tell_order::replay)
            .sends::<PaymentSettled>()
            .sends::<PaymentNoticed>()
            .sends::<MoneyNoticed>()
            .on::<AccountRegistered>(events::account_registered::handle)
            .on::<OrganisationRegistered>(events::organisation_registered::handle)
            .on::<AgencyOpened>(events::agency_opened::handle)
            .on_newest::<DossierMoved>(events::dossier_moved::handle)
            .on::<DossierFeeDue>(events::dossier_fee_due::handle)
            .job::<AskProvider>(ask_provider::run)
            .job::<SendRefund>(send_refund::run)
            .job::<CompareStatement>(compare_statement::run)
            .job::<HealDifference>(heal_difference::run)
            .job::<IssueReceipt>(issue_receipt::run)
            .hourly(async |app: &App| shift::tell_left_open(app).await)
            .hourly(async |app: &App| {
                Ok(callbacks::forget_forgeries(&mut *app.pool.get().await?, app.life.clock.cautious()).await?)
            })
            .hourly(async |app: &App| {
                let old = app.life.clock.cautious() - OLD;
                let waiting = differences::waiting_since(&mut *app.pool.get().await?, old).await?;
                if waiting > 0 {
                    tracing::error!(waiting, "differences with statements wait for more than two days");
                }
                Ok(())
            })
    }
}
