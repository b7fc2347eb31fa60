//! Payments a second: a provider's callback that settles, and cash taken at a counter, beside pgbench with the statements that the product
//! itself sends for one of them.

use std::{fs, time::Duration};

use anyhow::{Result, ensure};
use civic::OfficialRole;
use hmac::{Hmac, KeyInit, Mac};
use serde_json::{Value, json};
use sha2::Sha512;
use tokio_postgres::Client;
use uuid::Uuid;

use crate::{
    installation::{Installation, address},
    pgbench,
    plan::Plan,
    process::Process,
    recorded::{self, Replaced},
    report::{Report, Sample},
    say::{say, stage},
    wrk,
};

/// The figures that come of it.
pub const FIGURES: [&str; 2] = ["callback", "cash"];
const CONNECTIONS: u32 = 64;
/// More than anything pays in a second on the machines that this was tried on.
const A_SECOND: u64 = 5_000;
/// The order that is paid first, whose statements are recorded: its number is unlike any other.
const RECORDED: u64 = 0xbe9c_0000_0000;
/// Cashiers, each with a till.
const CASHIERS: u64 = 64;
/// The receipts that every agency issued before.
const NUMBERED: u64 = 4_242_424;
const SECRET: &str = "BENCHSECRET0123456789ABCDEFGHIJK";
const ONLINE: &str = "00000005-0000-7000-8000-";
const COUNTER: &str = "00000006-0000-7000-8000-";
const ATTEMPT: &str = "00000007-0000-7000-8000-";
const SHIFT: &str = "55555555-0000-7000-8000-";
const CASHIER: &str = "66666666-0000-4000-8000-";

/// How an order is paid.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    Callback,
    Cash,
}

impl Way {
    fn figure(self) -> &'static str {
        if self == Self::Callback { "callback" } else { "cash" }
    }
}

/// Payments, and what is there to be paid.
struct Money<'a> {
    installation: &'a Installation,
    db: Client,
    service: Process,
    url: String,
    /// The number of the first order of each kind that nobody has paid.
    next: u64,
}

/// Measures every round: pgbench, ours, ours, pgbench.
///
/// # Errors
/// When a load is void, or the books do not hold what was acknowledged.
pub async fn run(plan: &Plan, installation: &Installation, report: &mut Report) -> Result<()> {
    report.machine(installation).await?;
    let mut money = stage("payments", Money::prepare(installation)).await?;
    let mut scripts = Vec::new();
    for way in [Way::Callback, Way::Cash] {
        scripts.push((way, stage(&format!("a {}, recorded", way.figure()), money.recorded(way)).await?));
    }
    money.unrecorded().await?;
    say("\n  money");
    for (way, script) in &scripts {
        money.ours(*way, plan.load / 2).await?;
        for _ in 0..plan.rounds {
            let p = [money.p(script, plan.load / 2).await?, money.p(script, plan.load / 2).await?];
            let ours = [money.ours(*way, plan.load / 2).await?, money.ours(*way, plan.load / 2).await?];
            report.figure(way.figure(), (ours[0].rate + ours[1].rate) / (p[0].rate + p[1].rate));
            p.into_iter().for_each(|sample| report.sample(&format!("pgbench, a {}", way.figure()), sample));
            ours.into_iter().for_each(|sample| report.sample(&format!("payments, a {}", way.figure()), sample));
        }
    }
    let audited = stage("audit of the books", money.audit()).await?;
    report.audited(&audited);
    money.service.stop().await;
    Ok(())
}

async fn service(installation: &Installation) -> Result<(Process, String)> {
    let port = provision::free_port()?;
    let settings = [("MOTCUA_VNPAY_HASH_SECRET", SECRET.to_owned()), ("MOTCUA_VNPAY_TMN_CODE", "BENCHTMN".to_owned())];
    let process = installation.part("payments", "serve", "payments", port, &settings).await?;
    Ok((process, address(port)))
}

