//! As whom a server runs: as ourselves, or, when we are root, as somebody who is not.

use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::Path;

use nix::unistd::{User, geteuid};
use tokio::process::Command;

use crate::Error;

/// The user and group a server runs as. PostgreSQL refuses root, and Redis needs none of its powers.
#[derive(Clone, Copy)]
pub(crate) struct Servant {
    pub uid: u32,
    pub gid: u32,
}

pub(crate) fn is_root() -> bool {
    geteuid().is_root()
}

impl Servant {
    /// `None` when we are not root. Data that a user already owns stays that user's; new data belongs to nobody.
    pub fn for_data(data: &Path) -> Option<Self> {
        if !is_root() {
            return None;
        }
        let owner = fs::metadata(data).ok().filter(|owner| owner.uid() != 0);
        Some(owner.map_or_else(Self::nobody, |owner| Self { uid: owner.uid(), gid: owner.gid() }))
    }

    fn nobody() -> Self {
        match User::from_name("nobody") {
            Ok(Some(user)) => Self { uid: user.uid.as_raw(), gid: user.gid.as_raw() },
            _ => Self { uid: 65_534, gid: 65_534 },
        }
    }

    /// The words before a command that make it run as this user.
    ///
    /// Below a folder that only root may enter (`/root`, say) the servant gets one capability more: to pass closed
    /// doors. It is given only where the program or its data could not be reached otherwise.
    pub async fn prefix(&self, program: &Path, data: &Path) -> Result<Vec<String>, Error> {
        let plain = self.setpriv();
        let mut probe = Command::new(&plain[0]);
        probe.args(&plain[1..]).args(["sh", "-c", r#"test -x "$1" && test -w "$2""#, "sh"]).arg(program).arg(data);
        let reachable = probe.output().await.map_err(|cause| {
            Error::new(format!(
                "Servers must not run as root, and `setpriv`, which would change the user, cannot be run ({cause}): \
                 run as an ordinary user, or install the package util-linux."
            ))
        })?;
        if reachable.status.success() {
            return Ok(plain);
        }
        let doors = ["--inh-caps=+dac_override", "--ambient-caps=+dac_override"].map(str::to_owned);
        Ok(plain.into_iter().chain(doors).collect())
    }

    fn setpriv(&self) -> Vec<String> {
        let (uid, gid) = (self.uid, self.gid);
        vec!["setpriv".into(), format!("--reuid={uid}"), format!("--regid={gid}"), "--clear-groups".into()]
    }
}
