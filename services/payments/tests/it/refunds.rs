//! Money goes back: asked, approved, sent once, followed until it is back, and never more than was taken.

use chrono::TimeDelta;
use civic::{
    DossierStatus, OfficialRole, Vnd,
    events::{
        DossierFeeDue, DossierMoved, MoneyNotice, MoneyNoticed, OrderMoved, OrderState, PaymentNotice, PaymentNoticed,
    },
};
use futures_util::future::join_all;
use serde_json::{Value, json};
use testkit::{Installation, Method, TestCaller, TestResponse, eventually};
use uuid::Uuid;

use crate::{
    database::{assert_sound, count},
    end_orders::moved,
    fees::{TOTAL, begin, begin_another, copies, open},
    provider::{Notice, SECRET, hash},
    refund_desk::{Desk, Mood},
};

const AGENCY: &str = "/api/v1/agencies/H44.100";

struct Scene {
    installation: Installation,
    desk: Desk,
    an: TestCaller,
    cashier: TestCaller,
    approver: TestCaller,
    order: String,
    fee: Option<DossierFeeDue>,
}

impl Scene {
    async fn set(mood: Mood) -> Self {
        Self::with_limit(mood, "500000").await
    }

    async fn with_limit(mood: Mood, limit: &str) -> Self {
        let desk = Desk::open(mood);
        let flags = ["--vnpay-api-url", &desk.url, "--refund-approval-above", limit];
        let installation = Installation::start_with([payments::service()], &[("payments", &flags)]).await;
        let an = installation.citizen("Nguyễn Văn An");
        let at = |role| installation.official(&[("H44.100", role)]);
        let (cashier, approver) = (at(OfficialRole::Cashier), at(OfficialRole::Approver));
        Self { desk, an, cashier, approver, order: String::new(), fee: None, installation }
    }

    /// A fee that is paid by one attempt, whose dossier then stands so.
    async fn paid(mut self, status: DossierStatus) -> (Self, String) {
        let fee = copies(self.an.party());
        self.order = open(&self.installation, &self.an, &fee).await;
        let reference = begin(&self.an, &self.order).await;
        assert_eq!(Notice::paid(&reference).send(&self.installation).await, "00");
        self.installation.publish("submissions", &moved(&fee, 2, status)).await;
        let ended = format!("orders where dossier_end = '{status}'");
        eventually(|| async { (count(&self.installation, &ended).await == 1).then_some(()) }).await;
        let attempt = self.view().await.json["attempts"][0]["id"].as_str().unwrap().to_owned();
        self.fee = Some(fee);
        (self, attempt)
    }

    /// The dossier goes on to this status, which is no end of it.
    async fn stands(&self, status: DossierStatus, was_decided: bool) {
        let moved = moved(self.fee.as_ref().unwrap(), 3, status);
        let decided_at = was_decided.then_some(moved.status_since);
        self.installation.publish("submissions", &DossierMoved { decided_at, ..moved }).await;
        let none_ended = || async { count(&self.installation, "orders where dossier_end is not null").await == 0 };
        eventually(|| async { none_ended().await.then_some(()) }).await;
    }

    async fn view(&self) -> TestResponse {
        self.an.call("payments", Method::GET, &self.order).send().await.expect(200)
    }

    async fn ask(&self, attempt: &str, amount: i64, available: i64, cause: &str, way: &str) -> TestResponse {
        let body = json!({
            "attempt_id": attempt, "amount": dong(amount), "refund_amount_available": dong(available), "cause": cause,
            "way": way, "reason": "Người nộp đã rút hồ sơ.",
        });
        self.post(&self.cashier, &format!("{AGENCY}/refunds"), &body).await
    }

    async fn post(&self, by: &TestCaller, path: &str, body: &Value) -> TestResponse {
        by.call("payments", Method::POST, path).key(&Uuid::new_v4().to_string()).json(body).send().await
    }

    async fn get(&self, path: &str) -> TestResponse {
        self.cashier.call("payments", Method::GET, &format!("{AGENCY}/{path}")).send().await
    }

