//! The whole installation of a run: one process a service and part, each behind lines that can be spoilt.

mod before;
mod commands;
mod replicas;

use std::{collections::BTreeMap, env, fs, net::SocketAddr, path::PathBuf, process::ExitStatus, sync::Arc};

use anyhow::{Context, Result};
use serde_json::Value;

use crate::{
    client::Client,
    door::Door,
    parts::{PARTS, SERVICES},
    process::Process,
    proxy::Proxy,
    servers::Servers,
    stepped_clock::SteppedClock,
};

/// The running installation.
pub struct Installation {
    /// Everything of this run: logs, data, what k6 says.
    pub folder: PathBuf,
    motcua: String,
    /// The binary that runs until it is replaced: the one that `OLD` names, or the same.
    before: String,
    /// PostgreSQL and Redis.
    pub servers: Servers,
    /// The line to PostgreSQL.
    pub to_postgres: Proxy,
    /// The line to Redis.
    pub to_redis: Proxy,
    /// The line to the payment provider and the SMS aggregator.
    pub to_provider: Proxy,
    /// The line to the mail server.
    pub to_mail: Proxy,
    /// What its processes take for the time, when it is not the machine's.
    clock: Option<SteppedClock>,
    /// The address of all gateways.
    pub door: Door,
    /// The address at which everybody fetches the keys of accounts.
    pub keys: Door,
    /// The processes by name.
    pub parts: BTreeMap<String, Process>,
    /// Who calls it.
    pub client: Arc<Client>,
    /// Where each service listens; `payments 2` is a second replica.
    pub ports: BTreeMap<String, u16>,
}

impl Installation {
    /// Starts everything, with demonstration data; PostgreSQL on a disk that is soon full when `small_disk`.
    ///
    /// # Errors
    /// A sentence when something cannot be had or does not start.
    pub async fn start(small_disk: bool) -> Result<Self> {
        let motcua = before::motcua().await?;
        let folder = env::temp_dir().join(format!("motcua-faults-{}", uuid::Uuid::new_v4().simple()));
        fs::create_dir_all(&folder)?;
        let servers = Servers::start(&folder, small_disk).await?;
        let before = env::var("OLD").unwrap_or_else(|_| motcua.clone());
        before::prepare(&servers, &before, &folder).await?;
        let mut ports = BTreeMap::new();
        for name in SERVICES.iter().copied().chain(["gateway", "sandbox", "smtp"]) {
            ports.insert(name.to_owned(), provision::free_port()?);
        }
        let line = async |port: u16| Proxy::start(SocketAddr::from(([127, 0, 0, 1], port))).await;
        let (to_postgres, to_redis) = (line(servers.postgres_port).await?, line(servers.redis_port).await?);
        let (to_provider, to_mail) = (line(ports["sandbox"]).await?, line(ports["smtp"]).await?);
        let (door, keys) = (Door::open(ports["gateway"]).await?, Door::open(ports["accounts"]).await?);
        let client = Arc::new(Client::new(door.port, ports["sandbox"])?);
        let parts = BTreeMap::new();
        let mut installation = Self {
            folder,
            motcua,
            before,
            servers,
            to_postgres,
            to_redis,
            to_provider,
            to_mail,
            clock: None,
            door,
            keys,
            parts,
            client,
            ports,
        };
        for name in ["sandbox serve"].into_iter().chain(installation.known_parts().await?) {
            installation.open(name).await?;
        }
        Ok(installation)
    }

    /// Starts a part that does not run, anew.
    ///
    /// # Errors
    /// When it does not start.
    pub async fn open(&mut self, name: &str) -> Result<()> {
        let mut part = self.part(name)?;
        part.start().await?;
        self.parts.insert(name.to_owned(), part);
        Ok(())
    }

    /// Kills every part and starts it with what its environment is now.
    ///
    /// # Errors
    /// When one does not start.
    pub async fn reopen(&mut self) -> Result<()> {
        let parts = self.known_parts().await?;
        for name in &parts {
            self.running(name)?.kill().await?;
        }
        for name in parts {
            self.open(name).await?;
        }
        Ok(())
    }

