//! What the tests of changes to an account share.

use civic::events::{AccountNotice, AccountNoticed, ConfirmationStarted};
use serde_json::Value;
use testkit::{Installation, Method, TestCaller, TestResponse, eventually};

/// Calls an operation on the own account.
pub async fn own(by: &TestCaller, method: Method, path: &str, body: &Value) -> TestResponse {
    by.call("accounts", method, &format!("/api/v1/accounts/me/{path}")).json(body).send().await
}

/// The code of confirmation `id`, as soon as it is on its way, with where it goes.
pub async fn code_of(installation: &Installation, id: &str) -> (String, String) {
    let sent = eventually(|| async {
        let all = installation.sent::<ConfirmationStarted>("accounts").await;
        all.into_iter().find(|it| it.confirmation_id.to_string() == id)
    });
    let sent = sent.await;
    (sent.code.expose().to_owned(), sent.email.as_str().to_owned())
}

/// What owners were written about, and at which address.
pub async fn notices(installation: &Installation) -> Vec<(AccountNotice, String)> {
    let all = installation.sent::<AccountNoticed>("accounts").await;
    all.into_iter().map(|it| (it.notice, it.email.as_str().to_owned())).collect()
}
