//! A payer is freed from a fee or a part of it: asked with reason and proof, approved where the rule says so, seen by everybody.

use chrono::TimeDelta;
use civic::{
    OfficialRole, Vnd,
    events::{
        DossierFeeDue, MoneyNotice, MoneyNoticed, OrderMoved, OrderState, PaymentNotice, PaymentNoticed, PaymentSettled,
    },
};
use serde_json::{Value, json};
use testkit::{Installation, Method, TestCaller, TestResponse};
use uuid::Uuid;

use crate::{
    database::{assert_sound, count},
    fees::{TOTAL, begin, copies, open, owed},
    provider::Notice,
    till::{Till, dong, post},
};

const AGENCY: &str = "/api/v1/agencies/H44.100";
const PART: i64 = 10_000;

struct Scene {
    installation: Installation,
    an: TestCaller,
    cashier: TestCaller,
    approver: TestCaller,
    /// The path of the order.
    order: String,
}

impl Scene {
    async fn set() -> Self {
        Self::with_limit("500000").await
    }

    async fn with_limit(limit: &str) -> Self {
        let flags = ["--waiver-approval-above", limit];
        let installation = Installation::start_with([payments::service()], &[("payments", &flags)]).await;
        let an = installation.citizen("Nguyễn Văn An");
        let at = |role| installation.official(&[("H44.100", role)]);
        let (cashier, approver) = (at(OfficialRole::Cashier), at(OfficialRole::Approver));
        let order = owed(&installation, &an).await;
        Self { an, cashier, approver, order, installation }
    }

    async fn ask(&self, amount: i64, left: i64) -> TestResponse {
        post(&self.cashier, &format!("{AGENCY}/waivers"), &wish(&self.order, amount, left)).await
    }

    async fn view(&self) -> TestResponse {
        self.an.call("payments", Method::GET, &self.order).send().await.expect(200)
    }

    async fn decide(&self, by: &TestCaller, waiver: &TestResponse, operation: &str) -> TestResponse {
        let body = match operation {
            "refusal" => json!({"reason": "Giấy chứng nhận đã hết hạn."}),
            _ => json!({}),
        };
        post(by, &format!("/api/v1/waivers/{}/{operation}", waiver.text("/id")), &body).await
    }

    /// What the payer was told, with the amounts.
    async fn noticed(&self) -> Vec<(PaymentNotice, i64)> {
        let told = self.installation.sent::<PaymentNoticed>("payments").await;
        told.iter().map(|it| (it.notice, it.amount.map_or(0, Vnd::dong))).collect()
    }

    async fn told(&self) -> OrderMoved {
        self.installation.sent::<OrderMoved>("payments").await.pop().expect("something")
    }
}

fn wish(order: &str, amount: i64, left: i64) -> Value {
    json!({
        "order_id": order.rsplit('/').next().unwrap(), "class": "POOR_HOUSEHOLD",
        "legal_basis": "Điều 10 Luật Phí và lệ phí 2015", "amount": dong(amount), "left": dong(left),
        "proof": "Giấy chứng nhận hộ nghèo số 12/GCN-HN ngày 05/01/2026, UBND phường Hồng Hà",
    })
}

#[tokio::test]
async fn a_fee_that_is_waived_is_owed_no_more_and_everybody_is_told() {
    let scene = Scene::set().await;
    let waived = scene.ask(TOTAL, TOTAL).await.expect(201);
    assert_eq!((waived.text("/state"), &waived.json["decided_by"]), ("APPROVED", &Value::Null));
    assert!(waived.json["decided_at"].is_string());
    let view = scene.view().await;
    assert_eq!(view.text("/status"), "WAIVED");
    assert_eq!((&view.json["waived"], &view.json["left"], &view.json["paid"]), (&dong(TOTAL), &dong(0), &dong(0)));
    assert_eq!(view.json["total"], dong(TOTAL), "what it would have cost stays visible");
    let seen = &view.json["waivers"][0];
    assert_eq!(
        (&seen["class"], &seen["amount"], &seen["state"]),
        (&json!("POOR_HOUSEHOLD"), &dong(TOTAL), &json!("APPROVED"))
    );
    assert_eq!((&seen["legal_basis"], seen.get("proof")), (&json!("Điều 10 Luật Phí và lệ phí 2015"), None));
    let told = scene.told().await;
    assert_eq!((told.state, told.waived, told.paid), (OrderState::Waived, told.total, Vnd::ZERO));
    assert_eq!(scene.noticed().await, [(PaymentNotice::Waived, TOTAL)]);
    assert_eq!(count(&scene.installation, "order_history where cause = 'WAIVED' and order_to = 'WAIVED'").await, 1);
    assert_eq!(count(&scene.installation, "transfers").await, 0, "no money moves");
    let attempt =
        post(&scene.an, &format!("{}/attempts", scene.order), &json!({"provider": "VNPAY"})).await.expect(409);
    assert_eq!(attempt.text("/code"), "payment-order-closed");
    let again = scene.ask(TOTAL, TOTAL).await.expect(409);
    assert_eq!(again.text("/code"), "waiver-nothing-due");
    assert_sound(&scene.installation).await;
}

