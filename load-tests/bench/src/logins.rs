//! People who sign in, as many as fit in: what reading and filing suffer from it.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use anyhow::{Result, anyhow, ensure};
use argon2::{Argon2, PasswordHasher};
use serde_json::json;
use tokio::task::JoinSet;

use crate::{
    bench::Bench,
    installation::address,
    k6::{Operation, Phase, Seen},
    process::Process,
    say::{say, stage},
};

/// The figures that come of it.
pub const FIGURES: [&str; 3] = ["login_isolation", "login_reads", "login_filings"];
/// Reads, and filings, a second, as a share of P.
const RATE: f64 = 0.05;
/// People who sign in, each again and again: all that accounts lets wait for a core, and nobody is refused.
const PEOPLE: u64 = 32;
/// The password of everybody here.
pub const PASSWORD: &str = "mot-cua-la-mot-cua";

/// Measures every round: reads and filings in open load, first alone, then while people sign in.
///
/// # Errors
/// When a load is void.
pub async fn run(bench: &mut Bench<'_>) -> Result<()> {
    let installation = bench.installation;
    let accounts = installation.database("accounts").await?;
    accounts.batch_execute(&include_str!("people.sql").replace("{hash}", &hash()?)).await?;
    let port = provision::free_port()?;
    let process = stage("accounts", installation.part("accounts", "serve", "accounts", port, &[])).await?;
    say("\n  logins");
    let load = bench.plan.load.as_secs();
    let p = bench.p(bench.plan.load / 2, &[&process]).await?.rate;
    let rate = ((p * RATE) as u64).max(1);
    let phase = |name, operation, start, seconds| Phase { name, operation, rate, start, seconds };
    let phases = [
        phase("warm_reads", Operation::Read, 0, 2),
        phase("warm_filings", Operation::File, 0, 2),
        phase("reads", Operation::Read, 2, load),
        phase("filings", Operation::File, 2, load),
    ];
    for _ in 0..bench.plan.rounds {
        let alone = open(bench, "alone", &phases, &process).await?;
        let crowd = Crowd::start(&address(port))?;
        let crowded = open(bench, "during logins", &phases, &process).await?;
        crowd.stop().await?;
        let worse: Vec<f64> =
            alone.iter().zip(&crowded).skip(2).map(|(alone, crowded)| crowded.p99 / alone.p99).collect();
        bench.report.figure("login_reads", worse[0]);
        bench.report.figure("login_filings", worse[1]);
        bench.report.figure("login_isolation", worse[0].max(worse[1]));
    }
    process.stop().await;
    Ok(())
}

async fn open(bench: &mut Bench<'_>, name: &str, phases: &[Phase], accounts: &Process) -> Result<Vec<Seen>> {
    let (installation, clock) = (bench.installation, Instant::now());
    let before = installation.cpu(&[accounts]);
    let seen = bench.open(phases).await?;
    let (after, took) = (installation.cpu(&[accounts]), clock.elapsed());
    let used: Vec<_> = before
        .iter()
        .zip(&after)
        .map(|((name, before), (_, after))| {
            format!("{name} {:.0} %", (after - before) as f64 / 1e4 / took.as_secs_f64())
        })
        .collect();
    say(&format!("    {name}: CPU of one core: {}", used.join(", ")));
    for (phase, seen) in phases.iter().zip(&seen).skip(2) {
        say(&format!("      {}", seen.line(phase)));
        ensure!(seen.faults() == 0, "{name}, {} of {}: failed or dropped", seen.faults(), phase.name);
    }
    Ok(seen)
}

/// What accounts would have stored of the password.
///
/// # Errors
/// When it cannot be hashed.
pub fn hash() -> Result<String> {
    let made = Argon2::default().hash_password_with_salt(PASSWORD.as_bytes(), b"a salt for bench");
    Ok(made.map_err(|why| anyhow!("the password cannot be hashed: {why}"))?.to_string())
}

/// People who sign in all the time, straight at accounts: the gateway would hold them back.
struct Crowd {
    stop: Arc<AtomicBool>,
    logins: Arc<AtomicU64>,
    begun: Instant,
    people: JoinSet<Result<()>>,
}

impl Crowd {
    fn start(accounts: &str) -> Result<Self> {
        let (stop, logins) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicU64::new(0)));
        let (client, url) = (runtime::http_client(Duration::from_secs(30))?, format!("{accounts}/api/v1/sessions"));
        let mut people = JoinSet::new();
        for person in 0..PEOPLE {
            let (client, url, stop, logins) = (client.clone(), url.clone(), Arc::clone(&stop), Arc::clone(&logins));
            let body = json!({"email": format!("an-{person}@example.vn"), "password": PASSWORD});
            people.spawn(async move {
                while !stop.load(Ordering::Relaxed) {
                    let answer = client.post(&url).json(&body).send().await?;
                    ensure!(
                        answer.status() == 201,
                        "a login was answered {}: {}",
                        answer.status(),
                        answer.text().await?
                    );
                    logins.fetch_add(1, Ordering::Relaxed);
                }
                Ok(())
            });
        }
        Ok(Self { stop, logins, begun: Instant::now(), people })
    }

    async fn stop(mut self) -> Result<()> {
        self.stop.store(true, Ordering::Relaxed);
        let rate = self.logins.load(Ordering::Relaxed) as f64 / self.begun.elapsed().as_secs_f64();
        while let Some(ended) = self.people.join_next().await {
            ended??;
        }
        say(&format!("      {rate:.0} logins a second"));
        Ok(())
    }
}
