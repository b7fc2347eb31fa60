//! Money that came to the agency's account: told by its bank, or seen by an official and confirmed by another.

use civic::{OfficialRole, events::PaymentSettled};
use diesel_async::SimpleAsyncConnection;
use serde_json::{Value, json};
use testkit::{Installation, Method, TestCaller, TestResponse, eventually};
use uuid::Uuid;

use crate::{
    database::{assert_sound, count},
    fees::{TOTAL, copies, open, owed, states},
    wallets::{BANK_SECRET, Word, contracts, credit, post},
};

const LIST: &str = "/api/v1/agencies/H44.100/bank-credits";
const CODE: &str = "H44.100-260721-0001";

struct Scene {
    installation: Installation,
    an: TestCaller,
    cashier: TestCaller,
    approver: TestCaller,
}

impl Scene {
    async fn set() -> Self {
        let flags = contracts("http://127.0.0.1:1");
        let installation = Installation::start_with([payments::service()], &[("payments", &flags)]).await;
        let an = installation.citizen("Nguyễn Văn An");
        let cashier = installation.official(&[("H44.100", OfficialRole::Cashier)]);
        let approver = installation.official(&[("H44.100", OfficialRole::Approver)]);
        Self { installation, an, cashier, approver }
    }

    async fn notice(&self, word: &Word) -> u16 {
        post(&self.installation, "vietqr", &credit(word, BANK_SECRET)).await.status
    }

    async fn listed(&self) -> Vec<Value> {
        let list = self.cashier.call("payments", Method::GET, LIST).send().await.expect(200);
        list.json["items"].as_array().unwrap().clone()
    }

    async fn propose(&self, id: &str, code: Option<&str>) -> TestResponse {
        let body = json!({"code": code, "proof": "Sao kê dòng 14"});
        call(&self.cashier, &format!("/api/v1/bank-credits/{id}/proposal"), &body).await
    }

    async fn confirm(&self, by: &TestCaller, id: &str) -> TestResponse {
        call(by, &format!("/api/v1/bank-credits/{id}/confirmation"), &json!({})).await
    }
}

async fn call(by: &TestCaller, path: &str, body: &Value) -> TestResponse {
    by.call("payments", Method::POST, path).key(&Uuid::new_v4().to_string()).json(body).send().await
}

fn seen(number: &str, amount: i64) -> Value {
    json!({
        "bank": "970415", "transaction_id": number, "amount": {"amount": amount, "currency": "VND"},
        "booked_at": "2026-07-21T03:15:30Z", "code": CODE, "proof": "Sao kê ngày 21/7, dòng 14",
    })
}

#[tokio::test]
async fn the_payer_sees_the_code_and_the_banks_notice_pays_without_an_attempt_too() {
    let scene = Scene::set().await;
    let order = owed(&scene.installation, &scene.an).await;
    let begun = call(&scene.an, &format!("{order}/attempts"), &json!({"provider": "VIETQR"})).await.expect(201);
    assert!(begun.text("/transfer/text").contains(CODE) && begun.text("/transfer/text").contains("540524000"));
    let page = begun.text("/pay_url").split_once("/api/").unwrap().1.to_owned();
    let shown =
        scene.installation.nobody().call("payments", Method::GET, &format!("/api/{page}")).send().await.expect(200);
    let html = String::from_utf8(shown.bytes.to_vec()).unwrap();
    assert!(html.contains("<svg") && html.contains("113366668888"), "{html}");
    assert_eq!(scene.notice(&Word::paid("", CODE, 7)).await, 200);
    assert_eq!(scene.notice(&Word::paid("", CODE, 7)).await, 200);
    assert_eq!(states(&scene.an, &order).await, ("PAID".into(), vec!["SETTLED".into()]));
    assert_eq!(scene.installation.sent::<PaymentSettled>("payments").await.len(), 1);
    assert!(scene.listed().await.is_empty());
    assert_sound(&scene.installation).await;
}

#[tokio::test]
async fn money_that_came_before_its_order_pays_it_when_it_opens() {
    let scene = Scene::set().await;
    assert_eq!(scene.notice(&Word::paid("", CODE, 7)).await, 200);
    assert_eq!(scene.listed().await[0]["state"], "WAITING");
    let order = owed(&scene.installation, &scene.an).await;
    eventually(async || (states(&scene.an, &order).await.0 == "PAID").then_some(())).await;
    assert!(scene.listed().await.is_empty());
    assert_sound(&scene.installation).await;
}

