//! Where an installation's data is: of a running one, of a stopped one, or on servers that the environment names.

use std::{collections::HashMap, env, path::Path};

use anyhow::{Context, Result, ensure};
use provision::{Options, Postgres, Redis};

use crate::{installation::Installation, service, services};

/// The databases of an installation.
pub struct Stored {
    /// URL of any database of the server; nothing when each database is named.
    server: String,
    elsewhere: HashMap<String, String>,
    /// Started for this only, because the installation is stopped.
    started: Option<(Postgres, Installation)>,
}

impl Stored {
    /// Finds the databases: on the server that `MOTCUA_DATABASE_URL` names, or on the private one of the installation in
    /// `folder`, which is started when it does not run. `elsewhere` names those of single services, as `SERVICE=URL`.
    ///
    /// # Errors
    /// A sentence when there is no such installation, or its PostgreSQL does not start.
    pub async fn open(folder: &Path, elsewhere: &[String]) -> Result<Self> {
        let elsewhere = elsewhere.iter().map(|text| named(text)).collect::<Result<HashMap<_, _>>>()?;
        if services().iter().filter(|service| service.migrates()).all(|service| elsewhere.contains_key(service.name)) {
            return Ok(Self { server: String::new(), elsewhere, started: None });
        }
        if let Ok(url) = env::var("MOTCUA_DATABASE_URL") {
            return Ok(Self { server: url, elsewhere, started: None });
        }
        let databases = folder.join("postgres");
        if let Some(url) = Postgres::running(&databases) {
            return Ok(Self { server: url, elsewhere, started: None });
        }
        ensure!(
            databases.join("data/cluster").is_dir(),
            "There is no installation in {}: name its folder with --var, or its server with MOTCUA_DATABASE_URL.",
            folder.display()
        );
        let installation = Installation::take(folder)?;
        let options = Options { tools: installation.folder.join("tools"), ..Options::durable(databases) };
        let postgres = Postgres::start(&options).await?;
        Ok(Self { server: postgres.url().to_owned(), elsewhere, started: Some((postgres, installation)) })
    }

    /// The URL of a service's database.
    ///
    /// # Errors
    /// As [`beside`].
    pub fn database(&self, service: &str) -> Result<String> {
        match self.elsewhere.get(service) {
            Some(own) => Ok(own.clone()),
            None => beside(&self.server, service),
        }
    }

    /// Stops what was started for this.
    pub async fn close(&mut self) {
        if let Some((postgres, _installation)) = self.started.take() {
            postgres.stop().await;
        }
    }
}

/// The flags that lead a command to the data of the installation that runs in `folder`; none when the environment names it.
///
/// # Errors
/// A sentence when no installation runs there.
pub fn flags_of_running(folder: &Path, service: &str) -> Result<Vec<String>> {
    if env::var_os("MOTCUA_DATABASE_URL").is_some() {
        return Ok(Vec::new());
    }
    let running = Postgres::running(&folder.join("postgres")).zip(Redis::running(&folder.join("redis")));
    let (postgres, redis) = running.with_context(|| {
        format!("No installation runs in {}: start it, or name its servers in the environment.", folder.display())
    })?;
    Ok(vec!["--database-url".into(), format!("{postgres}motcua_{service}"), "--redis-url".into(), redis])
}

fn named(text: &str) -> Result<(String, String)> {
    let (name, url) = text.split_once('=').with_context(|| format!("--database {text} is not SERVICE=URL."))?;
    Ok((service(name)?.name.to_owned(), url.to_owned()))
}

/// The URL of a service's database on the server that `url` leads to, with all that `url` says besides.
///
/// # Errors
/// A sentence when it has no path.
pub fn beside(url: &str, service: &str) -> Result<String> {
    let (path, parameters) = url.split_at(url.find('?').unwrap_or(url.len()));
    let (server, _) = path.rsplit_once('/').context("The database URL has no path.")?;
    Ok(format!("{server}/motcua_{service}{parameters}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_database_of_a_server_is_asked_for_as_the_first_one_was() {
        let beside = |url| beside(url, "accounts").expect("a URL");
        assert_eq!(beside("postgres://u:p@one:5432/"), "postgres://u:p@one:5432/motcua_accounts");
        assert_eq!(
            beside("postgres://u@one,two/x?target_session_attrs=read-write&host=/run/postgresql"),
            "postgres://u@one,two/motcua_accounts?target_session_attrs=read-write&host=/run/postgresql"
        );
    }
}
