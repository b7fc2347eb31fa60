//! Ports on 127.0.0.1.

use std::hash::{BuildHasher, RandomState};
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::process;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{LazyLock, Mutex, PoisonError};

use socket2::{Domain, Socket, Type};

use crate::Error;

const LOWEST: u32 = 10_240;
/// Where Linux begins to hand out ports for outgoing connections: one of those may take any port above at any moment.
const EPHEMERAL: u32 = 32_768;

/// Processes start together, and their ids come round again: each begins its search in a place of its own.
static BEGIN: LazyLock<u32> = LazyLock::new(|| {
    let random = RandomState::new().hash_one(process::id());
    u32::try_from(random % u64::from(EPHEMERAL)).unwrap_or_default()
});
static TRIED: AtomicU32 = AtomicU32::new(0);
/// Bound and not listening: they keep a port from everybody who asks here, in any process, and from no server.
static RESERVED: Mutex<Vec<Socket>> = Mutex::new(Vec::new());

/// A port nobody listens on, reserved until this process ends: no other caller of this, in no process, is given it.
/// A server of this process or another may listen there, as often as it likes.
///
/// # Errors
/// When none is left.
pub fn free() -> Result<u16, Error> {
    free_with(&[])
}

/// As [`free`], with the ports that lie so far above it reserved as well.
///
/// # Errors
/// When none is left.
pub fn free_with(distances: &[u16]) -> Result<u16, Error> {
    let count = EPHEMERAL - LOWEST;
    for _ in 0..count {
        let step = BEGIN.wrapping_add(TRIED.fetch_add(1, Ordering::Relaxed));
        let port = u16::try_from(LOWEST + step % count).unwrap_or(u16::MAX);
        let all = std::iter::once(Some(port)).chain(distances.iter().map(|distance| port.checked_add(*distance)));
        let sockets: Option<Vec<Socket>> = all.map(|port| reserve(port?)).collect();
        if let Some(sockets) = sockets {
            RESERVED.lock().unwrap_or_else(PoisonError::into_inner).extend(sockets);
            return Ok(port);
        }
    }
    Err(Error::new(format!(
        "Every port from {LOWEST} to {} on 127.0.0.1 is taken: stop some of the programs that listen there.",
        EPHEMERAL - 1
    )))
}

/// A server may bind its address beside sockets that allow it and do not listen. To reserve, one binds before one allows:
/// that succeeds for nobody where another has bound.
fn reserve(port: u16) -> Option<Socket> {
    let socket = Socket::new(Domain::IPV4, Type::STREAM, None).ok()?;
    socket.bind(&SocketAddr::from((Ipv4Addr::LOCALHOST, port)).into()).ok()?;
    socket.set_reuse_address(true).ok()?;
    Some(socket)
}

/// A port that was asked for must be free when the server is about to take it.
pub(crate) fn check(port: u16, server: &str) -> Result<(), Error> {
    if TcpListener::bind((Ipv4Addr::LOCALHOST, port)).is_ok() {
        return Ok(());
    }
    Err(Error::new(format!(
        "{server} cannot listen on 127.0.0.1:{port}: another program has this port; stop it or choose another port."
    )))
}