    /// Lets time pass until the newest refund is in this state.
    async fn becomes(&self, state: &str) {
        eventually(|| async {
            let now = self.get("refunds").await.json["items"][0]["state"].as_str() == Some(state);
            if !now {
                self.installation.clock.advance(TimeDelta::minutes(1));
            }
            now.then_some(())
        })
        .await;
    }
}

fn dong(amount: i64) -> Value {
    json!({"amount": amount, "currency": "VND"})
}

#[tokio::test]
async fn money_for_a_withdrawn_dossier_is_found_sent_once_and_followed_until_it_is_back() {
    let (scene, attempt) = Scene::set(Mood::Takes("05")).await.paid(DossierStatus::Withdrawn).await;
    let owed = scene.get("owed-back").await.expect(200);
    assert_eq!((owed.text("/items/0/attempt_id"), owed.text("/items/0/cause")), (attempt.as_str(), "WITHDRAWN"));
    assert_eq!(owed.json["items"][0]["refund_amount_available"], dong(TOTAL));
    let asked = scene.ask(&attempt, TOTAL, TOTAL, "WITHDRAWN", "PROVIDER").await.expect(201);
    assert_eq!(asked.text("/state"), "APPROVED");
    assert_eq!(scene.view().await.text("/status"), "REFUNDING");
    scene.becomes("SENT").await;
    assert_eq!(scene.get("owed-back").await.json["items"], json!([]));
    assert_sound(&scene.installation).await;
    scene.desk.change(Mood::Takes("06"));
    scene.becomes("DONE").await;
    let view = scene.view().await;
    assert_eq!((view.text("/status"), view.text("/refunds/0/state")), ("REFUNDED", "DONE"));
    assert!(view.json["refunds"][0]["done_at"].is_string());
    let refund = format!("transfers where purpose = 'REFUND' and amount = {TOTAL} and cause_kind = 'REFUND'");
    assert_eq!(count(&scene.installation, &refund).await, 1);
    let told = scene.installation.sent::<OrderMoved>("payments").await;
    assert!(told.last().is_some_and(|told| told.state == OrderState::Refunded && told.refunded == told.paid));
    let noticed = scene.installation.sent::<PaymentNoticed>("payments").await;
    let noticed: Vec<_> = noticed.iter().map(|told| (told.notice, told.amount)).collect();
    assert_eq!(noticed, [(PaymentNotice::Refunded, Some(Vnd::new(TOTAL).unwrap()))]);
    let sent = scene.desk.sent();
    assert_eq!(sent.len(), 1);
    let names = "RequestId Version Command TmnCode TransactionType TxnRef Amount TransactionNo TransactionDate CreateBy \
        CreateDate IpAddr OrderInfo";
    let values: Vec<_> =
        names.split_whitespace().map(|name| sent[0][&format!("vnp_{name}")].as_str().unwrap()).collect();
    assert_eq!((values[4], values[6]), ("02", "2400000"));
    assert_eq!(sent[0]["vnp_SecureHash"], hash(SECRET, &values.join("|")));
    assert_sound(&scene.installation).await;
}

#[tokio::test]
async fn an_answer_that_is_lost_is_asked_for_and_nothing_is_sent_again() {
    let (scene, attempt) = Scene::set(Mood::TakesAndSaysNothing("06")).await.paid(DossierStatus::NotReceived).await;
    scene.ask(&attempt, 10_000, TOTAL, "NOT_RECEIVED", "PROVIDER").await.expect(201);
    scene.becomes("DONE").await;
    assert_eq!(scene.desk.sent().len(), 1);
    assert_eq!(scene.view().await.text("/status"), "PAID", "a part went back");
    assert_sound(&scene.installation).await;
}