impl<'a> Money<'a> {
    async fn prepare(installation: &'a Installation) -> Result<Self> {
        let db = installation.database("payments").await?;
        let tills = include_str!("tills.sql").replace("{shift}", SHIFT).replace("{cashier}", CASHIER);
        let tills = tills.replace("{cashiers}", &CASHIERS.to_string()).replace("{numbered}", &NUMBERED.to_string());
        db.batch_execute(&tills).await?;
        let cashier = |n: u64| {
            let agency = format!("H44.{}", 101 + n % 8).parse()?;
            installation.issuer.official(format!("{CASHIER}{n:012x}").parse()?, OfficialRole::Cashier, agency)
        };
        let tokens = (0..CASHIERS).map(cashier).collect::<Result<Vec<_>>>()?;
        fs::write(installation.folder.join("cashiers"), tokens.join("\n"))?;
        recorded::write_down(&db, "payments", true).await?;
        let (service, url) = service(installation).await?;
        let mut money = Self { installation, db, service, url, next: 0 };
        money.bill(RECORDED, 1).await?;
        // What a service does once when it is first asked is not part of a payment: another order is paid first.
        // What a service does once when it is first asked is no part of a payment: one at another agency is paid first.
        let first = money.rest(2).await?;
        for way in [Way::Callback, Way::Cash] {
            money.pay(way, first + 1).await?;
        }
        Ok(money)
    }

    /// Orders of both kinds.
    async fn bill(&self, first: u64, count: u64) -> Result<()> {
        let sql = include_str!("bills.sql").replace("{online}", ONLINE).replace("{counter}", COUNTER);
        let sql = sql.replace("{attempt}", ATTEMPT).replace("{first}", &first.to_string());
        Ok(self.db.batch_execute(&sql.replace("{last}", &(first + count - 1).to_string())).await?)
    }

    /// Orders for a load, on a database at rest. Gives the number of the first.
    async fn rest(&mut self, count: u64) -> Result<u64> {
        let first = self.next;
        self.bill(first, count).await?;
        self.next += count;
        self.db.batch_execute("analyze; checkpoint").await?;
        Ok(first)
    }

    /// One payment.
    async fn pay(&self, way: Way, number: u64) -> Result<()> {
        let client = runtime::http_client(Duration::from_secs(5))?;
        let answer = match way {
            Way::Callback => client.get(format!("{}/api/v1/payments/vnpay/notification?{}", self.url, words(number)?)),
            Way::Cash => {
                let cashier = number % CASHIERS;
                let tokens = fs::read_to_string(self.installation.folder.join("cashiers"))?;
                let token = tokens.lines().nth(usize::try_from(cashier)?).unwrap_or_default().to_owned();
                let order: Uuid = format!("{COUNTER}{number:012x}").parse()?;
                let taken =
                    json!({"order_id": order, "way": "CASH", "received": {"amount": 50_000, "currency": "VND"}});
                let url = format!("{}/api/v1/shifts/{SHIFT}{cashier:012x}/takings", self.url);
                client.post(url).bearer_auth(token).header("idempotency-key", order.to_string()).json(&taken)
            }
        };
        let answer = answer.send().await?;
        let (status, body) = (answer.status(), answer.text().await?);
        let settled = serde_json::from_str::<Value>(&body).is_ok_and(|body| body["RspCode"] == "00");
        ensure!(status == 201 || settled, "a payment was answered {status}: {body}");
        Ok(())
    }

    /// What one payment asks of PostgreSQL, for pgbench.
    async fn recorded(&self, way: Way) -> Result<String> {
        let cashier = |prefix: &str| {
            let by = format!("'{prefix}' || lpad(to_hex(:number::bigint % {CASHIERS}), 12, '0')");
            (format!("{prefix}{:012x}", RECORDED % CASHIERS), by)
        };
        let receipt = ((NUMBERED + 1).to_string(), "(1000000 + :number::bigint)::text".to_owned());
        let transaction = (RECORDED.to_string(), "(:number::bigint)::text".to_owned());
        let texts = [cashier(SHIFT), cashier(CASHIER), receipt, transaction];
        let replaced = Replaced { number: RECORDED, texts: &texts, kept: &["cccccccc"] };
        recorded::script(self.installation, &self.db, &replaced, self.pay(way, RECORDED)).await
    }

