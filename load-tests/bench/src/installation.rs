//! Everything that is measured, as processes of their own on a durable PostgreSQL: started, and stopped.

use std::{env, fs, path::PathBuf};

use anyhow::{Context, Result, anyhow, bail};
use provision::{Options, Postgres, Redis};
use tokio::process::Command;
use tokio_postgres::{Client, NoTls};

use crate::{
    install::first_line,
    issuer::{ISSUER, Issuer},
    process::{Process, cpu_of_ended_children, cpu_of_tree, kill_tree},
    say::stage,
};

/// Settings that a database needs to keep what it acknowledged, and their values.
const DURABLE: [(&str, &str); 3] = [("fsync", "on"), ("synchronous_commit", "on"), ("full_page_writes", "on")];

/// The running installation.
pub struct Installation {
    /// Where everything of this run lies; deleted at the end.
    pub folder: PathBuf,
    /// Who signs tokens.
    pub issuer: Issuer,
    /// The database of submissions.
    pub db: Client,
    /// Submissions, the gateway and catalogue.
    pub services: Vec<Process>,
    /// Address of submissions.
    pub submissions: String,
    /// Address of catalogue.
    pub catalogue: String,
    /// Address of the gateway.
    pub gateway: String,
    motcua: String,
    /// None only while it is being started anew.
    postgres: Option<Postgres>,
    redis: Redis,
    ports: [u16; 3],
}

/// The address of a port of this machine.
pub fn address(port: u16) -> String {
    format!("http://127.0.0.1:{port}")
}

impl Installation {
    /// Starts so many installations, does `work` in them, and stops them, whatever comes of it and when the run is broken off.
    ///
    /// # Errors
    /// What `work` failed with, or a sentence when something does not start.
    pub async fn within<T>(motcua: &str, count: usize, work: impl AsyncFnOnce(&mut [Self]) -> Result<T>) -> Result<T> {
        let mut installations = Vec::new();
        for _ in 0..count {
            installations.push(Self::start(motcua).await?);
        }
        let outcome = tokio::select! {
            outcome = work(&mut installations) => outcome,
            _ = tokio::signal::ctrl_c() => Err(anyhow!("stopped")),
        };
        for installation in installations {
            installation.stop().await;
        }
        outcome
    }

    async fn start(motcua: &str) -> Result<Self> {
        let ports = [provision::free_port()?, provision::free_port()?, provision::free_port()?];
        let folder = env::temp_dir().join(format!("motcua-bench-{}-{}", std::process::id(), ports[0]));
        fs::create_dir_all(&folder)?;
        let (postgres, redis) = (Options::durable(folder.join("postgres")), Options::durable(folder.join("redis")));
        let servers = async { Ok(tokio::try_join!(Postgres::start(&postgres), Redis::start(&redis))?) };
        let (postgres, redis) = stage("PostgreSQL and Redis, durable", servers).await?;
        let db = connect(&format!("{}postgres", postgres.url())).await?;
        durable(&db).await?;
        let mut installation = Self {
            folder,
            issuer: Issuer::start()?,
            db,
            services: Vec::new(),
            submissions: address(ports[0]),
            gateway: address(ports[1]),
            catalogue: address(ports[2]),
            motcua: motcua.to_owned(),
            postgres: Some(postgres),
            redis,
            ports,
        };
        installation.db = stage("migrations", installation.database("submissions")).await?;
        drop(installation.database("catalogue").await?);
        for (name, port) in [("submissions", ports[0]), ("gateway", ports[1]), ("catalogue", ports[2])] {
            installation.services.push(installation.part(name, "serve", name, port, &[]).await?);
        }
        Ok(installation)
    }

    /// The address of a service's database.
    pub fn database_url(&self, service: &str) -> String {
        format!("{}{service}", self.postgres.as_ref().map(Postgres::url).unwrap_or_default())
    }

    /// Makes the database of a service.
    ///
    /// # Errors
    /// When it is there already, or the migrations fail.
    pub async fn database(&self, service: &str) -> Result<Client> {
        self.db.batch_execute(&format!("create database {service}")).await?;
        let mut migrate = Command::new(&self.motcua);
        migrate.args(["migrate", service]).envs(self.settings(service, self.ports[0]));
        if !migrate.status().await?.success() {
            bail!("The migrations of {service} failed.");
        }
        self.connect(service).await
    }

    /// A connection to the database of a service.
    ///
    /// # Errors
    /// When it does not answer.
    pub async fn connect(&self, service: &str) -> Result<Client> {
        connect(&self.database_url(service)).await
    }