#[tokio::test]
async fn of_a_fee_that_is_waived_in_part_the_rest_is_paid() {
    let scene = Scene::set().await;
    scene.ask(PART, TOTAL).await.expect(201);
    let view = scene.view().await;
    assert_eq!((view.text("/status"), &view.json["left"]), ("DUE", &dong(TOTAL - PART)));
    let reference = begin(&scene.an, &scene.order).await;
    assert_eq!(scene.view().await.json["attempts"][0]["amount"], dong(TOTAL - PART));
    let amount = ((TOTAL - PART) * 100).to_string();
    assert_eq!(Notice::paid(&reference).with("vnp_Amount", &amount).send(&scene.installation).await, "00");
    let view = scene.view().await;
    assert_eq!((view.text("/status"), &view.json["paid"]), ("PAID", &dong(TOTAL - PART)));
    let told = scene.told().await;
    assert_eq!((told.state, told.waived.dong(), told.paid.dong()), (OrderState::Paid, PART, TOTAL - PART));
    assert!(told.paid_at.is_some());
    let settled = scene.installation.sent::<PaymentSettled>("payments").await;
    assert!(settled.is_empty(), "whom it is for would miss the rest: the order's state says it all");
    let mine = scene.an.call("payments", Method::GET, "/api/v1/payment-orders").send().await.expect(200);
    assert_eq!((&mine.json["items"][0]["waived"], &mine.json["items"][0]["left"]), (&dong(PART), &dong(0)));
    assert_sound(&scene.installation).await;
}

#[tokio::test]
async fn lines_keep_what_of_the_law_they_are_charged_by() {
    let scene = Scene::set().await;
    let mut fee: DossierFeeDue = copies(scene.an.party());
    fee.lines[0].legal_basis = Some("Thông tư 281/2016/TT-BTC".into());
    let order = open(&scene.installation, &scene.an, &fee).await;
    let view = scene.an.call("payments", Method::GET, &order).send().await.expect(200);
    assert_eq!(view.text("/lines/0/legal_basis"), "Thông tư 281/2016/TT-BTC");
    assert_eq!(view.json["lines"][1].get("legal_basis"), None);
}

