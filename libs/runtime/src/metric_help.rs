//! What each metric means, for whoever reads `/metrics`. A new metric has a line here; a test looks.

use metrics::{describe_counter, describe_gauge, describe_histogram, gauge};

const COUNTERS: [(&str, &str); 8] = [
    ("motcua_database_refusals_total", "Requests that found no connection to the database within two seconds."),
    ("motcua_dead_letters_total", "Events that could not be handled and were kept as dead letters."),
    ("motcua_events_handled_total", "Events of other services that took effect."),
    ("motcua_files_damaged_total", "Files that were asked for and are not as they were received."),
    ("motcua_jobs_failed_total", "Runs of jobs that failed and are tried again."),
    ("motcua_jobs_put_off_total", "Runs of jobs that came too early."),
    (
        "motcua_security_events_total",
        "Sign-ins, refusals and readings of personal data, by the action that the audit log has.",
    ),
    ("motcua_spans_dropped_total", "Spans that the collector did not take."),
];

const GAUGES: [(&str, &str); 10] = [
    ("gateway_upstream_up", "Whether the service answered when it was asked last."),
    ("motcua_build_info", "The version that runs, as a label; always 1."),
    ("motcua_dead_letters", "Dead letters that wait to be put back."),
    ("motcua_jobs_due", "Jobs whose time has come."),
    ("motcua_jobs_given_up", "Jobs that were given up: somebody must look."),
    ("motcua_jobs_lag_seconds", "Seconds since the job that waits longest was first due."),
    ("motcua_jobs_put_off", "Jobs that wait because the outside put them off."),
    ("motcua_outbox_lag_seconds", "Seconds that the oldest unpublished event has waited."),
    ("motcua_outbox_unpublished", "Events that are not published yet."),
    ("motcua_outbox_unreceipted", "Events that some listener has not receipted yet."),
];

const HISTOGRAMS: [(&str, &str); 2] = [
    ("http_server_request_duration_seconds", "Seconds that answering a request took."),
    ("motcua_database_wait_seconds", "Seconds that whoever needed a connection to the database waited for it."),
];

/// Says what each metric means, and which version runs.
pub(crate) fn describe() {
    for (name, help) in COUNTERS {
        describe_counter!(name, help);
    }
    for (name, help) in GAUGES {
        describe_gauge!(name, help);
    }
    for (name, help) in HISTOGRAMS {
        describe_histogram!(name, help);
    }
    gauge!("motcua_build_info", "version" => env!("CARGO_PKG_VERSION")).set(1.0);
}
