//! The counter: a shift is opened, money is taken once, taken back when it was wrong, and counted at the end.

use chrono::TimeDelta;
use civic::{
    DossierStatus, OfficialRole,
    events::{MoneyNotice, MoneyNoticed, OrderMoved, OrderState, PaymentNotice, PaymentNoticed, PaymentSettled},
};
use diesel_async::SimpleAsyncConnection;
use futures_util::future::join_all;
use serde_json::{Value, json};
use testkit::{Installation, Method, TestCaller, TestResponse, eventually};
use uuid::Uuid;

use crate::{
    database::{assert_sound, count},
    end_orders::moved,
    fees::{TOTAL, begin, copies, open, owed},
    payers::{PHONE, known},
    provider::Notice,
};

const AGENCY: &str = "/api/v1/agencies/H44.100";

pub struct Till {
    pub installation: Installation,
    pub an: TestCaller,
    pub cashier: TestCaller,
    pub auditor: TestCaller,
    pub shift: String,
}

impl Till {
    /// A cashier's open shift with 500,000 in the drawer, and a payer who is known.
    pub async fn open() -> Self {
        let installation = Installation::start([payments::service()]).await;
        let an = installation.citizen("Nguyễn Văn An");
        known(&installation, &an, "Nguyễn Văn An").await;
        let cashier = installation.official(&[("H44.100", OfficialRole::Cashier)]);
        let auditor = installation.official(&[("H44.100", OfficialRole::Auditor)]);
        let mut till = Self { installation, an, cashier, auditor, shift: String::new() };
        let shift = till.open_shift(&till.cashier, "Quầy 1").await.expect(201);
        till.shift = format!("/api/v1/shifts/{}", shift.text("/id"));
        till
    }

    async fn open_shift(&self, cashier: &TestCaller, name: &str) -> TestResponse {
        post(cashier, &format!("{AGENCY}/shifts"), &json!({"till": name, "opening": dong(500_000)})).await
    }

    /// The id of an order that the payer owes.
    pub async fn owed(&self) -> String {
        owed(&self.installation, &self.an).await.rsplit('/').next().unwrap().to_owned()
    }

    pub async fn take(&self, order: &str, received: i64) -> TestResponse {
        self.take_by(&self.cashier, &json!({"order_id": order, "way": "CASH", "received": dong(received)})).await
    }

    async fn take_by(&self, cashier: &TestCaller, body: &Value) -> TestResponse {
        post(cashier, &format!("{}/takings", self.shift), body).await
    }

    async fn close(&self, counted: i64, reason: Option<&str>) -> TestResponse {
        let body = json!({"counted": dong(counted), "reason": reason});
        post(&self.cashier, &format!("{}/closure", self.shift), &body).await
    }

    async fn status(&self, order: &str) -> String {
        let path = format!("/api/v1/payment-orders/{order}");
        self.an.call("payments", Method::GET, &path).send().await.expect(200).text("/status").to_owned()
    }

    async fn find(&self, by: &TestCaller, q: &str) -> TestResponse {
        let q = q.replace(' ', "%20");
        by.call("payments", Method::GET, &format!("{AGENCY}/payment-orders?q={q}")).send().await
    }
}

pub async fn post(by: &TestCaller, path: &str, body: &Value) -> TestResponse {
    by.call("payments", Method::POST, path).key(&Uuid::new_v4().to_string()).json(body).send().await
}

pub fn dong(amount: i64) -> Value {
    json!({"amount": amount, "currency": "VND"})
}

#[tokio::test]
async fn cash_is_taken_with_change_and_settles_the_order_like_any_payment() {
    let till = Till::open().await;
    let order = till.owed().await;
    let taken = till.take(&order, 50_000).await.expect(201);
    assert_eq!((&taken.json["change"], taken.text("/way")), (&dong(26_000), "CASH"));
    assert_eq!(taken.text("/receipts/0/number"), "0000001");
    assert_eq!(till.status(&order).await, "PAID");
    let settled = till.installation.sent::<PaymentSettled>("payments").await;
    assert_eq!(settled.iter().map(|it| (it.amount.dong(), &*it.provider)).collect::<Vec<_>>(), [(TOTAL, "cash")]);
    let cash = "transfers t join ledger_accounts a on a.id = t.debit where a.kind = 'CASH' and a.owner = 'H44.100'";
    assert_eq!(count(&till.installation, &format!("{cash} and t.purpose = 'CAPTURE'")).await, 1);
    let shift = till.auditor.call("payments", Method::GET, &till.shift).send().await.expect(200);
    assert_eq!((&shift.json["in_drawer"], shift.text("/takings/0/order_id")), (&dong(524_000), &*order));
    assert_sound(&till.installation).await;
}