#[tokio::test]
async fn above_the_limit_another_official_approves_first_and_is_told() {
    let scene = Scene::with_limit("20000").await;
    let asked = scene.ask(TOTAL, TOTAL).await.expect(201);
    assert_eq!((asked.text("/state"), &asked.json["decided_at"]), ("ASKED", &Value::Null));
    assert_eq!(scene.view().await.text("/status"), "DUE");
    assert!(scene.noticed().await.is_empty());
    let told = scene.installation.sent::<MoneyNoticed>("payments").await;
    let told: Vec<_> = told.iter().map(|it| (it.notice, it.subject_id.to_string(), it.official_id)).collect();
    assert_eq!(told, [(MoneyNotice::WaiverAsked, asked.text("/id").to_owned(), Some(scene.cashier.id))]);
    let waits = scene.ask(PART, TOTAL).await.expect(409);
    assert_eq!(waits.text("/code"), "waiver-waits");
    let own = scene.decide(&scene.cashier, &asked, "approval").await.expect(409);
    assert_eq!(own.text("/code"), "second-official-waives");
    let path = format!("/api/v1/waivers/{}", asked.text("/id"));
    let seen = scene.approver.call("payments", Method::GET, &path).send().await.expect(200);
    let version = seen.header("etag").expect("a version").to_owned();
    let approved = scene.decide(&scene.approver, &asked, "approval").await.expect(200);
    assert_eq!((approved.text("/state"), approved.json["decided_by"].is_string()), ("APPROVED", true));
    let stale = scene.approver.call("payments", Method::POST, &format!("{path}/approval")).header("if-match", &version);
    let _ = stale.key(&Uuid::new_v4().to_string()).json(&json!({})).send().await.expect(412);
    for operation in ["approval", "refusal"] {
        let again = scene.decide(&scene.approver, &asked, operation).await.expect(409);
        assert_eq!(again.text("/code"), "waiver-state-does-not-allow", "{operation}");
    }
    assert_eq!(scene.view().await.text("/status"), "WAIVED");
    assert_eq!(scene.noticed().await, [(PaymentNotice::Waived, TOTAL)]);
    assert_sound(&scene.installation).await;
}

#[tokio::test]
async fn parts_do_not_go_round_the_limit() {
    let scene = Scene::with_limit("15000").await;
    assert_eq!(scene.ask(PART, TOTAL).await.expect(201).text("/state"), "APPROVED");
    let second = scene.ask(PART, TOTAL - PART).await.expect(201);
    assert_eq!(second.text("/state"), "ASKED");
    scene.decide(&scene.approver, &second, "approval").await.expect(200);
    assert_eq!(scene.view().await.json["left"], dong(TOTAL - 2 * PART));
    assert_sound(&scene.installation).await;
}

#[tokio::test]
async fn what_is_turned_down_stays_due_and_can_be_asked_for_again() {
    let scene = Scene::with_limit("0").await;
    let asked = scene.ask(TOTAL, TOTAL).await.expect(201);
    let refused = scene.decide(&scene.approver, &asked, "refusal").await.expect(200);
    assert_eq!((refused.text("/state"), refused.text("/refusal")), ("TURNED_DOWN", "Giấy chứng nhận đã hết hạn."));
    let view = scene.view().await;
    assert_eq!((view.text("/status"), view.text("/waivers/0/state")), ("DUE", "TURNED_DOWN"));
    let again = scene.ask(TOTAL, TOTAL).await.expect(201);
    // Who asked takes it back.
    scene.decide(&scene.cashier, &again, "refusal").await.expect(200);
    let short = json!({"reason": "Sai."});
    let path = format!("/api/v1/waivers/{}/refusal", again.text("/id"));
    assert_eq!(post(&scene.cashier, &path, &short).await.expect(400).text("/errors/0/pointer"), "/reason");
    let list =
        |state: &str| scene.approver.call("payments", Method::GET, &format!("{AGENCY}/waivers?state={state}")).send();
    assert_eq!(list("TURNED_DOWN").await.expect(200).json["items"].as_array().map(Vec::len), Some(2));
    assert_eq!(list("APPROVED").await.expect(200).json["items"], json!([]));
    assert_sound(&scene.installation).await;
}

#[tokio::test]
async fn nothing_is_waived_twice_nor_more_than_is_left_nor_without_reason_and_proof() {
    let scene = Scene::set().await;
    assert_eq!(scene.ask(TOTAL + 1, TOTAL).await.expect(409).text("/code"), "waiver-too-much");
    assert_eq!(scene.ask(PART, TOTAL - 1).await.expect(409).text("/code"), "waiver-left-changed");
    assert_eq!(scene.ask(0, TOTAL).await.expect(400).text("/errors/0/pointer"), "/amount");
    for (member, value) in [("legal_basis", "Luật"), ("proof", "Giấy 12")] {
        let mut wish = wish(&scene.order, PART, TOTAL);
        wish[member] = json!(value);
        let short = post(&scene.cashier, &format!("{AGENCY}/waivers"), &wish).await.expect(400);
        assert_eq!(short.text("/errors/0/pointer"), format!("/{member}"));
    }
    let mut unknown = wish(&scene.order, PART, TOTAL);
    unknown["class"] = json!("FRIEND");
    let _ = post(&scene.cashier, &format!("{AGENCY}/waivers"), &unknown).await.expect(400);
    assert_eq!(count(&scene.installation, "waivers").await, 0);
    let asks = (0..10).map(|_| scene.ask(TOTAL, TOTAL));
    let answers = futures_util::future::join_all(asks).await;
    assert_eq!(answers.iter().filter(|answer| answer.status == 201).count(), 1);
    assert_sound(&scene.installation).await;
}

