//! The folder of the backups: copies of the databases by the moment they were whole, the log between them, the documents.

use std::{
    fs::{self, DirBuilder},
    io::ErrorKind,
    os::unix::fs::DirBuilderExt,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, bail, ensure};
use chrono::{DateTime, NaiveDateTime, Utc};
use provision::backup;
use runtime::Clock;

/// How a copy is called: to the microsecond, so that what is written right after it can be restored from it.
const NAME: &str = "%Y-%m-%dT%H-%M-%S%.6fZ";
/// How it is read. Copies of before have whole seconds.
const READ: &str = "%Y-%m-%dT%H-%M-%S%.fZ";

/// The folder.
pub struct Copies(PathBuf);

impl Copies {
    /// Takes the folder, making it when it is new.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn open(folder: &Path) -> Result<Self> {
        let unusable = || format!("The folder {} cannot be used for backups", folder.display());
        // The server's user must come through to the log; each folder in it is closed.
        DirBuilder::new().recursive(true).mode(0o711).create(folder).with_context(unusable)?;
        let folder = folder.canonicalize().with_context(unusable)?;
        for part in ["databases", "documents"] {
            DirBuilder::new().recursive(true).mode(0o700).create(folder.join(part)).with_context(unusable)?;
        }
        Ok(Self(folder))
    }

    /// The folder, to restore from: it may be on a medium that cannot be written.
    ///
    /// # Errors
    /// A sentence when there is no backup in it.
    pub fn existing(folder: &Path) -> Result<Self> {
        let none = || format!("There is no backup in {}", folder.display());
        let folder = folder.canonicalize().with_context(none)?;
        ensure!(folder.join("databases").is_dir(), "{}: it has no folder `databases`.", none());
        Ok(Self(folder))
    }

    /// The folder itself.
    pub fn folder(&self) -> &Path {
        &self.0
    }

    /// Sees that the copies here are those of the installation whose databases are called `identifier`: another one's log
    /// would have pieces of the same names.
    ///
    /// # Errors
    /// A sentence when they are another's.
    pub fn belongs_to(&self, identifier: &str) -> Result<()> {
        let note = self.0.join("installation");
        match fs::read_to_string(&note) {
            Ok(known) if known.trim() == identifier => Ok(()),
            Ok(_) => bail!("{} keeps the backups of another installation: choose another folder.", self.0.display()),
            Err(why) if why.kind() == ErrorKind::NotFound => Ok(fs::write(&note, format!("{identifier}\n"))?),
            Err(why) => Err(why).with_context(|| format!("{} cannot be read", note.display())),
        }
    }

    /// The log of changes.
    pub fn log(&self) -> PathBuf {
        self.0.join("log")
    }

    /// The documents.
    pub fn documents(&self) -> PathBuf {
        self.0.join("documents")
    }

    /// Copies the databases of the server that runs in `postgres`.
    ///
    /// # Errors
    /// When that fails; nothing is left then.
    pub async fn add(&self, postgres: &Path, tools: &Path) -> Result<()> {
        let part = self.0.join("databases/unfinished");
        // Of a backup broken off.
        let _ = fs::remove_dir_all(&part);
        backup::take(postgres, tools, &part).await?;
        // Every moment from its name on can be restored from it: it is taken when the copy is whole, and no digit of it is cut off.
        let whole = Clock::system().now();
        let folder = self.0.join("databases").join(whole.format(NAME).to_string());
        fs::rename(&part, folder).context("The copy cannot be named")
    }

    /// The last copy from `at` or before, with its moment; of all when there is no `at`.
    ///
    /// # Errors
    /// A sentence when there is none.
    pub fn before(&self, at: Option<DateTime<Utc>>) -> Result<(DateTime<Utc>, PathBuf)> {
        let folder = self.0.join("databases");
        let entries = fs::read_dir(&folder).with_context(|| format!("{} cannot be read", folder.display()))?.flatten();
        let moments = entries.filter_map(|entry| {
            let name = entry.file_name();
            Some((NaiveDateTime::parse_from_str(name.to_str()?, READ).ok()?.and_utc(), entry.path()))
        });
        let fitting = moments.filter(|(moment, _)| at.is_none_or(|at| *moment <= at)).max();
        fitting.with_context(|| match at {
            Some(at) => format!("There is no copy in {} from before {at}.", folder.display()),
            None => format!("There is no copy in {}.", folder.display()),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_right_after_a_copy_is_restored_from_it_and_copies_of_before_are_read() {
        let folder = std::env::temp_dir().join(format!("motcua-copies-{}", std::process::id()));
        let at = |text: &str| text.parse::<DateTime<Utc>>().unwrap();
        let copy = |moment: DateTime<Utc>| folder.join("databases").join(moment.format(NAME).to_string());
        let (old, new) = (folder.join("databases/2026-11-29T05-27-56Z"), copy(at("2026-11-30T05:27:56.839Z")));
        for copy in [&old, &new] {
            fs::create_dir_all(copy).unwrap();
        }
        let before = |moment: &str| Copies(folder.clone()).before(Some(at(moment))).unwrap();
        assert_eq!(before("2026-11-30T05:27:56.840062Z").1, new);
        assert_eq!(before("2026-11-30T05:27:56.838Z"), (at("2026-11-29T05:27:56Z"), old));
        fs::remove_dir_all(folder).unwrap();
    }
}
