//! PostgreSQL: starts, keeps, refuses with a sentence, and gets over what a killed run left.

use std::fs;
use std::net::TcpListener;
use std::process;

use nix::sys::signal::{Signal, kill, killpg};
use nix::unistd::Pid;
use provision::{Options, Postgres};

use crate::scratch::{Scratch, alive, connect, eventually, parent};

async fn refusal(options: &Options) -> String {
    match Postgres::start(options).await {
        Ok(_) => panic!("it started"),
        Err(error) => error.to_string(),
    }
}

#[tokio::test]
async fn a_throwaway_server_takes_connections_and_leaves_nothing() {
    let server = Postgres::start(&Options::throwaway()).await.unwrap();
    assert!(server.port() < 32_768);
    let (pid, folder) = (server.pid(), server.folder().to_owned());
    let client = connect(server.url()).await.unwrap();
    let row = client
        .query_one(
            "select current_setting('fsync'), current_setting('max_connections'), current_setting('lc_messages')",
            &[],
        )
        .await
        .unwrap();
    assert_eq!((row.get(0), row.get(1), row.get(2)), ("off", "300", "C"));
    server.stop().await;
    assert!(!alive(pid));
    assert!(!folder.exists());
}

#[tokio::test]
async fn nobody_gets_in_without_the_password() {
    let server = Postgres::start(&Options::throwaway()).await.unwrap();
    let url = format!("postgres://motcua:guess@127.0.0.1:{}/", server.port());
    assert!(connect(&url).await.is_err());
    server.stop().await;
}

#[tokio::test]
async fn a_server_that_is_dropped_without_a_word_stops_too() {
    let server = Postgres::start(&Options::throwaway()).await.unwrap();
    let (pid, folder) = (server.pid(), server.folder().to_owned());
    drop(server);
    eventually("the server is gone", || !alive(pid)).await;
    eventually("its folder is gone", || !folder.exists()).await;
}

#[tokio::test]
async fn a_durable_folder_keeps_its_data_over_a_restart_and_syncs_them() {
    let scratch = Scratch::new();
    let options = Options::durable(scratch.path().join("postgres"));
    let server = Postgres::start(&options).await.unwrap();
    let client = connect(server.url()).await.unwrap();
    client.batch_execute("create table dossiers (code text); insert into dossiers values ('H44.100')").await.unwrap();
    server.stop().await;

    let server = Postgres::start(&options).await.unwrap();
    let client = connect(server.url()).await.unwrap();
    let row = client.query_one("select code, current_setting('fsync') from dossiers", &[]).await.unwrap();
    assert_eq!((row.get(0), row.get(1)), ("H44.100", "on"));
    server.stop().await;
}

#[tokio::test]
async fn a_folder_in_use_is_refused_and_its_server_left_alone() {
    let scratch = Scratch::new();
    let options = Options::durable(scratch.path());
    let server = Postgres::start(&options).await.unwrap();
    let sentence = refusal(&options).await;
    assert!(sentence.contains("is in use by another running process"), "{sentence}");
    assert!(connect(server.url()).await.is_ok());
    server.stop().await;
}

#[tokio::test]
async fn a_pid_file_that_names_another_living_program_does_not_matter() {
    let scratch = Scratch::new();
    let options = Options::durable(scratch.path());
    Postgres::start(&options).await.unwrap().stop().await;
    let pid_file = scratch.path().join("data/cluster/postmaster.pid");
    fs::write(&pid_file, format!("{}\n{}\n", process::id(), scratch.path().display())).unwrap();

    let server = Postgres::start(&options).await.unwrap();
    assert!(connect(server.url()).await.is_ok());
    server.stop().await;
}

#[tokio::test]
async fn a_server_that_outlived_a_killed_run_and_its_keeper_is_replaced() {
    let scratch = Scratch::new();
    let options = Options::durable(scratch.path());
    let mut server = Postgres::start(&options).await.unwrap();
    let left = server.pid();
    let client = connect(server.url()).await.unwrap();
    client.batch_execute("create table dossiers (code text)").await.unwrap();
    killpg(Pid::from_raw(parent(left)), Signal::SIGKILL).unwrap();
    let sentence = server.exited().await.to_string();
    assert!(sentence.contains("its keeper was killed"), "{sentence}");
    drop(server);
    assert!(alive(left));

    let server = Postgres::start(&options).await.unwrap();
    assert!(!alive(left));
    let client = connect(server.url()).await.unwrap();
    client.query("select * from dossiers", &[]).await.unwrap();
    server.stop().await;
}

#[tokio::test]
async fn a_crash_is_told_in_a_sentence_that_names_the_server() {
    let mut server = Postgres::start(&Options::throwaway()).await.unwrap();
    let folder = server.folder().to_owned();
    kill(Pid::from_raw(server.pid()), Signal::SIGKILL).unwrap();
    let sentence = server.exited().await.to_string();
    assert!(sentence.starts_with("PostgreSQL has stopped unexpectedly (killed by signal 9)"), "{sentence}");
    server.stop().await;
    assert!(!folder.exists());
}

#[tokio::test]
async fn a_taken_port_is_named() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let sentence = refusal(&Options { port: Some(port), ..Options::throwaway() }).await;
    assert!(sentence.contains(&format!("127.0.0.1:{port}: another program has this port")), "{sentence}");
}

#[tokio::test]
async fn a_folder_that_cannot_be_written_is_named() {
    let scratch = Scratch::new();
    let file = scratch.path().join("file");
    fs::write(&file, "").unwrap();
    let folder = file.join("data");
    let sentence = refusal(&Options::durable(&folder)).await;
    assert!(sentence.starts_with(&format!("Cannot write {}", folder.display())), "{sentence}");
}

#[tokio::test]
async fn data_of_another_major_version_are_refused_and_both_versions_named() {
    let scratch = Scratch::new();
    fs::create_dir_all(scratch.path().join("data/cluster")).unwrap();
    fs::write(scratch.path().join("data/cluster/PG_VERSION"), "9\n").unwrap();
    let sentence = refusal(&Options::durable(scratch.path())).await;
    assert!(sentence.contains("was written by PostgreSQL 9, and this machine has PostgreSQL 1"), "{sentence}");
}
