//! Everything that is measured, as processes of their own on a durable PostgreSQL: started, and stopped.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Stdio,
};

use anyhow::{Context, Result, bail};
use provision::{Options, Postgres, Redis};
use tokio::process::Command;
use tokio_postgres::{Client, NoTls};

use crate::{
    issuer::{ISSUER, Issuer},
    process::{Process, cpu_of_tree},
    say::{say, stage},
};

/// Settings that a database needs to keep what it acknowledged, and their values.
const DURABLE: [(&str, &str); 3] = [("fsync", "on"), ("synchronous_commit", "on"), ("full_page_writes", "on")];

/// The running house.
pub struct House {
    /// Where everything of this run lies; deleted at the end.
    pub folder: PathBuf,
    /// Who signs tokens.
    pub issuer: Issuer,
    /// The database of submissions.
    pub db: Client,
    /// Its address.
    pub database_url: String,
    /// The services that are measured.
    pub services: Vec<Process>,
    /// Address of submissions.
    pub submissions: String,
    /// Address of the gateway.
    pub gateway: String,
    postgres: Postgres,
    redis: Redis,
}

impl House {
    /// Builds, installs and starts everything.
    ///
    /// # Errors
    /// A sentence when something cannot be had or does not start.
    pub async fn start() -> Result<Self> {
        let motcua = stage("motcua, release build", motcua()).await?;
        stage("wrk and pgbench", tools()).await?;
        let folder = env::temp_dir().join(format!("motcua-bench-{}", std::process::id()));
        fs::create_dir_all(&folder)?;
        let (postgres, redis) = stage("PostgreSQL and Redis, durable", servers(&folder)).await?;
        let database_url = format!("{}submissions", postgres.url());
        connect(&format!("{}postgres", postgres.url())).await?.batch_execute("create database submissions").await?;
        let db = connect(&database_url).await?;
        durable(&db).await?;
        let issuer = Issuer::start()?;
        let submissions = provision::free_port()?;
        let gateway = provision::free_port()?;
        let address = |port: u16| format!("http://127.0.0.1:{port}");
        let settings = |port: u16| {
            vec![
                ("MOTCUA_LISTEN", format!("127.0.0.1:{port}")),
                ("MOTCUA_DATABASE_URL", database_url.clone()),
                ("MOTCUA_REDIS_URL", redis.url().to_owned()),
                ("MOTCUA_JWKS_URL", issuer.url.clone()),
                ("MOTCUA_ISSUER", ISSUER.to_owned()),
                ("MOTCUA_DOCUMENTS_DIR", folder.join("documents").display().to_string()),
                ("MOTCUA_SUBMISSIONS_URL", address(submissions)),
                ("MOTCUA_PUBLIC_URL", address(gateway)),
                ("MOTCUA_LOG", "warn".to_owned()),
            ]
        };
        stage("migrations", migrate(&motcua, &settings(submissions))).await?;
        let mut services = Vec::new();
        for (name, port) in [("submissions", submissions), ("gateway", gateway)] {
            services.push(Process::start(name, &[&motcua, "serve", name], &settings(port), port, &folder).await?);
        }
        let (submissions, gateway) = (address(submissions), address(gateway));
        Ok(Self { folder, issuer, db, database_url, services, submissions, gateway, postgres, redis })
    }

    /// CPU time used so far by every process tree of the house, in µs.
    pub fn cpu(&self) -> Vec<(&'static str, u64)> {
        let mut cpu: Vec<_> = self.services.iter().map(|service| (service.name, cpu_of_tree(service.pid))).collect();
        cpu.push(("PostgreSQL", cpu_of_tree(u32::try_from(self.postgres.pid()).unwrap_or_default())));
        cpu
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

    /// Stops everything and deletes the folder.
    pub async fn stop(self) {
        for service in self.services {
            service.stop().await;
        }
        drop(self.db);
        self.redis.stop().await;
        self.postgres.stop().await;
        // Nothing more can be done about a temporary folder that cannot be deleted.
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// A connection to a database.
///
/// # Errors
/// When it does not answer.
pub async fn connect(url: &str) -> Result<Client> {
    let (client, connection) = tokio_postgres::connect(url, NoTls).await?;
    tokio::spawn(connection);
    Ok(client)
}

/// The workspace.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The first line that a program prints about itself.
async fn first_line(program: &str, argument: &str) -> String {
    let output = Command::new(program).arg(argument).output().await;
    let text = output.map(|output| String::from_utf8_lossy(&output.stdout).into_owned()).unwrap_or_default();
    text.lines().next().unwrap_or("?").to_owned()
}

/// The binary that `MOTCUA` names, or the release build, made now.
async fn motcua() -> Result<String> {
    if let Ok(named) = env::var("MOTCUA") {
        return Ok(named);
    }
    let cargo = env::var("CARGO").unwrap_or_else(|_| "cargo".into());
    let build = ["build", "--release", "--locked", "-p", "motcua"];
    if !Command::new(cargo).args(build).current_dir(root()).stdin(Stdio::null()).status().await?.success() {
        bail!("The release build failed.");
    }
    let here = env::current_exe()?;
    let folder = here.parent().context("a program lies in a folder")?;
    Ok(folder.join("motcua").display().to_string())
}

/// Installs the load generators where they are missing and may be installed.
async fn tools() -> Result<()> {
    for (program, package) in [("wrk", "wrk"), ("pgbench", "postgresql-client")] {
        let there = Command::new(program).arg("--version").output().await.is_ok();
        if !there && !install(package).await {
            bail!("{program} is missing: install the Debian package {package} (apt-get install {package}).");
        }
    }
    Ok(())
}

async fn install(package: &str) -> bool {
    say(&format!("    … installing {package} with apt"));
    let apt = |arguments: &'static [&'static str]| {
        let mut command = Command::new("apt-get");
        command.args(arguments).env("DEBIAN_FRONTEND", "noninteractive").stdin(Stdio::null()).stdout(Stdio::null());
        command
    };
    let _ = apt(&["update", "-q"]).status().await;
    let install = apt(&["install", "-y", "-q", "--no-install-recommends"]).arg(package).status().await;
    install.is_ok_and(|status| status.success())
}

async fn servers(folder: &Path) -> Result<(Postgres, Redis)> {
    let (postgres, redis) = (Options::durable(folder.join("postgres")), Options::durable(folder.join("redis")));
    Ok(tokio::try_join!(Postgres::start(&postgres), Redis::start(&redis))?)
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

async fn migrate(motcua: &str, settings: &[(&str, String)]) -> Result<()> {
    let mut migrate = Command::new(motcua);
    migrate.args(["migrate", "submissions"]).envs(settings.iter().map(|(name, value)| (name, value)));
    if !migrate.status().await?.success() {
        bail!("The migrations failed.");
    }
    Ok(())
}
