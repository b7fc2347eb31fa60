//! `/api/v1/agencies/{agency}/given-up/payments`

use civic::OfficialRole;
use diesel_async::SimpleAsyncConnection;
use serde_json::{Value, json};
use testkit::{Installation, Method, TestCaller, TestResponse, eventually};
use uuid::Uuid;

use crate::{
    database::count,
    fees::{begin, owed},
};

const GIVEN_UP: &str = "/api/v1/agencies/H44.100/given-up/payments";
/// What nobody gives up in a test is given up here: the question about the one attempt; and what accounts told of somebody.
const GIVE_UP: &str = r#"update jobs set failed_at = '2026-07-20', last_error = 'no answer' where kind = 'ask_provider';
    insert into dead_letter (event_id, type, payload, error, failed_at)
        values (gen_random_uuid(), 'vn.motcua.account.registered.v1', '{"data": {"name": "An"}}', 'unreadable', '2026-07-20')"#;

async fn list(by: &TestCaller) -> TestResponse {
    by.call("payments", Method::GET, GIVEN_UP).send().await
}

async fn repair(by: &TestCaller, id: &str, body: &Value) -> TestResponse {
    let call = by.call("payments", Method::POST, &format!("{GIVEN_UP}/{id}/repair"));
    call.key(&Uuid::new_v4().to_string()).json(body).send().await
}

#[tokio::test]
async fn work_given_up_is_shown_to_the_agency_of_its_order_and_tried_again_there() {
    let installation = Installation::start([payments::service()]).await;
    let an = installation.citizen("Nguyễn Văn An");
    begin(&an, &owed(&installation, &an).await).await;
    installation.database("payments").await.batch_execute(GIVE_UP).await.unwrap();
    let at = |agency, role| installation.official(&[(agency, role)]);
    let leader = at("H44.100", OfficialRole::Approver);
    let answer = list(&leader).await.expect(200);
    assert_eq!(answer.json["items"].as_array().map(Vec::len), Some(1), "{}", answer.json);
    assert_eq!((answer.text("/items/0/kind"), answer.text("/items/0/name")), ("JOB", "ask_provider"));
    assert_eq!((answer.text("/items/0/why"), answer.json["more"].as_bool()), ("no answer", Some(false)));
    assert!(answer.text("/items/0/dossier").starts_with("H44.100-"));
    let id = answer.text("/items/0/id").to_owned();
    let retry = json!({"repair": "RETRY"});
    let _ = repair(&at("H44.100", OfficialRole::Auditor), &id, &retry).await.expect(403);
    let elsewhere = at("H44.101", OfficialRole::AgencyAdministrator);
    assert_eq!(repair(&elsewhere, &id, &retry).await.expect(404).text("/code"), "agency-not-found");
    assert_eq!(list(&elsewhere).await.expect(404).text("/code"), "agency-not-found");
    repair(&leader, &id, &retry).await.expect(200);
    assert_eq!(repair(&leader, &id, &retry).await.expect(404).text("/code"), "given-up-work-not-found");
    assert_eq!(count(&installation, "jobs where failed_at is not null").await, 0);
    assert_eq!(count(&installation, "audit_log where action = 'given_up.retried'").await, 1);
}

#[tokio::test]
async fn what_is_no_agencys_is_the_administrators_to_take_as_handled_with_a_reason() {
    let installation = Installation::start([payments::service()]).await;
    installation.database("payments").await.batch_execute(GIVE_UP).await.unwrap();
    let [leader, administrator] = [OfficialRole::Approver, OfficialRole::AgencyAdministrator]
        .map(|role| installation.official(&[("H44.100", role)]));
    assert_eq!(list(&leader).await.expect(200).json["items"], json!([]));
    let answer = list(&administrator).await.expect(200);
    assert_eq!(answer.text("/items/0/kind"), "EVENT");
    assert_eq!(answer.json.pointer("/items/0/dossier"), None);
    let id = answer.text("/items/0/id").to_owned();
    let _ = repair(&administrator, &id, &json!({"repair": "TAKE_AS_HANDLED"})).await.expect(400);
    let handled = json!({"repair": "TAKE_AS_HANDLED", "reason": "Tài khoản này đã đóng."});
    assert_eq!(repair(&leader, &id, &handled).await.expect(404).text("/code"), "given-up-work-not-found");
    repair(&administrator, &id, &handled).await.expect(200);
    eventually(|| async { (list(&administrator).await.json["items"] == json!([])).then_some(()) }).await;
    let told =
        "audit_log where action = 'given_up.taken_as_handled' and detail ->> 'reason' = 'Tài khoản này đã đóng.'";
    assert_eq!(count(&installation, told).await, 1);
}
