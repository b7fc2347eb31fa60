//! What a caller may say about the server it wants.

use std::env;
use std::path::PathBuf;
use std::sync::Arc;

/// Told, in a few words, before every step that may take seconds: "installing PostgreSQL with apt".
pub type Progress = Arc<dyn Fn(&str) + Send + Sync>;

/// Where a server keeps its data, and how carefully.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Storage {
    /// In this folder, synced to disk, kept when the server stops and used again by the next start.
    /// The folder belongs to one server; only one running process may use it at a time.
    Durable(PathBuf),
    /// In a new folder, in memory where there is room, never synced, deleted with the server.
    Throwaway,
}

/// The server a caller wants. Start from [`Options::durable`] or [`Options::throwaway`] and change what differs.
#[derive(Clone)]
pub struct Options {
    /// Where the data lives.
    pub storage: Storage,
    /// The port on 127.0.0.1; `None` takes a free one below 32768 (above, the system hands out ports by itself).
    pub port: Option<u16>,
    /// Where programs installed without root are kept; share it between runs, or each installs anew.
    pub tools: PathBuf,
    /// Hears about long steps.
    pub progress: Progress,
}

impl Options {
    /// A server whose data stays in `folder`, on a free port.
    pub fn durable(folder: impl Into<PathBuf>) -> Self {
        Self::with(Storage::Durable(folder.into()))
    }

    /// A server for a test or a benchmark, whose data goes with it, on a free port.
    pub fn throwaway() -> Self {
        Self::with(Storage::Throwaway)
    }

    /// Tools go below the user's cache folder; progress goes to the log.
    fn with(storage: Storage) -> Self {
        let progress: Progress = Arc::new(|step| tracing::info!("{step}"));
        Self { storage, port: None, tools: default_tools(), progress }
    }
}

/// Where programs and built web assets are kept unless the caller says otherwise: below the user's cache folder.
///
/// Never below a folder that others can write: programs found there are run.
pub fn default_tools() -> PathBuf {
    let cache = env::var_os("XDG_CACHE_HOME").map(PathBuf::from).filter(|path| path.is_absolute());
    let home = env::var_os("HOME").map(|home| PathBuf::from(home).join(".cache"));
    cache.or(home).map_or_else(|| PathBuf::from("var/tools"), |cache| cache.join("motcua/tools"))
}
