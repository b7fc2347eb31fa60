//! A fee is paid in parts, by transfer and at the counter: each part has its receipt, what is left is asked for, and the last part pays.

use chrono::TimeDelta;
use civic::{
    DossierStatus, OfficialRole, Vnd,
    events::{DossierFeeDue, OrderMoved, OrderState, PaymentNotice, PaymentNoticed, PaymentSettled},
};
use serde_json::{Value, json};
use testkit::{Installation, Method, TestCaller, TestResponse, eventually};

use crate::{
    database::{assert_sound, count},
    end_orders::moved,
    fees::{TOTAL, begin, copies, open},
    payers::known,
    provider::Notice,
    till::{dong, post},
    wallets::{BANK_SECRET, Word, contracts, credit},
};

const AGENCY: &str = "/api/v1/agencies/H44.100";
const CODE: &str = "H44.100-260721-0001";
const PART: i64 = 10_000;
const REST: i64 = TOTAL - PART;

struct Scene {
    installation: Installation,
    an: TestCaller,
    cashier: TestCaller,
    approver: TestCaller,
    fee: DossierFeeDue,
    /// The path of the order.
    order: String,
    /// The path of an open shift.
    shift: String,
}

impl Scene {
    async fn set() -> Self {
        Self::with(&[]).await
    }

    async fn with(more: &[&str]) -> Self {
        let flags = [contracts("http://127.0.0.1:1"), more.to_vec()].concat();
        let installation = Installation::start_with([payments::service()], &[("payments", &flags)]).await;
        let an = installation.citizen("Nguyễn Văn An");
        known(&installation, &an, "Nguyễn Văn An").await;
        let at = |role| installation.official(&[("H44.100", role)]);
        let (cashier, approver) = (at(OfficialRole::Cashier), at(OfficialRole::Approver));
        let fee = copies(an.party());
        let order = open(&installation, &an, &fee).await;
        let opening = json!({"till": "Quầy 1", "opening": dong(500_000)});
        let shift = post(&cashier, &format!("{AGENCY}/shifts"), &opening).await.expect(201);
        let shift = format!("/api/v1/shifts/{}", shift.text("/id"));
        Self { an, cashier, approver, fee, order, shift, installation }
    }

    async fn transfer(&self, amount: i64, number: u64) {
        let word = Word { amount, ..Word::paid("", CODE, number) };
        let told = crate::wallets::post(&self.installation, "vietqr", &credit(&word, BANK_SECRET)).await;
        assert_eq!(told.status, 200);
    }

    async fn take(&self, amount: Option<i64>, received: i64) -> TestResponse {
        let mut body = json!({"order_id": self.fee.order_id, "way": "CASH", "received": dong(received)});
        if let Some(amount) = amount {
            body["amount"] = dong(amount);
        }
        post(&self.cashier, &format!("{}/takings", self.shift), &body).await
    }

    async fn reverse(&self, taking: &TestResponse) -> TestResponse {
        let reason = json!({"reason": "Thu nhầm hồ sơ khác."});
        post(&self.cashier, &format!("/api/v1/takings/{}/reversal", taking.text("/id")), &reason).await
    }

    async fn view(&self) -> TestResponse {
        self.an.call("payments", Method::GET, &self.order).send().await.expect(200)
    }

    /// Where the order stands, what is paid and what is left.
    async fn stands(&self) -> (String, i64, i64) {
        let view = self.view().await;
        let amount = |name: &str| view.json[name]["amount"].as_i64().expect("an amount");
        (view.text("/status").to_owned(), amount("paid"), amount("left"))
    }

    /// What the payer was told, but for receipts, which come a moment later.
    async fn noticed(&self) -> Vec<(PaymentNotice, i64)> {
        let told = self.installation.sent::<PaymentNoticed>("payments").await;
        let told = told.iter().filter(|it| it.notice != PaymentNotice::Receipt);
        told.map(|it| (it.notice, it.amount.map_or(0, Vnd::dong))).collect()
    }

    async fn receipts(&self) -> Vec<Value> {
        let list = self.an.call("payments", Method::GET, "/api/v1/receipts").send().await.expect(200);
        list.json["items"].as_array().expect("receipts").clone()
    }
}

