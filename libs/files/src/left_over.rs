//! Finds files that may be left over: what an upload leaves behind that a power cut ended, before or after it was whole.

use std::{
    fs::{self, DirEntry},
    io,
    path::Path,
    time::SystemTime,
};

use anyhow::Result;
use chrono::{DateTime, Utc};
use tokio::sync::mpsc;

use crate::Files;

/// Files looked at together.
const TOGETHER: usize = 500;
/// Folders take turns, so that what is looked at in one go stays bounded.
const TURNS: u32 = 24;

/// Which folders are looked into.
#[derive(Clone, Copy, Debug)]
pub enum Turn {
    /// All.
    All,
    /// Those of this hour: each has its turn once a day.
    OfHour(u32),
}

/// A file that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Where it is; with `#` and a number behind it when its upload never ended.
    pub key: String,
    /// How many bytes it has.
    pub size: u64,
}

impl Turn {
    fn is_of(self, folder: &DirEntry) -> bool {
        let name = folder.file_name();
        let sum: u32 = name.as_encoded_bytes().iter().map(|byte| u32::from(*byte)).sum();
        match self {
            Self::All => true,
            Self::OfHour(hour) => sum % TURNS == hour % TURNS,
        }
    }
}

impl Files {
    /// Gives `take` the files that were last written before `before`, some at a time.
    ///
    /// # Errors
    /// When the folder cannot be read, or as `take`.
    pub async fn older_than(
        &self,
        before: DateTime<Utc>,
        turn: Turn,
        mut take: impl AsyncFnMut(Vec<Found>) -> Result<()>,
    ) -> Result<()> {
        let (folder, (give, mut given)) = (self.folder.clone(), mpsc::channel(1));
        let walk = tokio::task::spawn_blocking(move || {
            let mut walk = Walk { root: &folder, before: before.into(), turn, found: Vec::new(), give: &give };
            walk.look_into(&folder, 0)?;
            walk.hand_over();
            io::Result::Ok(())
        });
        while let Some(found) = given.recv().await {
            take(found).await?;
        }
        Ok(walk.await??)
    }

    /// Removes a file that was found left over; one that is gone is as good.
    ///
    /// # Errors
    /// When it cannot be removed.
    pub async fn remove(&self, found: &Found) -> Result<()> {
        match tokio::fs::remove_file(self.folder.join(&found.key)).await {
            Err(why) if why.kind() != io::ErrorKind::NotFound => Err(why.into()),
            _ => Ok(()),
        }
    }
}

struct Walk<'a> {
    root: &'a Path,
    before: SystemTime,
    turn: Turn,
    found: Vec<Found>,
    give: &'a mpsc::Sender<Vec<Found>>,
}

impl Walk<'_> {
    /// Looks into `folder`, so many below the root. Those below the first level hold a few dossiers each,
    /// or one, and have their turns.
    fn look_into(&mut self, folder: &Path, depth: usize) -> io::Result<()> {
        for entry in fs::read_dir(folder)? {
            let entry = entry?;
            if self.give.is_closed() {
                return Ok(());
            }
            if entry.file_type()?.is_dir() {
                if depth != 1 || self.turn.is_of(&entry) {
                    self.look_into(&entry.path(), depth + 1)?;
                }
            } else {
                self.look_at(&entry)?;
            }
        }
        Ok(())
    }

    fn look_at(&mut self, entry: &DirEntry) -> io::Result<()> {
        let file = match entry.metadata() {
            Err(gone) if gone.kind() == io::ErrorKind::NotFound => return Ok(()),
            file => file?,
        };
        let path = entry.path();
        // Our own keys are plain; what is called otherwise is nothing of ours.
        if let Some(key) = path.strip_prefix(self.root).ok().and_then(Path::to_str)
            && file.is_file()
            && file.modified()? < self.before
        {
            self.found.push(Found { key: key.to_owned(), size: file.len() });
            if self.found.len() == TOGETHER {
                self.hand_over();
            }
        }
        Ok(())
    }

    /// Waits until they are taken. Who takes them may have gone away.
    fn hand_over(&mut self) {
        let _ = self.give.blocking_send(std::mem::take(&mut self.found));
    }
}
