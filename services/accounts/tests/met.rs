//! Every failure that an operation documents was met by `tests/it`, which cargo runs before this.

use testkit::met::{Unmet, check};

/// What no test can meet, and why.
const UNMET: &[Unmet<'_>] = &[
    ("sign_in", "sign-in-busy", "all places for hashing must be taken: the test of `passwords.rs` fills them"),
    ("start_registration", "sign-in-busy", "as for sign_in"),
    ("confirm_password_reset", "sign-in-busy", "as for sign_in"),
    ("change_password", "sign-in-busy", "as for sign_in"),
    ("change_phone", "sign-in-busy", "as for sign_in"),
    ("start_email_change", "sign-in-busy", "as for sign_in"),
    ("close_account", "sign-in-busy", "as for sign_in"),
    ("issue_client_token", "server_error", "a failure of our own; `oauth_error.rs` in edge has a test of its form"),
    ("issue_client_token", "temporarily_unavailable", "the gateway's limit, or a database away; as for server_error"),
];

#[test]
fn every_documented_failure_was_met() {
    check(include_str!("../../../openapi/accounts.json"), UNMET);
}
