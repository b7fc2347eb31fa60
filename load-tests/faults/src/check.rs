//! The comparison after the faults: what was acknowledged, what is stored, what the outside world received.

use std::{
    collections::{BTreeMap, BTreeSet},
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail};
use serde_json::Value;
use tokio::time::sleep;

use crate::{installation::Installation, load::Outcome, parts::SERVICES, say::show, walk::Record};

/// Messages put off wait an hour at most; in a run they need not wait.
const HURRY: &str =
    "update jobs set run_at = 'epoch' where kind = 'send_message' and failed_at is null and locked_until is null";
/// What is still under way, but for questions to the provider, which wait for their time.
const UNDER_WAY: &str = "select (select count(*) from outbox where receipted_at is null)
    + (select count(*) from jobs where failed_at is null and kind = 'send_message')";
/// Both at one moment.
const BOTH: &str = "return {redis.call('XLEN', KEYS[1]), redis.call('SCARD', KEYS[2])}";
/// A receipt lost twice is asked for after a minute, then after two.
const TO_SETTLE: Duration = Duration::from_secs(240);

/// Whether something happened to a dossier.
type Happened = fn(&Record) -> bool;

/// What is mailed to the applicant at which moment, by a part of its subject.
const MAILS: [(&str, Happened); 9] = [
    ("Đã nhận đơn", |record| record.code.is_some()),
    ("Đã nhận phí", |record| record.paid),
    ("đã được tiếp nhận", |record| record.received),
    ("cần bổ sung giấy tờ", |record| record.supplemented),
    ("Đã nhận giấy tờ bổ sung", |record| record.supplemented),
    ("dừng giải quyết", |record| record.resumed),
    ("được tiếp tục giải quyết", |record| record.resumed),
    ("đã được rút", |record| record.withdrawn),
    ("đã có kết quả", |record| record.completed),
];

/// What a case lets pass.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tolerance {
    /// The same mail may arrive twice: the mail server took it, and nobody could note that it did.
    pub repeated_mails: bool,
    /// Mails may be lost for good: the mail server said it took them, or refuses them for ever.
    pub lost_mails: bool,
}

/// Waits until everything is done, and compares. Gives what is wrong, a sentence each.
///
/// # Errors
/// When it cannot be compared.
pub async fn compare(
    installation: &mut Installation,
    outcomes: &[Outcome],
    tolerance: Tolerance,
) -> Result<Vec<String>> {
    let mut wrong: Vec<String> = outcomes.iter().filter_map(|outcome| outcome.broken.clone()).collect();
    for (name, part) in &mut installation.parts {
        if let Some(status) = part.ended()? {
            wrong.push(format!("{name} ended by itself ({status}): {}", part.last_words()));
        }
    }
    if let Err(why) = settle(installation).await {
        wrong.push(format!("{why:#}"));
    }
    for outcome in outcomes {
        if let Err(why) = outcome.walk.look_back().await {
            wrong.push(format!("I6: {why:#}"));
        }
    }
    wrong.extend(standing(installation).await?);
    let records: Vec<_> = outcomes.iter().map(|outcome| &outcome.walk.record).collect();
    wrong.extend(codes(&records));
    wrong.extend(mails(installation, &records, tolerance).await?);
    wrong.extend(money(installation).await?);
    Ok(wrong)
}

/// What holds at every moment, whatever is going on: the invariants of what is stored, no constraint that had to refuse what a
/// lock should have kept apart, and nothing missing from the streams. Gives what is wrong, a sentence each.
///
/// # Errors
/// When it cannot be found out.
pub async fn standing(installation: &Installation) -> Result<Vec<String>> {
    let mut wrong = Vec::new();
    for broken in installation.verify().await? {
        let rows = broken["rows"].as_array().map(Vec::as_slice).unwrap_or_default();
        let rows: Vec<_> = rows.iter().take(3).filter_map(Value::as_str).collect();
        wrong.push(format!(
            "{}: {}: {} rows: {}",
            broken["of"],
            broken["invariant"],
            broken["broken"],
            rows.join("; ")
        ));
    }
    for part in ["payments serve", "payments work"] {
        let refused = installation.parts.get(part).map_or(0, |part| part.said("refused the row"));
        if refused > 0 {
            wrong.push(format!("I3: {part}: a constraint refused {refused} rows that a lock should have kept apart"));
        }
    }
    wrong.extend(waiting(installation).await?);
    Ok(wrong)
}

/// What counts as waiting for a listener is in its stream. (Beside an empty stream the count is void, by design.)
///
/// # Errors
/// When Redis does not answer.
pub async fn waiting(installation: &Installation) -> Result<Vec<String>> {
    let mut wrong = Vec::new();
    for service in SERVICES.iter() {
        let (stream, queued) = (format!("motcua:inbox:{service}"), format!("motcua:queued:{service}"));
        let both = installation.servers.redis(&["EVAL", BOTH, "2", &stream, &queued]).await?;
        let (entries, waiting): (i64, i64) = redis::from_redis_value(both)?;
        if entries > 0 && entries < waiting {
            wrong.push(format!("I8: {waiting} events wait for {service}, {entries} are in its stream"));
        }
    }
    Ok(wrong)
}

