//! The PostgreSQL and Redis of this test process, and its databases.

use std::{collections::HashSet, sync::OnceLock, thread};

use diesel_async::{AsyncConnection, AsyncPgConnection, SimpleAsyncConnection};
use provision::Servers;
use runtime::{Life, Service};
use tokio::sync::Mutex;

/// Where this process's servers are.
pub(crate) struct Addresses {
    pub postgres: String,
    pub redis: String,
    templates: Mutex<HashSet<&'static str>>,
}

static SERVERS: OnceLock<Addresses> = OnceLock::new();

/// The servers of this process, started by the first test that asks.
pub(crate) async fn servers() -> &'static Addresses {
    tokio::task::spawn_blocking(|| SERVERS.get_or_init(start)).await.expect("starting the servers does not panic")
}

/// On a thread of their own: they outlive the event loop of the test that asked first, and end with the process.
fn start() -> Addresses {
    let (told, addresses) = std::sync::mpsc::channel();
    thread::spawn(move || {
        let runtime = tokio::runtime::Runtime::new().expect("an event loop for the test servers");
        runtime.block_on(async move {
            let mut servers = Servers::throwaway().await.unwrap_or_else(|why| panic!("{why}"));
            let urls = (format!("{}postgres", servers.postgres.url()), servers.redis.url().to_owned());
            told.send(urls).expect("somebody waits for the servers");
            let why = servers.exited().await;
            eprintln!("{why}");
        });
    });
    let (postgres, redis) = addresses.recv().expect("the test servers start");
    Addresses { postgres, redis, templates: Mutex::default() }
}

impl Addresses {
    /// A new database for `service`, at this version's schema.
    pub(crate) async fn database(&self, service: &Service, name: &str) -> String {
        let template = format!("template_{}", service.name);
        let mut templates = self.templates.lock().await;
        if templates.insert(service.name) {
            self.run(&format!("create database {template}")).await;
            let flags = ["--database-url".to_owned(), self.url(&template)];
            service.migrate(&flags, Life::system()).await.unwrap_or_else(|why| panic!("{why:#}"));
        }
        // PostgreSQL copies a template for one at a time; the lock above is held until it is done.
        self.run(&format!("create database {name} template {template} strategy file_copy")).await;
        self.url(name)
    }

    fn url(&self, database: &str) -> String {
        let (base, _) = self.postgres.rsplit_once('/').expect("a database URL has a path");
        format!("{base}/{database}")
    }

    async fn run(&self, statement: &str) {
        let mut connection = AsyncPgConnection::establish(&self.postgres).await.expect("the test server answers");
        connection.batch_execute(statement).await.unwrap_or_else(|why| panic!("{statement}: {why}"));
    }
}

/// A port of 127.0.0.1 that is this process's own.
///
/// # Panics
/// When there is none.
pub fn free_port() -> u16 {
    provision::free_port().unwrap_or_else(|why| panic!("{why}"))
}
