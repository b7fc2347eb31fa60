//! Every failure that an operation documents was met by `tests/it`, which cargo runs before this.

use testkit::met::{Unmet, check};

/// What no test can meet, and why.
const UNMET: &[Unmet<'_>] = &[];

#[test]
fn every_documented_failure_was_met() {
    check(include_str!("../../../openapi/payments.json"), UNMET);
}
