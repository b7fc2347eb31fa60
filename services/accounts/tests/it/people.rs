//! What these tests share: a installation whose accounts believes its own tokens, and people in it.

use civic::events::RegistrationStarted;
use diesel::{QueryableByName, sql_query, sql_types::Text};
use diesel_async::{RunQueryDsl, SimpleAsyncConnection};
use serde_json::{Value, json};
use testkit::{Installation, Method, TestCaller, TestResponse, free_port};

pub const PASSWORD: &str = "cá kho riềng";
pub const DEMONSTRATION_PASSWORD: &str = "motcua-demo-2026";

/// A installation with accounts alone, which verifies the tokens that it issues.
pub async fn installation() -> Installation {
    let address = format!("127.0.0.1:{}", free_port());
    let jwks = format!("http://{address}/api/v1/jwks");
    let flags = ["--listen", &address, "--jwks-url", &jwks];
    Installation::start_with([accounts::service()], &[("accounts", &flags)]).await
}

/// The same, with the demonstration's people.
pub async fn demonstration() -> Installation {
    let installation = installation().await;
    installation.demonstrate(&accounts::service()).await;
    installation
}

/// A registration without fault.
pub fn registration() -> Value {
    json!({
        "name": "Nguyễn Thị Minh Khai",
        "email": "Minh.Khai@example.vn",
        "phone": "0912 345 678",
        "citizen_number": "000190012345",
        "birth_date": "1990-12-31",
        "gender": "FEMALE",
        "password": PASSWORD,
    })
}

pub async fn register(installation: &Installation, registration: &Value, key: &str) -> TestResponse {
    let call = installation.nobody().call("accounts", Method::POST, "/api/v1/registrations");
    call.json(registration).key(key).send().await
}

pub async fn confirm(installation: &Installation, registration: &str, code: &str, key: &str) -> TestResponse {
    let path = format!("/api/v1/registrations/{registration}/confirmation");
    let call = installation.nobody().call("accounts", Method::POST, &path);
    call.json(&json!({ "code": code })).key(key).send().await
}

/// The last code that was sent.
pub async fn code(installation: &Installation) -> String {
    let sent = installation.sent::<RegistrationStarted>("accounts").await;
    sent.last().expect("a code was sent").code.expose().to_owned()
}

/// Another code than `code`.
pub fn wrong(code: &str) -> String {
    let first = if code.starts_with('0') { '1' } else { '0' };
    format!("{first}{}", &code[1..])
}

/// Somebody who registered and confirmed; gives the account.
pub async fn newcomer(installation: &Installation) -> String {
    let started = register(installation, &registration(), "newcomer").await.expect(202);
    let code = code(installation).await;
    let confirmed = confirm(installation, started.text("/registration_id"), &code, "newcomer").await.expect(201);
    confirmed.text("/account_id").to_owned()
}

pub async fn sign_in(installation: &Installation, email: &str, password: &str) -> TestResponse {
    let call = installation.nobody().call("accounts", Method::POST, "/api/v1/sessions");
    call.json(&json!({ "email": email, "password": password })).send().await
}

/// Signs in from a network address, with a device if it has one.
pub async fn sign_in_from(
    installation: &Installation,
    origin: &str,
    email: &str,
    password: &str,
    device: Option<&str>,
) -> TestResponse {
    let call = installation.nobody().call("accounts", Method::POST, "/api/v1/sessions");
    let mut body = json!({ "email": email, "password": password });
    if let Some(device) = device {
        body["device"] = json!(device);
    }
    call.json(&body).header("x-forwarded-for", origin).send().await
}

pub async fn refresh(installation: &Installation, token: &str) -> TestResponse {
    let call = installation.nobody().call("accounts", Method::POST, "/api/v1/sessions/refresh");
    call.json(&json!({ "refresh_token": token })).send().await
}

/// The caller whose tokens these are.
pub fn bearer(installation: &Installation, tokens: &TestResponse) -> TestCaller {
    installation.nobody().with_token(Some(tokens.text("/access_token").to_owned()))
}

/// The demonstration's citizen who is a member of the business and an official too.
pub const DUNG: &str = "dung@example.vn";

/// Changes the capacity of the session that `caller`'s token belongs to.
pub async fn switch(caller: &TestCaller, capacity: &str) -> TestResponse {
    let call = caller.call("accounts", Method::PUT, "/api/v1/sessions/current/capacity");
    call.json(&json!({ "capacity": capacity })).send().await
}

pub async fn me(caller: &TestCaller) -> TestResponse {
    caller.call("accounts", Method::GET, "/api/v1/accounts/me").send().await
}

/// The one text that `query` gives.
pub async fn ask(installation: &Installation, query: &str) -> String {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = Text)]
        answer: String,
    }
    let query = format!("select coalesce(({query})::text, '') as answer");
    let row: Row = sql_query(query).get_result(&mut installation.database("accounts").await).await.expect("an answer");
    row.answer
}

/// Does something behind the service's back.
pub async fn run(installation: &Installation, statement: &str) {
    installation.database("accounts").await.batch_execute(statement).await.expect("the statement runs");
}
