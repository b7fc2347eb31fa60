//! The crates of the workspace, and what their manifests depend on.

use std::{
    fs,
    path::{Path, PathBuf},
};

/// The folder of the workspace.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the workspace").to_owned()
}

/// A crate: its name is its folder's.
#[derive(Clone, Debug)]
pub struct Crate {
    /// The name.
    pub name: String,
    /// The folder above: `libs`, `services`, `load-tests`.
    pub kind: String,
    /// Its own folder.
    pub folder: PathBuf,
}

impl Crate {
    /// What it depends on to run, or in its tests.
    ///
    /// # Panics
    /// When its manifest cannot be read.
    pub fn dependencies(&self, section: &str) -> Vec<String> {
        let manifest = fs::read_to_string(self.folder.join("Cargo.toml")).expect("a manifest");
        let lines = manifest.lines().skip_while(|line| *line != format!("[{section}]")).skip(1);
        let lines = lines.take_while(|line| !line.starts_with('['));
        let names = lines.filter_map(|line| line.split(['.', ' ', '=']).next());
        names.filter(|name| !name.is_empty() && !name.starts_with('#')).map(str::to_owned).collect()
    }
}

/// All crates, in the order of their names.
///
/// # Panics
/// When a folder cannot be read.
pub fn crates() -> Vec<Crate> {
    let mut all = Vec::new();
    for kind in ["libs", "services", "load-tests"] {
        for entry in fs::read_dir(root().join(kind)).expect("a folder").flatten() {
            let (folder, name) = (entry.path(), entry.file_name().to_string_lossy().into_owned());
            if folder.join("Cargo.toml").exists() && folder.join("src").exists() {
                all.push(Crate { name, kind: kind.to_owned(), folder });
            }
        }
    }
    all.sort_by(|one, other| (&one.kind, &one.name).cmp(&(&other.kind, &other.name)));
    all
}
