//! A notification to come: of which payment, and where it may go.

use url::{Host, Url};

use super::payment::Payment;
use crate::VnpayBehaviour;

/// Where notifications may go: plain HTTP to this machine, so that a sandbox never calls out.
pub(crate) fn parse_target(text: &str) -> Result<Url, String> {
    let url = Url::parse(text).map_err(|error| format!("{text:?} is not a URL: {error}"))?;
    let is_here = match url.host() {
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        Some(Host::Domain(name)) => name == "localhost",
        None => false,
    };
    if url.scheme() == "http" && is_here {
        Ok(url)
    } else {
        Err(format!(
            "the sandbox notifies only http:// addresses of its own machine \
             (127.0.0.1, [::1], localhost), not {text:?}"
        ))
    }
}

/// A payment to notify, with the behaviour of the moment it was made: whether its notification is
/// dropped, delayed or held back is decided then.
pub(crate) struct Notice {
    pub(crate) payment: Payment,
    pub(crate) behaviour: VnpayBehaviour,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_this_machine_is_ever_notified() {
        for here in ["http://127.0.0.1:8080/ipn", "http://[::1]/ipn?x=1", "http://localhost:1/"] {
            assert!(parse_target(here).is_ok(), "{here}");
        }
        for elsewhere in [
            "http://example.vn/",
            "http://10.0.0.1/",
            "http://0.0.0.0/",
            "http://127.0.0.1.example.vn/",
            "http://localhost@example.vn/",
            "https://127.0.0.1/",
            "file:///etc/passwd",
            "ipn",
        ] {
            assert!(parse_target(elsewhere).is_err(), "{elsewhere}");
        }
    }
}
