//! How far a backup reaches: written when it is made, so that a restore can tell what a copy of its folder lacks.

use std::{
    fs::{self, File},
    io::{ErrorKind, Write},
    path::Path,
};

use anyhow::{Context, Result};
use serde::{Deserialize, Serialize};

use super::pieces::Piece;

/// In the folder of the backups.
pub const FILE: &str = "reaches.json";

/// How far a backup reached when it was made last. The log goes on after that.
#[derive(Debug, Deserialize, Serialize)]
pub struct Reaches {
    /// The piece of the log that was kept last; none while only a copy was made.
    piece: Option<String>,
}

impl Reaches {
    /// As far as this piece, or no further than the copy.
    pub fn to(piece: Option<&str>) -> Self {
        Self { piece: piece.map(str::to_owned) }
    }

    /// Writes it into `folder`, whole or not at all.
    ///
    /// # Errors
    /// When the folder cannot be written.
    pub fn write(&self, folder: &Path) -> Result<()> {
        let (part, whole) = (folder.join("reaches.part"), folder.join(FILE));
        let write = || -> Result<()> {
            let mut file = File::create(&part)?;
            file.write_all(&serde_json::to_vec(self)?)?;
            file.sync_all()?;
            Ok(fs::rename(&part, &whole)?)
        };
        write().with_context(|| format!("{} cannot be written", whole.display()))
    }

    /// What `folder` says; none when it says nothing.
    ///
    /// # Errors
    /// When that cannot be read.
    pub fn read(folder: &Path) -> Result<Option<Self>> {
        let unreadable = || format!("{} cannot be read", folder.join(FILE).display());
        match fs::read(folder.join(FILE)) {
            Err(why) if why.kind() == ErrorKind::NotFound => Ok(None),
            text => serde_json::from_slice(&text.with_context(unreadable)?).map(Some).with_context(unreadable),
        }
    }

    /// The piece.
    pub fn piece(&self) -> Option<Piece> {
        self.piece.as_deref().and_then(Piece::named)
    }
}
