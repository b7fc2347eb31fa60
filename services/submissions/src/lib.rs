#![doc = include_str!("../README.md")]

mod api;
mod app;
mod config;
mod demonstration;
mod domain;
mod error;
mod events;
mod schema;
mod store;

/// What must hold in this service's database, beside what `queue` and `edge` promise of theirs.
const INVARIANTS: &[pg::Invariant] = pg::invariants![
    "codes_have_no_gap"
    "codes_name_agency_and_day"
    "dossier_steps_are_edges"
    "histories_end_at_the_present"
    "unpaid_dossiers_wait"
    "completed_dossiers_have_results"
    "changes_are_told_once"
    "answered_dossiers_exist"
    "filings_are_audited"
    "workload_is_a_recount"
];

/// This service, for the binary that runs it.
pub fn service() -> runtime::Service {
    runtime::Service::describe::<config::Config>("submissions", 8082)
        .document(api::document)
        .serve(app::serve)
        .work(app::work)
        .migrate(app::migrate)
        .verify(app::verify)
        .replay(app::replay_dead_letters)
        .retry(app::retry)
        .demonstrate(app::demonstrate)
        .build()
}
