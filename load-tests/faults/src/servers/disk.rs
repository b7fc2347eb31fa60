//! A disk that is soon full.

use std::{fs, io::Write, path::PathBuf};

use anyhow::{Result, ensure};
use tokio::process::Command;

/// A disk of 220 MB, in memory.
pub struct SmallDisk(PathBuf);

impl SmallDisk {
    /// Mounts one in a new folder.
    ///
    /// # Errors
    /// For others than root.
    pub async fn mount(folder: PathBuf) -> Result<Self> {
        fs::create_dir_all(&folder)?;
        let mut mount = Command::new("mount");
        mount.args(["-t", "tmpfs", "-o", "size=220m,mode=0711", "tmpfs"]).arg(&folder);
        ensure!(mount.status().await?.success(), "a small disk cannot be mounted: only root may");
        Ok(Self(folder))
    }

    /// Fills it to the last byte.
    ///
    /// # Errors
    /// When it cannot be written at all.
    pub fn fill(&self) -> Result<()> {
        let mut filler = fs::File::create(self.0.join("filler"))?;
        let block = vec![0; 1 << 16];
        // Until it is refused: then it is full.
        for size in [block.len(), 4096, 1] {
            while filler.write(&block[..size]).is_ok_and(|written| written > 0) {}
        }
        Ok(())
    }

    /// Makes room again.
    ///
    /// # Errors
    /// When it was not filled.
    pub fn free(&self) -> Result<()> {
        Ok(fs::remove_file(self.0.join("filler"))?)
    }

    /// Ends it.
    pub async fn unmount(self) {
        // Nothing more can be done about it; it is memory.
        let _ = Command::new("umount").arg("-l").arg(self.0).status().await;
    }
}