#[tokio::test]
async fn money_and_its_order_that_come_in_the_same_moment_find_each_other() {
    let scene = Scene::set().await;
    let fee = copies(scene.an.party());
    let waits = async |kind: &str| {
        let from = format!(
            "pg_locks where not granted and locktype = '{kind}' \
            and database = (select oid from pg_database where datname = current_database())"
        );
        eventually(async || (count(&scene.installation, &from).await > 0).then_some(())).await;
    };
    let conn = &mut scene.installation.database("payments").await;
    conn.batch_execute("begin; lock table provider_callbacks in exclusive mode").await.unwrap();
    let word = Word::paid("", CODE, 7);
    let (heard, ()) = tokio::join!(scene.notice(&word), async {
        // The money has found no order, and is not there for others yet.
        waits("relation").await;
        scene.installation.publish("submissions", &fee).await;
        waits("advisory").await;
        conn.batch_execute("commit").await.unwrap();
    });
    assert_eq!(heard, 200);
    let order = format!("/api/v1/payment-orders/{}", fee.order_id);
    let paid = async || {
        let answer = scene.an.call("payments", Method::GET, &order).send().await;
        (answer.status == 200 && answer.text("/status") == "PAID").then_some(())
    };
    eventually(paid).await;
    assert_sound(&scene.installation).await;
}

#[tokio::test]
async fn what_the_bank_did_not_sign_changes_nothing() {
    let scene = Scene::set().await;
    let order = owed(&scene.installation, &scene.an).await;
    let forged = credit(&Word::paid("", CODE, 7), "another secret, as long");
    for body in [forged, json!({})] {
        let refused = post(&scene.installation, "vietqr", &body).await.expect(400);
        assert_eq!(refused.text("/code"), "notification-not-signed");
    }
    assert_eq!(states(&scene.an, &order).await, ("DUE".into(), vec![]));
    assert_eq!(count(&scene.installation, "bank_credits").await, 0);
    assert_eq!(count(&scene.installation, "provider_callbacks where verdict = 'FORGED'").await, 2);
}

#[tokio::test]
async fn the_same_number_over_another_amount_waits_for_a_person_and_books_nothing() {
    let scene = Scene::set().await;
    let order = owed(&scene.installation, &scene.an).await;
    assert_eq!(scene.notice(&Word::paid("", CODE, 7)).await, 200);
    assert_eq!(scene.notice(&Word { amount: 1_000, ..Word::paid("", CODE, 7) }).await, 200);
    assert_eq!(states(&scene.an, &order).await.0, "PAID");
    assert_eq!(count(&scene.installation, "provider_callbacks where verdict = 'REVIEW'").await, 1);
    assert_eq!(count(&scene.installation, "transfers").await, 1);
    assert_sound(&scene.installation).await;
}

#[tokio::test]
async fn money_under_a_wrong_reference_pays_when_two_officials_say_whose_it_is() {
    let scene = Scene::set().await;
    let order = owed(&scene.installation, &scene.an).await;
    assert_eq!(scene.notice(&Word::paid("", "H44.100-260721-9999", 7)).await, 200);
    let id = scene.listed().await[0]["id"].as_str().unwrap().to_owned();
    assert_eq!(scene.confirm(&scene.approver, &id).await.expect(409).text("/code"), "bank-credit-state-does-not-allow");
    let wrong = scene.propose(&id, Some("H44.100-260721-0404")).await.expect(409);
    assert_eq!(wrong.text("/code"), "bank-credit-does-not-fit");
    scene.propose(&id, Some(CODE)).await.expect(200);
    assert_eq!(states(&scene.an, &order).await.0, "DUE", "one official alone pays nothing");
    let own = scene.confirm(&scene.cashier, &id).await.expect(409);
    assert_eq!(own.text("/code"), "second-official-needed");
    assert_eq!(scene.confirm(&scene.approver, &id).await.expect(200).text("/state"), "TAKEN");
    assert_eq!(states(&scene.an, &order).await, ("PAID".into(), vec!["SETTLED".into()]));
    let again = scene.propose(&id, None).await.expect(409);
    assert_eq!(again.text("/code"), "bank-credit-state-does-not-allow");
    assert_sound(&scene.installation).await;
}

#[tokio::test]
async fn more_than_was_due_pays_nothing_and_is_sent_back_when_two_officials_say_so() {
    let scene = Scene::set().await;
    let order = owed(&scene.installation, &scene.an).await;
    assert_eq!(scene.notice(&Word { amount: TOTAL + 1, ..Word::paid("", CODE, 7) }).await, 200);
    let listed = scene.listed().await;
    assert_eq!((&listed[0]["state"], &listed[0]["amount"]["amount"]), (&json!("FOR_PERSON"), &json!(TOTAL + 1)));
    let id = listed[0]["id"].as_str().unwrap();
    assert_eq!(scene.propose(id, Some(CODE)).await.expect(409).text("/code"), "bank-credit-does-not-fit");
    scene.propose(id, None).await.expect(200);
    assert_eq!(scene.confirm(&scene.approver, id).await.expect(200).text("/state"), "SENT_BACK");
    assert_eq!(states(&scene.an, &order).await.0, "DUE");
    assert!(scene.listed().await.is_empty());
    assert_sound(&scene.installation).await;
}

