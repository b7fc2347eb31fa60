//! What lasts for hours and days: the clock is moved, and nobody waits.

use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use tokio::time::sleep;

use super::provider;
use crate::{
    check::{Tolerance, settle, standing},
    client::Ask,
    fixture::Fixture,
    load::Outcome,
    say::show,
    walk::Walk,
};

pub(super) const MINUTE: i64 = 60;
pub(super) const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;
/// An hour, and up to a quarter more: what failed is tried again within this.
const LONGEST_PAUSE: i64 = 76 * MINUTE;
/// Whoever looks at the clock once a second has looked by then.
pub(super) const LOOK: Duration = Duration::from_millis(1_200);
/// What is due is tried within this, on a machine that does much else.
pub(super) const TO_TRY: Duration = Duration::from_secs(60);

/// What is to be done at this moment, or is being done.
const DUE: &str = "select
    (select count(*) from jobs
        where failed_at is null and (locked_until is not null or run_at <= now() + make_interval(secs => $1)))
    + (select count(*) from dead_letter d where again_at <= now() + make_interval(secs => $1)
        and not exists (select from inbox i where i.event_id = d.event_id))";
const UNSENT: &str = "select count(*) from messages where state <> 'SENT'";
const FAILED: &str = "select count(*) from messages where state = 'FAILED'";

/// A clock that is moved ahead, step by step.
#[derive(Default)]
pub(super) struct Ahead(i64);

impl Ahead {
    /// Lets so many seconds pass.
    pub fn set(&mut self, fixture: &Fixture, seconds: i64) -> Result<()> {
        self.0 += seconds;
        fixture.installation.clock()?.set(self.0)
    }

    /// Lets so many seconds pass, and all that is due by then be tried.
    pub async fn pass(&mut self, fixture: &Fixture, seconds: i64) -> Result<()> {
        self.set(fixture, seconds)?;
        sleep(LOOK).await;
        let begun = Instant::now();
        for database in ["motcua_notifications", "motcua_payments"] {
            let database = fixture.installation.servers.database(database).await?;
            #[allow(clippy::cast_precision_loss, reason = "a few million seconds")]
            while database.query_one(DUE, &[&(self.0 as f64)]).await?.try_get::<_, i64>(0)? > 0 {
                ensure!(begun.elapsed() < TO_TRY, "what was due was not tried for {} s", TO_TRY.as_secs());
                sleep(Duration::from_millis(100)).await;
            }
        }
        Ok(())
    }
}

/// A walk of somebody who has an account: nobody needs a code by mail.
fn known(fixture: &Fixture) -> Walk {
    let mut walk = fixture.new_walk();
    while walk.is_newcomers() {
        walk = fixture.new_walk();
    }
    walk
}

async fn walked(fixture: &Fixture, walks: usize) -> Result<Vec<Outcome>> {
    let mut outcomes = Vec::new();
    for _ in 0..walks {
        let mut walk = known(fixture);
        walk.go().await?;
        outcomes.push(Outcome { walk, broken: None });
    }
    Ok(outcomes)
}

/// A filed dossier that costs something.
pub(super) async fn filed(fixture: &Fixture) -> Result<Walk> {
    loop {
        let mut walk = known(fixture);
        walk.draft().await?;
        walk.file().await?;
        if walk.record.order.is_some() {
            return Ok(walk);
        }
    }
}

pub(super) async fn count(fixture: &Fixture, service: &str, query: &str) -> Result<i64> {
    let database = fixture.installation.servers.database(&format!("motcua_{service}")).await?;
    Ok(database.query_one(query, &[]).await?.try_get(0)?)
}

/// Nobody takes messages, and a payer takes her time.
fn waiting() -> Value {
    let mut wrong = nobody_takes_messages();
    wrong["vnpay"] = json!({"ipn_drop": true, "query_status": "01"});
    wrong
}

fn nobody_takes_messages() -> Value {
    json!({"mail": {"reply_to_rcpt": 451}, "sms": {"code_result": "103"}})
}