#[tokio::test]
async fn a_card_at_the_terminal_takes_what_is_due_and_nothing_goes_into_the_drawer() {
    let till = Till::open().await;
    let order = till.owed().await;
    let card = |received, slip: Value| json!({"order_id": order, "way": "CARD_TERMINAL", "received": dong(received), "slip": slip});
    let more = till.take_by(&till.cashier, &card(TOTAL + 1, json!("000123"))).await.expect(400);
    assert_eq!(more.text("/errors/0/pointer"), "/received");
    let bare = till.take_by(&till.cashier, &card(TOTAL, Value::Null)).await.expect(400);
    assert_eq!(bare.text("/errors/0/pointer"), "/slip");
    let taken = till.take_by(&till.cashier, &card(TOTAL, json!("000123"))).await.expect(201);
    assert_eq!(taken.text("/slip"), "000123");
    let closed = till.close(500_000, None).await.expect(200);
    assert_eq!(closed.json["expected"], dong(500_000));
    let online =
        till.take_by(&till.cashier, &json!({"order_id": order, "way": "VNPAY", "received": dong(TOTAL)})).await;
    assert_eq!(online.expect(400).text("/errors/0/pointer"), "/way");
    assert_sound(&till.installation).await;
}

#[tokio::test]
async fn a_double_click_at_the_till_takes_once() {
    let till = Till::open().await;
    let order = till.owed().await;
    let clicks = join_all((0..8).map(|_| till.take(&order, TOTAL))).await;
    assert_eq!(clicks.iter().filter(|click| click.status == 201).count(), 1);
    for click in clicks.iter().filter(|click| click.status != 201) {
        assert_eq!(click.text("/code"), "already-paid");
    }
    let body = json!({"order_id": till.owed().await, "way": "CASH", "received": dong(TOTAL)});
    let path = format!("{}/takings", till.shift);
    let click = || till.cashier.call("payments", Method::POST, &path).key("one").json(&body).send();
    let [first, second] = [click().await.expect(201), click().await.expect(201)];
    assert_eq!(first.text("/id"), second.text("/id"), "the same key, the same answer");
    assert_eq!(count(&till.installation, "takings").await, 2);
    assert_sound(&till.installation).await;
}

#[tokio::test]
async fn money_that_comes_online_after_cash_is_owed_back_and_so_are_two_ways_at_once() {
    let till = Till::open().await;
    let order = till.owed().await;
    let reference = begin(&till.an, &format!("/api/v1/payment-orders/{order}")).await;
    till.take(&order, TOTAL).await.expect(201);
    assert_eq!(Notice::paid(&reference).send(&till.installation).await, "00");
    let noticed = till.installation.sent::<MoneyNoticed>("payments").await;
    assert_eq!(noticed.iter().map(|it| it.notice).collect::<Vec<_>>(), [MoneyNotice::OwedBack]);
    assert_sound(&till.installation).await;
}

#[tokio::test]
async fn what_was_taken_wrongly_goes_back_with_a_reason_and_the_order_is_due_and_can_be_paid_again() {
    let till = Till::open().await;
    let order = till.owed().await;
    let taken = till.take(&order, TOTAL).await.expect(201);
    let path = format!("/api/v1/takings/{}/reversal", taken.text("/id"));
    let reason = json!({"reason": "Thu nhầm hồ sơ của người khác."});
    let reversed = post(&till.cashier, &path, &reason).await.expect(200);
    assert_eq!(reversed.text("/reversal_reason"), "Thu nhầm hồ sơ của người khác.");
    assert_eq!(reversed.text("/receipts/0/state"), "CANCELLED");
    assert_eq!(till.status(&order).await, "DUE");
    let again = post(&till.cashier, &path, &reason).await.expect(409);
    assert_eq!(again.text("/code"), "taking-final");
    assert_sound(&till.installation).await;
    let told = till.installation.sent::<OrderMoved>("payments").await;
    assert!(told.last().is_some_and(|told| told.state == OrderState::Due && told.paid.is_zero()));
    let noticed = till.installation.sent::<PaymentNoticed>("payments").await;
    let noticed: Vec<_> = noticed.iter().map(|it| it.notice).collect();
    assert_eq!(noticed, [PaymentNotice::TakenBack]);
    let second = till.take(&order, TOTAL).await.expect(201);
    assert_eq!(second.text("/receipts/0/number"), "0000002");
    assert_eq!(till.status(&order).await, "PAID");
    let closed = till.close(524_000, None).await.expect(200);
    assert_eq!(closed.json["counted"], dong(524_000));
    let path = format!("/api/v1/takings/{}/reversal", second.text("/id"));
    let late = post(&till.cashier, &path, &reason).await.expect(409);
    assert_eq!(late.text("/code"), "shift-not-open");
    assert_sound(&till.installation).await;
}

