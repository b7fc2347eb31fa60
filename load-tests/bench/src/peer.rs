//! The peer: Fastify and pg doing the same transaction, one statement after the other.

use std::{fs, process::Stdio};

use anyhow::{Context, Result, bail};
use tokio::process::Command;

use crate::{install::root, installation::Installation, process::Process};

/// The peer, started.
pub struct Peer {
    /// Its process.
    pub process: Process,
    /// Its address.
    pub url: String,
}

impl Peer {
    /// Installs what it needs from npm into the run's folder, and starts it.
    ///
    /// # Errors
    /// When npm or node is missing or fails.
    pub async fn start(installation: &Installation) -> Result<Self> {
        let (source, folder) = (root().join("load-tests/peers/fastify"), installation.folder.join("fastify"));
        fs::create_dir_all(&folder)?;
        for file in ["package.json", "package-lock.json", "server.js"] {
            fs::copy(source.join(file), folder.join(file))?;
        }
        let install = Command::new("npm")
            .args(["ci", "--no-audit", "--no-fund", "--loglevel=error"])
            .current_dir(&folder)
            .stdin(Stdio::null())
            .output()
            .await
            .context("npm cannot be run; install Node.js 20 or newer")?;
        if !install.status.success() {
            bail!("npm ci failed: {}", String::from_utf8_lossy(&install.stderr));
        }
        let port = provision::free_port()?;
        let env = [
            ("DATABASE_URL", installation.database_url("submissions")),
            ("PORT", port.to_string()),
            ("NODE_ENV", "production".to_owned()),
        ];
        let process = Process::start("Fastify", &["node", "server.js"], &env, port, &folder).await?;
        Ok(Self { process, url: format!("http://127.0.0.1:{port}") })
    }
}