pub async fn afternoon_without_mail(fixture: &mut Fixture) -> Result<()> {
    fixture
        .by_own_clock(async |fixture: &mut Fixture| {
            let mut ahead = Ahead::default();
            fixture.installation.behave(&nobody_takes_messages()).await?;
            let outcomes = walked(fixture, 3).await?;
            show("five hours without mail and SMS");
            for _ in 0..15 {
                ahead.pass(fixture, 20 * MINUTE).await?;
            }
            let (unsent, failed) =
                (count(fixture, "notifications", UNSENT).await?, count(fixture, "notifications", FAILED).await?);
            ensure!(unsent > 0 && failed == 0, "of {unsent} messages {failed} were given up in an afternoon");
            fixture.installation.behave(&json!({})).await?;
            ahead.pass(fixture, LONGEST_PAUSE).await?;
            let left = count(fixture, "notifications", UNSENT).await?;
            ensure!(left == 0, "{left} of {unsent} messages did not leave by themselves when they could again");
            fixture.notes.push(format!("{unsent} messages waited and left by themselves"));
            fixture.judge(&outcomes, Tolerance::default(), Instant::now()).await
        })
        .await
}

pub async fn given_up(fixture: &mut Fixture) -> Result<()> {
    fixture
        .by_own_clock(async |fixture: &mut Fixture| {
            let mut ahead = Ahead::default();
            fixture.installation.behave(&nobody_takes_messages()).await?;
            let outcomes = walked(fixture, 1).await?;
            show("six days without mail and SMS");
            for _ in 0..18 {
                ahead.pass(fixture, 8 * HOUR).await?;
            }
            let failed = count(fixture, "notifications", FAILED).await?;
            ensure!(failed > 0, "nothing was given up in six days");
            let told = fixture.installation.given_up("notifications").await?;
            ensure!(told == failed, "{failed} messages were given up, verify says {told}");
            fixture.installation.behave(&json!({})).await?;
            show(fixture.installation.retry("notifications").await?.trim());
            ahead.pass(fixture, 0).await?;
            let left = count(fixture, "notifications", UNSENT).await?;
            ensure!(left == 0, "{left} of {failed} messages did not leave after the command");
            ensure!(
                fixture.installation.given_up("notifications").await? == 0,
                "verify still says that some were given up"
            );
            fixture.notes.push(format!("{failed} messages given up, all sent by one command"));
            fixture.judge(&outcomes, Tolerance::default(), Instant::now()).await
        })
        .await
}

pub async fn silent_provider(fixture: &mut Fixture) -> Result<()> {
    const UNKNOWN: &str = "select count(*) from attempts where status = 'UNKNOWN'";
    const EXPIRED: &str = "select count(*) from attempts where status = 'EXPIRED'";
    fixture
        .by_own_clock(async |fixture: &mut Fixture| {
            let mut ahead = Ahead::default();
            let mut outcomes = Vec::new();
            let wrong = [
                (json!({"ipn_drop": true, "query_answer": "http500"}), UNKNOWN),
                (json!({"ipn_drop": true, "query_status": "01"}), EXPIRED),
            ];
            for (vnpay, becomes) in wrong {
                show(&format!("a day of {vnpay}"));
                let mut walk = filed(fixture).await?;
                fixture.installation.behave(&json!({"vnpay": vnpay})).await?;
                walk.pay_and_leave().await?;
                let waits = [90].into_iter().chain([5 * MINUTE; 5]).chain([HOUR; 24]);
                for seconds in waits {
                    ahead.pass(fixture, seconds).await?;
                }
                ensure!(count(fixture, "payments", becomes).await? > 0, "a day later: {vnpay}");
                fixture.installation.behave(&json!({"vnpay": {"ipn_drop": true}})).await?;
                ahead.pass(fixture, HOUR).await?;
                walk.be_served().await.with_context(|| format!("after a day of {vnpay}"))?;
                outcomes.push(Outcome { walk, broken: None });
            }
            fixture.judge(&outcomes, Tolerance::default(), Instant::now()).await
        })
        .await
}

