//! The pages' style sheet, script and fonts, built once from their sources with the packages that npm brings.

use std::env;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use uuid::Uuid;

use crate::install::{self, Reason};
use crate::user::is_root;
use crate::{Error, Progress};

/// What of the sources is neither built from nor worth building again for.
const APART: [&str; 3] = ["node_modules", "README.md", "dist"];

/// The folder with the built files and their `manifest.json`, built now if these very sources were not built before.
///
/// Packages and built folders are kept below `tools`: share it between runs. Processes that ask together build once.
///
/// # Errors
/// One sentence when the sources are not there, node and npm cannot be had, or npm or the build fails (no registry in reach,
/// say). What was built before stays.
pub async fn build(sources: &Path, tools: &Path, progress: &Progress) -> Result<PathBuf, Error> {
    let tools = &std::path::absolute(tools).map_err(|cause| Error::unwritable(tools, &cause))?;
    let key =
        key(sources).map_err(|cause| without(&format!("their sources are not in {} ({cause})", sources.display())))?;
    let built = tools.join("web").join(&key);
    if built.exists() {
        return Ok(built);
    }
    let _lock = install::lock(&tools.join("web")).await?;
    if built.exists() {
        return Ok(built);
    }
    node(tools, progress).await.map_err(|reason| without(&reason))?;
    let work = Work { sources, folder: tools.join("web/work") };
    work.packages(progress)
        .await
        .map_err(|reason| without(&format!("npm could not bring their packages: {reason}")))?;
    progress("building the pages' style sheet and script");
    work.build(&built).await.map_err(|reason| without(&format!("their build failed: {reason}")))?;
    Ok(built)
}

fn without(reason: &str) -> Error {
    Error::new(format!(
        "The pages' style sheet and script could not be built, because {reason}; pages work without them, or set MOTCUA_ASSETS to a \
         folder where they are built."
    ))
}

/// A name that changes with any byte of the sources.
fn key(sources: &Path) -> io::Result<String> {
    let mut text = Vec::new();
    for path in files(sources)? {
        let bytes = fs::read(sources.join(&path))?;
        text.extend_from_slice(format!("{}\0{}\0", path.display(), bytes.len()).as_bytes());
        text.extend_from_slice(&bytes);
    }
    Ok(Uuid::new_v5(&Uuid::NAMESPACE_OID, &text).simple().to_string())
}

/// Every file below `folder` that counts, by its path from there, in a fixed order.
fn files(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    let mut folders = vec![PathBuf::new()];
    while let Some(within) = folders.pop() {
        for entry in fs::read_dir(folder.join(&within))? {
            let entry = entry?;
            let path = within.join(entry.file_name());
            if APART.iter().any(|name| path == Path::new(name)) {
                continue;
            }
            match entry.file_type()?.is_dir() {
                true => folders.push(path),
                false => found.push(path),
            }
        }
    }
    found.sort();
    Ok(found)
}

async fn node(tools: &Path, progress: &Progress) -> Result<(), Reason> {
    let missing = || ["node", "npm"].into_iter().find(|program| !on_path(program));
    let Some(first) = missing() else { return Ok(()) };
    let apt = Path::new("/usr/bin/apt-get").exists();
    if apt && is_root() {
        progress("installing node and npm with apt");
        // Debian's npm brings node with it.
        install::apt("npm", tools).await.map_err(|reason| format!("{first} is not on this machine (apt: {reason})"))?;
    }
    match missing() {
        None => Ok(()),
        Some(still) if apt => Err(format!("{still} is not on this machine: run `sudo apt-get install -y nodejs npm`")),
        Some(still) => Err(format!("{still} is not on this machine: install it with your system's package manager")),
    }
}

fn on_path(program: &str) -> bool {
    let path = env::var_os("PATH").unwrap_or_default();
    env::split_paths(&path).any(|folder| folder.join(program).is_file())
}

/// The folder where it is built: a copy of the sources with the packages beside, so that a source tree stays as it is.
struct Work<'a> {
    sources: &'a Path,
    folder: PathBuf,
}

impl Work<'_> {
    /// The packages of the lock file; those of an earlier build when the lock file has not changed.
    async fn packages(&self, progress: &Progress) -> Result<(), Reason> {
        let lock = fs::read(self.sources.join("package-lock.json")).map_err(told)?;
        let installed = self.folder.join("installed");
        if fs::read(&installed).is_ok_and(|earlier| earlier == lock) {
            return Ok(());
        }
        progress("installing the packages of the pages' style sheet with npm");
        fs::create_dir_all(&self.folder).map_err(told)?;
        for name in ["package.json", "package-lock.json"] {
            fs::copy(self.sources.join(name), self.folder.join(name)).map_err(told)?;
        }
        let quick = ["--fetch-retries=0", "--fetch-timeout=30000", "--ignore-scripts", "--no-audit", "--no-fund"];
        install::run("npm", [&["ci", "--loglevel=error"][..], &quick].concat(), &self.folder).await?;
        // Only now are they whole.
        fs::write(installed, lock).map_err(told)
    }

    /// Builds into a folder of its own and moves it into place when it is whole.
    async fn build(&self, built: &Path) -> Result<(), Reason> {
        let source = self.folder.join("src");
        if source.exists() {
            fs::remove_dir_all(&source).map_err(told)?;
        }
        for path in files(self.sources).map_err(told)? {
            let copy = self.folder.join(&path);
            fs::create_dir_all(copy.parent().unwrap_or(&self.folder)).map_err(told)?;
            fs::copy(self.sources.join(&path), copy).map_err(told)?;
        }
        let part = self.folder.join("part");
        if part.exists() {
            fs::remove_dir_all(&part).map_err(told)?;
        }
        install::run("node", [Path::new("build.mjs"), &part], &self.folder).await?;
        if !part.join("manifest.json").exists() {
            return Err("it left no manifest.json".to_owned());
        }
        fs::rename(&part, built).map_err(told)
    }
}

fn told(cause: io::Error) -> Reason {
    cause.to_string()
}
