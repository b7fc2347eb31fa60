//! Processes: started, watched, stopped; and what they and their children cost, from `/proc`.

use std::{
    collections::HashMap,
    fs::{self, File},
    path::{Path, PathBuf},
    process::Stdio,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail};
use tokio::{
    net::TcpStream,
    process::{Child, Command},
    time::{sleep, timeout},
};

/// What the kernel counts CPU time in, for every user: 10 ms.
const TICK_MICROS: u64 = 10_000;
const STOP_TIMEOUT: Duration = Duration::from_secs(30);

/// A server that was started here. Killed when dropped, and when this process ends, however it ends.
pub struct Process {
    /// Its name in the tables.
    pub name: &'static str,
    /// Its id.
    pub pid: u32,
    child: Child,
    log: PathBuf,
}

impl Process {
    /// Starts `command`, which will listen at `port`, and waits until it does.
    ///
    /// # Errors
    /// When it cannot be run, ends, or does not listen in time, with the end of its log.
    pub async fn start(
        name: &'static str,
        command: &[&str],
        env: &[(&str, String)],
        port: u16,
        folder: &Path,
    ) -> Result<Self> {
        let log = folder.join(format!("{name}-{port}.log"));
        let out = File::create(&log).with_context(|| format!("{} cannot be written", log.display()))?;
        let child = Command::new("setpriv")
            .args(["--pdeathsig", "KILL"])
            .args(command)
            .envs(env.iter().map(|(name, value)| (name, value)))
            .current_dir(folder)
            .stdin(Stdio::null())
            .stdout(out.try_clone()?)
            .stderr(out)
            .kill_on_drop(true)
            .spawn()
            .with_context(|| format!("{name} cannot be started"))?;
        let pid = child.id().context("a process that just started has an id")?;
        let mut process = Self { name, pid, child, log };
        process.until_it_listens(port).await?;
        Ok(process)
    }

    async fn until_it_listens(&mut self, port: u16) -> Result<()> {
        let started = Instant::now();
        while TcpStream::connect(("127.0.0.1", port)).await.is_err() {
            if self.child.try_wait()?.is_some() || started.elapsed() > STOP_TIMEOUT {
                bail!("{} does not listen; its log ends: {}", self.name, self.last_words());
            }
            sleep(Duration::from_millis(20)).await;
        }
        Ok(())
    }

    /// The end of its log.
    pub fn last_words(&self) -> String {
        let log = fs::read_to_string(&self.log).unwrap_or_default();
        let lines: Vec<_> = log.lines().collect();
        lines[lines.len().saturating_sub(5)..].join(" | ")
    }

    /// The most memory it ever had, in megabytes (10⁶ bytes).
    ///
    /// # Errors
    /// When it has ended.
    pub fn peak_memory(&self) -> Result<f64> {
        let status = fs::read_to_string(format!("/proc/{}/status", self.pid));
        let status = status.with_context(|| format!("{} has ended: {}", self.name, self.last_words()))?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).context("no VmHWM in /proc")?;
        let kilobytes: f64 = line.trim().trim_end_matches("kB").trim().parse()?;
        Ok(kilobytes * 1024.0 / 1e6)
    }

    /// Kills it, without a word.
    ///
    /// # Errors
    /// When it cannot be killed.
    pub async fn kill(mut self) -> Result<()> {
        Ok(self.child.kill().await?)
    }

    /// Tells it to stop and waits for it, a while.
    pub async fn stop(mut self) {
        let told = Command::new("kill").arg(self.pid.to_string()).status().await;
        if told.is_ok() {
            // Who does not stop by itself is killed by the drop.
            let _ = timeout(Duration::from_secs(5), self.child.wait()).await;
        }
    }
}

/// CPU time, user and system, in µs, that the process `root`, its living descendants and their ended children have used.
pub fn cpu_of_tree(root: u32) -> u64 {
    tree(root).iter().map(|(_, stat)| stat.own + stat.ended_children).sum::<u64>() * TICK_MICROS
}

/// Kills the process `root` and its descendants, all at once.
///
/// # Errors
/// When they cannot be killed.
pub async fn kill_tree(root: u32) -> Result<()> {
    let pids = tree(root).into_iter().map(|(pid, _)| pid.to_string());
    // One that just ended by itself makes kill fail, and is dead all the same.
    Command::new("kill").arg("-KILL").args(pids).stderr(Stdio::null()).status().await?;
    Ok(())
}

/// The process `root` and its living descendants.
fn tree(root: u32) -> Vec<(u32, Stat)> {
    let processes = fs::read_dir("/proc").into_iter().flatten().flatten();
    let pids = processes.filter_map(|entry| entry.file_name().to_str()?.parse::<u32>().ok());
    let stats: HashMap<u32, Stat> = pids.filter_map(|pid| Some((pid, stat(pid)?))).collect();
    let descends = |pid: u32| {
        let mut ancestor = Some(pid);
        while let Some(here) = ancestor.filter(|here| *here != root) {
            ancestor = stats.get(&here).map(|stat| stat.parent);
        }
        ancestor == Some(root)
    };
    stats.iter().filter(|(pid, _)| descends(**pid)).map(|(pid, stat)| (*pid, *stat)).collect()
}

/// CPU time, in µs, of the children of this process that have ended: load generators.
pub fn cpu_of_ended_children() -> u64 {
    stat(std::process::id()).map_or(0, |stat| stat.ended_children * TICK_MICROS)
}

#[derive(Clone, Copy)]
struct Stat {
    parent: u32,
    own: u64,
    ended_children: u64,
}

/// Fields 4 and 14 to 17 of `/proc/PID/stat`; the name, which may hold anything, is cut off first.
fn stat(pid: u32) -> Option<Stat> {
    let text = fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    let (_, rest) = text.rsplit_once(')')?;
    let fields: Vec<&str> = rest.split_whitespace().collect();
    let number = |index: usize| fields.get(index).and_then(|field| field.parse::<u64>().ok());
    Some(Stat {
        parent: u32::try_from(number(1)?).ok()?,
        own: number(11)? + number(12)?,
        ended_children: number(13)? + number(14)?,
    })
}
