//! What a provider says of a joint payment: all of its orders move, or none.

use chrono::TimeDelta;
use civic::{
    DossierStatus, OfficialRole,
    events::{MoneyNotice, MoneyNoticed, PaymentNotice, PaymentNoticed, PaymentSettled},
};
use diesel_async::SimpleAsyncConnection;
use futures_util::future::join_all;
use testkit::{Method, eventually};

use crate::{
    database::{assert_sound, count},
    end_orders::moved,
    fees::{TOTAL, begin, copies, open, states},
    provider::{Mood, Notice, query_of},
    till::dong,
    together::{SUM, Together, all, paid},
};

#[tokio::test]
async fn one_word_pays_every_order_once_however_often_it_comes() {
    let scene = Together::owed(Mood::Status("01")).await;
    let (joint, reference) = scene.begin().await;
    let word = paid(&reference, SUM);
    let codes = join_all((0..4).map(|_| word.send_until_heard(&scene.installation))).await;
    assert_eq!(codes.iter().filter(|code| *code == "00").count(), 1, "{codes:?}");
    assert_eq!(scene.stands(&joint).await, ("PAID".into(), all("PAID", "SETTLED")));
    let settled = scene.installation.sent::<PaymentSettled>("payments").await;
    let mut orders: Vec<_> = settled.iter().map(|it| it.order_id).collect();
    let mut expected = scene.orders();
    orders.sort();
    expected.sort();
    assert_eq!(orders, expected);
    assert!(
        settled.iter().all(|it| it.amount.dong() == TOTAL && it.provider_reference == settled[0].provider_reference)
    );
    for (owner, amount) in [("VNPAY", SUM), ("H44.100", 2 * TOTAL), ("H44.101", TOTAL)] {
        let side = if owner == "VNPAY" { "debit" } else { "credit" };
        let booked = format!(
            "(select sum(t.amount) as sum from transfers t join ledger_accounts a on a.id = t.{side} where a.owner = '{owner}') s where sum = {amount}"
        );
        assert_eq!(count(&scene.installation, &booked).await, 1, "{owner}");
    }
    eventually(|| async { (count(&scene.installation, "receipts").await == 3).then_some(()) }).await;
    assert_sound(&scene.installation).await;
}

#[tokio::test]
async fn a_lost_notification_is_made_up_for_by_one_question_about_the_sum() {
    let scene = Together::owed(Mood::Of("00", SUM)).await;
    let (joint, reference) = scene.begin().await;
    scene.installation.clock.advance(TimeDelta::seconds(60));
    eventually(|| async { (scene.stands(&joint).await.0 == "PAID").then_some(()) }).await;
    assert_eq!(scene.stands(&joint).await.1, all("PAID", "SETTLED"));
    let asked = scene.vnpay.asked();
    assert_eq!((asked.len(), asked[0]["vnp_TxnRef"].as_str()), (1, Some(&*reference)));
    assert_sound(&scene.installation).await;
}

#[tokio::test]
async fn it_fails_once_for_all_and_each_order_can_be_paid_alone_then() {
    let scene = Together::owed(Mood::Status("01")).await;
    let (joint, reference) = scene.begin().await;
    let failed = Notice::cancelled(&reference).with("vnp_Amount", &(SUM * 100).to_string());
    assert_eq!(
        (failed.send(&scene.installation).await, failed.send(&scene.installation).await),
        ("00".into(), "02".into())
    );
    assert_eq!(scene.stands(&joint).await, ("FAILED".into(), all("DUE", "FAILED")));
    assert_eq!(count(&scene.installation, "provider_callbacks").await, 1);
    let alone = begin(&scene.an, &scene.order(1)).await;
    assert_eq!(Notice::paid(&alone).send(&scene.installation).await, "00");
    assert_eq!(states(&scene.an, &scene.order(1)).await.0, "PAID");
    assert_sound(&scene.installation).await;
}

#[tokio::test]
async fn it_expires_once_for_all_after_one_question_and_late_money_counts() {
    let scene = Together::owed(Mood::Status("01")).await;
    let (joint, reference) = scene.begin().await;
    scene.installation.clock.advance(TimeDelta::minutes(16));
    eventually(|| async { (scene.stands(&joint).await.0 == "EXPIRED").then_some(()) }).await;
    assert_eq!((scene.stands(&joint).await.1, scene.vnpay.asked().len()), (all("DUE", "EXPIRED"), 1));
    assert_sound(&scene.installation).await;
    assert_eq!(paid(&reference, SUM).send(&scene.installation).await, "00");
    assert_eq!(scene.stands(&joint).await, ("PAID".into(), all("PAID", "SETTLED")));
    assert_sound(&scene.installation).await;
}

