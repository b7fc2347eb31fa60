//! A private Redis.

use std::ffi::OsString;
use std::fs;
use std::net::Ipv4Addr;
use std::path::Path;
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::timeout;

use crate::find::{Installation, REDIS};
use crate::folder::{self, Folder};
use crate::keeper::Keeper;
use crate::{Error, Options, Storage, install, leftover, port};

/// A running private Redis. It stops when this value is dropped or this process ends, however it ends.
pub struct Redis {
    keeper: Keeper,
    port: u16,
    url: String,
}

impl Redis {
    /// Finds or installs Redis, starts a private server and waits until it answers.
    ///
    /// A folder used before is used again, whatever a killed run left in it.
    ///
    /// # Errors
    /// When no Redis can be had, the port is taken, the folder is in use or cannot be written, or when the server does
    /// not start.
    pub async fn start(options: &Options) -> Result<Self, Error> {
        let installations = install::ensure(&REDIS, &options.tools, &options.progress).await?;
        let installation = &installations[0];
        let port = options.port.map_or_else(port::free, Ok)?;
        Self::launch(options, installation, port).await
    }

    async fn launch(options: &Options, installation: &Installation, port: u16) -> Result<Self, Error> {
        let folder = Folder::open(&options.storage, REDIS.name)?;
        leftover::clear("redis-server", &folder.data(), "redis.pid", &options.progress).await?;
        let password = folder.password()?;
        port::check(port, REDIS.name)?;
        Self::run(options, folder, installation, &password, port).await
    }

    async fn run(
        options: &Options,
        folder: Folder,
        installation: &Installation,
        password: &str,
        port: u16,
    ) -> Result<Self, Error> {
        let throwaway = options.storage == Storage::Throwaway;
        // In a file, because every user of the machine can read a command line.
        let settings = folder.write("redis.conf", &settings(password, port, throwaway))?;
        let server = installation.bin.join("redis-server");
        let mut command: Vec<OsString> = Vec::new();
        if let Some(servant) = folder.servant {
            command.extend(servant.prefix(&server, &folder.data()).await?.into_iter().map(OsString::from));
        }
        command.extend([server.into(), settings.into()]);
        let keeper = Keeper::start(REDIS.name, folder, "TERM KILL", command).await?;
        let keeper = keeper.until_ready(&options.progress, || answers(port, password)).await?;
        Ok(Self { keeper, port, url: address(password, port) })
    }

    /// The address, as [`Redis::url`], of the server that another process runs in `folder`; `None` when none does.
    pub fn running(folder: &Path) -> Option<String> {
        let password = folder::password_of_running(folder)?;
        let settings = fs::read_to_string(folder.join("redis.conf")).ok()?;
        let port = settings.lines().find_map(|line| line.strip_prefix("port "))?.trim().parse().ok()?;
        Some(address(&password, port))
    }

    /// The server's address, with its password, ending in `/`.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The port on 127.0.0.1.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// The process id of the server.
    pub fn pid(&self) -> i32 {
        self.keeper.pid()
    }

    /// The folder the server lives in.
    pub fn folder(&self) -> &Path {
        &self.keeper.folder().path
    }

    /// Resolves when the server ends without being told to, with the sentence that says so. Can be awaited in `select!`.
    pub async fn exited(&mut self) -> Error {
        self.keeper.exited().await
    }

    /// Stops the server in order and returns when it is gone.
    pub async fn stop(self) {
        self.keeper.stop().await;
    }
}

fn address(password: &str, port: u16) -> String {
    format!("redis://:{password}@127.0.0.1:{port}/")
}

/// Streams carry events between services: at the memory limit Redis must refuse more, never forget some.
fn settings(password: &str, port: u16, throwaway: bool) -> String {
    let appendonly = if throwaway { "no" } else { "yes" };
    format!(
        "bind 127.0.0.1\nport {port}\nrequirepass {password}\ndaemonize no\npidfile redis.pid\nsave \"\"\n\
         appendonly {appendonly}\nappendfsync everysec\nmaxmemory-policy noeviction\n"
    )
}

/// Whether our server, which alone knows the password, has loaded its data and answers.
async fn answers(port: u16, password: &str) -> bool {
    let ask = async {
        let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, port)).await?;
        stream.write_all(format!("AUTH {password}\r\nPING\r\nQUIT\r\n").as_bytes()).await?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await.map(|_| answer)
    };
    matches!(timeout(Duration::from_secs(2), ask).await, Ok(Ok(answer)) if answer.contains("+PONG"))
}
