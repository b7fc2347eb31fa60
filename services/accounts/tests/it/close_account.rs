//! Closing one's account.

use civic::events::{AccountNotice, AccountRegistered};
use serde_json::json;
use testkit::{Method, TestCaller, TestResponse};

use crate::{
    account_changes::{notices, own},
    people::{
        DEMONSTRATION_PASSWORD, DUNG, PASSWORD, ask, bearer, code, confirm, demonstration, installation, me, newcomer,
        refresh, register, registration, sign_in,
    },
};

const KHAI: &str = "minh.khai@example.vn";

async fn close(by: &TestCaller, password: &str) -> TestResponse {
    own(by, Method::POST, "closure", &json!({"password": password})).await
}

#[tokio::test]
async fn nobody_signs_in_any_more_and_the_same_person_may_register_anew() {
    let installation = installation().await;
    newcomer(&installation).await;
    let tokens = sign_in(&installation, KHAI, PASSWORD).await.expect(201);
    let khai = bearer(&installation, &tokens);
    assert_eq!(close(&khai, "wrong password").await.expect(422).text("/code"), "password-wrong");
    close(&khai, PASSWORD).await.expect(204);
    sign_in(&installation, KHAI, PASSWORD).await.expect(401);
    refresh(&installation, tokens.text("/refresh_token")).await.expect(401);
    me(&khai).await.expect(401);
    close(&khai, PASSWORD).await.expect(401);
    assert_eq!(notices(&installation).await, [(AccountNotice::Closed, "Minh.Khai@example.vn".to_owned())]);
    assert_eq!(ask(&installation, "select count(*) from audit_log where action = 'account.closed'").await, "1");
    let started = register(&installation, &registration(), "again").await.expect(202);
    let code = code(&installation).await;
    confirm(&installation, started.text("/registration_id"), &code, "again").await.expect(201);
    sign_in(&installation, KHAI, PASSWORD).await.expect(201);
    assert_eq!(installation.sent::<AccountRegistered>("accounts").await.len(), 2);
}

#[tokio::test]
async fn who_serves_at_an_agency_does_not_leave_it_so() {
    let installation = demonstration().await;
    let dung = bearer(&installation, &sign_in(&installation, DUNG, DEMONSTRATION_PASSWORD).await.expect(201));
    assert_eq!(close(&dung, DEMONSTRATION_PASSWORD).await.expect(409).text("/code"), "holds-post");
    sign_in(&installation, DUNG, DEMONSTRATION_PASSWORD).await.expect(201);
    for _ in 0..5 {
        close(&dung, "wrong password").await.expect(422);
    }
    assert_eq!(close(&dung, DEMONSTRATION_PASSWORD).await.expect(429).text("/code"), "sign-in-paused");
}
