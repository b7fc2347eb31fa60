//! Every failure that an operation documents was met by `tests/it`, which cargo runs before this.

use testkit::met::{Unmet, check};

/// What no test can meet, and why.
const UNMET: &[Unmet<'_>] = &[(
    "submit_dossier",
    "changed-meanwhile",
    "a change must fall between judging and writing: `concurrent_filings.rs` takes it when it happens",
)];

#[test]
fn every_documented_failure_was_met() {
    check(include_str!("../../../openapi/submissions.json"), UNMET);
}