#[tokio::test]
async fn the_part_of_an_order_that_was_paid_at_the_counter_meanwhile_is_owed_back() {
    let scene = Together::owed(Mood::Status("01")).await;
    let (joint, reference) = scene.begin().await;
    scene.take_cash().await;
    assert_eq!(paid(&reference, SUM).send(&scene.installation).await, "00");
    let (status, orders) = scene.stands(&joint).await;
    assert_eq!(status, "PAID");
    assert_eq!(orders[1..], all("PAID", "SETTLED")[1..]);
    let first = scene.an.call("payments", Method::GET, &scene.order(0)).send().await.expect(200);
    assert_eq!((first.text("/status"), &first.json["owed_back"]), ("PAID", &dong(TOTAL)));
    let told = scene.installation.sent::<PaymentNoticed>("payments").await;
    let about: Vec<_> = told.iter().map(|it| (it.order_id, it.notice, it.amount.map(civic::Vnd::dong))).collect();
    assert_eq!(about, [(scene.fees[0].order_id, PaymentNotice::PaidTwice, Some(TOTAL))]);
    assert_sound(&scene.installation).await;
}

#[tokio::test]
async fn the_part_of_a_dossier_that_ended_meanwhile_is_owed_back() {
    let scene = Together::owed(Mood::Status("01")).await;
    let (joint, reference) = scene.begin().await;
    scene.installation.publish("submissions", &moved(&scene.fees[2], 2, DossierStatus::Withdrawn)).await;
    eventually(|| async { (states(&scene.an, &scene.order(2)).await.0 == "CANCELLED").then_some(()) }).await;
    assert_eq!(paid(&reference, SUM).send(&scene.installation).await, "00");
    let (_, orders) = scene.stands(&joint).await;
    assert_eq!(orders[..2], all("PAID", "SETTLED")[..2]);
    assert_eq!(orders[2], ("CANCELLED".to_owned(), "PAID_AGAIN".to_owned()));
    let told = scene.installation.sent::<PaymentNoticed>("payments").await;
    assert_eq!(told.iter().map(|it| it.notice).collect::<Vec<_>>(), [PaymentNotice::NotDueAnyMore]);
    let officials = scene.installation.sent::<MoneyNoticed>("payments").await;
    let owed: Vec<_> = officials.iter().map(|it| (it.notice, it.agency.as_str(), it.amount.dong())).collect();
    assert_eq!(owed, [(MoneyNotice::OwedBack, "H44.101", TOTAL)]);
    assert_sound(&scene.installation).await;
}

#[tokio::test]
async fn another_amount_moves_nothing_and_is_for_a_person_once() {
    let scene = Together::owed(Mood::Status("01")).await;
    let (joint, reference) = scene.begin().await;
    for sum in [SUM - 1, TOTAL, SUM + 1_000] {
        assert_eq!(paid(&reference, sum).send(&scene.installation).await, "04", "{sum}");
    }
    assert_eq!(scene.stands(&joint).await, ("OPEN".into(), all("DUE", "CREATED")));
    let told = scene.installation.sent::<PaymentNoticed>("payments").await;
    assert_eq!(told.iter().map(|it| it.notice).collect::<Vec<_>>(), [PaymentNotice::UnderReview]);
    let callbacks = count(&scene.installation, "provider_callbacks where verdict = 'WRONG_AMOUNT'").await;
    assert_eq!(callbacks, 3);
    let [first, second] = ["H44.100", "H44.101"].map(|agency| (agency, OfficialRole::Cashier));
    let mut seen = 0;
    for (agency, role) in [first, second] {
        let official = scene.installation.official(&[(agency, role)]);
        let path = format!("/api/v1/agencies/{agency}/payment-callbacks");
        let list = official.call("payments", Method::GET, &path).send().await.expect(200);
        let items = list.json["items"].as_array().unwrap();
        assert!(items.iter().all(|it| it["amount"] == dong(SUM)), "{items:?}");
        seen += items.len();
    }
    assert_eq!(seen, 3, "the agency of the first order sees them");
    assert_eq!(paid(&reference, SUM).send(&scene.installation).await, "00");
    assert_sound(&scene.installation).await;
}

#[tokio::test]
async fn a_second_number_for_it_or_its_number_for_another_payment_is_for_a_person() {
    let scene = Together::owed(Mood::Status("01")).await;
    let (joint, reference) = scene.begin().await;
    assert_eq!(paid(&reference, SUM).with("vnp_TransactionNo", "77").send(&scene.installation).await, "00");
    assert_eq!(paid(&reference, SUM).with("vnp_TransactionNo", "78").send(&scene.installation).await, "00");
    let verdicts = async |verdict: &str| {
        count(&scene.installation, &format!("provider_callbacks where verdict = '{verdict}'")).await
    };
    assert_eq!((verdicts("ACCEPTED").await, verdicts("REVIEW").await), (1, 1));
    let other = crate::fees::owed(&scene.installation, &scene.an).await;
    let alone = begin(&scene.an, &other).await;
    assert_eq!(Notice::paid(&alone).with("vnp_TransactionNo", "77").send(&scene.installation).await, "00");
    assert_eq!((verdicts("REVIEW").await, states(&scene.an, &other).await.0), (2, "DUE".into()));
    assert_eq!(scene.stands(&joint).await.0, "PAID");
    assert_sound(&scene.installation).await;
}

