//! Redis: starts, keeps, asks for the password, and gets over what a killed run left.

use nix::sys::signal::{Signal, kill, killpg};
use nix::unistd::Pid;
use provision::{Options, Redis};
use redis::aio::MultiplexedConnection;
use redis::{Client, RedisResult, cmd};

use crate::scratch::{Scratch, alive, parent};

async fn connect(url: &str) -> RedisResult<MultiplexedConnection> {
    Client::open(url)?.get_multiplexed_async_connection().await
}

async fn setting(connection: &mut MultiplexedConnection, name: &str) -> String {
    let (_, value): (String, String) = cmd("CONFIG").arg("GET").arg(name).query_async(connection).await.unwrap();
    value
}

#[tokio::test]
async fn a_throwaway_server_answers_keeps_nothing_and_leaves_nothing() {
    let server = Redis::start(&Options::throwaway()).await.unwrap();
    let (pid, folder) = (server.pid(), server.folder().to_owned());
    let mut connection = connect(server.url()).await.unwrap();
    assert_eq!(setting(&mut connection, "appendonly").await, "no");
    assert_eq!(setting(&mut connection, "save").await, "");
    server.stop().await;
    assert!(!alive(pid));
    assert!(!folder.exists());
}

#[tokio::test]
async fn nobody_gets_in_without_the_password() {
    let server = Redis::start(&Options::throwaway()).await.unwrap();
    let url = format!("redis://127.0.0.1:{}/", server.port());
    let mut connection = connect(&url).await.unwrap();
    let answer: RedisResult<String> = cmd("GET").arg("key").query_async(&mut connection).await;
    assert!(answer.unwrap_err().to_string().contains("NOAUTH"));
    server.stop().await;
}

#[tokio::test]
async fn a_durable_folder_keeps_its_data_and_refuses_to_forget_at_the_limit() {
    let scratch = Scratch::new();
    let options = Options::durable(scratch.path().join("redis"));
    let server = Redis::start(&options).await.unwrap();
    let mut connection = connect(server.url()).await.unwrap();
    let () = cmd("SET").arg("dossier").arg("H44.100").query_async(&mut connection).await.unwrap();
    server.stop().await;

    let server = Redis::start(&options).await.unwrap();
    let mut connection = connect(server.url()).await.unwrap();
    let kept: String = cmd("GET").arg("dossier").query_async(&mut connection).await.unwrap();
    assert_eq!(kept, "H44.100");
    assert_eq!(setting(&mut connection, "appendfsync").await, "everysec");
    assert_eq!(setting(&mut connection, "maxmemory-policy").await, "noeviction");
    server.stop().await;
}

#[tokio::test]
async fn a_server_that_outlived_a_killed_run_and_its_keeper_is_replaced() {
    let scratch = Scratch::new();
    let options = Options::durable(scratch.path());
    let server = Redis::start(&options).await.unwrap();
    let left = server.pid();
    killpg(Pid::from_raw(parent(left)), Signal::SIGKILL).unwrap();
    drop(server);
    assert!(alive(left));

    let server = Redis::start(&options).await.unwrap();
    assert!(!alive(left));
    assert!(connect(server.url()).await.is_ok());
    server.stop().await;
}

#[tokio::test]
async fn a_crash_is_told_in_a_sentence_that_names_the_server() {
    let mut server = Redis::start(&Options::throwaway()).await.unwrap();
    kill(Pid::from_raw(server.pid()), Signal::SIGKILL).unwrap();
    let sentence = server.exited().await.to_string();
    assert!(sentence.starts_with("Redis has stopped unexpectedly (killed by signal 9)"), "{sentence}");
}
