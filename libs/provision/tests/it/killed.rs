//! A process that is killed takes its servers with it.

use std::env;
use std::fs;
use std::future::pending;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Command, Stdio};

use nix::sys::signal::{Signal, kill, killpg};
use nix::unistd::Pid;
use provision::{Options, Postgres, Servers};

use crate::scratch::{Scratch, alive, eventually};

const ROLE: &str = "PROVISION_TEST_HOLDS_SERVERS";

/// Not a test but the process that the test below starts from this very program, to kill it; run as a test it does nothing.
#[tokio::test]
async fn hold() {
    let Some(note) = env::var_os(ROLE) else { return };
    let servers = Servers::throwaway().await.unwrap();
    let pids = format!("{} {}", servers.postgres.pid(), servers.redis.pid());
    let folders = format!("{} {}", servers.postgres.folder().display(), servers.redis.folder().display());
    let part = Path::new(&note).with_extension("part");
    fs::write(&part, format!("{pids} {folders}")).unwrap();
    fs::rename(part, note).unwrap();
    pending::<()>().await;
}

#[tokio::test]
async fn a_killed_process_group_leaves_no_server_and_no_folder() {
    let scratch = Scratch::new();
    let note = scratch.path().join("note");
    let mut holder = Command::new(env::current_exe().unwrap())
        .args(["--exact", "killed::hold"])
        .env(ROLE, &note)
        .process_group(0)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    eventually("the servers are up", || note.exists()).await;
    let text = fs::read_to_string(&note).unwrap();
    let words: Vec<&str> = text.split(' ').collect();
    let pids: Vec<i32> = words[..2].iter().map(|pid| pid.parse().unwrap()).collect();
    assert!(pids.iter().all(|pid| alive(*pid)));

    killpg(Pid::from_raw(holder.id().cast_signed()), Signal::SIGKILL).unwrap();
    holder.wait().unwrap();
    eventually("the servers are gone", || !pids.iter().any(|pid| alive(*pid))).await;
    eventually("their folders are gone", || !words[2..].iter().any(|folder| Path::new(folder).exists())).await;
}

#[tokio::test]
async fn a_start_that_was_given_up_at_any_moment_does_not_hinder_the_next() {
    for moment in ["log", "data/cluster", "data/cluster/postmaster.pid"] {
        let scratch = Scratch::new();
        let options = Options::durable(scratch.path());
        let given_up = tokio::select! {
            _ = Postgres::start(&options) => false,
            () = eventually(moment, || scratch.path().join(moment).exists()) => true,
        };
        assert!(given_up, "the start was over before {moment} was there");
        let server = Postgres::start(&options).await.unwrap();
        server.stop().await;
    }
}

#[tokio::test]
async fn the_end_of_either_server_is_told_on_any_thread() {
    let mut servers = tokio::spawn(Servers::throwaway()).await.unwrap().unwrap();
    kill(Pid::from_raw(servers.redis.pid()), Signal::SIGKILL).unwrap();
    let told = tokio::spawn(async move { (servers.exited().await, servers) });
    let (error, servers) = told.await.unwrap();
    assert!(error.to_string().starts_with("Redis "));
    servers.stop().await;
}
