//! A thousand dossiers beside ten million: what it costs to find one, and to list those that are somebody's business.

use std::time::Duration;

use anyhow::{Context, Result, bail, ensure};
use civic::OfficialRole;
use tokio::process::Command;
use tokio_postgres::Client;
use uuid::Uuid;

use crate::{
    data::{A_DAY, Data},
    drafts::citizen,
    installation::Installation,
    plan::Plan,
    report::{Report, Sample},
    say::{say, stage},
    wrk,
};

/// The figures that come of it.
pub const FIGURES: [&str; 6] =
    ["growth", "growth_by_code", "growth_mine", "growth_work_list", "growth_counts", "growth_postgres"];
const FEW: u64 = 1_000;
/// Dossiers that a citizen has.
const OF_A_CITIZEN: u64 = 25;
/// Citizens who ask, at most: spread over all there are.
const ASKING: u64 = 2_048;
/// Dossiers made at a time.
const CHUNK: u64 = 500_000;
/// Bytes that a dossier takes up with its history and their indexes, while they are made.
const BYTES: u64 = 1_500;
/// One for each thread of wrk, so that each page is asked for by who saw the one before.
const CONNECTIONS: u32 = 2;
const WARM_UP: Duration = Duration::from_secs(2);
/// Whose CPU time counts.
const OURS: [&str; 2] = ["submissions", "PostgreSQL"];
/// What is asked: its figure, its name, and what the script calls it.
const QUESTIONS: [(&str, &str, &str); 4] = [
    ("growth_by_code", "a dossier by its code", "track"),
    ("growth_mine", "one's own dossiers", "mine"),
    ("growth_work_list", "an agency's work list", "list"),
    ("growth_counts", "an agency's counts", "counts"),
];

/// Measures every round: each question with few dossiers, and with many.
///
/// # Errors
/// When there is no room, or a load is void.
pub async fn run(plan: &Plan, installations: &[Installation], report: &mut Report) -> Result<()> {
    let [few, many] = installations else { bail!("it takes two installations") };
    report.machine(few).await?;
    say("\n  growth");
    room(many, plan.growth).await?;
    fill(few, FEW).await?;
    fill(many, plan.growth).await?;
    for (_, _, question) in QUESTIONS {
        ask(many, question, plan.growth, WARM_UP).await?;
    }
    for _ in 0..plan.rounds {
        round(plan, [(few, FEW), (many, plan.growth)], report).await?;
    }
    Ok(())
}

/// Each question in both installations.
async fn round(plan: &Plan, installations: [(&Installation, u64); 2], report: &mut Report) -> Result<()> {
    let (mut worst, mut worst_of_postgres): (f64, f64) = (0.0, 0.0);
    for (figure, name, question) in QUESTIONS {
        let mut samples = Vec::new();
        for (installation, count) in installations {
            let sample = ask(installation, question, count, plan.load / 3).await?;
            let name = format!("{name}, of {count}");
            say(&format!("    {}", sample.line(&name)));
            report.sample(&name, sample.clone());
            samples.push(sample);
        }
        let ratio = |of: &[&str]| samples[1].cpu_of(of) / samples[0].cpu_of(of);
        report.figure(figure, ratio(&OURS));
        worst = worst.max(ratio(&OURS));
        worst_of_postgres = worst_of_postgres.max(ratio(&["PostgreSQL"]));
    }
    report.figure("growth", worst);
    report.figure("growth_postgres", worst_of_postgres);
    Ok(())
}

/// Dossiers, and the tokens of an official at each agency and of those citizens who ask.
async fn fill(installation: &Installation, count: u64) -> Result<()> {
    Data::prepare(installation).await?;
    let citizens = count / OF_A_CITIZEN;
    let make = async {
        installation.db.batch_execute(include_str!("growth_begin.sql")).await?;
        // Two at a time, each every other chunk.
        let second = installation.connect("submissions").await?;
        tokio::try_join!(chunks(&installation.db, 0, count, citizens), chunks(&second, CHUNK, count, citizens))?;
        installation.db.batch_execute(include_str!("growth_end.sql")).await?;
        installation.db.batch_execute("vacuum analyze").await?;
        Ok(installation.db.batch_execute("checkpoint").await?)
    };
    stage(&format!("{count} dossiers"), make).await?;
    let official = |n: u32| {
        let agency = format!("H44.{}", 100 + n).parse()?;
        installation.issuer.official(Uuid::from_u128(0xdddd), OfficialRole::Processor, agency)
    };
    let mut tokens = (1..=8).map(official).collect::<Result<Vec<_>>>()?;
    let apart = (citizens / ASKING).max(1);
    for number in (0..citizens).step_by(apart as usize).take(ASKING as usize) {
        tokens.push(installation.issuer.citizen(citizen(number))?);
    }
    Ok(std::fs::write(installation.folder.join("askers"), tokens.join("\n"))?)
}

async fn chunks(db: &Client, first: u64, count: u64, citizens: u64) -> Result<()> {
    let sql = include_str!("growth.sql").replace("{citizens}", &citizens.to_string());
    let sql = sql.replace("{a_day}", &A_DAY.to_string());
    for first in (first..count).step_by(2 * CHUNK as usize) {
        let last = count.min(first + CHUNK) - 1;
        db.batch_execute(&sql.replace("{first}", &first.to_string()).replace("{last}", &last.to_string())).await?;
    }
    Ok(())
}

async fn ask(installation: &Installation, question: &str, count: u64, load: Duration) -> Result<Sample> {
    let before = installation.cpu(&[]);
    let tokens = installation.folder.join("askers").display().to_string();
    let arguments = [question, &tokens, &count.to_string(), &A_DAY.to_string()];
    let answers = wrk::ask(installation, include_str!("growth.lua"), CONNECTIONS, load, &arguments).await;
    let answers = answers.with_context(|| format!("{question}, of {count}"))?;
    Ok(answers.sample(&before, &installation.cpu(&[])))
}

/// Ten million take room, and a full disk would stop everything.
async fn room(installation: &Installation, count: u64) -> Result<()> {
    let free = Command::new("df").args(["--output=avail", "-B1"]).arg(&installation.folder).output().await?;
    let text = String::from_utf8_lossy(&free.stdout);
    let free: u64 = text.lines().nth(1).unwrap_or_default().trim().parse().context("df says how much room there is")?;
    let wanted = count * BYTES;
    ensure!(
        free > wanted,
        "{count} dossiers need {} GB in {}, and {} are free; set TMPDIR to a larger disk",
        wanted / 1_000_000_000,
        installation.folder.display(),
        free / 1_000_000_000
    );
    Ok(())
}
