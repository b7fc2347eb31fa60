//! Two of each: replicas side by side, and a version that replaces another.

use std::process::Stdio;

use anyhow::{Result, bail};
use tokio::process::Command;

use super::{Installation, before};
use crate::parts::SERVICES;
use crate::servers::Servers;

impl Installation {
    /// Brings every database to the schema of the binary that replaces the one that runs, which parts are started with from now
    /// on. Gives their paths.
    ///
    /// # Errors
    /// When a migration fails.
    pub async fn upgrade(&mut self) -> Result<(String, String)> {
        let catalogue_is_new = !before::has(&self.before, "catalogue").await?;
        if catalogue_is_new {
            self.servers.database("postgres").await?.batch_execute("create database motcua_catalogue").await?;
        }
        migrate(&self.servers, &self.motcua).await?;
        if catalogue_is_new {
            hand_over_procedures(&self.servers).await?;
        }
        let before = std::mem::replace(&mut self.before, self.motcua.clone());
        Ok((before, self.motcua.clone()))
    }

    /// Starts a second replica of every API and of the gateway, which knows both of each.
    ///
    /// # Errors
    /// When one does not start.
    pub async fn add_replicas(&mut self) -> Result<()> {
        for service in SERVICES.iter().copied().chain(["gateway"]) {
            self.ports.insert(format!("{service} 2"), provision::free_port()?);
        }
        for service in SERVICES.iter().copied().chain(["gateway"]) {
            self.open(&format!("{service} serve 2")).await?;
        }
        self.door.lead_to(vec![self.ports["gateway"], self.ports["gateway 2"]]);
        self.keys.lead_to(vec![self.ports["accounts"], self.ports["accounts 2"]]);
        Ok(())
    }

    /// A second replica of every API and of the gateway; the gateways know both of each.
    ///
    /// # Errors
    /// When one does not start.
    pub async fn double(&mut self) -> Result<()> {
        self.add_replicas().await?;
        self.running("gateway serve")?.kill().await?;
        self.open("gateway serve").await
    }

    /// One of each again.
    ///
    /// # Errors
    /// When a second one does not stop.
    pub async fn halve(&mut self) -> Result<()> {
        self.door.lead_to(vec![self.ports["gateway"]]);
        self.keys.lead_to(vec![self.ports["accounts"]]);
        for service in SERVICES.iter().copied().chain(["gateway"]) {
            self.ports.remove(&format!("{service} 2"));
            if let Some(mut part) = self.parts.remove(&format!("{service} serve 2")) {
                part.kill().await?;
            }
        }
        self.running("gateway serve")?.kill().await?;
        self.open("gateway serve").await
    }
}

/// As k8s/README.md says: catalogue begins with what submissions had published before.
async fn hand_over_procedures(servers: &Servers) -> Result<()> {
    let published = "select coalesce(json_agg(v), '[]')::text from procedure_versions v";
    let versions: String = servers.database("motcua_submissions").await?.query_one(published, &[]).await?.get(0);
    let catalogue = servers.database("motcua_catalogue").await?;
    for statement in [
        "insert into procedures (code)
            select distinct procedure from json_populate_recordset(null::procedure_versions, $1::text::json)",
        "insert into procedure_versions select * from json_populate_recordset(null::procedure_versions, $1::text::json)",
    ] {
        catalogue.execute(statement, &[&versions]).await?;
    }
    let last = "(select max(version) from procedure_versions where procedure = code)";
    catalogue.execute(&format!("update procedures set current_version = {last}"), &[]).await?;
    Ok(())
}

async fn migrate(servers: &Servers, motcua: &str) -> Result<()> {
    for service in SERVICES.iter() {
        let mut command = Command::new(motcua);
        command.args(["migrate", service]).stdin(Stdio::null());
        let database = format!("{}motcua_{service}", servers.postgres_url);
        let output = command.env("MOTCUA_DATABASE_URL", database).output().await?;
        if !output.status.success() {
            bail!("{motcua} migrate {service}: {}", String::from_utf8_lossy(&output.stderr));
        }
    }
    Ok(())
}