#[tokio::test]
async fn what_the_provider_never_tells_is_left_to_another_official() {
    let (scene, attempt) = Scene::set(Mood::IsAway).await.paid(DossierStatus::Stopped).await;
    let asked = scene.ask(&attempt, TOTAL, TOTAL, "STOPPED", "PROVIDER").await.expect(201);
    let path = format!("/api/v1/refunds/{}", asked.text("/id"));
    scene.post(&scene.approver, &format!("{path}/approval"), &json!({})).await.expect(200);
    scene.becomes("UNKNOWN").await;
    let reason = json!({"reason": "VNPAY không có khoản hoàn trả này."});
    let own = scene.post(&scene.cashier, &format!("{path}/refusal"), &reason).await.expect(409);
    assert_eq!(own.text("/code"), "second-official-needed");
    let own = scene.post(&scene.cashier, &format!("{path}/proof"), &json!({"proof": "UNC 0042"})).await.expect(409);
    assert_eq!(own.text("/code"), "second-official-needed");
    scene.post(&scene.approver, &format!("{path}/refusal"), &reason).await.expect(200);
    assert_eq!(scene.view().await.text("/status"), "PAID");
    assert_eq!(scene.desk.sent().len(), 1);
    scene.ask(&attempt, TOTAL, TOTAL, "STOPPED", "BY_HAND").await.expect(201);
    assert_sound(&scene.installation).await;
}

#[tokio::test]
async fn what_the_provider_refuses_can_be_given_back_by_hand_with_proof() {
    let (scene, attempt) = Scene::set(Mood::Refuses("95")).await.paid(DossierStatus::Withdrawn).await;
    scene.ask(&attempt, TOTAL, TOTAL, "WITHDRAWN", "PROVIDER").await.expect(201);
    scene.becomes("FAILED").await;
    assert_eq!(scene.view().await.text("/status"), "PAID");
    let by_hand = scene.ask(&attempt, TOTAL, TOTAL, "WITHDRAWN", "BY_HAND").await.expect(201);
    let path = format!("/api/v1/refunds/{}/proof", by_hand.text("/id"));
    let done = scene.post(&scene.cashier, &path, &json!({"proof": "UNC 0042"})).await.expect(200);
    assert_eq!((done.text("/state"), done.text("/proof")), ("DONE", "UNC 0042"));
    let again = scene.post(&scene.cashier, &path, &json!({"proof": "UNC 0043"})).await.expect(409);
    assert_eq!(again.text("/code"), "refund-state-does-not-allow");
    assert_eq!(scene.view().await.text("/status"), "REFUNDED");
    assert_sound(&scene.installation).await;
}

#[tokio::test]
async fn above_the_limit_another_official_approves_first() {
    let (scene, attempt) = Scene::with_limit(Mood::Takes("06"), "20000").await.paid(DossierStatus::Withdrawn).await;
    let asked = scene.ask(&attempt, TOTAL, TOTAL, "WITHDRAWN", "PROVIDER").await.expect(201);
    assert_eq!(asked.text("/state"), "ASKED");
    let path = format!("/api/v1/refunds/{}", asked.text("/id"));
    let own = scene.post(&scene.cashier, &format!("{path}/approval"), &json!({})).await.expect(409);
    assert_eq!(own.text("/code"), "second-official-needed");
    let early = scene.post(&scene.cashier, &format!("{path}/proof"), &json!({"proof": "UNC 0042"})).await.expect(409);
    assert_eq!(early.text("/code"), "refund-state-does-not-allow");
    assert_eq!(scene.desk.sent().len(), 0);
    scene.post(&scene.approver, &format!("{path}/approval"), &json!({})).await.expect(200);
    let again = scene.post(&scene.approver, &format!("{path}/approval"), &json!({})).await.expect(409);
    assert_eq!(again.text("/code"), "refund-state-does-not-allow");
    scene.becomes("DONE").await;
    let reason = json!({"reason": "Đã hoàn trả rồi."});
    let late = scene.post(&scene.approver, &format!("{path}/refusal"), &reason).await.expect(409);
    assert_eq!(late.text("/code"), "refund-state-does-not-allow");
    assert_sound(&scene.installation).await;
}