    /// The parts that the binary that runs has: an old one may be from before a service.
    async fn known_parts(&self) -> Result<Vec<&'static str>> {
        let mut known = vec!["gateway"];
        for &service in SERVICES.iter() {
            if before::has(&self.before, service).await? {
                known.push(service);
            }
        }
        let of = |part: &&str| known.iter().any(|service| part.starts_with(service));
        Ok(PARTS.iter().copied().filter(of).collect())
    }

    /// Draws the line to PostgreSQL to where it is now, for new processes.
    ///
    /// # Errors
    /// When there is no port for it.
    pub async fn draw_line_to_postgres(&mut self) -> Result<()> {
        self.to_postgres = Proxy::start(SocketAddr::from(([127, 0, 0, 1], self.servers.postgres_port))).await?;
        Ok(())
    }

    /// A process of the installation, not started.
    ///
    /// # Errors
    /// When there is no port for it.
    pub fn part(&self, name: &str) -> Result<Process> {
        let (service, part) = name.split_once(' ').context("a part is SERVICE PART")?;
        let (part, replica) = part
            .split_once(' ')
            .map_or((part, service.to_owned()), |(part, number)| (part, format!("{service} {number}")));
        let admin = provision::free_port()?;
        let port = if part == "serve" { self.ports[&replica] } else { admin };
        let mut environment = self.environment(service);
        environment.push(("MOTCUA_LISTEN".into(), format!("127.0.0.1:{port}")));
        if service != "sandbox" {
            environment.push(("MOTCUA_ADMIN".into(), format!("127.0.0.1:{admin}")));
        }
        // The outside world is nobody's old version.
        let binary = if service == "sandbox" { &self.motcua } else { &self.before };
        Ok(Process::new(name, &[binary, part, service], environment, port, &self.folder))
    }

    /// What a process of `service` finds in its environment.
    pub fn environment(&self, service: &str) -> Vec<(String, String)> {
        let at = |port: u16| format!("http://127.0.0.1:{port}");
        let through =
            |url: &str, port: u16, proxy: &Proxy| url.replace(&format!(":{port}/"), &format!(":{}/", proxy.port));
        let postgres = through(&self.servers.postgres_url, self.servers.postgres_port, &self.to_postgres);
        let database = match self.servers.standby_port() {
            None => format!("{postgres}motcua_{service}"),
            // The first of the two that takes writes; a machine that is gone does not answer at all.
            Some(standby) => format!(
                "{},127.0.0.1:{standby}/motcua_{service}?target_session_attrs=read-write&connect_timeout=1",
                postgres.trim_end_matches('/')
            ),
        };
        let all = |service: &str| {
            let ports = [Some(self.ports[service]), self.ports.get(&format!("{service} 2")).copied()];
            ports.into_iter().flatten().map(at).collect::<Vec<_>>().join(",")
        };
        let (sandbox, door) = (at(self.ports["sandbox"]), at(self.door.port));
        let values = [
            ("MOTCUA_DATABASE_URL", database),
            ("MOTCUA_DATABASE_CONNECTIONS", "8".into()),
            ("MOTCUA_REDIS_URL", through(&self.servers.redis_url, self.servers.redis_port, &self.to_redis)),
            ("MOTCUA_JWKS_URL", format!("{}/api/v1/jwks", at(self.keys.port))),
            ("MOTCUA_ACCESS_TOKEN_SECONDS", "3600".into()),
            ("MOTCUA_PUBLIC_URL", door.clone()),
            ("MOTCUA_REQUESTS_A_SECOND", "0".into()),
            ("MOTCUA_GUESSES_A_MINUTE", "0".into()),
            ("MOTCUA_DOCUMENTS_DIR", self.folder.join("documents").display().to_string()),
            ("MOTCUA_VNPAY_PAY_URL", format!("{sandbox}/paymentv2/vpcpay.html")),
            ("MOTCUA_VNPAY_API_URL", format!("{}/merchant_webapi/api/transaction", at(self.to_provider.port))),
            // No portal stands here for payers to come back to.
            ("MOTCUA_VNPAY_RETURN_URL", format!("{door}/api/v1/payments/vnpay/return")),
            ("MOTCUA_SMTP_PORT", self.to_mail.port.to_string()),
            ("MOTCUA_SMTP_TIMEOUT", "10".into()),
            ("MOTCUA_SMS_URL", at(self.to_provider.port)),
            ("MOTCUA_SANDBOX_HTTP", format!("127.0.0.1:{}", self.ports["sandbox"])),
            ("MOTCUA_SANDBOX_SMTP", format!("127.0.0.1:{}", self.ports["smtp"])),
            ("MOTCUA_SANDBOX_VNPAY_IPN_URL", format!("{door}/api/v1/payments/vnpay/notification")),
        ];
        let values = values.into_iter().map(|(name, value)| (name.to_owned(), value));
        let upstreams = SERVICES.iter().map(|name| (format!("MOTCUA_{}_URL", name.to_uppercase()), all(name)));
        values.chain(upstreams).chain(self.clock.iter().flat_map(SteppedClock::environment)).collect()
    }

    /// From now on all processes, the outside world's too, live by a clock that can be stepped.
    ///
    /// # Errors
    /// Without faketime, or when one does not start.
    pub async fn wind_up_clock(&mut self) -> Result<()> {
        self.clock = Some(SteppedClock::wind_up(&self.folder)?);
        self.running("sandbox serve")?.kill().await?;
        self.open("sandbox serve").await?;
        self.reopen().await
    }

    /// From now on its steps are met as an installation meets them: with doubt.
    ///
    /// # Errors
    /// Without such a clock, or when a process does not start.
    pub async fn doubt_clock(&mut self) -> Result<()> {
        self.clock.as_mut().context("the clock is the machine's")?.is_believed = false;
        self.reopen().await
    }

    /// The clock that can be stepped.
    ///
    /// # Errors
    /// When there is none.
    pub fn clock(&self) -> Result<&SteppedClock> {
        self.clock.as_ref().context("the clock is the machine's")
    }

    /// A process that runs.
    ///
    /// # Errors
    /// When there is none of this name.
    pub fn running(&mut self, name: &str) -> Result<&mut Process> {
        self.parts.get_mut(name).with_context(|| format!("there is no part {name}"))
    }

    /// Tells a part to stop as an orchestrator does, who first leads new connections past it. Gives how it ended.
    ///
    /// # Errors
    /// When there is no such part, or it does not stop.
    pub async fn stop_part(&mut self, name: &str) -> Result<ExitStatus> {
        let port = self.running(name)?.port();
        self.door.lead_past(port);
        self.keys.lead_past(port);
        self.running(name)?.stop().await
    }

    /// Makes every line well.
    pub fn mend_lines(&self) {
        for proxy in [&self.to_postgres, &self.to_redis, &self.to_provider, &self.to_mail] {
            proxy.set(crate::proxy::Line::default());
        }
    }

    /// Tells the outside world how to behave; `{}` well.
    ///
    /// # Errors
    /// When the sandbox refuses.
    pub async fn behave(&self, behaviour: &Value) -> Result<()> {
        self.client.sandbox("PUT", "/behaviour", Some(behaviour)).await.map(drop)
    }

    /// Stops everything and deletes the folder, unless it is to be looked at.
    pub async fn stop(mut self, keep: bool) {
        for part in self.parts.values_mut() {
            // Only their data matters now, and that is in the database.
            let _ = part.kill().await;
        }
        self.servers.stop().await;
        if keep {
            crate::say::say(&format!("    logs and data: {}", self.folder.display()));
        } else {
            let _ = fs::remove_dir_all(&self.folder);
        }
    }
}
