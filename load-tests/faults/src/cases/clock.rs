//! A clock that is stepped while walks go on.

use std::time::{Duration, Instant, SystemTime};

use anyhow::{Result, ensure};
use tokio::time::sleep;

use super::days::{count, walked};
use crate::{
    check::{Tolerance, hurry, settle},
    client,
    fixture::Fixture,
    load::Load,
    say::show,
};

const HOUR: i64 = 3600;
const DAY: i64 = 24 * HOUR;
/// Midnight in Vietnam, in seconds of a day in UTC.
const MIDNIGHT: i64 = 17 * HOUR;
/// Whoever is received later is not answered earlier, under the same procedure.
const OVERTAKEN: &str = "select count(*) from dossiers one join dossiers other using (procedure_version)
    where one.received_at < other.received_at and one.due_at > other.due_at";
const NOT_LATER: &str = "select count(*) from dossiers where due_at <= received_at";
const DAYS: &str = "select count(distinct day) from code_counters";

/// Plays `case` on an installation of its own, which lives by a clock that can be stepped.
pub(super) async fn by_own_clock(
    fixture: &mut Fixture,
    case: impl AsyncFnOnce(&mut Fixture) -> Result<()>,
) -> Result<()> {
    let mut own = Fixture::set_with_a_clock(fixture.seed, fixture.long).await?;
    let outcome = case(&mut own).await;
    own.note_longest_wait();
    fixture.notes.append(&mut own.notes);
    own.installation.stop(outcome.is_err()).await;
    client::forget();
    outcome
}

pub async fn stepped(fixture: &mut Fixture) -> Result<()> {
    by_own_clock(fixture, async |fixture: &mut Fixture| step(fixture).await).await
}

async fn step(fixture: &mut Fixture) -> Result<()> {
    let time = fixture.seconds(8, 60);
    let to_midnight = (MIDNIGHT - now()? % DAY).rem_euclid(DAY);
    let steps = [
        ("an hour fast", HOUR, time),
        ("right", 0, time),
        ("an hour slow", -HOUR, time),
        ("right", 0, time),
        ("seconds before midnight in Vietnam, which comes", to_midnight - 6, time),
        ("before that midnight again, and stepped over it", to_midnight - 60, time / 2),
        ("an hour into the new day", to_midnight + HOUR, time),
        ("right", 0, time),
    ];
    fixture
        .under_load(Tolerance::default(), async |fixture: &mut Fixture, load: &Load| {
            let began = now()?;
            for (how, fast, time) in steps {
                show(&format!("the clock is {how}"));
                // The steps to midnight count from when the case began.
                let gone = if fast.abs() > HOUR { now()? - began } else { 0 };
                fixture.installation.clock()?.set(fast - gone)?;
                hurry(&fixture.installation).await?;
                load.go_on_for(time).await?;
                hurry(&fixture.installation).await?;
            }
            Ok(())
        })
        .await?;
    let database = fixture.installation.servers.database("motcua_submissions").await?;
    let count = async |query: &str| Ok::<i64, anyhow::Error>(database.query_one(query, &[]).await?.try_get(0)?);
    let (overtaken, not_later, days) = (count(OVERTAKEN).await?, count(NOT_LATER).await?, count(DAYS).await?);
    ensure!(overtaken == 0, "{overtaken} pairs of dossiers are due in another order than they were received");
    ensure!(not_later == 0, "{not_later} dossiers are due before they were received");
    ensure!(days >= 2, "no filing saw midnight");
    fixture.notes.push(format!("codes of {days} days"));
    Ok(())
}

/// What may be forgotten after days, and what people would miss at once.
const REMEMBERED: &str =
    "select (select count(*) from idempotency_keys) + (select count(*) from outbox) + (select count(*) from dossiers)";

/// The clock is misread for seconds, by a week, by a month and by the time that drafts are kept: nothing is deleted by that.
pub async fn misread(fixture: &mut Fixture) -> Result<()> {
    by_own_clock(fixture, async |fixture: &mut Fixture| {
        let outcomes = walked(fixture, 2).await?;
        let mut draft = fixture.new_walk();
        draft.draft().await?;
        settle(&fixture.installation).await?;
        let before = count(fixture, "submissions", REMEMBERED).await?;
        for days in [8, 40, 120] {
            show(&format!("the clock is misread by {days} days for six seconds"));
            fixture.installation.clock()?.set(days * DAY)?;
            sleep(Duration::from_secs(6)).await;
            fixture.installation.clock()?.set(0)?;
            sleep(Duration::from_secs(2)).await;
        }
        let after = count(fixture, "submissions", REMEMBERED).await?;
        ensure!(after >= before, "{} things were forgotten because the clock was misread", before - after);
        fixture.installation.client.must("the filing of the draft", 201, &draft.submission()).await?;
        fixture.judge(&outcomes, Tolerance::default(), Instant::now()).await
    })
    .await
}

/// Seconds since 1970 by the machine's own clock.
fn now() -> Result<i64> {
    Ok(i64::try_from(SystemTime::now().duration_since(SystemTime::UNIX_EPOCH)?.as_secs())?)
}