#[tokio::test]
async fn what_goes_back_otherwise_or_is_of_a_dossier_that_ended_is_not_reversed() {
    let till = Till::open().await;
    let fee = copies(till.an.party());
    let order = open(&till.installation, &till.an, &fee).await.rsplit('/').next().unwrap().to_owned();
    let taken = till.take(&order, TOTAL).await.expect(201);
    till.installation.publish("submissions", &moved(&fee, 2, DossierStatus::Withdrawn)).await;
    let ended = "orders where dossier_end is not null";
    eventually(|| async { (count(&till.installation, ended).await == 1).then_some(()) }).await;
    let path = format!("/api/v1/takings/{}/reversal", taken.text("/id"));
    let reason = json!({"reason": "Thu nhầm hồ sơ của người khác."});
    assert_eq!(post(&till.cashier, &path, &reason).await.expect(409).text("/code"), "taking-final");
    let ask = |way: &str| {
        json!({
            "attempt_id": taken.text("/id"), "amount": dong(TOTAL), "refund_amount_available": dong(TOTAL),
            "cause": "WITHDRAWN", "way": way, "reason": "Người nộp đã rút hồ sơ.",
        })
    };
    let online = post(&till.cashier, &format!("{AGENCY}/refunds"), &ask("PROVIDER")).await.expect(409);
    assert_eq!(online.text("/code"), "refund-way-not-possible");
    post(&till.cashier, &format!("{AGENCY}/refunds"), &ask("BY_HAND")).await.expect(201);
    let elsewhere = till.installation.official(&[("H44.101", OfficialRole::Cashier)]);
    assert_eq!(post(&elsewhere, &path, &reason).await.expect(404).text("/code"), "taking-not-found");
    assert_sound(&till.installation).await;
}

#[tokio::test]
async fn a_difference_is_said_and_explained_and_never_made_to_fit() {
    let till = Till::open().await;
    till.take(&till.owed().await, TOTAL).await.expect(201);
    let short = till.close(523_000, None).await.expect(409);
    assert_eq!(short.text("/code"), "shift-difference-unexplained");
    let closed = till.close(523_000, Some("Trả nhầm tiền thừa.")).await.expect(200);
    assert_eq!((&closed.json["counted"], &closed.json["expected"]), (&dong(523_000), &dong(524_000)));
    assert_eq!(till.close(1, None).await.expect(409).text("/code"), "shift-not-open");
    assert_eq!(till.take(&till.owed().await, TOTAL).await.expect(409).text("/code"), "shift-not-open");
    let list = till.auditor.call("payments", Method::GET, &format!("{AGENCY}/shifts")).send().await.expect(200);
    assert_eq!(list.text("/items/0/difference_reason"), "Trả nhầm tiền thừa.");
    assert_sound(&till.installation).await;
}

#[tokio::test]
async fn a_cashier_has_one_open_shift_and_so_has_a_till_and_it_is_hers_alone() {
    let till = Till::open().await;
    let other = till.installation.official(&[("H44.100", OfficialRole::Cashier)]);
    let elsewhere = till.installation.official(&[("H44.101", OfficialRole::Cashier)]);
    for (who, name) in [(&till.cashier, "Quầy 2"), (&other, "Quầy 1")] {
        assert_eq!(till.open_shift(who, name).await.expect(409).text("/code"), "shift-open-already");
    }
    till.open_shift(&other, "Quầy 2").await.expect(201);
    assert_eq!(till.open_shift(&elsewhere, "Quầy 1").await.expect(404).text("/code"), "agency-not-found");
    let body = json!({"order_id": till.owed().await, "way": "CASH", "received": dong(TOTAL)});
    assert_eq!(till.take_by(&other, &body).await.expect(409).text("/code"), "shift-not-open");
    assert_eq!(till.take_by(&elsewhere, &body).await.expect(404).text("/code"), "shift-not-found");
    let close = json!({"counted": dong(0)});
    let closed = post(&elsewhere, &format!("{}/closure", till.shift), &close).await.expect(404);
    assert_eq!(closed.text("/code"), "shift-not-found");
    let read = elsewhere.call("payments", Method::GET, &till.shift).send().await.expect(404);
    assert_eq!(read.text("/code"), "shift-not-found");
    let list = elsewhere.call("payments", Method::GET, &format!("{AGENCY}/shifts")).send().await.expect(404);
    assert_eq!(list.text("/code"), "agency-not-found");
    assert_eq!(till.find(&elsewhere, PHONE).await.expect(404).text("/code"), "agency-not-found");
    let _ = post(&till.auditor, &format!("{}/takings", till.shift), &body).await.expect(403);
}

