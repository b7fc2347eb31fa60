//! A clock that is stepped while walks go on.

use std::time::SystemTime;

use anyhow::{Result, ensure};

use crate::{
    check::{Tolerance, hurry},
    load::Load,
    people,
    say::show,
    stage::Stage,
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

/// On an installation of its own, which lives by a clock that can be stepped.
pub async fn stepped(stage: &mut Stage) -> Result<()> {
    let mut own = Stage::set_with_a_clock(stage.seed, stage.long).await?;
    let outcome = step(&mut own).await;
    stage.notes.append(&mut own.notes);
    own.town.stop(outcome.is_err()).await;
    client::forget();
    outcome
}

async fn step(stage: &mut Stage) -> Result<()> {
    let time = stage.seconds(8, 60);
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
    stage
        .under_load(Tolerance::default(), async |stage: &mut Stage, load: &Load| {
            let began = now()?;
            for (how, fast, time) in steps {
                show(&format!("the clock is {how}"));
                // The steps to midnight count from when the case began.
                let gone = if fast.abs() > HOUR { now()? - began } else { 0 };
                stage.town.clock()?.set(fast - gone)?;
                hurry(&stage.town).await?;
                load.go_on_for(time).await?;
                hurry(&stage.town).await?;
            }
            Ok(())
        })
        .await?;
    let database = stage.town.servers.database("motcua_submissions").await?;
    let count = async |query: &str| Ok::<i64, anyhow::Error>(database.query_one(query, &[]).await?.try_get(0)?);
    let (overtaken, not_later, days) = (count(OVERTAKEN).await?, count(NOT_LATER).await?, count(DAYS).await?);
    ensure!(overtaken == 0, "{overtaken} pairs of dossiers are due in another order than they were received");
    ensure!(not_later == 0, "{not_later} dossiers are due before they were received");
    ensure!(days >= 2, "no filing saw midnight");
    stage.notes.push(format!("codes of {days} days"));
    Ok(())
}

/// Seconds since 1970 by the machine's own clock.
fn now() -> Result<i64> {
    Ok(i64::try_from(SystemTime::now().duration_since(SystemTime::UNIX_EPOCH)?.as_secs())?)
}
