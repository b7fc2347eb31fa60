//! A private PostgreSQL.

use std::ffi::OsString;
use std::fs;
use std::path::Path;

use crate::find::{Installation, POSTGRES};
use crate::folder::{self, Folder};
use crate::keeper::Keeper;
use crate::{Error, Options, Storage, install, leftover, port};

/// What every private server is told, for a small box: 64 MB of shared buffers leave the caching to the system.
/// No socket file: its path may be at most 107 bytes long, and TCP does. Messages stay English whatever the machine
/// speaks, because drivers tell some failures apart by their text.
const SETTINGS: [&str; 5] = [
    "listen_addresses=127.0.0.1",
    "unix_socket_directories=",
    "max_connections=300",
    "shared_buffers=64MB",
    "lc_messages=C",
];

/// What makes a server fast whose data nobody will miss; its shared memory goes with its folder even after a crash.
const CARELESS: [&str; 4] =
    ["fsync=off", "synchronous_commit=off", "full_page_writes=off", "dynamic_shared_memory_type=mmap"];

/// A running private PostgreSQL. It stops when this value is dropped or this process ends, however it ends.
pub struct Postgres {
    keeper: Keeper,
    port: u16,
    url: String,
}

impl Postgres {
    /// Finds or installs PostgreSQL, starts a private server and waits until it takes connections.
    ///
    /// A folder used before is used again, whatever a killed run left in it.
    ///
    /// # Errors
    /// When no PostgreSQL can be had, the port is taken, the folder is in use, cannot be written or holds data of
    /// another major version, or when the server does not start.
    pub async fn start(options: &Options) -> Result<Self, Error> {
        let installations = install::ensure(&POSTGRES, &options.tools, &options.progress).await?;
        let port = options.port.map_or_else(port::free, Ok)?;
        Self::launch(options, &installations, port).await
    }

    async fn launch(options: &Options, installations: &[Installation], port: u16) -> Result<Self, Error> {
        let folder = Folder::open(&options.storage, POSTGRES.name)?;
        let cluster = folder.data().join("cluster");
        leftover::clear("postgres", &cluster, "postmaster.pid", &options.progress).await?;
        let installation = matching(installations, &cluster)?;
        let password = password(&folder, &cluster)?;
        port::check(port, POSTGRES.name)?;
        if !cluster.exists() {
            (options.progress)("creating a PostgreSQL database cluster");
        }
        Self::run(options, folder, installation, &password, port).await
    }

    async fn run(
        options: &Options,
        folder: Folder,
        installation: &Installation,
        password: &str,
        port: u16,
    ) -> Result<Self, Error> {
        let throwaway = options.storage == Storage::Throwaway;
        let command = command(&folder, &installation.bin, throwaway, port).await?;
        // Fast shutdown (INT) writes everything down; immediate (QUIT) just ends.
        let signals = if throwaway { "QUIT KILL" } else { "INT QUIT KILL" };
        let keeper = Keeper::start(POSTGRES.name, folder, signals, command).await?;
        let (pid, pid_file) = (keeper.pid(), keeper.folder().data().join("cluster/postmaster.pid"));
        let ready = || std::future::ready(fs::read_to_string(&pid_file).is_ok_and(|text| is_ready(&text, pid)));
        let keeper = keeper.until_ready(&options.progress, ready).await?;
        Ok(Self { keeper, port, url: address(password, port) })
    }

    /// The address, as [`Postgres::url`], of the server that another process runs in `folder`; `None` when none does.
    pub fn running(folder: &Path) -> Option<String> {
        let password = folder::password_of_running(folder)?;
        let pid_file = fs::read_to_string(folder.join("data/cluster/postmaster.pid")).ok()?;
        Some(address(&password, pid_file.lines().nth(3)?.trim().parse().ok()?))
    }

    /// The server's address, ending in `/`: add the name of a database. `postgres` exists; the user may create others.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The port on 127.0.0.1.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// The process id of the server.
    pub fn pid(&self) -> i32 {
        self.keeper.pid()
    }

    /// The folder the server lives in.
    pub fn folder(&self) -> &Path {
        &self.keeper.folder().path
    }

    /// Resolves when the server ends without being told to, with the sentence that says so. Can be awaited in `select!`.
    pub async fn exited(&mut self) -> Error {
        self.keeper.exited().await
    }

    /// Stops the server in order and returns when it is gone.
    pub async fn stop(self) {
        self.keeper.stop().await;
    }
}

fn address(password: &str, port: u16) -> String {
    format!("postgres://motcua:{password}@127.0.0.1:{port}/")
}

async fn command(folder: &Folder, bin: &Path, throwaway: bool, port: u16) -> Result<Vec<OsString>, Error> {
    let mut command: Vec<OsString> = Vec::new();
    if let Some(servant) = folder.servant {
        command.extend(servant.prefix(&bin.join("postgres"), &folder.data()).await?.into_iter().map(OsString::from));
    }
    command.extend(["sh", "-c", include_str!("postgres.sh"), "postgres.sh"].map(OsString::from));
    command.extend([bin.into(), folder.path.join("password").into()]);
    command.push(if throwaway { "--no-sync" } else { "" }.into());
    let careless = CARELESS.iter().filter(|_| throwaway);
    for setting in SETTINGS.iter().chain(careless) {
        command.extend(["-c".into(), OsString::from(*setting)]);
    }
    command.extend(["-c".into(), OsString::from(format!("port={port}"))]);
    Ok(command)
}

/// Data can be opened by the major version that wrote it only.
fn matching<'a>(installations: &'a [Installation], cluster: &Path) -> Result<&'a Installation, Error> {
    let text = fs::read_to_string(cluster.join("PG_VERSION")).unwrap_or_default();
    let written = text.trim();
    installations
        .iter()
        .find(|installation| written.is_empty() || installation.version.0.to_string() == written)
        .ok_or_else(|| {
            let here: Vec<String> = installations.iter().map(|found| found.version.0.to_string()).collect();
            Error::new(format!(
                "The data in {} was written by PostgreSQL {written}, and this machine has PostgreSQL {}: install \
                 PostgreSQL {written}, or move the folder away to start with an empty database.",
                cluster.display(),
                here.join(" and ")
            ))
        })
}

fn password(folder: &Folder, cluster: &Path) -> Result<String, Error> {
    if cluster.exists() && folder.known_password().is_none() {
        return Err(Error::new(format!(
            "The database in {} has lost its password file: put {} back, or move the folder away to start with an \
             empty database.",
            cluster.display(),
            folder.path.join("password").display()
        )));
    }
    folder.password()
}

/// The first line is the server's pid, the eighth its state.
fn is_ready(pid_file: &str, pid: i32) -> bool {
    let mut lines = pid_file.lines();
    lines.next() == Some(&pid.to_string()) && lines.nth(6).is_some_and(|state| state.trim() == "ready")
}
