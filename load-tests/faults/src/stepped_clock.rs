//! A clock of the installation's own, stepped while it runs: faketime, which answers a process in place of the system.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};

const FOLDERS: &str = "/usr/lib";
const LIBRARY: &str = "faketime/libfaketimeMT.so.1";

/// What every process of an installation takes for the time.
pub struct SteppedClock {
    /// Whether processes believe each step at once, as if they had waited for it.
    pub is_believed: bool,
    library: PathBuf,
    file: PathBuf,
}

impl SteppedClock {
    /// A clock that is right so far, in `folder`.
    ///
    /// # Errors
    /// Without faketime.
    pub fn wind_up(folder: &Path) -> Result<Self> {
        let clock = Self { is_believed: true, library: library()?, file: folder.join("clock") };
        clock.set(0)?;
        Ok(clock)
    }

    /// From now on it is so many seconds fast, or slow if negative.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn set(&self, fast: i64) -> Result<()> {
        // It is read at every look at the clock: half a number would be another time.
        let new = self.file.with_extension("new");
        fs::write(&new, format!("{fast:+}\n"))?;
        Ok(fs::rename(&new, &self.file)?)
    }

    /// What a process finds in its environment, to live by this clock. Waiting times go by as ever.
    pub fn environment(&self) -> [(String, String); 7] {
        let path = |path: &Path| path.display().to_string();
        let values = [
            ("LD_PRELOAD", path(&self.library)),
            ("FAKETIME_TIMESTAMP_FILE", path(&self.file)),
            ("FAKETIME_NO_CACHE", "1".into()),
            ("FAKETIME_DONT_FAKE_MONOTONIC", "1".into()),
            ("DONT_FAKE_MONOTONIC", "1".into()),
            ("NO_FAKE_STAT", "1".into()),
            ("MOTCUA_CLOCK_BELIEVED", if self.is_believed { "at-once" } else { "" }.into()),
        ];
        values.map(|(name, value)| (name.to_owned(), value))
    }
}

/// Where faketime is.
///
/// # Errors
/// When it is not there, with what to type.
pub fn library() -> Result<PathBuf> {
    let folders = fs::read_dir(FOLDERS).into_iter().flatten().flatten();
    let mut found = folders.map(|folder| folder.path().join(LIBRARY)).filter(|library| library.exists());
    found.next().context("a clock is stepped by faketime: run `apt-get install -y faketime`")
}