#[tokio::test]
async fn the_name_of_one_of_its_attempts_is_no_payment_at_the_provider() {
    let scene = Together::owed(Mood::Status("01")).await;
    let (joint, _) = scene.begin().await;
    let view = scene.an.call("payments", Method::GET, &scene.order(0)).send().await.expect(200);
    let name = view.text("/attempts/0/id").replace('-', "");
    assert_eq!(Notice::paid(&name).send(&scene.installation).await, "01");
    assert_eq!(scene.stands(&joint).await, ("OPEN".into(), all("DUE", "CREATED")));
}

#[tokio::test]
async fn when_one_order_cannot_move_none_does_and_the_word_comes_again() {
    let scene = Together::owed(Mood::Status("01")).await;
    let (joint, reference) = scene.begin().await;
    let conn = &mut scene.installation.database("payments").await;
    let last = scene.orders().into_iter().max().unwrap();
    let refuse = format!("alter table transfers add constraint broken check (order_id <> '{last}')");
    conn.batch_execute(&refuse).await.unwrap();
    assert_eq!(paid(&reference, SUM).send(&scene.installation).await, "99");
    assert_eq!(scene.stands(&joint).await, ("OPEN".into(), all("DUE", "CREATED")));
    assert_eq!(
        (count(&scene.installation, "transfers").await, count(&scene.installation, "provider_callbacks").await),
        (0, 0)
    );
    conn.batch_execute("alter table transfers drop constraint broken").await.unwrap();
    assert_eq!(paid(&reference, SUM).send(&scene.installation).await, "00");
    assert_eq!(scene.stands(&joint).await, ("PAID".into(), all("PAID", "SETTLED")));
    assert_sound(&scene.installation).await;
}

#[tokio::test]
async fn what_dies_between_two_of_its_orders_leaves_both_as_they_were_and_the_word_comes_again() {
    let scene = Together::owed(Mood::Status("01")).await;
    let (joint, reference) = scene.begin().await;
    let conn = &mut scene.installation.database("payments").await;
    let last = scene.orders().into_iter().max().unwrap();
    // Whoever writes a step of an attempt holds it: the orders before it have moved, uncommitted, when this one waits; then the connection dies.
    let hold = format!(
        "begin; insert into order_history (order_id, version, at, cause, order_from, order_to, attempt_id, attempt_from, attempt_to) select order_id, version + 1, at, 'FAILED', order_to, order_to, attempt_id, attempt_to, 'FAILED' from order_history where order_id = '{last}' and version = 2"
    );
    conn.batch_execute(&hold).await.unwrap();
    let ended = "pg_stat_activity where wait_event_type = 'Lock' and query like 'UPDATE \"attempts\"%' and pg_terminate_backend(pid)";
    let end = eventually(|| async { (count(&scene.installation, ended).await > 0).then_some(()) });
    let (answer, ()) = futures_util::future::join(paid(&reference, SUM).send(&scene.installation), end).await;
    assert_eq!(answer, "99");
    conn.batch_execute("rollback").await.unwrap();
    assert_eq!(scene.stands(&joint).await, ("OPEN".into(), all("DUE", "CREATED")));
    assert_eq!(
        (
            count(&scene.installation, "transfers").await,
            count(&scene.installation, "outbox where type = 'vn.motcua.payment.settled.v1'").await
        ),
        (0, 0)
    );
    assert_eq!(paid(&reference, SUM).send_until_heard(&scene.installation).await, "00");
    assert_eq!(scene.stands(&joint).await, ("PAID".into(), all("PAID", "SETTLED")));
    assert_sound(&scene.installation).await;
}

#[tokio::test]
async fn as_many_orders_as_can_be_paid_in_one_go_are_paid_by_one_word() {
    let scene = Together::owed(Mood::Status("01")).await;
    let fees: Vec<_> = (0..47).map(|_| copies(scene.an.party())).collect();
    for fee in &fees {
        open(&scene.installation, &scene.an, fee).await;
    }
    let all: Vec<_> = scene.orders().into_iter().chain(fees.iter().map(|fee| fee.order_id)).collect();
    let begun = scene.start_with(&all, "k1").await.expect(201);
    let reference = query_of(begun.text("/pay_url"))["vnp_TxnRef"].clone();
    assert_eq!(paid(&reference, 50 * TOTAL).send(&scene.installation).await, "00");
    assert_eq!(count(&scene.installation, "orders where status = 'PAID'").await, 50);
    assert_sound(&scene.installation).await;
}

#[tokio::test]
async fn whoever_comes_back_from_the_provider_sees_the_sum() {
    let scene = Together::owed(Mood::Status("01")).await;
    let (_, reference) = scene.begin().await;
    let word = paid(&reference, SUM);
    assert_eq!(word.send(&scene.installation).await, "00");
    let path = format!("/api/v1/payments/vnpay/return?{}", word.signed(crate::provider::SECRET));
    let page = scene.installation.nobody().call("payments", Method::GET, &path).send().await.expect(200);
    let html = String::from_utf8(page.bytes.to_vec()).unwrap();
    assert!(html.contains("72.000"), "{html}");
}