#[tokio::test]
async fn money_for_a_stopped_dossier_goes_back_when_another_official_says_so_and_not_once_it_has_gone_on() {
    let (scene, attempt) = Scene::set(Mood::Takes("06")).await.paid(DossierStatus::Stopped).await;
    let asked = scene.ask(&attempt, TOTAL, TOTAL, "STOPPED", "PROVIDER").await.expect(201);
    assert_eq!(asked.text("/state"), "ASKED", "it may go on: a second official answers for its not doing so");
    let told = scene.installation.sent::<MoneyNoticed>("payments").await;
    let told: Vec<_> = told.iter().map(|it| (it.notice, it.subject_id.to_string(), it.official_id)).collect();
    let owed = scene.order.rsplit('/').next().unwrap().to_owned();
    let waits = (MoneyNotice::RefundAsked, asked.text("/id").to_owned(), Some(scene.cashier.id));
    assert_eq!(told, [(MoneyNotice::OwedBack, owed, None), waits]);
    scene.stands(DossierStatus::Processing, false).await;
    let path = format!("/api/v1/refunds/{}", asked.text("/id"));
    let late = scene.post(&scene.approver, &format!("{path}/approval"), &json!({})).await.expect(409);
    assert_eq!(late.text("/code"), "refund-cause-does-not-fit");
    let reason = json!({"reason": "Hồ sơ đã được giải quyết tiếp."});
    scene.post(&scene.approver, &format!("{path}/refusal"), &reason).await.expect(200);
    let again = scene.ask(&attempt, TOTAL, TOTAL, "STOPPED", "PROVIDER").await.expect(409);
    assert_eq!(again.text("/code"), "refund-cause-does-not-fit");
    assert_sound(&scene.installation).await;
}

#[tokio::test]
async fn what_was_decided_once_and_is_stopped_while_it_is_corrected_had_what_it_was_paid_for() {
    let (scene, attempt) = Scene::set(Mood::Takes("06")).await.paid(DossierStatus::Stopped).await;
    scene.stands(DossierStatus::Stopped, true).await;
    assert_eq!(scene.get("owed-back").await.json["items"], json!([]));
    let refused = scene.ask(&attempt, TOTAL, TOTAL, "STOPPED", "PROVIDER").await.expect(409);
    assert_eq!(refused.text("/code"), "refund-cause-does-not-fit");
    assert_sound(&scene.installation).await;
}

#[tokio::test]
async fn parts_do_not_go_round_the_limit() {
    let (scene, attempt) = Scene::with_limit(Mood::Takes("06"), "20000").await.paid(DossierStatus::Withdrawn).await;
    let part = TOTAL / 2;
    let first = scene.ask(&attempt, part, TOTAL, "WITHDRAWN", "BY_HAND").await.expect(201);
    let second = scene.ask(&attempt, part, TOTAL - part, "WITHDRAWN", "BY_HAND").await.expect(201);
    assert_eq!((first.text("/state"), second.text("/state")), ("APPROVED", "ASKED"));
    assert_sound(&scene.installation).await;
}

#[tokio::test]
async fn of_fifty_at_once_no_more_goes_back_than_was_taken() {
    let (scene, attempt) = Scene::set(Mood::Takes("06")).await.paid(DossierStatus::Withdrawn).await;
    // Each says that it has seen what is left after those before it: all that might fit.
    let ask = |number: i64| scene.ask(&attempt, 7_000, TOTAL - 7_000 * (number % 4), "WITHDRAWN", "BY_HAND");
    let mut taken = 0;
    for _ in 0..6 {
        let answers = join_all((0..50).map(ask)).await;
        taken += answers.iter().filter(|answer| answer.status == 201).count();
        // Whoever finds no connection free is told to come back.
        assert!(answers.iter().all(|answer| [201, 409, 503].contains(&answer.status)));
    }
    assert_eq!(taken, 3, "three times 7,000 of 24,000");
    let all = scene.ask(&attempt, 4_000, 3_000, "WITHDRAWN", "BY_HAND").await.expect(409);
    assert_eq!(all.text("/code"), "refund-too-much");
    assert_eq!(count(&scene.installation, "attempts where going_back = 21000").await, 1);
    assert_sound(&scene.installation).await;
}