#[tokio::test]
async fn nothing_is_waived_while_the_payer_is_paying_and_what_comes_late_for_more_is_owed_back() {
    let scene = Scene::with_limit("0").await;
    let asked = scene.ask(PART, TOTAL).await.expect(201);
    let reference = begin(&scene.an, &scene.order).await;
    let paying = scene.decide(&scene.approver, &asked, "approval").await.expect(409);
    assert_eq!(paying.text("/code"), "waiver-while-paying");
    scene.installation.clock.advance(TimeDelta::minutes(15));
    scene.decide(&scene.approver, &asked, "approval").await.expect(200);
    assert_eq!(Notice::paid(&reference).send(&scene.installation).await, "00");
    let view = scene.view().await;
    assert_eq!((view.text("/status"), view.text("/attempts/0/status")), ("DUE", "PAID_AGAIN"));
    assert_eq!((&view.json["owed_back"], &view.json["left"]), (&dong(TOTAL), &dong(TOTAL - PART)));
    assert_eq!(scene.noticed().await, [(PaymentNotice::Waived, PART), (PaymentNotice::MoreThanLeft, TOTAL)]);
    let rest = begin(&scene.an, &scene.order).await;
    let amount = ((TOTAL - PART) * 100).to_string();
    let paid = Notice::paid(&rest).with("vnp_Amount", &amount).with("vnp_TransactionNo", "14226113");
    assert_eq!(paid.send(&scene.installation).await, "00");
    assert_eq!(scene.view().await.text("/status"), "PAID");
    assert_sound(&scene.installation).await;
}

#[tokio::test]
async fn below_the_limit_too_nothing_is_waived_at_once_while_the_payer_is_paying() {
    let scene = Scene::set().await;
    begin(&scene.an, &scene.order).await;
    let paying = scene.ask(PART, TOTAL).await.expect(409);
    assert_eq!(paying.text("/code"), "waiver-while-paying");
    assert_eq!(count(&scene.installation, "waivers").await, 0);
}

#[tokio::test]
async fn what_is_paid_before_its_waiver_is_approved_is_a_refund_instead() {
    let scene = Scene::with_limit("0").await;
    let asked = scene.ask(TOTAL, TOTAL).await.expect(201);
    let reference = begin(&scene.an, &scene.order).await;
    assert_eq!(Notice::paid(&reference).send(&scene.installation).await, "00");
    let late = scene.decide(&scene.approver, &asked, "approval").await.expect(409);
    assert_eq!(late.text("/code"), "waiver-nothing-due");
    scene.decide(&scene.approver, &asked, "refusal").await.expect(200);
    let attempt = scene.view().await.text("/attempts/0/id").to_owned();
    let refund = json!({
        "attempt_id": attempt, "amount": dong(TOTAL), "refund_amount_available": dong(TOTAL), "cause": "EXEMPTED",
        "way": "BY_HAND", "reason": "Người nộp thuộc hộ nghèo.",
    });
    post(&scene.cashier, &format!("{AGENCY}/refunds"), &refund).await.expect(201);
    assert_sound(&scene.installation).await;
}

