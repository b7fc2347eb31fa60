//! Signing out.

use testkit::Method;

use crate::people::{DEMONSTRATION_PASSWORD, ask, bearer, demonstration, refresh, sign_in};

const PATH: &str = "/api/v1/sessions/current";

#[tokio::test]
async fn whoever_signs_out_cannot_refresh_and_may_sign_out_again() {
    let installation = demonstration().await;
    let tokens = sign_in(&installation, "an@example.vn", DEMONSTRATION_PASSWORD).await.expect(201);
    let elsewhere = sign_in(&installation, "an@example.vn", DEMONSTRATION_PASSWORD).await.expect(201);
    let an = bearer(&installation, &tokens);
    an.call("accounts", Method::DELETE, PATH).send().await.expect(204);
    an.call("accounts", Method::DELETE, PATH).send().await.expect(204);
    refresh(&installation, tokens.text("/refresh_token")).await.expect(401);
    refresh(&installation, elsewhere.text("/refresh_token")).await.expect(200);
    assert_eq!(ask(&installation, "select count(*) from audit_log where action = 'session.ended'").await, "1");
}

#[tokio::test]
async fn nobody_signs_out_without_a_token() {
    let installation = demonstration().await;
    installation.nobody().call("accounts", Method::DELETE, PATH).send().await.expect(401);
}
