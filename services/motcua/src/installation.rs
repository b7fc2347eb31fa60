//! The folder of an installation: writable, and used by one `motcua up` at a time.

use std::{
    fs::{self, File, TryLockError},
    io::Write,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, bail, ensure};

/// There while a restore is under way, or was broken off.
const UNFINISHED: &str = "restoring";

/// A folder that is ours until this is dropped.
pub struct Installation {
    /// Where everything of this installation lives, absolute.
    pub folder: PathBuf,
    _lock: File,
}

impl Installation {
    /// Takes the folder, making it when it is new. A pid file left by a killed run is no obstacle: its lock went with it.
    ///
    /// # Errors
    /// When it cannot be written, another `motcua up` uses it, or a restore into it was broken off: what is there would pass for
    /// an installation and is none.
    pub fn take(folder: &Path) -> Result<Self> {
        let taken = Self::lock(folder)?;
        ensure!(
            !taken.folder.join(UNFINISHED).exists(),
            "The restore into {} was broken off: remove the folder and restore again.",
            taken.folder.display()
        );
        Ok(taken)
    }

    /// Takes the folder of an installation that is to be restored into it; until [`Installation::finish`] nobody else gets it.
    ///
    /// # Errors
    /// As [`Installation::take`], and when there is an installation in it.
    pub fn begin(folder: &Path) -> Result<Self> {
        let taken = Self::take(folder)?;
        ensure!(
            !taken.folder.join("postgres").exists(),
            "There is an installation in {}: move the folder away, or choose another with --var.",
            taken.folder.display()
        );
        let begun = File::create(taken.folder.join(UNFINISHED)).and_then(|file| file.sync_all());
        begun.with_context(|| format!("The folder {} cannot be written", taken.folder.display()))?;
        Ok(taken)
    }

    /// What was begun is an installation now.
    ///
    /// # Errors
    /// When the folder cannot be written.
    pub fn finish(&self) -> Result<()> {
        Ok(fs::remove_file(self.folder.join(UNFINISHED))?)
    }

    fn lock(folder: &Path) -> Result<Self> {
        let unwritable = || {
            format!("The folder {} cannot be written; choose another with --var or mend its owner", folder.display())
        };
        fs::create_dir_all(folder).with_context(unwritable)?;
        let folder = folder.canonicalize().with_context(unwritable)?;
        let path = folder.join("motcua.pid");
        let mut lock = File::options().create(true).append(true).open(&path).with_context(unwritable)?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                let pid = fs::read_to_string(&path).unwrap_or_default();
                bail!(
                    "Another motcua (process {}) runs from {}; stop it, or choose another folder with --var.",
                    pid.trim(),
                    folder.display()
                );
            }
            Err(TryLockError::Error(why)) => return Err(why).with_context(unwritable),
        }
        lock.set_len(0).and_then(|()| writeln!(lock, "{}", std::process::id())).with_context(unwritable)?;
        Ok(Self { folder, _lock: lock })
    }
}