#[tokio::test]
async fn a_transfer_that_the_bank_did_not_tell_is_noted_by_one_and_confirmed_by_another_once() {
    let scene = Scene::set().await;
    let order = owed(&scene.installation, &scene.an).await;
    let unfit = call(&scene.cashier, LIST, &seen("808", TOTAL + 1)).await.expect(409);
    assert_eq!(unfit.text("/code"), "bank-credit-does-not-fit");
    let noted = call(&scene.cashier, LIST, &seen("8", TOTAL)).await;
    assert_eq!(noted.status, 400, "a number is at least three letters");
    let noted = call(&scene.cashier, LIST, &seen("808", TOTAL)).await.expect(201);
    assert_eq!(call(&scene.cashier, LIST, &seen("808", TOTAL)).await.expect(409).text("/code"), "bank-credit-known");
    assert_eq!(states(&scene.an, &order).await.0, "DUE");
    assert_eq!(
        scene.confirm(&scene.cashier, noted.text("/id")).await.expect(409).text("/code"),
        "second-official-needed"
    );
    scene.confirm(&scene.approver, noted.text("/id")).await.expect(200);
    assert_eq!(states(&scene.an, &order).await, ("PAID".into(), vec!["SETTLED".into()]));
    // The bank tells it after all: it is the same money.
    assert_eq!(scene.notice(&Word::paid("", CODE, 808)).await, 200);
    assert_eq!(count(&scene.installation, "transfers").await, 1);
    assert_sound(&scene.installation).await;
}

#[tokio::test]
async fn a_number_that_paid_already_pays_nothing_again_under_another_banks_name() {
    let scene = Scene::set().await;
    let order = owed(&scene.installation, &scene.an).await;
    assert_eq!(scene.notice(&Word::paid("", CODE, 808)).await, 200);
    let mut other = seen("808", TOTAL);
    other["bank"] = json!("970416");
    let noted = call(&scene.cashier, LIST, &other).await.expect(201);
    let refused = scene.confirm(&scene.approver, noted.text("/id")).await.expect(409);
    assert_eq!(refused.text("/code"), "bank-credit-does-not-fit");
    assert_eq!(states(&scene.an, &order).await, ("PAID".into(), vec!["SETTLED".into()]));
    assert_sound(&scene.installation).await;
}

#[tokio::test]
async fn only_the_agencys_own_officials_see_and_decide() {
    let scene = Scene::set().await;
    owed(&scene.installation, &scene.an).await;
    assert_eq!(scene.notice(&Word::paid("", "H44.100-260721-9999", 7)).await, 200);
    let id = scene.listed().await[0]["id"].as_str().unwrap().to_owned();
    let elsewhere =
        scene.installation.official(&[("H44.101", OfficialRole::Cashier), ("H44.101", OfficialRole::Approver)]);
    let list = elsewhere.call("payments", Method::GET, LIST).send().await.expect(404);
    assert_eq!(list.text("/code"), "agency-not-found");
    assert_eq!(call(&elsewhere, LIST, &seen("808", TOTAL)).await.expect(404).text("/code"), "agency-not-found");
    assert_eq!(scene.confirm(&elsewhere, &id).await.expect(404).text("/code"), "bank-credit-not-found");
    let path = format!("/api/v1/bank-credits/{id}/proposal");
    let proposed = call(&elsewhere, &path, &json!({"proof": "Sao kê"})).await.expect(404);
    assert_eq!(proposed.text("/code"), "bank-credit-not-found");
    scene.an.call("payments", Method::GET, LIST).send().await.expect(403);
    for path in [LIST.to_owned(), path, format!("/api/v1/bank-credits/{id}/confirmation")] {
        assert_eq!(call(&scene.an, &path, &json!({})).await.expect(403).text("/code"), "forbidden");
    }
}

#[tokio::test]
async fn an_order_that_was_paid_meanwhile_makes_the_confirmed_transfer_owed_back() {
    let scene = Scene::set().await;
    let fee = copies(scene.an.party());
    let order = open(&scene.installation, &scene.an, &fee).await;
    let noted = call(&scene.cashier, LIST, &seen("808", TOTAL)).await.expect(201);
    assert_eq!(scene.notice(&Word::paid("", CODE, 7)).await, 200);
    scene.confirm(&scene.approver, noted.text("/id")).await.expect(200);
    assert_eq!(states(&scene.an, &order).await.0, "PAID");
    let mut attempts = states(&scene.an, &order).await.1;
    attempts.sort();
    assert_eq!(attempts, ["PAID_AGAIN", "SETTLED"]);
    // A bank gives nothing back by itself.
    let owed =
        scene.cashier.call("payments", Method::GET, "/api/v1/agencies/H44.100/owed-back").send().await.expect(200);
    let refund = json!({
        "attempt_id": owed.text("/items/0/attempt_id"), "amount": {"amount": TOTAL, "currency": "VND"},
        "refund_amount_available": {"amount": TOTAL, "currency": "VND"}, "cause": "PAID_AGAIN", "way": "PROVIDER",
        "reason": "Công dân đã nộp hai lần.",
    });
    let refused = call(&scene.cashier, "/api/v1/agencies/H44.100/refunds", &refund).await.expect(409);
    assert_eq!(refused.text("/code"), "refund-way-not-possible");
    assert_sound(&scene.installation).await;
}
