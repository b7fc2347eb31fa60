//! A server's folder: the lock, the password, the log, and the data, which alone belongs to the server's user.

use std::env;
use std::fs::{self, DirBuilder, File, OpenOptions, Permissions, TryLockError};
use std::io::{self, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt, chown, fchown};
use std::path::{Path, PathBuf};

use nix::sys::statvfs::statvfs;
use nix::unistd::{AccessFlags, access};
use uuid::Uuid;

use crate::user::Servant;
use crate::{Error, Storage};

/// A database in memory is faster; below this much room (2 GiB) it would soon be full instead.
const ROOM_IN_MEMORY: u64 = 2 << 30;

pub(crate) struct Folder {
    pub path: PathBuf,
    pub throwaway: bool,
    pub servant: Option<Servant>,
    /// Whether a keeper will delete a throwaway folder; until then we do.
    pub kept: bool,
    /// Held as long as the server is ours; the system gives it back when we die.
    _lock: File,
}

impl Folder {
    pub fn open(storage: &Storage, server: &str) -> Result<Self, Error> {
        let (path, throwaway) = match storage {
            Storage::Durable(path) => (path.clone(), false),
            Storage::Throwaway => (temporary(server), true),
        };
        Self::prepare(&path, throwaway).map_err(|cause| match cause {
            Refusal::Io(cause) => Error::unwritable(&path, &cause),
            Refusal::InUse => Error::new(format!(
                "The folder {} is in use by another running process: stop that one first, or choose another folder.",
                path.display()
            )),
        })
    }

    fn prepare(path: &Path, throwaway: bool) -> Result<Self, Refusal> {
        DirBuilder::new().recursive(true).mode(0o711).create(path)?;
        let path = path.canonicalize()?;
        let lock = private().write(true).create(true).truncate(false).open(path.join("lock"))?;
        lock.try_lock().map_err(|cause| match cause {
            TryLockError::WouldBlock => Refusal::InUse,
            TryLockError::Error(cause) => Refusal::Io(cause),
        })?;
        let data = path.join("data");
        let servant = Servant::for_data(&data);
        DirBuilder::new().recursive(true).mode(0o700).create(&data)?;
        if let Some(Servant { uid, gid }) = servant {
            fs::set_permissions(&path, Permissions::from_mode(0o711))?;
            chown(&data, Some(uid), Some(gid))?;
        }
        access(&data, AccessFlags::W_OK).map_err(io::Error::from)?;
        Ok(Self { path, throwaway, servant, kept: false, _lock: lock })
    }

    pub fn data(&self) -> PathBuf {
        self.path.join("data")
    }

    pub fn log(&self) -> PathBuf {
        self.path.join("log")
    }

    /// Writes a file that only the server's user (and root) can read.
    pub fn write(&self, name: &str, text: &str) -> Result<PathBuf, Error> {
        let path = self.path.join(name);
        let write = || -> io::Result<()> {
            let mut file = private().write(true).create(true).truncate(true).open(&path)?;
            if let Some(Servant { uid, gid }) = self.servant {
                fchown(&file, Some(uid), Some(gid))?;
            }
            file.write_all(text.as_bytes())
        };
        write().map_err(|cause| Error::unwritable(&path, &cause))?;
        Ok(path)
    }

    /// The password of this folder's server, made up at the first call.
    pub fn password(&self) -> Result<String, Error> {
        match self.known_password() {
            Some(password) => Ok(password),
            None => {
                let password = Uuid::new_v4().simple().to_string();
                self.write("password", &format!("{password}\n"))?;
                Ok(password)
            }
        }
    }

    pub fn known_password(&self) -> Option<String> {
        password_in(&self.path)
    }

    /// The last lines of the server's log, in one line.
    pub fn last_words(&self) -> String {
        let log = fs::read(self.log()).unwrap_or_default();
        let log = String::from_utf8_lossy(&log);
        let lines: Vec<&str> = log.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
        match lines.len() {
            0 => "nothing".to_owned(),
            count => lines[count.saturating_sub(4)..].join(" | "),
        }
    }
}

/// The password of the server that another process runs in this folder; `None` when nobody has the folder.
pub(crate) fn password_of_running(path: &Path) -> Option<String> {
    let lock = File::open(path.join("lock")).ok()?;
    match lock.try_lock() {
        Err(TryLockError::WouldBlock) => password_in(path),
        _ => None,
    }
}

fn password_in(path: &Path) -> Option<String> {
    let text = fs::read_to_string(path.join("password")).ok()?;
    Some(text.trim().to_owned()).filter(|password| !password.is_empty())
}

impl Drop for Folder {
    fn drop(&mut self) {
        if self.throwaway && !self.kept {
            // Nothing more can be done about a temporary folder that cannot be deleted.
            let _ = fs::remove_dir_all(&self.path);
        }
    }
}

enum Refusal {
    Io(io::Error),
    InUse,
}

impl From<io::Error> for Refusal {
    fn from(cause: io::Error) -> Self {
        Self::Io(cause)
    }
}

pub(crate) fn private() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.mode(0o600);
    options
}

fn temporary(server: &str) -> PathBuf {
    let memory = Path::new("/dev/shm");
    let room = statvfs(memory).map_or(0, |space| space.blocks_available() * space.fragment_size());
    let roomy = room >= ROOM_IN_MEMORY && access(memory, AccessFlags::W_OK).is_ok();
    let parent = if roomy { memory.to_path_buf() } else { env::temp_dir() };
    parent.join(format!("motcua-{}-{}", server.to_lowercase(), Uuid::new_v4().simple()))
}
