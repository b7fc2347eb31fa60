//! A provider notifies us.

use chrono::TimeDelta;
use civic::events::{OrderMoved, OrderState, PaymentSettled};
use diesel::sql_query;
use diesel_async::{RunQueryDsl, SimpleAsyncConnection};
use futures_util::future::join_all;
use testkit::{Installation, Method, eventually};
use tokio::io::{AsyncReadExt, AsyncWriteExt};

use crate::{
    database::{assert_sound, count},
    fees::{TOTAL, begin, begin_another, copies, open, owed, states},
    provider::{Mood, NOTIFICATION, Notice, Questions, SECRET, send, send_to},
};

#[tokio::test]
async fn a_hundred_copies_at_once_settle_once() {
    let installation = Installation::start([payments::service()]).await;
    let an = installation.citizen("Nguyễn Văn An");
    let fee = copies(an.party());
    let order = open(&installation, &an, &fee).await;
    let notice = Notice::paid(&begin(&an, &order).await);
    let mut codes = join_all((0..100).map(|_| notice.send_until_heard(&installation))).await;
    codes.sort();
    assert_eq!((codes[0].as_str(), codes[1].as_str(), codes[99].as_str()), ("00", "02", "02"));
    assert_eq!(count(&installation, "transfers").await, 1);
    assert_eq!(count(&installation, "provider_callbacks where verdict = 'ACCEPTED' and deliveries = 100").await, 1);
    let sent: Vec<PaymentSettled> = installation.sent("payments").await;
    assert_eq!(sent.len(), 1);
    assert_eq!((sent[0].order_id, sent[0].dossier_id), (fee.order_id, fee.dossier_id));
    assert_eq!((sent[0].amount.dong(), sent[0].provider.as_str()), (TOTAL, "vnpay"));
    assert_eq!(sent[0].paid_at.to_rfc3339(), "2026-07-21T03:17:12+00:00");
    let view = an.call("payments", Method::GET, &order).send().await;
    assert_eq!((view.text("/status"), view.text("/paid_at")), ("PAID", "2026-07-21T03:17:12Z"));
    assert_sound(&installation).await;
}

#[tokio::test]
async fn copies_that_wait_for_one_order_leave_the_connections_to_the_others() {
    let installation =
        Installation::start_with([payments::service()], &[("payments", &["--database-connections", "4"])]).await;
    let (an, binh) = (installation.citizen("Nguyễn Văn An"), installation.citizen("Lê Thị Bình"));
    let held = Notice::paid(&begin(&an, &owed(&installation, &an).await).await);
    let other = Notice::paid(&begin(&binh, &owed(&installation, &binh).await).await);
    let mut holder = installation.database("payments").await;
    let hold = format!("begin; select 1 from orders where payer_id = '{}' for update", an.id);
    holder.batch_execute(&hold).await.expect("a lock");
    let copies = join_all((0..32).map(|_| held.send_until_heard(&installation)));
    let meanwhile = async {
        eventually(|| async {
            let waiting = "pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'";
            (count(&installation, waiting).await > 0).then_some(())
        })
        .await;
        assert_eq!(other.send(&installation).await, "00");
        holder.batch_execute("rollback").await.expect("the lock is given back");
    };
    let (codes, ()) = tokio::join!(copies, meanwhile);
    assert_eq!(codes.iter().filter(|code| *code == "00").count(), 1);
    assert_eq!(count(&installation, "transfers").await, 2);
}

#[tokio::test]
async fn a_stranger_may_send_only_so_much_that_nobody_signed_and_the_provider_anything() {
    let installation = Installation::start([payments::service()]).await;
    let an = installation.citizen("Nguyễn Văn An");
    let notice = Notice::paid(&begin(&an, &owed(&installation, &an).await).await);
    let nobody = installation.nobody();
    let forged = async |number: i64| {
        let query = notice.signed(&format!("ANOTHERSECRET{number}"));
        nobody.call("payments", Method::GET, &format!("{NOTIFICATION}?{query}")).send().await
    };
    // One a second may come besides the first sixty, however long they take.
    let answers = join_all((0..200).map(forged)).await;
    let (taken, refused): (Vec<_>, Vec<_>) = answers.into_iter().partition(|answer| answer.status == 200);
    assert!(taken.len() >= 60, "{} were taken", taken.len());
    let refused = refused.into_iter().next().expect("one of so many is refused").expect(429);
    assert_eq!((refused.text("/code"), refused.header("retry-after")), ("too-many-requests", Some("60")));
    let kept = count(&installation, "provider_callbacks").await;
    assert_eq!(kept, i64::try_from(taken.len()).unwrap(), "what is refused asks nothing of the database");
    assert_eq!(notice.send(&installation).await, "00");
}

