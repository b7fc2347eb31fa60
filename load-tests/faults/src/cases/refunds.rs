//! A refund whose process dies at each of its steps.

use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use tokio::time::sleep;

use crate::{check::Tolerance, client::Ask, fixture::Fixture, people, say::show};

/// Each part, the moment of its death, where the refund then ends by itself, and how often the provider got it. What may have been sent and
/// was not is left to a person: nothing is sent twice.
const STEPS: [(&str, &str, &str, usize); 3] = [
    ("payments serve", "key: committed, not answered", "DONE", 1),
    ("payments work", "payments: refund noted, not sent", "UNKNOWN", 0),
    ("payments work", "payments: refund sent, not noted", "DONE", 1),
];
/// The next question comes after a minute, and the lease of a process that died lasts as long; in a run they need not.
const HURRY: &str =
    "update jobs set run_at = now(), locked_until = null where kind = 'send_refund' and failed_at is null";
/// The agency that has a cashier.
const CASHIERS: &str = "H44.100";
const TO_COME: Duration = Duration::from_secs(60);

pub async fn killed_at_each_step(fixture: &mut Fixture) -> Result<()> {
    fixture.installation.behave(&json!({"vnpay": {"refund_status": "06"}})).await?;
    for (part, moment, ends, sent) in STEPS {
        show(&format!("{part} dies: {moment}"));
        let (attempt, reference, amount, agency) = paid(fixture).await?;
        let cashier = people::official(&fixture.installation.client, "thungan", &agency).await?;
        let process = fixture.installation.running(part)?;
        process.kill().await?;
        process.set("MOTCUA_FAILPOINT", Some(moment));
        process.start().await?;
        let body = json!({
            "attempt_id": attempt, "amount": {"amount": amount, "currency": "VND"},
            "refund_amount_available": {"amount": amount, "currency": "VND"}, "cause": "EXEMPTED", "way": "PROVIDER",
            "reason": "Người nộp thuộc diện được miễn.",
        });
        let ask = Ask::post(format!("/api/v1/agencies/{agency}/refunds"), format!("refund-{attempt}"), &body);
        let ask = ask.by(&cashier);
        let client = fixture.installation.client.clone();
        let asked = tokio::spawn(async move { client.must("the refund", 201, &ask).await });
        revived(fixture, part, moment).await?;
        let refund = asked.await??.text("/id")?;
        until(fixture, &refund, ends).await?;
        let got = times_sent(fixture, &reference).await?;
        ensure!(got == sent, "{moment}: the provider got the refund {got} times");
        if ends == "UNKNOWN" {
            let approver = people::official(&fixture.installation.client, "lanhdao", &agency).await?;
            let reason = json!({"reason": "Kênh thanh toán không có khoản hoàn trả này."});
            let refuse = Ask::post(format!("/api/v1/refunds/{refund}/refusal"), format!("refuse-{refund}"), &reason);
            fixture.installation.client.must("turning it down", 200, &refuse.by(&approver)).await?;
        }
    }
    fixture.installation.behave(&json!({})).await?;
    fixture.notes.push(format!("{} deaths", STEPS.len()));
    fixture.judge(&[], Tolerance::default(), Instant::now()).await
}

/// A payment that settled where a cashier is: its attempt, our name for it at the provider, how much, and whose.
pub(super) async fn paid(fixture: &Fixture) -> Result<(String, String, i64, String)> {
    let mut walk = fixture.new_walk();
    while walk.record.order.is_none() || walk.agency != CASHIERS {
        walk = fixture.new_walk();
        walk.draft().await?;
        walk.file().await?;
    }
    walk.pay_and_leave().await?;
    let order = walk.record.order.as_deref().context("an order")?;
    let database = fixture.installation.servers.database("motcua_payments").await?;
    let settled = "select a.id::text, a.reference, a.amount, o.agency from attempts a
        join orders o on o.id = a.order_id where a.status = 'SETTLED' and o.id::text = $1";
    let begun = Instant::now();
    loop {
        if let Some(row) = database.query_opt(settled, &[&order]).await? {
            return Ok((row.get(0), row.get(1), row.get(2), row.get(3)));
        }
        ensure!(begun.elapsed() < TO_COME, "the payment of {order} never came");
        sleep(Duration::from_millis(200)).await;
    }
}

/// Waits until the part has died of itself, and starts it again.
pub(super) async fn revived(fixture: &mut Fixture, part: &str, moment: &str) -> Result<()> {
    let begun = Instant::now();
    while fixture.installation.running(part)?.ended()?.is_none() {
        ensure!(begun.elapsed() < TO_COME, "{part} never came to: {moment}");
        sleep(Duration::from_millis(50)).await;
    }
    let process = fixture.installation.running(part)?;
    process.set("MOTCUA_FAILPOINT", None);
    process.start().await
}

async fn until(fixture: &Fixture, refund: &str, state: &str) -> Result<()> {
    let database = fixture.installation.servers.database("motcua_payments").await?;
    let begun = Instant::now();
    loop {
        database.batch_execute(HURRY).await?;
        let now: String = database.query_one("select state from refunds where id::text = $1", &[&refund]).await?.get(0);
        if now == state {
            return Ok(());
        }
        ensure!(begun.elapsed() < TO_COME, "the refund {refund} is {now} and never became {state}");
        sleep(Duration::from_secs(1)).await;
    }
}

/// How often the provider was told to give this payment back.
async fn times_sent(fixture: &Fixture, reference: &str) -> Result<usize> {
    let payments = fixture.installation.client.sandbox("GET", "/payments", None).await?;
    let mut payments = payments["items"].as_array().into_iter().flatten();
    let payment = payments.find(|payment| payment["txn_ref"] == reference).context("the provider knows the payment")?;
    Ok(payment["refunds"].as_array().map_or(0, Vec::<Value>::len))
}