fn stands(status: &str, paid: i64, left: i64) -> (String, i64, i64) {
    (status.to_owned(), paid, left)
}

#[tokio::test]
async fn two_transfers_pay_a_fee_and_between_them_the_code_asks_for_the_rest() {
    let scene = Scene::set().await;
    scene.transfer(PART, 7).await;
    assert_eq!(scene.stands().await, stands("PART_PAID", PART, REST));
    assert_eq!(scene.noticed().await, [(PaymentNotice::PartPaid, REST)]);
    let told = scene.installation.sent::<OrderMoved>("payments").await.pop().expect("something");
    assert_eq!((told.state, told.paid.dong(), told.paid_at), (OrderState::PartPaid, PART, None));
    let begun = post(&scene.an, &format!("{}/attempts", scene.order), &json!({"provider": "VIETQR"})).await.expect(201);
    assert!(begun.text("/transfer/text").contains("540514000"), "{}", begun.text("/transfer/text"));
    scene.transfer(REST, 8).await;
    assert_eq!(scene.stands().await, stands("PAID", TOTAL, 0));
    let told = scene.installation.sent::<OrderMoved>("payments").await.pop().expect("something");
    assert_eq!((told.state, told.paid, told.paid_at.is_some()), (OrderState::Paid, told.total, true));
    assert!(scene.installation.sent::<PaymentSettled>("payments").await.is_empty(), "no payment paid it whole");
    let receipts = eventually(|| async {
        scene.installation.clock.advance(TimeDelta::minutes(1));
        let receipts = scene.receipts().await;
        (receipts.len() == 2).then_some(receipts)
    });
    let mut amounts: Vec<_> = receipts.await.iter().map(|it| it["amount"]["amount"].as_i64()).collect();
    amounts.sort();
    assert_eq!(amounts, [Some(PART), Some(REST)]);
    assert_eq!(count(&scene.installation, "transfers where purpose = 'CAPTURE'").await, 2);
    assert_sound(&scene.installation).await;
}

#[tokio::test]
async fn a_part_at_the_counter_has_its_receipt_and_the_rest_is_paid_online() {
    let scene = Scene::set().await;
    let taken = scene.take(Some(PART), 20_000).await.expect(201);
    assert_eq!((&taken.json["amount"], &taken.json["change"]), (&dong(PART), &dong(20_000 - PART)));
    assert_eq!(taken.json["receipts"][0]["amount"], dong(PART));
    let receipt = format!("/api/v1/receipts/{}/document", taken.text("/receipts/0/id"));
    let printed = scene.an.call("payments", Method::GET, &receipt).send().await.expect(200);
    assert!(printed.bytes.starts_with(b"%PDF"));
    assert_eq!(scene.stands().await, stands("PART_PAID", PART, REST));
    let reference = begin(&scene.an, &scene.order).await;
    let rest = (REST * 100).to_string();
    assert_eq!(Notice::paid(&reference).send(&scene.installation).await, "04", "another amount than the attempt's");
    assert_eq!(Notice::paid(&reference).with("vnp_Amount", &rest).send(&scene.installation).await, "00");
    assert_eq!(scene.stands().await, stands("PAID", TOTAL, 0));
    assert_sound(&scene.installation).await;
}

#[tokio::test]
async fn what_comes_for_more_than_is_left_is_owed_back_and_the_rest_is_still_asked_for() {
    let scene = Scene::set().await;
    let reference = begin(&scene.an, &scene.order).await;
    scene.transfer(PART, 7).await;
    assert_eq!(Notice::paid(&reference).send(&scene.installation).await, "00");
    assert_eq!(scene.stands().await, stands("PART_PAID", PART, REST));
    assert_eq!(scene.view().await.json["owed_back"], dong(TOTAL));
    assert_eq!(scene.noticed().await, [(PaymentNotice::PartPaid, REST), (PaymentNotice::MoreThanLeft, TOTAL)]);
    let owed = scene.cashier.call("payments", Method::GET, &format!("{AGENCY}/owed-back")).send().await.expect(200);
    assert_eq!((owed.text("/items/0/cause"), &owed.json["items"][1]), ("PAID_AGAIN", &Value::Null));
    scene.take(None, REST).await.expect(201);
    assert_eq!(scene.stands().await, stands("PAID", TOTAL, 0));
    assert_sound(&scene.installation).await;
}