    /// Starts a part of a service: `operation` is `serve` or `work`; at `port` it serves, or says that it works.
    ///
    /// # Errors
    /// When it does not start.
    pub async fn part(
        &self,
        name: &'static str,
        operation: &str,
        service: &str,
        port: u16,
        more: &[(&'static str, String)],
    ) -> Result<Process> {
        let mut settings = self.settings(service, port);
        if operation == "work" {
            settings.push(("MOTCUA_ADMIN", format!("127.0.0.1:{port}")));
        }
        settings.extend_from_slice(more);
        Process::start(name, &[&self.motcua, operation, service], &settings, port, &self.folder).await
    }

    fn settings(&self, service: &str, port: u16) -> Vec<(&'static str, String)> {
        vec![
            ("MOTCUA_LISTEN", format!("127.0.0.1:{port}")),
            ("MOTCUA_DATABASE_URL", self.database_url(service)),
            ("MOTCUA_REDIS_URL", self.redis.url().to_owned()),
            ("MOTCUA_JWKS_URL", self.issuer.url.clone()),
            ("MOTCUA_ISSUER", ISSUER.to_owned()),
            ("MOTCUA_DOCUMENTS_DIR", self.folder.join("documents").display().to_string()),
            ("MOTCUA_CATALOGUE_URL", self.catalogue.clone()),
            ("MOTCUA_SUBMISSIONS_URL", self.submissions.clone()),
            ("MOTCUA_PUBLIC_URL", self.gateway.clone()),
            // A few hundred citizens at one address play a country.
            ("MOTCUA_REQUESTS_A_SECOND", "0".to_owned()),
            ("MOTCUA_GUESSES_A_MINUTE", "0".to_owned()),
            ("MOTCUA_LOG", "warn".to_owned()),
            // As in the image.
            ("MALLOC_ARENA_MAX", "2".to_owned()),
        ]
    }

    /// CPU time used so far, in µs, by every process tree of the installation, of `others`, and of the load generators that have ended.
    pub fn cpu(&self, others: &[&Process]) -> Vec<(&'static str, u64)> {
        let services = self.services.iter().chain(others.iter().copied());
        let mut cpu: Vec<_> = services.map(|process| (process.name, cpu_of_tree(process.pid))).collect();
        cpu.push(("PostgreSQL", cpu_of_tree(self.postgres_pid())));
        cpu.push(("generator", cpu_of_ended_children()));
        cpu
    }

    fn postgres_pid(&self) -> u32 {
        self.postgres.as_ref().and_then(|postgres| u32::try_from(postgres.pid()).ok()).unwrap_or_default()
    }

    /// Kills submissions, and starts it again.
    ///
    /// # Errors
    /// When it does not start.
    pub async fn crash_submissions(&mut self) -> Result<()> {
        self.services.remove(0).kill().await?;
        let anew = self.part("submissions", "serve", "submissions", self.ports[0], &[]).await?;
        self.services.insert(0, anew);
        Ok(())
    }

    /// Kills every process of PostgreSQL at once, and starts it again on what it left.
    ///
    /// # Errors
    /// When it does not start.
    pub async fn crash_postgres(&mut self) -> Result<()> {
        let postgres = self.postgres.take().context("PostgreSQL runs")?;
        let same = Options { port: Some(postgres.port()), ..Options::durable(self.folder.join("postgres")) };
        kill_tree(u32::try_from(postgres.pid())?).await?;
        postgres.stop().await;
        self.postgres = Some(Postgres::start(&same).await?);
        self.db = self.connect("submissions").await?;
        Ok(())
    }

    /// What ran where, for the head of the report.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn versions(&self) -> Result<Vec<(&'static str, String)>> {
        let mut versions = vec![
            ("cores", std::thread::available_parallelism()?.to_string()),
            ("load before", fs::read_to_string("/proc/loadavg").unwrap_or_default().trim().to_owned()),
            ("kernel", fs::read_to_string("/proc/sys/kernel/osrelease").unwrap_or_default().trim().to_owned()),
            ("node", first_line("node", "--version").await),
            ("wrk", first_line("wrk", "--version").await),
        ];
        for setting in ["server_version", "fsync", "synchronous_commit", "full_page_writes", "shared_buffers"] {
            let row = self.db.query_one(&format!("show {setting}"), &[]).await?;
            versions.push((setting, row.get(0)));
        }
        Ok(versions)
    }

    async fn stop(self) {
        for service in self.services {
            service.stop().await;
        }
        drop(self.db);
        self.redis.stop().await;
        if let Some(postgres) = self.postgres {
            postgres.stop().await;
        }
        // Nothing more can be done about a temporary folder that cannot be deleted.
        let _ = fs::remove_dir_all(&self.folder);
    }
}

async fn connect(url: &str) -> Result<Client> {
    let (client, connection) = tokio_postgres::connect(url, NoTls).await?;
    tokio::spawn(connection);
    Ok(client)
}

/// A benchmark of a database that forgets would be worth nothing.
async fn durable(db: &Client) -> Result<()> {
    for (setting, wanted) in DURABLE {
        let value: String = db.query_one(&format!("show {setting}"), &[]).await?.get(0);
        if value != wanted {
            bail!("PostgreSQL runs with {setting} {value}; {wanted} is needed.");
        }
    }
    Ok(())
}