#[tokio::test]
async fn orders_that_take_no_money_take_none_at_the_counter_either() {
    let till = Till::open().await;
    let unknown = till.take(&Uuid::new_v4().to_string(), TOTAL).await.expect(404);
    assert_eq!(unknown.text("/code"), "payment-order-not-found");
    let order = till.owed().await;
    let little = till.take(&order, TOTAL - 1).await.expect(400);
    assert_eq!(little.text("/errors/0/pointer"), "/received");
    let conn = &mut till.installation.database("payments").await;
    conn.batch_execute("update orders set due_at = created_at - interval '1 day'").await.unwrap();
    assert_eq!(till.take(&order, TOTAL).await.expect(409).text("/code"), "payment-overdue");
    for (status, code) in [("CANCELLED", "payment-order-cancelled"), ("WAIVED", "payment-order-closed")] {
        conn.batch_execute(&format!(
            "update orders set status = '{status}', waived = case '{status}' when 'WAIVED' then total else 0 end"
        ))
        .await
        .unwrap();
        assert_eq!(till.take(&order, TOTAL).await.expect(409).text("/code"), code);
    }
    let path = format!("/api/v1/payment-orders/{}/attempts", till.owed().await);
    let online = post(&till.an, &path, &json!({"provider": "CASH"})).await.expect(422);
    assert_eq!(online.text("/code"), "payment-only-at-counter");
}

#[tokio::test]
async fn an_order_is_found_by_the_dossiers_code_and_by_the_payers_phone() {
    let till = Till::open().await;
    let order = till.owed().await;
    till.take(&order, TOTAL).await.expect(201);
    for q in ["H44.100-260721-0001", "h44.100-260721-0001", PHONE, "+84912345678"] {
        let found = till.find(&till.cashier, &q.replace('+', "%2B")).await.expect(200);
        assert_eq!((found.text("/items/0/id"), found.text("/items/0/payer_name")), (&*order, "Nguyễn Văn An"), "{q}");
        assert_eq!(found.text("/items/0/receipts/0/state"), "ISSUED");
    }
    assert_eq!(till.find(&till.cashier, "0987654321").await.expect(200).json["items"], json!([]));
    let neither = till.find(&till.cashier, "An").await.expect(400);
    assert_eq!(neither.text("/errors/0/pointer"), "/q");
    let own = till.an.call("payments", Method::GET, "/api/v1/payment-orders").send().await.expect(200);
    assert_eq!((own.text("/items/0/id"), own.text("/items/0/status")), (&*order, "PAID"));
    let nobodys =
        till.installation.citizen("Bình").call("payments", Method::GET, "/api/v1/payment-orders").send().await;
    assert_eq!(nobodys.expect(200).json["items"], json!([]));
}

#[tokio::test]
async fn a_shift_that_is_left_open_is_told_once() {
    let till = Till::open().await;
    till.take(&till.owed().await, TOTAL).await.expect(201);
    let told = async || {
        let told = till.installation.sent::<MoneyNoticed>("payments").await;
        told.iter().map(|it| (it.notice, it.amount.dong(), it.official_id)).collect::<Vec<_>>()
    };
    let expected = [(MoneyNotice::ShiftOpen, 524_000, Some(till.cashier.id))];
    eventually(|| async {
        till.installation.clock.advance(TimeDelta::hours(1));
        (told().await == expected).then_some(())
    })
    .await;
    till.installation.clock.advance(TimeDelta::days(1));
    assert_eq!(told().await, expected);
    assert_sound(&till.installation).await;
}
