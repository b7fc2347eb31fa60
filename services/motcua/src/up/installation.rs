//! The folder of an installation: writable, and used by one `motcua up` at a time.

use std::{
    fs::{self, File, TryLockError},
    io::Write,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, bail};

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
    /// When it cannot be written, or another `motcua up` uses it.
    pub fn take(folder: &Path) -> Result<Self> {
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
