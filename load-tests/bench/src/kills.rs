//! Submissions and PostgreSQL killed while people file: whether everything that anybody was told is there.

use std::{
    collections::HashMap,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use anyhow::{Context, Result, ensure};
use serde::Deserialize;
use tokio::{task::JoinSet, time::sleep};

use crate::{
    audit::Tally,
    data::Data,
    drafts::{CITIZENS, Drafts, Kind, citizen},
    installation::Installation,
    plan::Plan,
    report::Report,
    say::{say, stage},
};

/// The figures that come of it.
pub const FIGURES: [&str; 1] = ["kills"];
const CLIENTS: usize = 64;
/// Drafts that may be filed between two deaths.
const DRAFTS: u64 = 15_000;
/// Who has no answer waits this long and asks again, with the same key.
const AGAIN: Duration = Duration::from_millis(100);
/// Who has no answer this long after the last death has given up.
const RESPONSE_TIMEOUT: Duration = Duration::from_secs(30);

/// What a client was told: the draft's number and its code.
type Acknowledged = (u64, String);

#[derive(Deserialize)]
struct Receipt {
    code: String,
}

/// Kills each of them so many times in turn; then compares what clients were told with what is there.
///
/// # Errors
/// When anything is missing, different or doubled.
pub async fn run(plan: &Plan, installation: &mut Installation, report: &mut Report) -> Result<()> {
    report.machine(installation).await?;
    say("\n  kills");
    let data = Data::prepare(installation).await?;
    let mut drafts = Drafts::new(data.answers.clone());
    let deaths = 2 * plan.rounds as u64;
    stage("drafts", drafts.reserve(installation, Kind::Spread, DRAFTS * (deaths + 1))).await?;
    let crowd = Crowd::start(installation, DRAFTS * (deaths + 1))?;
    for death in 0..deaths {
        sleep(plan.load / 4).await;
        let before = crowd.told.load(Ordering::Relaxed);
        if death % 2 == 0 {
            stage(
                &format!("kill -9 of submissions after {before} filings, and start"),
                installation.crash_submissions(),
            )
            .await?;
        } else {
            stage(&format!("kill -9 of PostgreSQL after {before} filings, and start"), installation.crash_postgres())
                .await?;
        }
    }
    sleep(plan.load / 4).await;
    let (asked, told) = crowd.stop().await?;
    let missing = compare(installation, &told).await?;
    let mut tally = Tally::begin(0);
    tally.acknowledged(told.len() as u64, asked - told.len() as u64);
    let audited =
        tally.audit(installation).await.context("The run is void: after the kills the data does not hold together")?;
    ensure!(missing == 0, "The run is void: of {} filings acknowledged, {missing} are missing or another", told.len());
    report.figure("kills", missing as f64);
    report.audited(&format!("{deaths} kills: {audited}"));
    Ok(())
}

/// How many clients were told what is not so.
async fn compare(installation: &Installation, told: &[Acknowledged]) -> Result<usize> {
    let rows = installation.db.query("select id::text, code from dossiers where code is not null", &[]).await?;
    let there: HashMap<String, String> = rows.iter().map(|row| (row.get(0), row.get(1))).collect();
    Ok(told.iter().filter(|(number, code)| there.get(&Kind::Spread.id(*number)) != Some(code)).count())
}

/// Clients that file one draft after the other, each until it is acknowledged.
struct Crowd {
    stop: Arc<AtomicBool>,
    next: Arc<AtomicU64>,
    told: Arc<AtomicU64>,
    clients: JoinSet<Result<Vec<Acknowledged>>>,
}

#[derive(Clone)]
struct Client {
    http: reqwest::Client,
    gateway: String,
    tokens: Arc<Vec<String>>,
    stop: Arc<AtomicBool>,
    next: Arc<AtomicU64>,
    told: Arc<AtomicU64>,
}

impl Crowd {
    fn start(installation: &Installation, drafts: u64) -> Result<Self> {
        let tokens = (0..CITIZENS).map(|n| installation.issuer.citizen(citizen(n))).collect::<Result<_>>()?;
        let client = Client {
            http: runtime::http_client(Duration::from_secs(10))?,
            gateway: installation.gateway.clone(),
            tokens: Arc::new(tokens),
            stop: Arc::default(),
            next: Arc::default(),
            told: Arc::default(),
        };
        let mut clients = JoinSet::new();
        for _ in 0..CLIENTS {
            clients.spawn(client.clone().work(drafts));
        }
        Ok(Self { stop: client.stop, next: client.next, told: client.told, clients })
    }

    /// Lets everybody finish the draft in hand. Gives how many drafts were asked for, and what was acknowledged.
    async fn stop(mut self) -> Result<(u64, Vec<Acknowledged>)> {
        self.stop.store(true, Ordering::Relaxed);
        let mut all = Vec::new();
        while let Some(ended) = self.clients.join_next().await {
            all.extend(ended??);
        }
        Ok((self.next.load(Ordering::Relaxed), all))
    }
}

impl Client {
    async fn work(self, drafts: u64) -> Result<Vec<Acknowledged>> {
        let mut acknowledged = Vec::new();
        while !self.stop.load(Ordering::Relaxed) {
            let number = self.next.fetch_add(1, Ordering::Relaxed);
            ensure!(number < drafts, "there are not drafts enough");
            if let Some(code) = self.file(number).await? {
                acknowledged.push((number, code));
                self.told.fetch_add(1, Ordering::Relaxed);
            }
        }
        Ok(acknowledged)
    }

    /// Files a draft, however often it takes; its code, or `None` when patience ends first.
    async fn file(&self, number: u64) -> Result<Option<String>> {
        let id = Kind::Spread.id(number);
        let url = format!("{}/api/v1/dossiers/{id}/submission", self.gateway);
        let token = &self.tokens[usize::try_from(number % CITIZENS)?];
        let begun = Instant::now();
        while begun.elapsed() < RESPONSE_TIMEOUT {
            let request = self.http.post(&url).bearer_auth(token).header("idempotency-key", &id);
            // An answer that breaks off told nobody anything.
            if let Ok(answer) = request.send().await {
                let status = answer.status();
                if let Ok(text) = answer.text().await {
                    match status.as_u16() {
                        201 => return Ok(Some(serde_json::from_str::<Receipt>(&text)?.code)),
                        429 | 500..=599 => {}
                        _ => anyhow::bail!("a filing was answered {status}: {text}"),
                    }
                }
            }
            sleep(AGAIN).await;
        }
        Ok(None)
    }
}
