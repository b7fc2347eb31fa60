//! What a killed run may have left in a data folder: a server still running, a pid file of one that is not.

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;
use tokio::time::sleep;

use crate::{Error, Progress};

const POLL: Duration = Duration::from_millis(20);

/// Ends what still runs `program` in `folder` and removes its pid file. The caller holds the folder's lock, so whoever
/// started it is dead. Only processes of that name whose working folder is this one are touched, whatever pid a file says.
pub(crate) async fn clear(program: &str, folder: &Path, pid_file: &str, progress: &Progress) -> Result<(), Error> {
    let pid_file = folder.join(pid_file);
    let found = residents(program, folder);
    if !found.is_empty() {
        progress(&format!("stopping the {program} that an earlier run left in {}", folder.display()));
        let main = fs::read_to_string(&pid_file).ok().and_then(|text| text.lines().next()?.trim().parse().ok());
        if let Some(main) = main.map(Pid::from_raw).filter(|main| found.contains(main)) {
            // Both PostgreSQL (fast) and Redis take it as the order to stop in order.
            let _ = kill(main, Signal::SIGINT);
            gone(program, folder, Duration::from_secs(60)).await;
        }
        for pid in residents(program, folder) {
            let _ = kill(pid, Signal::SIGKILL);
        }
        if !gone(program, folder, Duration::from_secs(10)).await {
            let pids: Vec<String> = residents(program, folder).iter().map(Pid::to_string).collect();
            return Err(Error::new(format!(
                "An earlier run left {program} running in {} and it cannot be stopped: end process {} and try again.",
                folder.display(),
                pids.join(", ")
            )));
        }
    }
    match fs::remove_file(&pid_file) {
        Err(cause) if cause.kind() != std::io::ErrorKind::NotFound => Err(Error::unwritable(&pid_file, &cause)),
        _ => Ok(()),
    }
}

async fn gone(program: &str, folder: &Path, patience: Duration) -> bool {
    let start = Instant::now();
    while !residents(program, folder).is_empty() {
        if start.elapsed() > patience {
            return false;
        }
        sleep(POLL).await;
    }
    true
}

fn residents(program: &str, folder: &Path) -> Vec<Pid> {
    let Ok(processes) = fs::read_dir("/proc") else { return Vec::new() };
    let runs_here = |process: &Path| {
        fs::read_link(process.join("cwd")).is_ok_and(|cwd| cwd == folder)
            && fs::read_to_string(process.join("comm")).is_ok_and(|name| name.trim() == program)
    };
    processes
        .flatten()
        .filter(|process| runs_here(&process.path()))
        .filter_map(|process| process.file_name().to_str()?.parse().ok())
        .map(Pid::from_raw)
        .collect()
}
