//! What has to be on the machine: the release build, and the load generators.

use std::{
    env,
    path::{Path, PathBuf},
    process::Stdio,
};

use anyhow::{Context, Result, bail};
use tokio::process::Command;

use crate::say::{say, stage};

/// Builds and installs. Gives the path of the binary.
///
/// # Errors
/// A sentence when something cannot be had.
pub async fn everything() -> Result<String> {
    let motcua = stage("motcua, release build", motcua()).await?;
    stage("wrk and pgbench", generators()).await?;
    Ok(motcua)
}

/// The workspace.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The path of k6, installed on first use.
///
/// # Errors
/// When it cannot be installed.
pub async fn k6() -> Result<String> {
    let mut tools = Command::new(root().join("load-tests/tools"));
    tools.stdin(Stdio::null()).stderr(Stdio::inherit());
    let output = tools.output().await.context("load-tests/tools cannot be run")?;
    if !output.status.success() {
        bail!("load-tests/tools could not install k6.");
    }
    Ok(format!("{}/k6", String::from_utf8_lossy(&output.stdout).trim()))
}

/// The first line that a program prints about itself.
pub async fn first_line(program: &str, argument: &str) -> String {
    let output = Command::new(program).arg(argument).output().await;
    let text = output.map(|output| String::from_utf8_lossy(&output.stdout).into_owned()).unwrap_or_default();
    text.lines().next().unwrap_or("?").to_owned()
}

/// The binary that `MOTCUA` names, or the release build, made now.
async fn motcua() -> Result<String> {
    if let Ok(named) = env::var("MOTCUA") {
        return Ok(named);
    }
    let cargo = env::var("CARGO").unwrap_or_else(|_| "cargo".into());
    let build = ["build", "--release", "--locked", "-p", "motcua"];
    if !Command::new(cargo).args(build).current_dir(root()).stdin(Stdio::null()).status().await?.success() {
        bail!("The release build failed.");
    }
    let here = env::current_exe()?;
    let folder = here.parent().context("a program lies in a folder")?;
    Ok(folder.join("motcua").display().to_string())
}

/// Installs the load generators where they are missing and may be installed.
async fn generators() -> Result<()> {
    for (program, package) in [("wrk", "wrk"), ("pgbench", "postgresql-client")] {
        let there = Command::new(program).arg("--version").output().await.is_ok();
        if !there && !install(package).await {
            bail!("{program} is missing: install the Debian package {package} (apt-get install {package}).");
        }
    }
    Ok(())
}

async fn install(package: &str) -> bool {
    say(&format!("    … installing {package} with apt"));
    let apt = |arguments: &'static [&'static str]| {
        let mut command = Command::new("apt-get");
        command.args(arguments).env("DEBIAN_FRONTEND", "noninteractive").stdin(Stdio::null()).stdout(Stdio::null());
        command
    };
    let _ = apt(&["update", "-q"]).status().await;
    let install = apt(&["install", "-y", "-q", "--no-install-recommends"]).arg(package).status().await;
    install.is_ok_and(|status| status.success())
}