#[tokio::test]
async fn what_vnpay_did_not_sign_is_answered_97_and_changes_nothing() {
    let installation = Installation::start([payments::service()]).await;
    let an = installation.citizen("Nguyễn Văn An");
    let order = owed(&installation, &an).await;
    let notice = Notice::paid(&begin(&an, &order).await);
    let signed = notice.signed(SECRET);
    for query in [
        String::new(),
        notice.signed("ANOTHERSECRET"),
        signed.replace("2400000", "2400100"),
        signed.replace("vnp_BankCode=NCB", "vnp_BankCode=NCC"),
        format!("{signed}&vnp_Extra=1"),
        format!("{signed}&vnp_TxnRef=1"),
        signed.split("&vnp_SecureHash").next().unwrap().to_owned(),
        "vnp_TxnRef=%00&vnp_SecureHash=%FF".to_owned(),
    ] {
        assert_eq!(send(&installation, &query).await, "97", "{query}");
    }
    assert_eq!(states(&an, &order).await, ("DUE".into(), vec!["CREATED".into()]));
    assert_eq!(count(&installation, "provider_callbacks where verdict = 'FORGED' and attempt_id is null").await, 8);
    assert_eq!(count(&installation, "provider_callbacks where verdict <> 'FORGED'").await, 0);
    assert_eq!(send(&installation, &signed).await, "00");
    assert_sound(&installation).await;
}

#[tokio::test]
async fn parameters_that_are_not_vnpays_do_not_matter_and_unknown_signed_ones_are_taken() {
    let installation = Installation::start([payments::service()]).await;
    let an = installation.citizen("Nguyễn Văn An");
    let order = owed(&installation, &an).await;
    let notice = Notice::paid(&begin(&an, &order).await).with("vnp_New", "a b*~é(x)");
    assert_eq!(send(&installation, &format!("utm=1&{}", notice.signed(SECRET))).await, "00");
}

#[tokio::test]
async fn the_secret_before_the_last_change_is_believed() {
    let flags: &[&str] = &["--vnpay-hash-secret", "NEWSECRET", "--vnpay-previous-hash-secret", SECRET];
    let installation = Installation::start_with([payments::service()], &[("payments", flags)]).await;
    let an = installation.citizen("Nguyễn Văn An");
    let order = owed(&installation, &an).await;
    let notice = Notice::paid(&begin(&an, &order).await);
    assert_eq!(send(&installation, &notice.signed("OLDERSECRET")).await, "97");
    assert_eq!(send(&installation, &notice.signed(SECRET)).await, "00");
    assert_eq!(send(&installation, &notice.signed("NEWSECRET")).await, "02");
}

#[tokio::test]
async fn an_unknown_reference_is_answered_01_and_kept() {
    let installation = Installation::start([payments::service()]).await;
    for reference in ["nobody", "", "%00"] {
        assert_eq!(Notice::paid(reference).send(&installation).await, "01", "{reference}");
    }
    assert_eq!(count(&installation, "provider_callbacks where verdict = 'UNKNOWN_ORDER'").await, 3);
}

#[tokio::test]
async fn another_amount_or_merchant_is_not_acted_on_and_kept_for_a_person() {
    let installation = Installation::start([payments::service()]).await;
    let an = installation.citizen("Nguyễn Văn An");
    let order = owed(&installation, &an).await;
    let notice = Notice::paid(&begin(&an, &order).await);
    for amount in ["2399900", "2400100", "2400001", "24000", "", "-2400000", "2400000.0", "99999999999999999999"] {
        assert_eq!(notice.clone().with("vnp_Amount", amount).send(&installation).await, "04", "{amount}");
    }
    assert_eq!(notice.clone().with("vnp_TmnCode", "OTHERTMN").send(&installation).await, "04");
    assert_eq!(states(&an, &order).await, ("DUE".into(), vec!["CREATED".into()]));
    assert_eq!(
        count(&installation, "provider_callbacks where verdict = 'WRONG_AMOUNT' and attempt_id is not null").await,
        8
    );
    assert_eq!(count(&installation, "provider_callbacks where verdict = 'WRONG_MERCHANT'").await, 1);
    assert_eq!(notice.send(&installation).await, "00");
    assert_sound(&installation).await;
}