#[tokio::test]
async fn each_cause_fits_its_money_and_only_the_agencys_cashier_asks() {
    let (scene, attempt) = Scene::set(Mood::Takes("06")).await.paid(DossierStatus::Withdrawn).await;
    for cause in ["NOT_RECEIVED", "STOPPED", "PAID_AGAIN"] {
        let refused = scene.ask(&attempt, TOTAL, TOTAL, cause, "PROVIDER").await.expect(409);
        assert_eq!(refused.text("/code"), "refund-cause-does-not-fit", "{cause}");
    }
    let changed = scene.ask(&attempt, 1, TOTAL - 1, "WITHDRAWN", "PROVIDER").await.expect(409);
    assert_eq!(changed.text("/code"), "refund-available-changed");
    let unknown = scene.ask(&Uuid::nil().to_string(), 1, 1, "WITHDRAWN", "PROVIDER").await.expect(422);
    assert_eq!(unknown.text("/code"), "payment-unknown");
    let nothing = scene.ask(&attempt, 0, TOTAL, "WITHDRAWN", "PROVIDER").await.expect(400);
    assert_eq!(nothing.text("/errors/0/pointer"), "/amount");
    let elsewhere = scene.installation.official(&[("H44.101", OfficialRole::Cashier)]);
    let asked = scene.ask(&attempt, 1_000, TOTAL, "EXEMPTED", "BY_HAND").await.expect(201);
    for path in ["refunds", "owed-back"] {
        let call = elsewhere.call("payments", Method::GET, &format!("{AGENCY}/{path}"));
        assert_eq!(call.send().await.expect(404).text("/code"), "agency-not-found");
        let citizen = scene.an.call("payments", Method::GET, &format!("{AGENCY}/{path}"));
        let _ = citizen.send().await.expect(403);
    }
    let body = json!({"proof": "UNC 0042"});
    let path = format!("/api/v1/refunds/{}", asked.text("/id"));
    let there = scene.post(&elsewhere, &format!("{path}/proof"), &body).await.expect(404);
    assert_eq!(there.text("/code"), "refund-not-found");
    let reason = json!({"reason": "Không thuộc thẩm quyền."});
    for (operation, body) in [("approval", &json!({})), ("refusal", &reason)] {
        let _ = scene.post(&elsewhere, &format!("{path}/{operation}"), body).await.expect(404);
        let _ = scene.post(&scene.an, &format!("{path}/{operation}"), body).await.expect(403);
    }
    let _ = scene.post(&scene.an, &format!("{path}/proof"), &body).await.expect(403);
    let read = async |who: &TestCaller| who.call("payments", Method::GET, &path).send().await;
    assert_eq!(read(&scene.cashier).await.expect(200).text("/reason"), "Người nộp đã rút hồ sơ.");
    assert_eq!(read(&elsewhere).await.expect(404).text("/code"), "refund-not-found");
    let _ = read(&scene.an).await.expect(403);
    let ask = json!({
        "attempt_id": attempt, "amount": dong(1), "refund_amount_available": dong(1), "cause": "EXEMPTED",
        "way": "BY_HAND", "reason": "Người nộp được miễn.",
    });
    let elsewhere = scene.post(&elsewhere, &format!("{AGENCY}/refunds"), &ask).await.expect(404);
    assert_eq!(elsewhere.text("/code"), "agency-not-found");
    let _ = scene.post(&scene.approver, &format!("{AGENCY}/refunds"), &ask).await.expect(403);
    let short = scene.post(&scene.cashier, &format!("{path}/refusal"), &json!({"reason": "Sai."})).await.expect(400);
    assert_eq!(short.text("/errors/0/pointer"), "/reason");
    scene.post(&scene.cashier, &format!("{path}/refusal"), &reason).await.expect(200);
    let one = scene.get("refunds?state=TURNED_DOWN").await.expect(200);
    assert_eq!(one.json["items"].as_array().map(Vec::len), Some(1));
    assert_eq!(scene.get("refunds?state=DONE").await.json["items"], json!([]));
    assert_sound(&scene.installation).await;
}

