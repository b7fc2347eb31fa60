//! The commands of an operator, past the proxies.

use std::process::Stdio;

use anyhow::{Context, Result, bail};
use serde_json::{Value, json};
use tokio::process::Command;

use super::Installation;

impl Installation {
    /// `motcua verify`, past the proxies: every invariant with what breaks it.
    ///
    /// # Errors
    /// When it cannot be found out.
    pub async fn verify(&self) -> Result<Vec<Value>> {
        let output = self.command(&["verify", "--json"], &format!("{}postgres", self.servers.postgres_url)).await?;
        let report: Value = serde_json::from_str(&output).unwrap_or_default();
        let all = report["invariants"].as_array().with_context(|| format!("verify says: {output}"))?;
        Ok(all.iter().filter(|held| held["broken"] != json!(0)).cloned().collect())
    }

    /// How many jobs of a service were given up, as `motcua verify` says.
    ///
    /// # Errors
    /// When it cannot be found out.
    pub async fn given_up(&self, service: &str) -> Result<i64> {
        let output = self.command(&["verify", "--json"], &format!("{}postgres", self.servers.postgres_url)).await?;
        let report: Value = serde_json::from_str(&output).unwrap_or_default();
        let waiting = report["waiting"].as_array().with_context(|| format!("verify says: {output}"))?;
        let own = waiting.iter().find(|one| one["service"] == service);
        Ok(own.and_then(|own| own["jobs_given_up"].as_i64()).unwrap_or_default())
    }

    /// Has what a service gave up be tried again. Gives what the command says.
    ///
    /// # Errors
    /// When it cannot be run.
    pub async fn retry(&self, service: &str) -> Result<String> {
        let database = format!("{}motcua_{service}", self.servers.postgres_url);
        self.command(&["retry", service], &database).await
    }

    /// Puts a service's dead letters back. Gives what the command says.
    ///
    /// # Errors
    /// When it cannot be run.
    pub async fn replay_dead_letters(&self, service: &str) -> Result<String> {
        let database = format!("{}motcua_{service}", self.servers.postgres_url);
        self.command(&["replay-dead-letters", service], &database).await
    }

    async fn command(&self, arguments: &[&str], database: &str) -> Result<String> {
        let output = Command::new(&self.motcua)
            .args(arguments)
            .env("MOTCUA_DATABASE_URL", database)
            .env("MOTCUA_REDIS_URL", &self.servers.redis_url)
            .stdin(Stdio::null())
            .output()
            .await?;
        match output.stdout.is_empty() {
            false => Ok(String::from_utf8_lossy(&output.stdout).into_owned()),
            true => bail!("motcua {}: {}", arguments[0], String::from_utf8_lossy(&output.stderr)),
        }
    }
}