/// Has messages that were put off sent now.
///
/// # Errors
/// When a database does not answer.
pub async fn hurry(installation: &Installation) -> Result<()> {
    for service in SERVICES.iter() {
        installation.servers.database(&format!("motcua_{service}")).await?.batch_execute(HURRY).await?;
    }
    Ok(())
}

/// Waits until no event and no message is under way.
///
/// # Errors
/// When something stays so.
pub async fn settle(installation: &Installation) -> Result<()> {
    let begun = Instant::now();
    let mut told = Instant::now();
    loop {
        let mut left = Vec::new();
        for service in SERVICES.iter() {
            let database = installation.servers.database(&format!("motcua_{service}")).await?;
            database.batch_execute(HURRY).await?;
            let count: i64 = database.query_one(UNDER_WAY, &[]).await?.get(0);
            if count > 0 {
                left.push(format!("{count} of {service}"));
            }
        }
        if left.is_empty() {
            return Ok(());
        }
        if begun.elapsed() > TO_SETTLE {
            bail!("I8: still under way after {} s: {}", TO_SETTLE.as_secs(), left.join(", "));
        }
        if told.elapsed() > Duration::from_secs(10) {
            told = Instant::now();
            show(&format!("settling: {}", left.join(", ")));
        }
        sleep(Duration::from_millis(300)).await;
    }
}

fn codes(records: &[&Record]) -> Vec<String> {
    let mut seen = BTreeSet::new();
    let codes = records.iter().filter_map(|record| record.code.as_ref());
    codes.filter(|code| !seen.insert(*code)).map(|code| format!("{code} was given to two dossiers")).collect()
}

/// Each of those moments was mailed to the applicant once, and to each of the agency's receivers at most once.
async fn mails(installation: &Installation, records: &[&Record], tolerance: Tolerance) -> Result<Vec<String>> {
    let all = installation.client.sandbox("GET", "/mails", None).await?;
    let mut arrived: BTreeMap<(String, String), BTreeMap<String, usize>> = BTreeMap::new();
    for mail in all["items"].as_array().context("a list of mails")? {
        let text = |name: &str| mail[name].as_str().unwrap_or_default().to_owned();
        let to = mail.pointer("/to/0").and_then(Value::as_str).unwrap_or_default().to_owned();
        *arrived.entry((to, text("subject"))).or_default().entry(text("message_id")).or_default() += 1;
    }
    let mut wrong = Vec::new();
    for ((to, subject), copies) in &arrived {
        let about_a_dossier = subject.contains("hồ sơ") || subject.contains("Hồ sơ");
        if about_a_dossier && copies.len() > 1 {
            wrong.push(format!("I9: {} different mails \"{subject}\" to {to}", copies.len()));
        }
        if about_a_dossier && !tolerance.repeated_mails && copies.values().any(|copies| *copies > 1) {
            wrong.push(format!("I9: the mail \"{subject}\" came twice to {to}"));
        }
    }
    for record in records.iter().filter(|_| !tolerance.lost_mails) {
        let Some(code) = &record.code else { continue };
        for (about, _) in MAILS.iter().filter(|(_, happened)| happened(record)) {
            let fits = |(to, subject): &&(String, String)| {
                *to == record.email && subject.contains(code) && subject.contains(about)
            };
            if !arrived.keys().any(|mail| fits(&mail)) {
                wrong.push(format!("I9: no mail \"{about}\" about {code} to {}", record.email));
            }
        }
        let alerted = |(to, subject): &(String, String)| to.starts_with("tiepnhan@") && subject.contains(code.as_str());
        if record.received && !arrived.keys().any(alerted) {
            wrong.push(format!("I9: no receiver was alerted of {code}"));
        }
    }
    Ok(wrong)
}

/// The provider took money as often, and as much, as is booked.
async fn money(installation: &Installation) -> Result<Vec<String>> {
    let taken = installation.client.sandbox("GET", "/payments", None).await?;
    let taken = taken["items"].as_array().context("a list of payments")?;
    let taken = taken.iter().filter(|payment| payment["response_code"] == "00");
    let taken: BTreeMap<_, _> = taken
        .map(|payment| {
            (payment["txn_ref"].as_str().unwrap_or_default().to_owned(), payment["amount"].as_i64().unwrap_or(0) / 100)
        })
        .collect();
    let database = installation.servers.database("motcua_payments").await?;
    let booked = "select a.reference, t.amount from transfers t join attempts a on a.id = t.attempt_id";
    let booked: BTreeMap<String, i64> =
        database.query(booked, &[]).await?.iter().map(|row| (row.get(0), row.get(1))).collect();
    let one_sided = |of: &BTreeMap<String, i64>, other: &BTreeMap<String, i64>, what: &str| -> Vec<String> {
        let missing = of.iter().filter(|(reference, amount)| other.get(*reference) != Some(amount));
        missing.map(|(reference, amount)| format!("I10: {what}: {reference}, {amount} VND")).collect()
    };
    let mut wrong = one_sided(&taken, &booked, "taken by the provider and not booked");
    wrong.extend(one_sided(&booked, &taken, "booked and not taken by the provider"));
    Ok(wrong)
}
