//! Ports on 127.0.0.1.

use std::hash::{BuildHasher, RandomState};
use std::net::{Ipv4Addr, TcpListener};
use std::process;
use std::sync::LazyLock;
use std::sync::atomic::{AtomicU32, Ordering};

use crate::Error;

const LOWEST: u32 = 10_240;
/// Where Linux begins to hand out ports for outgoing connections: one of those may take any port above at any moment.
const EPHEMERAL: u32 = 32_768;

/// Processes start together, and their ids come round again: each begins its search in a place of its own.
static BEGIN: LazyLock<u32> = LazyLock::new(|| {
    let random = RandomState::new().hash_one(process::id());
    u32::try_from(random % u64::from(EPHEMERAL)).unwrap_or_default()
});
static TAKEN: AtomicU32 = AtomicU32::new(0);

/// How often a free port may be snatched away between the look and the start.
pub(crate) const ATTEMPTS: usize = 5;

/// A port nobody listens on now. Another process may take it before its use: the caller tries again then.
pub fn free() -> Result<u16, Error> {
    let count = EPHEMERAL - LOWEST;
    for _ in 0..count {
        let step = BEGIN.wrapping_add(TAKEN.fetch_add(1, Ordering::Relaxed));
        let port = u16::try_from(LOWEST + step % count).unwrap_or(u16::MAX);
        if is_free(port) {
            return Ok(port);
        }
    }
    Err(Error::new(format!(
        "Every port from {LOWEST} to {} on 127.0.0.1 is taken: stop some of the programs that listen there.",
        EPHEMERAL - 1
    )))
}

pub(crate) fn is_free(port: u16) -> bool {
    TcpListener::bind((Ipv4Addr::LOCALHOST, port)).is_ok()
}

/// A port that was asked for, or was free a moment ago, must still be so when the server is about to take it.
pub(crate) fn check(port: u16, server: &str) -> Result<(), Error> {
    if is_free(port) {
        return Ok(());
    }
    Err(Error::new(format!(
        "{server} cannot listen on 127.0.0.1:{port}: another program has this port; stop it or choose another port."
    )))
}
