//! How long a visitor waits for the first byte of a page: a procedure's, and an official's work list with twenty dossiers.

use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use reqwest::{Client, Response, header};

use crate::{
    installation::{Installation, address},
    logins::{PASSWORD, hash},
    plan::Plan,
    process::Process,
    report::Report,
    say::{say, stage},
};

/// The figures that come of it.
pub const FIGURES: [&str; 2] = ["page_procedure_ms", "page_work_list_ms"];
/// Times that a page is asked for in a round, one after the other.
const TIMES: usize = 200;

/// Measures every round. The tokens of the figures before are of another issuer, so the services stand here a second time.
///
/// # Errors
/// When a page is not answered as it should be.
pub async fn run(plan: &Plan, installation: &Installation, report: &mut Report) -> Result<()> {
    let accounts = installation.database("accounts").await?;
    accounts.batch_execute(&include_str!("official.sql").replace("{hash}", &hash()?)).await?;
    let (processes, door) = stage("accounts, portal, and a gateway before them", open(installation)).await?;
    let visitor = Visitor::sign_in(door).await?;
    say("\n  pages");
    for _ in 0..plan.rounds {
        for (figure, path) in
            [("page_procedure_ms", "/procedures/1.001193"), ("page_work_list_ms", "/work/H44.101?status=COMPLETED")]
        {
            let waited = visitor.wait(path).await?;
            say(&format!("    {path}: {waited:.2} ms"));
            report.figure(figure, waited);
        }
    }
    for process in processes {
        process.stop().await;
    }
    drop(accounts);
    installation.db.batch_execute("drop database accounts with (force)").await?;
    Ok(())
}

/// The services of the pages, and the address of their gateway.
async fn open(installation: &Installation) -> Result<(Vec<Process>, String)> {
    let ports = [(); 4].map(|()| provision::free_port());
    let [accounts, submissions, portal, gateway] = ports;
    let (accounts, submissions, portal, gateway) = (accounts?, submissions?, portal?, gateway?);
    let door = address(gateway);
    let settings = [
        ("MOTCUA_JWKS_URL", format!("{}/api/v1/jwks", address(accounts))),
        ("MOTCUA_ACCOUNTS_URL", address(accounts)),
        ("MOTCUA_SUBMISSIONS_URL", address(submissions)),
        ("MOTCUA_PORTAL_URL", address(portal)),
        ("MOTCUA_API_URL", door.clone()),
        ("MOTCUA_PUBLIC_URL", door.clone()),
        ("MOTCUA_TRUSTED_PROXIES", "127.0.0.0/8".to_owned()),
    ];
    let mut processes = Vec::new();
    for (name, port) in [("accounts", accounts), ("submissions", submissions), ("portal", portal), ("gateway", gateway)]
    {
        processes.push(installation.part(name, "serve", name, port, &settings).await?);
    }
    Ok((processes, door))
}

/// A browser of an official.
struct Visitor {
    client: Client,
    door: String,
    cookie: String,
}

impl Visitor {
    async fn sign_in(door: String) -> Result<Self> {
        let client = runtime::http_client(Duration::from_secs(10))?;
        let page = client.get(format!("{door}/sign-in")).send().await?;
        let cookie = cookie_of(&page)?;
        let html = page.text().await?;
        let seal = html.split_once("name=\"form_seal\" value=\"").and_then(|(_, rest)| rest.split('"').next());
        let fields = [
            ("form_seal", seal.context("the sign-in page has no sealed form")?),
            ("email", "official@example.vn"),
            ("password", PASSWORD),
        ];
        let sent = client.post(format!("{door}/sign-in")).header(header::COOKIE, cookie).form(&fields).send().await?;
        ensure!(sent.status() == 303, "signing in was answered {}", sent.status());
        Ok(Self { cookie: cookie_of(&sent)?, client, door })
    }

    /// The median of the times to the first byte, in ms.
    async fn wait(&self, path: &str) -> Result<f64> {
        let mut waited = Vec::new();
        for _ in 0..TIMES {
            let clock = Instant::now();
            let request = self.client.get(format!("{}{path}", self.door)).header(header::COOKIE, &self.cookie);
            let page = request.send().await?;
            waited.push(clock.elapsed().as_secs_f64() * 1e3);
            ensure!(page.status() == 200, "{path} was answered {}", page.status());
            page.bytes().await?;
        }
        waited.sort_by(f64::total_cmp);
        Ok(waited[TIMES / 2])
    }
}

/// The cookie that an answer sets.
fn cookie_of(answer: &Response) -> Result<String> {
    let line = answer.headers().get(header::SET_COOKIE).and_then(|line| line.to_str().ok());
    let pair = line.and_then(|line| line.split(';').next()).context("the portal sets no cookie")?;
    Ok(pair.to_owned())
}
