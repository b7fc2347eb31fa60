//! Who signs in, and who tries to, leaves a trace: who, whence, how often; never what was typed.

use base64::{Engine, prelude::BASE64_STANDARD};
use chrono::TimeDelta;
use testkit::{Installation, Method, eventually};

use crate::people::{DEMONSTRATION_PASSWORD, PASSWORD, ask, bearer, demonstration, sign_in_from};

const AN: &str = "an@example.vn";
const HERE: &str = "203.0.113.7";
/// printf nobody@example.vn | sha256sum | cut -c1-32
const NOBODY: &str = "f45c689994bc5e790814e0bbc66dc995";

/// The refused sign-ins, once they are written.
async fn refused(installation: &Installation) -> String {
    installation.clock.advance(TimeDelta::minutes(1));
    let entries = "select string_agg(concat_ws(' ', actor_kind, origin, subject_type, subject_id, detail ->> 'code',
        detail ->> 'times'), E'\\n' order by subject_type, subject_id, detail ->> 'code')
        from audit_log where action = 'sign_in.refused'";
    eventually(async || Some(ask(installation, entries).await).filter(|found| !found.is_empty())).await
}

#[tokio::test]
async fn a_refused_sign_in_names_the_account_the_address_and_how_often() {
    let installation = demonstration().await;
    for _ in 0..5 {
        sign_in_from(&installation, HERE, AN, "wrong password", None).await.expect(401);
    }
    sign_in_from(&installation, HERE, AN, DEMONSTRATION_PASSWORD, None).await.expect(429);
    sign_in_from(&installation, HERE, "Nobody@example.vn", "wrong password", None).await.expect(401);
    let an = ask(&installation, "select id from users where email = 'an@example.vn'").await;
    let expected = [
        format!("STRANGER {HERE} account {an} credentials-wrong 5"),
        format!("STRANGER {HERE} account {an} sign-in-paused 1"),
        format!("STRANGER {HERE} login {NOBODY} credentials-wrong 1"),
    ];
    assert_eq!(refused(&installation).await, expected.join("\n"));
    for typed in ["wrong password", "obody@example", DEMONSTRATION_PASSWORD] {
        let found = format!("select count(*) from audit_log a where a::text like '%{typed}%'");
        assert_eq!(ask(&installation, &found).await, "0", "{typed}");
    }
}

#[tokio::test]
async fn a_sign_in_is_audited_with_its_address() {
    let installation = demonstration().await;
    sign_in_from(&installation, HERE, AN, DEMONSTRATION_PASSWORD, None).await.expect(201);
    let opened = "select string_agg(origin, ' ') from audit_log where action = 'session.opened'";
    assert_eq!(ask(&installation, opened).await, HERE);
}

#[tokio::test]
async fn a_wrong_password_of_somebody_signed_in_is_a_refused_sign_in_of_hers() {
    let installation = demonstration().await;
    let tokens = sign_in_from(&installation, HERE, AN, DEMONSTRATION_PASSWORD, None).await.expect(201);
    let change = bearer(&installation, &tokens).call("accounts", Method::PUT, "/api/v1/accounts/me/password");
    let body = serde_json::json!({"current_password": "wrong password", "password": PASSWORD});
    change.header("x-forwarded-for", HERE).json(&body).send().await.expect(422);
    let an = ask(&installation, "select id from users where email = 'an@example.vn'").await;
    assert_eq!(refused(&installation).await, format!("CITIZEN {HERE} account {an} password-wrong 1"));
}

#[tokio::test]
async fn a_programs_token_and_its_wrong_secret_leave_a_trace() {
    let installation = demonstration().await;
    let logins = accounts::demonstration_logins();
    let secret = logins.into_iter().find(|login| login.login == "motcua-demo").expect("the client").secret;
    for (secret, status) in [(secret.as_str(), 200), ("motcua_wrong", 401)] {
        let basic = format!("Basic {}", BASE64_STANDARD.encode(format!("motcua-demo:{secret}")));
        let call = installation.nobody().call("accounts", Method::POST, "/api/v1/oauth/token");
        let call = call.header("authorization", &basic).header("x-forwarded-for", HERE);
        let form = "grant_type=client_credentials&scope=dossiers";
        call.body(form, "application/x-www-form-urlencoded").send().await.expect(status);
    }
    let issued = "select string_agg(concat_ws(' ', origin, subject_type, detail ->> 'scope'), ' ') from audit_log
        where action = 'client_token.issued'";
    assert_eq!(ask(&installation, issued).await, format!("{HERE} api_client dossiers"));
    assert!(refused(&installation).await.starts_with(&format!("STRANGER {HERE} login ")));
}
