//! Every failure that an operation documents was met by `tests/it`, which cargo runs before this.

use testkit::met::check;

#[test]
fn every_documented_failure_was_met() {
    check(include_str!("../../../openapi/catalogue.json"), &[]);
}