#[tokio::test]
async fn a_failure_is_recorded_and_a_success_after_it_still_settles() {
    let installation = Installation::start([payments::service()]).await;
    let an = installation.citizen("Nguyễn Văn An");
    let order = owed(&installation, &an).await;
    let reference = begin(&an, &order).await;
    assert_eq!(Notice::cancelled(&reference).send(&installation).await, "00");
    assert_eq!(Notice::cancelled(&reference).send(&installation).await, "02");
    assert_eq!(states(&an, &order).await, ("DUE".into(), vec!["FAILED".into()]));
    assert_sound(&installation).await;
    assert_eq!(Notice::paid(&reference).send(&installation).await, "00");
    assert_eq!(Notice::cancelled(&reference).send(&installation).await, "02");
    assert_eq!(states(&an, &order).await, ("PAID".into(), vec!["SETTLED".into()]));
    assert_sound(&installation).await;
}

#[tokio::test]
async fn a_success_after_the_attempt_expired_settles() {
    let vnpay = Questions::answered(Mood::Status("01"));
    let installation =
        Installation::start_with([payments::service()], &[("payments", &["--vnpay-api-url", &vnpay.url])]).await;
    let an = installation.citizen("Nguyễn Văn An");
    let order = owed(&installation, &an).await;
    let reference = begin(&an, &order).await;
    installation.clock.advance(TimeDelta::minutes(15));
    eventually(|| async { (states(&an, &order).await.1 == ["EXPIRED"]).then_some(()) }).await;
    assert_eq!(Notice::paid(&reference).send(&installation).await, "00");
    assert_eq!(states(&an, &order).await, ("PAID".into(), vec!["SETTLED".into()]));
    assert_sound(&installation).await;
}

#[tokio::test]
async fn money_that_arrives_twice_is_booked_as_owed_to_the_payer() {
    let installation = Installation::start([payments::service()]).await;
    let an = installation.citizen("Nguyễn Văn An");
    let order = owed(&installation, &an).await;
    let notices = [begin(&an, &order).await, begin_another(&installation, &an, &order).await]
        .map(|reference| Notice::paid(&reference));
    let codes = join_all(notices.iter().map(|notice| notice.send(&installation))).await;
    assert_eq!(codes, ["00", "00"]);
    let (status, mut attempts) = states(&an, &order).await;
    attempts.sort();
    assert_eq!((status.as_str(), attempts), ("PAID", vec!["PAID_AGAIN".to_owned(), "SETTLED".to_owned()]));
    let owed = "transfers join ledger_accounts on ledger_accounts.id = credit where kind = 'OWED_TO_PAYERS'";
    assert_eq!((count(&installation, "transfers").await, count(&installation, owed).await), (2, 1));
    assert_eq!(installation.sent::<PaymentSettled>("payments").await.len(), 1);
    let mut told: Vec<OrderMoved> = installation.sent("payments").await;
    told.sort_by_key(|order| order.version);
    let states: Vec<_> = told.iter().map(|order| (order.state, order.paid.dong(), order.owed_back.dong())).collect();
    let expected = [(OrderState::Due, 0, 0), (OrderState::Paid, TOTAL, 0), (OrderState::Paid, TOTAL, TOTAL)];
    assert_eq!(states, expected);
    let last = &told[2];
    assert_eq!(last.payment.as_ref().map(|payment| payment.provider.as_str()), Some("vnpay"));
    assert_eq!((last.payer, last.total, last.state_since), (an.party(), last.paid, told[1].state_since));
    assert_sound(&installation).await;
}