pub async fn quiet_month(fixture: &mut Fixture) -> Result<()> {
    const TOLD: &str = "select count(*) from outbox";
    fixture
        .by_own_clock(async |fixture: &mut Fixture| {
            let mut ahead = Ahead::default();
            walked(fixture, 2).await?;
            settle(&fixture.installation).await?;
            let told = count(fixture, "submissions", TOLD).await?;
            show("a month and a day without a filing");
            ahead.set(fixture, 31 * DAY)?;
            // Who began before would not believe that so much time has passed.
            fixture.installation.reopen().await?;
            ahead.set(fixture, HOUR + MINUTE)?;
            let begun = Instant::now();
            while count(fixture, "submissions", TOLD).await? > 0 {
                ensure!(begun.elapsed() < TO_TRY, "what was told a month ago is kept");
                sleep(Duration::from_millis(500)).await;
            }
            let wrong = standing(&fixture.installation).await?;
            ensure!(wrong.is_empty(), "after a quiet month: {}", wrong.join("; "));
            fixture.notes.push(format!("{told} events tidied away"));
            fixture.judge(&[], Tolerance::default(), Instant::now()).await
        })
        .await
}

/// What may be forgotten after days, and what people would miss at once.
const REMEMBERED: &str =
    "select (select count(*) from idempotency_keys) + (select count(*) from outbox) + (select count(*) from dossiers)";

/// Jobs that have failed often, and since when does not matter yet: one look by a wrong clock would give them up.
const OFTEN: &str =
    "update jobs set attempts = 40, runs_ended = 40, failing_since = coalesce(failing_since, created_at)";
const ENDED: &str = "select count(*) from attempts where status = 'EXPIRED'";
const GIVEN_UP: &str = "select count(*) from jobs where failed_at is not null";

/// What waits for longer than anything of these services ever does: an hour and a quarter.
const FAR_OFF: &str = "select count(*) from jobs where failed_at is null and run_at > now() + interval '2 hours'";

/// The clock is misread for seconds, by a week, by a month and by the time that drafts are kept, and processes begin by it: nothing is
/// deleted, expired or given up by that.
pub async fn misread(fixture: &mut Fixture) -> Result<()> {
    fixture
        .by_own_clock(async |fixture: &mut Fixture| {
            let mut outcomes = walked(fixture, 2).await?;
            let mut draft = fixture.new_walk();
            draft.draft().await?;
            settle(&fixture.installation).await?;
            fixture.installation.doubt_clock().await?;
            let mut unpaid = filed(fixture).await?;
            fixture.installation.behave(&waiting()).await?;
            unpaid.pay_and_leave().await?;
            sleep(LOOK).await;
            for service in ["notifications", "payments"] {
                let database = fixture.installation.servers.database(&format!("motcua_{service}")).await?;
                database.execute(OFTEN, &[]).await?;
            }
            let before = count(fixture, "submissions", REMEMBERED).await?;
            for days in [8, 40, 120] {
                show(&format!("the clock is misread by {days} days for six seconds"));
                fixture.installation.clock()?.set(days * DAY)?;
                // What is begun meanwhile does not wait for days either.
                let reset = json!({"email": "an@example.vn"});
                let forgot = Ask::post("/api/v1/password-resets", format!("forgot-{days}"), &reset);
                fixture.installation.client.must("a code for a new password", 202, &forgot).await?;
                sleep(Duration::from_secs(3)).await;
                // Those that begin now have never seen another time.
                fixture.installation.reopen().await?;
                sleep(Duration::from_secs(3)).await;
                fixture.installation.clock()?.set(0)?;
                sleep(Duration::from_secs(2)).await;
            }
            let after = count(fixture, "submissions", REMEMBERED).await?;
            ensure!(after >= before, "{} things were forgotten because the clock was misread", before - after);
            ensure!(
                count(fixture, "payments", ENDED).await? == 0,
                "an open attempt expired because the clock was misread"
            );
            for service in ["accounts", "notifications", "payments"] {
                let given_up = count(fixture, service, GIVEN_UP).await?;
                ensure!(given_up == 0, "{service} gave {given_up} jobs up because the clock was misread");
                let far_off = count(fixture, service, FAR_OFF).await?;
                ensure!(far_off == 0, "{service} put {far_off} jobs off by days because the clock was misread");
            }
            fixture.installation.behave(&json!({})).await?;
            // Her first question would come within a minute, the next within the hour.
            provider::hurry(fixture).await?;
            unpaid.be_served().await.context("whose payment was never notified")?;
            outcomes.push(Outcome { walk: unpaid, broken: None });
            fixture.installation.client.must("the filing of the draft", 201, &draft.submission()).await?;
            fixture.judge(&outcomes, Tolerance::default(), Instant::now()).await
        })
        .await
}