#[tokio::test]
async fn a_cashier_who_took_money_for_an_order_does_not_waive_it_alone() {
    let till = Till::open().await;
    let order = till.owed().await;
    let taken = till.take(&order, TOTAL).await.expect(201);
    let reason = json!({"reason": "Thu nhầm hồ sơ khác."});
    post(&till.cashier, &format!("/api/v1/takings/{}/reversal", taken.text("/id")), &reason).await.expect(200);
    let asked = post(&till.cashier, &format!("{AGENCY}/waivers"), &wish(&order, PART, TOTAL)).await.expect(201);
    assert_eq!(asked.text("/state"), "ASKED");
    let other = till.installation.official(&[("H44.100", OfficialRole::Cashier)]);
    let path = format!("/api/v1/waivers/{}/approval", asked.text("/id"));
    post(&other, &path, &json!({})).await.expect(200);
    let rest = till.take(&order, TOTAL - PART).await.expect(201);
    assert_eq!((&rest.json["amount"], &rest.json["change"]), (&dong(TOTAL - PART), &dong(0)));
    let receipt = format!("/api/v1/receipts/{}/document", rest.text("/receipts/0/id"));
    let printed = till.an.call("payments", Method::GET, &receipt).send().await.expect(200);
    assert!(printed.bytes.starts_with(b"%PDF"));
    assert_sound(&till.installation).await;
}

#[tokio::test]
async fn nobody_waives_her_own_fee_and_another_agencys_are_not_there() {
    let scene = Scene::with_limit("0").await;
    let own = scene.installation.in_post(scene.an.id, &[("H44.100", OfficialRole::Cashier)]);
    let asks = format!("{AGENCY}/waivers");
    let refused = post(&own, &asks, &wish(&scene.order, PART, TOTAL)).await.expect(409);
    assert_eq!(refused.text("/code"), "own-payment-order");
    let asked = scene.ask(PART, TOTAL).await.expect(201);
    for operation in ["approval", "refusal"] {
        let refused = scene.decide(&own, &asked, operation).await.expect(409);
        assert_eq!(refused.text("/code"), "own-payment-order", "{operation}");
    }
    let elsewhere = scene.installation.official(&[("H44.101", OfficialRole::Cashier)]);
    let refused = post(&elsewhere, &asks, &wish(&scene.order, PART, TOTAL)).await.expect(404);
    assert_eq!(refused.text("/code"), "agency-not-found");
    let list = elsewhere.call("payments", Method::GET, &asks).send().await.expect(404);
    assert_eq!(list.text("/code"), "agency-not-found");
    let there = "/api/v1/agencies/H44.101/waivers";
    let refused = post(&elsewhere, there, &wish(&scene.order, PART, TOTAL)).await.expect(422);
    assert_eq!(refused.text("/code"), "payment-order-unknown");
    let path = format!("/api/v1/waivers/{}", asked.text("/id"));
    let read = elsewhere.call("payments", Method::GET, &path).send().await.expect(404);
    assert_eq!(read.text("/code"), "waiver-not-found");
    for operation in ["approval", "refusal"] {
        let refused = scene.decide(&elsewhere, &asked, operation).await.expect(404);
        assert_eq!(refused.text("/code"), "waiver-not-found", "{operation}");
    }
    for by in [&scene.an, &scene.approver] {
        let _ = post(by, &asks, &wish(&scene.order, PART, TOTAL)).await.expect(403);
    }
    let auditor = scene.installation.official(&[("H44.100", OfficialRole::Auditor)]);
    for operation in ["approval", "refusal"] {
        let _ = scene.decide(&auditor, &asked, operation).await.expect(403);
    }
    let _ = auditor.call("payments", Method::GET, &path).send().await.expect(200);
    for path in [path.as_str(), asks.as_str()] {
        let _ = scene.an.call("payments", Method::GET, path).send().await.expect(403);
    }
}

#[tokio::test]
async fn figures_say_what_was_waived_by_class_and_no_money() {
    let scene = Scene::set().await;
    scene.ask(PART, TOTAL).await.expect(201);
    let day = (scene.installation.clock.now() + TimeDelta::hours(7)).date_naive();
    let path = format!("{AGENCY}/figures?from={day}&until={day}");
    let figures = scene.approver.call("payments", Method::GET, &path).send().await.expect(200);
    assert_eq!(figures.json["waived"], json!([{"class": "POOR_HOUSEHOLD", "waivers": 1, "amount": dong(PART)}]));
    assert_eq!(figures.json["total"], json!([]));
    let payers = format!("{AGENCY}/payers?from={day}&until={day}");
    let payers = scene.approver.call("payments", Method::GET, &payers).send().await.expect(200);
    assert_eq!(payers.json["items"][0]["due"], dong(TOTAL - PART));
}