#[tokio::test]
async fn what_was_paid_twice_goes_back_from_what_is_owed_and_the_order_stays_paid() {
    let scene = Scene::set(Mood::Takes("06")).await;
    let order = open(&scene.installation, &scene.an, &copies(scene.an.party())).await;
    let scene = Scene { order, ..scene };
    for reference in
        [begin(&scene.an, &scene.order).await, begin_another(&scene.installation, &scene.an, &scene.order).await]
    {
        assert_eq!(Notice::paid(&reference).send(&scene.installation).await, "00");
    }
    let owed = scene.get("owed-back").await.expect(200);
    assert_eq!(owed.text("/items/0/cause"), "PAID_AGAIN");
    assert_eq!(scene.view().await.json["owed_back"], dong(TOTAL));
    let attempt = owed.text("/items/0/attempt_id").to_owned();
    scene.ask(&attempt, TOTAL, TOTAL, "PAID_AGAIN", "PROVIDER").await.expect(201);
    scene.becomes("DONE").await;
    let view = scene.view().await;
    assert_eq!((view.text("/status"), &view.json["owed_back"]), ("PAID", &dong(0)));
    let from = "transfers t join ledger_accounts a on a.id = t.debit where t.purpose = 'REFUND'";
    assert_eq!(count(&scene.installation, &format!("{from} and a.kind = 'OWED_TO_PAYERS'")).await, 1);
    let told = scene.installation.sent::<OrderMoved>("payments").await;
    assert!(told.last().is_some_and(|told| told.owed_back.is_zero()));
    assert_sound(&scene.installation).await;
}

#[tokio::test]
async fn who_decides_about_a_refund_decides_about_what_was_seen() {
    let (scene, attempt) = Scene::with_limit(Mood::IsAway, "1000").await.paid(DossierStatus::Withdrawn).await;
    let asked = scene.ask(&attempt, TOTAL, TOTAL, "WITHDRAWN", "BY_HAND").await.expect(201);
    let path = format!("/api/v1/refunds/{}", asked.text("/id"));
    let seen = scene.approver.call("payments", Method::GET, &path).send().await.expect(200);
    let seen = seen.header("etag").expect("a version").to_owned();
    let from = async |version: &str, by: &TestCaller, operation: &str, body: &Value| {
        let call = by.call("payments", Method::POST, &format!("{path}/{operation}")).header("if-match", version);
        call.key(&Uuid::new_v4().to_string()).json(body).send().await
    };
    let approved = from(&seen, &scene.approver, "approval", &json!({})).await.expect(200);
    let now = approved.header("etag").expect("a version");
    assert_ne!(now, seen);
    let reason = json!({"reason": "Đã hoàn trả tại quầy."});
    let proof = json!({"proof": "UNC 0042/2026"});
    for (by, operation, body) in [
        (&scene.approver, "approval", &json!({})),
        (&scene.cashier, "refusal", &reason),
        (&scene.cashier, "proof", &proof),
    ] {
        let stale = from(&seen, by, operation, body).await.expect(412);
        assert_eq!(stale.text("/code"), "stale", "{operation}");
    }
    assert_eq!(from(now, &scene.cashier, "proof", &proof).await.expect(200).text("/state"), "DONE");
    assert_sound(&scene.installation).await;
}

#[tokio::test]
async fn nobody_decides_about_money_that_she_paid_herself() {
    let (scene, attempt) = Scene::with_limit(Mood::IsAway, "1000").await.paid(DossierStatus::Withdrawn).await;
    let own = scene.installation.in_post(scene.an.id, &[("H44.100", OfficialRole::Cashier)]);
    let wish = json!({
        "attempt_id": attempt, "amount": dong(TOTAL), "refund_amount_available": dong(TOTAL), "cause": "WITHDRAWN",
        "way": "BY_HAND", "reason": "Tôi đã rút hồ sơ.",
    });
    let asked = scene.post(&own, &format!("{AGENCY}/refunds"), &wish).await.expect(409);
    assert_eq!(asked.text("/code"), "own-payment-order");
    let asked = scene.ask(&attempt, TOTAL, TOTAL, "WITHDRAWN", "BY_HAND").await.expect(201);
    let path = format!("/api/v1/refunds/{}", asked.text("/id"));
    for (operation, body) in [
        ("approval", json!({})),
        ("refusal", json!({"reason": "Đã hoàn trả tại quầy."})),
        ("proof", json!({"proof": "UNC 0042/2026"})),
    ] {
        let refused = scene.post(&own, &format!("{path}/{operation}"), &body).await.expect(409);
        assert_eq!(refused.text("/code"), "own-payment-order", "{operation}");
    }
    assert_sound(&scene.installation).await;
}