    /// Nothing is recorded from now on.
    async fn unrecorded(&mut self) -> Result<()> {
        recorded::write_down(&self.db, "payments", false).await?;
        let (service, url) = service(self.installation).await?;
        std::mem::replace(&mut self.service, service).stop().await;
        self.url = url;
        Ok(())
    }

    /// pgbench with a few clients or with many, whichever pays more.
    async fn p(&mut self, script: &str, load: Duration) -> Result<Sample> {
        let mut best: Option<Sample> = None;
        for clients in [pgbench::FEW, pgbench::MANY] {
            let first = self.rest(A_SECOND * (pgbench::WARM_UP + load).as_secs()).await?;
            let before = self.installation.cpu(&[&self.service]);
            let done = pgbench::run(self.installation, "payments", script, first, clients, load).await?;
            let after = self.installation.cpu(&[&self.service]);
            let sample = Sample::new(done.rate, done.all, &before, &after, &format!("{clients} clients"));
            say(&format!("    {}", sample.line("pgbench")));
            if best.as_ref().is_none_or(|best| sample.rate > best.rate) {
                best = Some(sample);
            }
        }
        best.ok_or_else(|| anyhow::anyhow!("pgbench was not run"))
    }

    /// Payments over HTTP.
    async fn ours(&mut self, way: Way, load: Duration) -> Result<Sample> {
        let count = A_SECOND * load.as_secs();
        let first = self.rest(count).await?;
        let lines = self.installation.folder.join(if way == Way::Callback { "callbacks" } else { "cashiers" });
        if way == Way::Callback {
            let said = (first..first + count).map(words).collect::<Result<Vec<_>>>()?;
            fs::write(&lines, said.join("\n"))?;
        }
        let how = if way == Way::Callback { "notify" } else { "take" };
        let (first, lines) = (first.to_string(), lines.display().to_string());
        let arguments = [how, &first, &lines, COUNTER, SHIFT];
        let before = self.installation.cpu(&[&self.service]);
        let responses = wrk::pay(self.installation, &self.url, CONNECTIONS, load, &arguments).await?;
        let sample = responses.sample(&before, &self.installation.cpu(&[&self.service]));
        say(&format!("    {}", sample.line(&format!("payments, a {}", way.figure()))));
        Ok(sample)
    }

    /// Whether what was paid is in the books, once.
    async fn audit(&self) -> Result<String> {
        let sql = "select (select count(*) from orders where status = 'PAID'), (select count(*) from transfers),
            (select count(*) from attempts where status = 'SETTLED'), (select count(*) from order_history where cause = 'PAID'),
            (select count(*) from receipts) = (select count(*) from takings)";
        let row = self.db.query_one(sql, &[]).await?;
        let counts: [i64; 4] = [row.get(0), row.get(1), row.get(2), row.get(3)];
        ensure!(counts.iter().all(|count| *count == counts[0]), "orders, transfers, attempts, steps: {counts:?}");
        ensure!(row.get::<_, bool>(4), "some of what cashiers took has no receipt");
        Ok(format!(
            "{} orders paid: as many transfers, attempts and steps, and a receipt for each that a cashier took",
            counts[0]
        ))
    }
}

/// VNPAY's word that an order's attempt is paid, signed.
fn words(number: u64) -> Result<String> {
    let attempt: Uuid = format!("{ATTEMPT}{number:012x}").parse()?;
    // The parameters in the order in which they are signed; none of them needs an escape.
    let said = format!(
        "vnp_Amount=5000000&vnp_BankCode=NCB&vnp_OrderInfo=bench&vnp_PayDate=20261130090000&vnp_ResponseCode=00&vnp_TmnCode=BENCHTMN\
         &vnp_TransactionNo={number}&vnp_TransactionStatus=00&vnp_TxnRef={}",
        attempt.simple()
    );
    let mut signature = Hmac::<Sha512>::new_from_slice(SECRET.as_bytes())?;
    signature.update(said.as_bytes());
    let signature: String = signature.finalize().into_bytes().iter().map(|byte| format!("{byte:02x}")).collect();
    Ok(format!("{said}&vnp_SecureHash={signature}"))
}
