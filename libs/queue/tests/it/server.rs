//! The servers of the tests: one PostgreSQL with a database per test side, a Redis per test.

use std::{env, fs, path::PathBuf, process::Command, sync::OnceLock, thread};

use diesel_async::{AsyncConnection, AsyncPgConnection, SimpleAsyncConnection};
use provision::{Options, Postgres, Redis};
use uuid::Uuid;

/// A database of the PostgreSQL of this process.
pub struct Database {
    pub url: String,
    server: &'static str,
    name: String,
}

static POSTGRES: OnceLock<String> = OnceLock::new();

impl Database {
    /// A new one, with the tables of this crate and one for what the tests' handlers do.
    pub async fn create() -> Self {
        let server = tokio::task::spawn_blocking(|| POSTGRES.get_or_init(postgres)).await.unwrap();
        let name = format!("queue_{}", Uuid::new_v4().simple());
        let database = Self { url: format!("{server}{name}"), server, name };
        database.at_server(&format!("create database {}", database.name)).await;
        pg::migrate(&database.url, vec![queue::MIGRATIONS]).await.unwrap();
        let effects =
            "create table effects (number bigint not null, at timestamptz not null default clock_timestamp())";
        run(&database.url, effects).await;
        database
    }

    /// Ends every connection and refuses new ones, as a server that is down does.
    pub async fn go_away(&self) {
        self.at_server(&format!("alter database {} allow_connections false", self.name)).await;
        let end = "select pg_terminate_backend(pid) from pg_stat_activity where datname =";
        self.at_server(&format!("{end} '{}'", self.name)).await;
    }

    pub async fn come_back(&self) {
        self.at_server(&format!("alter database {} allow_connections true", self.name)).await;
    }

    async fn at_server(&self, statement: &str) {
        run(&format!("{}postgres", self.server), statement).await;
    }
}

/// On a thread of its own: it outlives the event loop of the test that asked first, and ends with the process.
fn postgres() -> String {
    let (told, url) = std::sync::mpsc::channel();
    thread::spawn(move || {
        tokio::runtime::Runtime::new().unwrap().block_on(async move {
            let mut server = Postgres::start(&Options::throwaway()).await.unwrap_or_else(|why| panic!("{why}"));
            prepare(server.url()).await;
            told.send(server.url().to_owned()).unwrap();
            server.exited().await
        })
    });
    url.recv().unwrap()
}

/// Makes the database that all the others are copies of.
async fn prepare(server: &str) {
    run(&format!("{server}postgres"), "create database ready").await;
    let ready = format!("{server}ready");
    pg::migrate(&ready, vec![queue::MIGRATIONS]).await.unwrap();
    run(&ready, "create table effects (number bigint not null, at timestamptz not null default clock_timestamp())")
        .await;
}

async fn run(url: &str, statement: &str) {
    let mut connection = AsyncPgConnection::establish(url).await.unwrap();
    connection.batch_execute(statement).await.unwrap();
}

/// A Redis of the test's own, which comes back at the same address.
pub struct OwnRedis {
    options: Options,
    folder: PathBuf,
    server: Option<Redis>,
}

impl OwnRedis {
    pub async fn start() -> Self {
        let folder = env::temp_dir().join(format!("motcua-queue-{}", Uuid::new_v4().simple()));
        let mut options = Options::durable(&folder);
        let server = Redis::start(&options).await.unwrap_or_else(|why| panic!("{why}"));
        options.port = Some(server.port());
        Self { options, folder, server: Some(server) }
    }

    pub fn url(&self) -> String {
        self.server.as_ref().unwrap().url().to_owned()
    }

    /// As a power failure would.
    pub async fn kill(&mut self) {
        let mut server = self.server.take().unwrap();
        let killed = Command::new("kill").args(["-9", &server.pid().to_string()]).status().unwrap();
        assert!(killed.success());
        server.exited().await;
        server.stop().await;
    }

    pub fn lose_files(&self) {
        fs::remove_dir_all(self.folder.join("data")).unwrap();
    }

    pub async fn restart(&mut self) {
        self.server = Some(Redis::start(&self.options).await.unwrap_or_else(|why| panic!("{why}")));
    }
}

impl Drop for OwnRedis {
    fn drop(&mut self) {
        self.server = None;
        // The server may still be writing there; what is left is in the temporary folder.
        let _ = fs::remove_dir_all(&self.folder);
    }
}