#[tokio::test]
async fn where_parts_are_not_taken_less_than_is_due_waits_for_officials_or_is_refused() {
    let scene = Scene::with(&["--part-payments", "false"]).await;
    scene.transfer(PART, 7).await;
    assert_eq!(scene.stands().await, stands("DUE", 0, TOTAL));
    let waits = scene.cashier.call("payments", Method::GET, &format!("{AGENCY}/bank-credits")).send().await.expect(200);
    assert_eq!(waits.text("/items/0/state"), "FOR_PERSON");
    let id = waits.text("/items/0/id");
    let body = json!({"code": CODE, "proof": "Sao kê dòng 14"});
    let unfit = post(&scene.cashier, &format!("/api/v1/bank-credits/{id}/proposal"), &body).await.expect(409);
    assert_eq!(unfit.text("/code"), "bank-credit-does-not-fit");
    let refused = scene.take(Some(PART), PART).await.expect(400);
    assert_eq!(refused.text("/errors/0/pointer"), "/amount");
    assert_sound(&scene.installation).await;
}

#[tokio::test]
async fn a_part_is_more_than_nothing_and_no_more_than_what_is_left() {
    let scene = Scene::set().await;
    for amount in [0, TOTAL + 1] {
        let refused = scene.take(Some(amount), TOTAL + 1).await.expect(400);
        assert_eq!(refused.text("/errors/0/pointer"), "/amount", "{amount}");
    }
    let little = scene.take(Some(PART), PART - 1).await.expect(400);
    assert_eq!(little.text("/errors/0/pointer"), "/received");
    assert_eq!(count(&scene.installation, "attempts").await, 0);
}

#[tokio::test]
async fn what_was_paid_in_part_for_a_dossier_that_ended_goes_back_and_nothing_more_is_taken() {
    let scene = Scene::set().await;
    scene.transfer(PART, 7).await;
    scene.installation.publish("submissions", &moved(&scene.fee, 2, DossierStatus::Withdrawn)).await;
    let ended = "orders where dossier_end = 'WITHDRAWN' and status = 'PART_PAID'";
    eventually(|| async { (count(&scene.installation, ended).await == 1).then_some(()) }).await;
    assert_eq!(scene.stands().await, stands("PART_PAID", PART, 0));
    let attempt =
        post(&scene.an, &format!("{}/attempts", scene.order), &json!({"provider": "VNPAY"})).await.expect(409);
    assert_eq!(attempt.text("/code"), "payment-order-cancelled");
    assert_eq!(scene.take(None, REST).await.expect(409).text("/code"), "payment-order-cancelled");
    let owed = scene.cashier.call("payments", Method::GET, &format!("{AGENCY}/owed-back")).send().await.expect(200);
    assert_eq!((owed.text("/items/0/cause"), &owed.json["items"][0]["taken"]), ("WITHDRAWN", &dong(PART)));
    let refund = |amount: i64, left: i64| {
        json!({
            "attempt_id": owed.text("/items/0/attempt_id"), "amount": dong(amount), "refund_amount_available": dong(left),
            "cause": "WITHDRAWN", "way": "BY_HAND", "reason": "Người nộp đã rút hồ sơ.",
        })
    };
    for (amount, left, status) in [(4_000, PART, "PART_PAID"), (PART - 4_000, PART - 4_000, "REFUNDED")] {
        let asked = post(&scene.cashier, &format!("{AGENCY}/refunds"), &refund(amount, left)).await.expect(201);
        assert_eq!(scene.stands().await.0, "REFUNDING");
        let proof = json!({"proof": "UNC 0042/2026"});
        post(&scene.cashier, &format!("/api/v1/refunds/{}/proof", asked.text("/id")), &proof).await.expect(200);
        assert_eq!(scene.stands().await.0, status);
    }
    assert_sound(&scene.installation).await;
}