#[tokio::test]
async fn a_second_number_for_one_attempt_and_doubtful_money_wait_for_a_person() {
    let installation = Installation::start([payments::service()]).await;
    let an = installation.citizen("Nguyễn Văn An");
    let order = owed(&installation, &an).await;
    let notice = Notice::paid(&begin(&an, &order).await);
    assert_eq!(notice.clone().with("vnp_ResponseCode", "07").send(&installation).await, "00");
    assert_eq!(states(&an, &order).await, ("DUE".into(), vec!["UNKNOWN".into()]));
    assert_eq!(notice.send(&installation).await, "00");
    assert_eq!(notice.clone().with("vnp_TransactionNo", "99").send(&installation).await, "00");
    assert_eq!(count(&installation, "provider_callbacks where verdict = 'REVIEW'").await, 2);
    assert_eq!(count(&installation, "transfers").await, 1);
    assert_sound(&installation).await;
}

#[tokio::test]
async fn forgeries_do_not_fill_the_disk() {
    let installation = Installation::start([payments::service()]).await;
    let fill = "insert into provider_callbacks (id, provider, channel, event_key, raw, verdict, received_at, \
        last_received_at) select gen_random_uuid(), 'VNPAY', 'IPN', sha256(n::text::bytea), n, 'FORGED', \
        '2026-07-21T02:30:00Z', '2026-07-21T02:30:00Z' from generate_series(1, 1000) n";
    let conn = &mut installation.database("payments").await;
    sql_query(fill).execute(conn).await.unwrap();
    assert_eq!(send(&installation, "vnp_TxnRef=1").await, "97");
    assert_eq!(count(&installation, "provider_callbacks").await, 1_000);
    installation.clock.advance(TimeDelta::hours(1));
    assert_eq!(send(&installation, "vnp_TxnRef=1").await, "97");
    assert_eq!(count(&installation, "provider_callbacks").await, 1_001);
    installation.clock.advance(TimeDelta::days(31));
    eventually(async || (count(&installation, "provider_callbacks").await == 0).then_some(())).await;
}

#[tokio::test]
async fn what_cannot_be_recorded_is_answered_99_so_that_it_comes_again() {
    let installation = Installation::start([payments::service()]).await;
    let an = installation.citizen("Nguyễn Văn An");
    let order = owed(&installation, &an).await;
    let notice = Notice::paid(&begin(&an, &order).await);
    let conn = &mut installation.database("payments").await;
    for (statement, code) in
        [("alter table outbox rename to elsewhere", "99"), ("alter table elsewhere rename to outbox", "00")]
    {
        sql_query(statement).execute(conn).await.unwrap();
        assert_eq!(notice.send(&installation).await, code);
    }
    assert_sound(&installation).await;
}

#[tokio::test]
async fn an_address_longer_than_64_kib_is_not_taken() {
    let installation = Installation::start([payments::service()]).await;
    let address = installation.base("payments").replace("http://", "");
    let mut wire = tokio::net::TcpStream::connect(address).await.unwrap();
    let request = format!("GET {NOTIFICATION}?vnp_TxnRef={} HTTP/1.1\r\nhost: here\r\n\r\n", "x".repeat(65_536));
    wire.write_all(request.as_bytes()).await.unwrap();
    let mut status = [0; 10];
    wire.read_exact(&mut status).await.unwrap();
    assert_eq!(&status, b"HTTP/1.1 4");
    assert_eq!(count(&installation, "provider_callbacks").await, 0);
}

#[tokio::test]
async fn a_payment_under_the_number_of_another_is_kept_for_a_person_and_books_nothing() {
    let installation = Installation::start([payments::service()]).await;
    let an = installation.citizen("Nguyễn Văn An");
    let order = owed(&installation, &an).await;
    let mut references = [begin(&an, &order).await, begin_another(&installation, &an, &order).await];
    // As the order lists attempts of the same moment.
    references.sort();
    let [one, other] = references;
    assert_eq!(Notice::paid(&one).with("vnp_TransactionNo", "14226112").send(&installation).await, "00");
    let other = Notice::paid(&other).with("vnp_TransactionNo", "14226112");
    assert_eq!([other.send(&installation).await, other.send(&installation).await], ["00", "00"]);
    assert_eq!(states(&an, &order).await, ("PAID".into(), vec!["SETTLED".into(), "CREATED".into()]));
    assert_eq!(count(&installation, "provider_callbacks where verdict = 'REVIEW' and deliveries = 2").await, 1);
    assert_eq!(count(&installation, "transfers").await, 1);
    assert_sound(&installation).await;
}

