//! A process of an installation: started, killed, told to stop, started again.

use std::{
    fs::{self, File},
    path::{Path, PathBuf},
    process::{ExitStatus, Stdio},
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail};
use nix::{sys::signal::Signal, unistd::Pid};
use tokio::{
    net::TcpStream,
    process::{Child, Command},
    time::{sleep, timeout},
};

const STOP_TIMEOUT: Duration = Duration::from_secs(30);
/// As long as an orchestrator waits between SIGTERM and SIGKILL.
const TO_STOP: Duration = Duration::from_secs(40);

/// A process that can be started again as it was. It is killed when this is dropped, and when we end, however we do.
pub struct Process {
    /// Its name: `payments work`.
    pub name: String,
    arguments: Vec<String>,
    environment: Vec<(String, String)>,
    port: u16,
    log: PathBuf,
    child: Option<Child>,
}

impl Process {
    /// A process that will listen at `port` once it is ready; not started.
    pub fn new(name: &str, arguments: &[&str], environment: Vec<(String, String)>, port: u16, folder: &Path) -> Self {
        let log = folder.join(format!("{}.log", name.replace(' ', "-")));
        let arguments = arguments.iter().map(ToString::to_string).collect();
        Self { name: name.to_owned(), arguments, environment, port, log, child: None }
    }

    /// With a variable more in its environment from the next start on, or without it.
    pub fn set(&mut self, name: &str, value: Option<&str>) {
        self.environment.retain(|(known, _)| known != name);
        self.environment.extend(value.map(|value| (name.to_owned(), value.to_owned())));
    }

    /// Where it listens on 127.0.0.1.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// Starts it; resolves when it listens.
    ///
    /// # Errors
    /// When it ends or does not listen in time, with the end of its log.
    pub async fn start(&mut self) -> Result<()> {
        self.launch()?;
        let started = Instant::now();
        while TcpStream::connect(("127.0.0.1", self.port)).await.is_err() {
            if self.ended()?.is_some() || started.elapsed() > STOP_TIMEOUT {
                bail!("{} does not start; its log ends: {}", self.name, self.last_words());
            }
            sleep(Duration::from_millis(20)).await;
        }
        Ok(())
    }

    /// Starts it without waiting.
    ///
    /// # Errors
    /// When it cannot be run.
    pub fn launch(&mut self) -> Result<()> {
        let log = File::options().create(true).append(true).open(&self.log)?;
        let mut command = Command::new("setpriv");
        command.args(["--pdeathsig", "KILL"]).args(&self.arguments);
        for (name, _) in std::env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("MOTCUA_")) {
            command.env_remove(name);
        }
        command.envs(self.environment.iter().map(|(name, value)| (name, value)));
        command.stdin(Stdio::null()).stdout(log.try_clone()?).stderr(log).kill_on_drop(true);
        self.child = Some(command.spawn().with_context(|| format!("{} cannot be run", self.name))?);
        Ok(())
    }

    /// Kills it outright and waits until it is gone.
    ///
    /// # Errors
    /// When the system refuses.
    pub async fn kill(&mut self) -> Result<()> {
        if let Some(mut child) = self.child.take() {
            child.kill().await?;
        }
        Ok(())
    }

    /// Tells it to stop, waits as an orchestrator would, and gives how it ended.
    ///
    /// # Errors
    /// When it does not stop.
    pub async fn stop(&mut self) -> Result<ExitStatus> {
        let mut child = self.child.take().with_context(|| format!("{} does not run", self.name))?;
        let pid = child.id().with_context(|| format!("{} has ended by itself: {}", self.name, self.last_words()))?;
        nix::sys::signal::kill(Pid::from_raw(pid.cast_signed()), Signal::SIGTERM)?;
        let ended = timeout(TO_STOP, child.wait()).await;
        Ok(ended.with_context(|| format!("{} does not stop", self.name))??)
    }

    /// How it ended, when it did so by itself.
    ///
    /// # Errors
    /// When the system does not tell.
    pub fn ended(&mut self) -> Result<Option<ExitStatus>> {
        Ok(self.child.as_mut().map(Child::try_wait).transpose()?.flatten())
    }

    /// Its memory in use, in megabytes; 0 when it does not run.
    pub fn memory(&self) -> f64 {
        let pid = self.child.as_ref().and_then(Child::id).unwrap_or_default();
        let status = fs::read_to_string(format!("/proc/{pid}/status")).unwrap_or_default();
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap_or_default();
        let kilobytes: f64 = line.trim().trim_end_matches("kB").trim().parse().unwrap_or_default();
        kilobytes * 1024.0 / 1e6
    }

    /// How often a line of its log contains `part`.
    pub fn said(&self, part: &str) -> usize {
        let log = fs::read(&self.log).unwrap_or_default();
        String::from_utf8_lossy(&log).lines().filter(|line| line.contains(part)).count()
    }

    /// The end of its log.
    pub fn last_words(&self) -> String {
        let log = fs::read(&self.log).unwrap_or_default();
        let log = String::from_utf8_lossy(&log);
        let lines: Vec<_> = log.lines().collect();
        lines[lines.len().saturating_sub(4)..].join(" | ")
    }
}
