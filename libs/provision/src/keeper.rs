//! The small shell process that starts a server, watches over it, and stops it when we are gone.

use std::ffi::OsString;
use std::future::Future;
use std::process::Stdio;
use std::time::{Duration, Instant};
use std::{env, fs};

use tokio::io::{AsyncBufReadExt, BufReader, Lines};
use tokio::process::{Child, ChildStdout, Command};
use tokio::time::sleep;

use crate::folder::Folder;
use crate::{Error, Progress};

/// A server that recovers after a power failure may need minutes; one that needs longer than this hangs.
const TIMEOUT: Duration = Duration::from_secs(600);
const POLL: Duration = Duration::from_millis(10);

/// A running server in its folder. Dropping it lets the keeper stop the server by itself.
pub(crate) struct Keeper {
    /// Its standard input, held in here, is what keeps the server alive.
    process: Child,
    said: Lines<BufReader<ChildStdout>>,
    server: &'static str,
    pid: i32,
    folder: Folder,
}

impl Keeper {
    /// Starts `command` in the folder's data folder; `signals` end it, the mildest first.
    pub async fn start(
        server: &'static str,
        mut folder: Folder,
        signals: &str,
        command: Vec<OsString>,
    ) -> Result<Self, Error> {
        let failed = |why: String| Error::new(format!("{server} could not be started: {why}."));
        let remove = if folder.throwaway { folder.path.as_os_str() } else { Default::default() };
        // The log of the run before is kept once, for whoever asks why it ended; there is none at the first start.
        let _ = fs::rename(folder.log(), folder.path.join("log.old"));
        let mut process = Command::new("setsid")
            .args(["sh", "-c", include_str!("keeper.sh"), "keeper", signals])
            .args([remove, folder.log().as_os_str()])
            .args(command)
            .current_dir(folder.data())
            .env_clear()
            .envs(env::var_os("PATH").map(|path| ("PATH", path)))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|cause| failed(format!("`setsid` of the package util-linux cannot be run ({cause})")))?;
        folder.kept = true;
        let output = process.stdout.take().ok_or_else(|| failed("its keeper is mute".into()))?;
        let mut said = BufReader::new(output).lines();
        let line = said.next_line().await.ok().flatten().unwrap_or_default();
        let pid = line.parse().map_err(|_| failed("its keeper, a shell, did not start it".into()))?;
        Ok(Self { process, said, server, pid, folder })
    }

    pub fn pid(&self) -> i32 {
        self.pid
    }

    pub fn folder(&self) -> &Folder {
        &self.folder
    }

    /// Waits until `ready` says yes, the server ends, or patience does.
    pub async fn until_ready<F, Answer>(mut self, progress: &Progress, ready: F) -> Result<Self, Error>
    where
        F: Fn() -> Answer,
        Answer: Future<Output = bool>,
    {
        let start = Instant::now();
        let mut told = false;
        loop {
            if ready().await {
                return Ok(self);
            }
            tokio::select! {
                error = self.exited() => return Err(error),
                () = sleep(POLL) => {}
            }
            if start.elapsed() > TIMEOUT {
                let words = self.folder.last_words();
                return Err(Error::new(format!("{} does not become ready; its log ends: {words}", self.server)));
            }
            if !told && start.elapsed() > Duration::from_secs(10) {
                told = true;
                progress(&format!("still starting {}", self.server));
            }
        }
    }

    /// Resolves when the server has ended without being told to.
    pub async fn exited(&mut self) -> Error {
        let how = match self.said.next_line().await {
            Ok(Some(line)) => how(&line),
            _ => "its keeper was killed".to_owned(),
        };
        let words = self.folder.last_words();
        Error::new(format!("{} has stopped unexpectedly ({how}); its log ends: {words}", self.server))
    }

    /// Stops the server, gently first, and returns when it is gone and its throwaway folder with it.
    pub async fn stop(mut self) {
        // Waiting closes the standard input, which is the order to stop.
        if let Err(cause) = self.process.wait().await {
            tracing::warn!("the keeper of {} cannot be waited for: {cause}", self.server);
        }
    }
}

/// A shell reports a death by signal as 128 and the signal's number.
fn how(line: &str) -> String {
    match line.strip_prefix("exited ").and_then(|status| status.parse::<i32>().ok()) {
        Some(status) if status > 128 => format!("killed by signal {}", status - 128),
        Some(status) => format!("exit status {status}"),
        None => line.to_owned(),
    }
}
