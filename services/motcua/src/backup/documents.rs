//! Documents and results: a file is never changed once it is there, so copying those that are missing is enough.

use std::{
    fmt,
    fs::{self, DirBuilder, File},
    io,
    os::unix::fs::DirBuilderExt,
    path::Path,
};

use anyhow::{Context, Result};

/// What was copied.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Copied {
    files: u64,
    bytes: u64,
}

impl fmt::Display for Copied {
    #[allow(clippy::cast_precision_loss, reason = "for reading")]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} new documents, {:.1} MB", self.files, self.bytes as f64 / 1e6)
    }
}

/// Copies every file below `from` that is not below `to` yet; each is there whole or not at all.
///
/// # Errors
/// When a file cannot be read or written.
pub fn copy(from: &Path, to: &Path) -> Result<Copied> {
    let mut copied = Copied::default();
    if from.is_dir() {
        copy_into(from, to, &mut copied)
            .with_context(|| format!("The documents in {} cannot be copied", from.display()))?;
    }
    Ok(copied)
}

fn copy_into(from: &Path, to: &Path, copied: &mut Copied) -> Result<()> {
    // As the service makes them: papers are for nobody else on this machine.
    DirBuilder::new().recursive(true).mode(0o700).create(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let name = entry.file_name();
        let target = to.join(&name);
        if entry.file_type()?.is_dir() {
            copy_into(&entry.path(), &target, copied)?;
        } else if !is_unfinished(&name.to_string_lossy()) && !target.exists() {
            copied.bytes += copy_one(&entry.path(), &target).with_context(|| format!("{}", target.display()))?;
            copied.files += 1;
        }
    }
    Ok(())
}

/// A file may be withdrawn while it is copied: nothing is lost by that.
fn copy_one(from: &Path, to: &Path) -> io::Result<u64> {
    let part = to.with_extension("part");
    let bytes = match fs::copy(from, &part) {
        Err(gone) if gone.kind() == io::ErrorKind::NotFound => return Ok(0),
        outcome => outcome?,
    };
    File::open(&part)?.sync_all()?;
    fs::rename(&part, to)?;
    Ok(bytes)
}

/// An upload under way (the store adds `#` and a number), or a copy broken off.
fn is_unfinished(name: &str) -> bool {
    name.contains('#') || name.ends_with(".part")
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    #[test]
    fn only_what_is_whole_and_missing_is_copied() {
        let scratch = std::env::temp_dir().join(format!("motcua-documents-{}", std::process::id()));
        let (from, to) = (scratch.join("from"), scratch.join("to"));
        fs::create_dir_all(from.join("a")).expect("a folder");
        for (name, text) in [("a/one", "1"), ("two", "22"), ("three#1", "333")] {
            fs::write(from.join(name), text).expect("a file");
        }
        assert_eq!(copy(&from, &to).expect("copied"), Copied { files: 2, bytes: 3 });
        assert_eq!(copy(&from, &to).expect("copied"), Copied::default());
        fs::remove_file(from.join("two")).expect("withdrawn");
        assert_eq!(copy(&from, &to).expect("copied"), Copied::default());
        assert_eq!(fs::read(to.join("two")).expect("kept"), b"22");
        assert!(!to.join("three#1").exists());
        let mode = fs::metadata(to.join("a")).expect("a folder").permissions().mode();
        assert_eq!(mode & 0o777, 0o700);
        fs::remove_dir_all(&scratch).expect("removed");
    }
}