#[tokio::test]
async fn the_address_from_before_there_were_several_providers_goes_on_answering() {
    let installation = Installation::start([payments::service()]).await;
    let an = installation.citizen("Nguyễn Văn An");
    let order = owed(&installation, &an).await;
    let query = Notice::paid(&begin(&an, &order).await).signed(SECRET);
    assert_eq!(send_to(&installation, "/api/v1/payments/vnpay/ipn", &query).await, "00");
    assert_eq!(send(&installation, &query).await, "02");
    for stranger in ["momo", "VNPAY"] {
        let path = format!("/api/v1/payments/{stranger}/notification?{query}");
        let answer = installation.nobody().call("payments", Method::GET, &path).send().await.expect(404);
        assert_eq!(answer.text("/code"), "payment-provider-not-found");
    }
}

#[tokio::test]
async fn our_own_signed_address_is_not_the_providers_word() {
    let installation = Installation::start([payments::service()]).await;
    let an = installation.citizen("Nguyễn Văn An");
    let order = owed(&installation, &an).await;
    let call = an.call("payments", Method::POST, &format!("{order}/attempts")).key("one");
    let started = call.json(&serde_json::json!({"provider": "VNPAY"})).send().await.expect(201);
    let (_, query) = started.text("/pay_url").split_once('?').unwrap();
    for added in ["", "&vnp_SecureHashType=1"] {
        assert_eq!(send(&installation, &format!("{query}{added}")).await, "97");
    }
    assert_eq!(states(&an, &order).await, ("DUE".into(), vec!["CREATED".into()]));
}

#[tokio::test]
async fn what_is_added_beside_the_signed_parameters_makes_no_other_callback() {
    let installation = Installation::start([payments::service()]).await;
    let an = installation.citizen("Nguyễn Văn An");
    let order = owed(&installation, &an).await;
    let query = Notice::paid(&begin(&an, &order).await).signed(SECRET);
    assert_eq!(send(&installation, &query).await, "00");
    for added in 1..4 {
        assert_eq!(send(&installation, &format!("{query}&vnp_SecureHashType={added}&utm={added}")).await, "02");
    }
    assert_eq!(count(&installation, "provider_callbacks where deliveries = 4").await, 1);
    assert_eq!(count(&installation, "provider_callbacks").await, 1);
}

#[tokio::test]
async fn what_is_told_of_an_attempt_without_effect_is_kept_up_to_a_number_and_money_counts_all_the_same() {
    let installation = Installation::start([payments::service()]).await;
    let an = installation.citizen("Nguyễn Văn An");
    let order = owed(&installation, &an).await;
    let reference = begin(&an, &order).await;
    let wrong = |amount: u32| Notice::paid(&reference).with("vnp_Amount", &format!("{amount}00"));
    assert_eq!(wrong(1).send(&installation).await, "04");
    let others = "insert into provider_callbacks (id, provider, channel, event_key, raw, verdict, attempt_id, received_at, last_received_at)
        select gen_random_uuid(), provider, 'IPN', decode(md5(n::text), 'hex'), '', 'WRONG_AMOUNT', id, created_at, created_at
        from attempts, generate_series(1, 98) n";
    installation.database("payments").await.batch_execute(others).await.unwrap();
    for amount in 2..5 {
        assert_eq!(wrong(amount).send(&installation).await, "04");
    }
    assert_eq!(count(&installation, "provider_callbacks").await, 100);
    assert_eq!(wrong(1).send(&installation).await, "04");
    assert_eq!(count(&installation, "provider_callbacks where deliveries = 2").await, 1);
    assert_eq!(Notice::paid(&reference).send(&installation).await, "00");
    assert_eq!(count(&installation, "provider_callbacks where verdict = 'ACCEPTED'").await, 1);
    assert_eq!(states(&an, &order).await, ("PAID".into(), vec!["SETTLED".into()]));
    assert_sound(&installation).await;
}
