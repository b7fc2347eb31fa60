//! What there must be before an installation: the binary, and databases with demonstration data.

use std::{env, fs, path::Path, process::Stdio};

use anyhow::{Result, bail, ensure};
use tokio::process::Command;

use crate::{process::Process, servers::Servers};

/// Databases with demonstration data, made by the version that will run on them: it knows its own schema only.
pub(super) async fn prepare(servers: &Servers, motcua: &str, folder: &Path) -> Result<()> {
    // Nobody looks at its pages, so nothing is built for them.
    let assets = folder.join("assets");
    fs::create_dir_all(&assets)?;
    fs::write(assets.join("manifest.json"), "{}")?;
    let environment = [
        ("MOTCUA_DATABASE_URL", format!("{}postgres", servers.postgres_url)),
        ("MOTCUA_REDIS_URL", servers.redis_url.clone()),
        ("MOTCUA_ASSETS", assets.display().to_string()),
    ];
    let environment = environment.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
    let (port, var) = (provision::free_port_with(&[10, 1000])?, folder.join("installation").display().to_string());
    let arguments = [motcua, "up", "--port", &port.to_string(), "--var", &var];
    let mut installation = Process::new("up", &arguments, environment, port, folder);
    installation.start().await?;
    let status = installation.stop().await?;
    ensure!(
        status.success(),
        "the installation that makes the databases ended with {status}: {}",
        installation.last_words()
    );
    Ok(())
}

/// Whether a binary has a service: an old one may be from before it.
pub(super) async fn has(motcua: &str, service: &str) -> Result<bool> {
    let mut ask = Command::new(motcua);
    ask.args(["check-config", service]).stdin(Stdio::null()).stdout(Stdio::null());
    let told = ask.stderr(Stdio::piped()).output().await?;
    Ok(!String::from_utf8_lossy(&told.stderr).contains("There is no service"))
}

/// The binary that `MOTCUA` names, or the build of the same profile as this one, made now.
pub(super) async fn motcua() -> Result<String> {
    if let Ok(named) = env::var("MOTCUA") {
        return Ok(named);
    }
    let cargo = env::var("CARGO").unwrap_or_else(|_| "cargo".into());
    let mut build = Command::new(cargo);
    build.args(["build", "--locked", "--quiet", "-p", "motcua"]).stdin(Stdio::null());
    if !cfg!(debug_assertions) {
        build.args(["--release", "--features", "failpoints"]);
    }
    if !build.current_dir(Path::new(env!("CARGO_MANIFEST_DIR"))).status().await?.success() {
        bail!("The build of motcua failed.");
    }
    let here = env::current_exe()?;
    Ok(here.with_file_name("motcua").display().to_string())
}
