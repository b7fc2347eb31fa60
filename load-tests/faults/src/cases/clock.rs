//! A clock that is stepped while walks go on.

use std::time::SystemTime;

use anyhow::{Result, ensure};

use crate::{
    check::{Tolerance, hurry},
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

pub async fn stepped(fixture: &mut Fixture) -> Result<()> {
    fixture.by_own_clock(step).await
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

/// Seconds since 1970 by the machine's own clock.
fn now() -> Result<i64> {
    Ok(i64::try_from(SystemTime::now().duration_since(SystemTime::UNIX_EPOCH)?.as_secs())?)
}
