//! Signing out.

use testkit::Method;

use crate::people::{DEMONSTRATION_PASSWORD, ask, bearer, demonstration, refresh, sign_in};

const PATH: &str = "/api/v1/sessions/current";

#[tokio::test]
async fn whoever_signs_out_cannot_refresh_and_may_sign_out_again() {
    let world = demonstration().await;
    let tokens = sign_in(&world, "an@example.vn", DEMONSTRATION_PASSWORD).await.expect(201);
    let elsewhere = sign_in(&world, "an@example.vn", DEMONSTRATION_PASSWORD).await.expect(201);
    let an = bearer(&world, &tokens);
    an.call("accounts", Method::DELETE, PATH).send().await.expect(204);
    an.call("accounts", Method::DELETE, PATH).send().await.expect(204);
    refresh(&world, tokens.text("/refresh_token")).await.expect(401);
    refresh(&world, elsewhere.text("/refresh_token")).await.expect(200);
    assert_eq!(ask(&world, "select count(*) from audit_log where action = 'session.ended'").await, "1");
}

#[tokio::test]
async fn nobody_signs_out_without_a_token() {
    let world = demonstration().await;
    world.nobody().call("accounts", Method::DELETE, PATH).send().await.expect(401);
}