#[tokio::test]
async fn what_comes_for_a_dossier_that_ended_is_owed_back_beside_the_part_before() {
    let scene = Scene::set().await;
    scene.transfer(PART, 7).await;
    let reference = begin(&scene.an, &scene.order).await;
    scene.installation.publish("submissions", &moved(&scene.fee, 2, DossierStatus::NotReceived)).await;
    let ended = "orders where dossier_end is not null";
    eventually(|| async { (count(&scene.installation, ended).await == 1).then_some(()) }).await;
    let rest = (REST * 100).to_string();
    assert_eq!(Notice::paid(&reference).with("vnp_Amount", &rest).send(&scene.installation).await, "00");
    assert_eq!(scene.stands().await, stands("PART_PAID", PART, 0));
    assert_eq!(scene.view().await.json["owed_back"], dong(REST));
    assert_sound(&scene.installation).await;
}

#[tokio::test]
async fn a_part_that_was_taken_wrongly_is_taken_back_alone() {
    let scene = Scene::set().await;
    let first = scene.take(Some(PART), PART).await.expect(201);
    let second = scene.take(None, REST).await.expect(201);
    assert_eq!(scene.stands().await, stands("PAID", TOTAL, 0));
    scene.reverse(&first).await.expect(200);
    assert_eq!(scene.stands().await, stands("PART_PAID", REST, PART));
    assert_sound(&scene.installation).await;
    scene.reverse(&second).await.expect(200);
    assert_eq!(scene.stands().await, stands("DUE", 0, TOTAL));
    assert_eq!(scene.reverse(&second).await.expect(409).text("/code"), "taking-final");
    scene.take(None, TOTAL).await.expect(201);
    assert_eq!(scene.stands().await, stands("PAID", TOTAL, 0));
    assert_sound(&scene.installation).await;
}

#[tokio::test]
async fn two_officials_book_a_part_that_the_bank_did_not_tell_of() {
    let scene = Scene::set().await;
    let seen = json!({
        "bank": "970415", "transaction_id": "FT808", "amount": dong(PART), "booked_at": "2026-07-21T03:15:30Z",
        "code": CODE, "proof": "Sao kê ngày 21/7, dòng 14",
    });
    let noted = post(&scene.cashier, &format!("{AGENCY}/bank-credits"), &seen).await.expect(201);
    let path = format!("/api/v1/bank-credits/{}/confirmation", noted.text("/id"));
    post(&scene.approver, &path, &json!({})).await.expect(200);
    assert_eq!(scene.stands().await, stands("PART_PAID", PART, REST));
    assert_sound(&scene.installation).await;
}

#[tokio::test]
async fn the_rest_is_waived_and_a_waiver_that_is_more_than_the_rest_is_not_approved() {
    let scene = Scene::with(&["--waiver-approval-above", "0"]).await;
    let wish = |amount: i64, left: i64| {
        json!({
            "order_id": scene.fee.order_id, "class": "DISABLED", "legal_basis": "Điều 10 Luật Phí và lệ phí 2015",
            "proof": "Giấy xác nhận khuyết tật số 12 ngày 05/01/2026", "amount": dong(amount), "left": dong(left),
        })
    };
    let waivers = format!("{AGENCY}/waivers");
    let much = post(&scene.cashier, &waivers, &wish(TOTAL, TOTAL)).await.expect(201);
    scene.transfer(PART, 7).await;
    let path = |waiver: &TestResponse, operation: &str| format!("/api/v1/waivers/{}/{operation}", waiver.text("/id"));
    let refused = post(&scene.approver, &path(&much, "approval"), &json!({})).await.expect(409);
    assert_eq!(refused.text("/code"), "waiver-too-much");
    let reason = json!({"reason": "Đã nộp một phần."});
    post(&scene.approver, &path(&much, "refusal"), &reason).await.expect(200);
    let rest = post(&scene.cashier, &waivers, &wish(REST, REST)).await.expect(201);
    post(&scene.approver, &path(&rest, "approval"), &json!({})).await.expect(200);
    assert_eq!(scene.stands().await, stands("PAID", PART, 0));
    let told = scene.installation.sent::<OrderMoved>("payments").await.pop().expect("something");
    assert_eq!((told.state, told.paid.dong(), told.waived.dong()), (OrderState::Paid, PART, REST));
    assert!(told.paid_at.is_some(), "since the part that was paid");
    assert_sound(&scene.installation).await;
}
