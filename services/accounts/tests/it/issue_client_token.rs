//! Access tokens for programs.

use base64::{Engine, prelude::BASE64_STANDARD};
use diesel_async::SimpleAsyncConnection;
use testkit::{Installation, Method, TestResponse};

use crate::people::{bearer, demonstration, me, run};

const FORM: &str = "application/x-www-form-urlencoded";
const GRANT: &str = "grant_type=client_credentials";

fn secret() -> String {
    let logins = accounts::demonstration_logins();
    logins.into_iter().find(|login| login.login == "motcua-demo").expect("the client").secret
}

async fn post(installation: &Installation, form: &str, basic: Option<(&str, &str)>) -> TestResponse {
    let mut call = installation.nobody().call("accounts", Method::POST, "/api/v1/oauth/token").body(form, FORM);
    if let Some((id, secret)) = basic {
        call = call.header("authorization", &format!("Basic {}", BASE64_STANDARD.encode(format!("{id}:{secret}"))));
    }
    call.send().await
}

#[tokio::test]
async fn a_client_gets_a_token_by_header_or_by_form_and_acts_for_its_organisation() {
    let installation = demonstration().await;
    let by_header = post(&installation, GRANT, Some(("motcua-demo", &secret()))).await.expect(200);
    assert_eq!(by_header.text("/scope"), "dossiers payments");
    assert_eq!(by_header.header("cache-control"), Some("no-store"));
    let form = format!("{GRANT}&client_id=motcua-demo&client_secret={}&scope=dossiers", secret());
    let by_form = post(&installation, &form, None).await.expect(200);
    assert_eq!(by_form.text("/scope"), "dossiers");
    let account = me(&bearer(&installation, &by_form)).await.expect(200);
    assert_eq!(account.text("/kind"), "CLIENT");
    assert_eq!(account.text("/organisations/0/tax_number"), "0000000017");
    let sign_out = bearer(&installation, &by_form).call("accounts", Method::DELETE, "/api/v1/sessions/current");
    sign_out.send().await.expect(403);
}

#[tokio::test]
async fn an_unknown_client_and_a_wrong_secret_answer_alike_as_the_rfc_has_it() {
    let installation = demonstration().await;
    let unknown = post(&installation, GRANT, Some(("nobody", &secret()))).await.expect(401);
    let mistyped = post(&installation, GRANT, Some(("motcua-demo", "motcua_wrong"))).await.expect(401);
    let none = post(&installation, GRANT, None).await.expect(401);
    for answer in [&unknown, &mistyped, &none] {
        assert_eq!(answer.text("/error"), "invalid_client");
        assert_eq!(answer.bytes, unknown.bytes);
        assert!(answer.header("www-authenticate").is_some_and(|scheme| scheme.starts_with("Basic")));
    }
}

#[tokio::test]
async fn faults_of_the_request_have_the_codes_of_the_rfc() {
    let installation = demonstration().await;
    let secret = secret();
    let client = Some(("motcua-demo", secret.as_str()));
    for (form, code) in [
        ("", "invalid_request"),
        ("grant_type=password", "unsupported_grant_type"),
        ("grant_type=client_credentials&scope=everything", "invalid_scope"),
        ("grant_type=client_credentials&client_id=motcua-demo", "invalid_request"),
        ("grant_type=client_credentials&x=%00", "invalid_request"),
    ] {
        let answer = post(&installation, form, client).await.expect(400);
        assert_eq!(answer.text("/error"), code, "{form}");
    }
    let json = installation.nobody().call("accounts", Method::POST, "/api/v1/oauth/token").json(&serde_json::json!({}));
    assert_eq!(json.send().await.expect(415).text("/error"), "invalid_request");
    let large = post(&installation, &"x".repeat(9000), None).await.expect(413);
    assert_eq!((large.text("/error"), large.header("cache-control")), ("invalid_request", Some("no-store")));
}

#[tokio::test]
async fn an_expired_client_gets_nothing() {
    let installation = demonstration().await;
    run(&installation, "update api_clients set expires_at = '2026-07-21T03:00:00Z'").await;
    post(&installation, GRANT, Some(("motcua-demo", &secret()))).await.expect(401);
}

#[tokio::test]
async fn a_disabled_client_gets_nothing_and_none_is_deleted() {
    let installation = demonstration().await;
    run(&installation, "update api_clients set disabled_at = '2026-07-21T03:00:00Z'").await;
    post(&installation, GRANT, Some(("motcua-demo", &secret()))).await.expect(401);
    let mut conn = installation.database("accounts").await;
    let deleted = conn.batch_execute("delete from api_clients").await;
    assert!(deleted.is_err_and(|why| why.to_string().contains("disabled_at")), "its tokens would live on");
}
