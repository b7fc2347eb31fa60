//! Where a request comes from in the network, to count guesses by, and for the audit log.

use std::{
    convert::Infallible,
    fmt,
    future::{Ready, ready},
    net::{IpAddr, Ipv4Addr, Ipv6Addr},
};

use actix_web::{FromRequest, HttpRequest, dev::Payload};

/// The network address that a request comes from, as the hop before us saw it: the last of `X-Forwarded-For`, which the gateway
/// writes anew; without that header, the peer. Of IPv6 the first 64 bits, which one subscriber has to himself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Origin(IpAddr);

impl Origin {
    /// The origin of `address`.
    pub fn of(address: IpAddr) -> Self {
        Self(match address.to_canonical() {
            IpAddr::V6(six) => {
                let [a, b, c, d, ..] = six.segments();
                Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0).into()
            }
            four => four,
        })
    }

    /// The origin of `request`.
    pub(crate) fn read(request: &HttpRequest) -> Self {
        let seen = request.headers().get_all("x-forwarded-for").last().and_then(|value| value.to_str().ok());
        let last = seen.and_then(|hops| hops.rsplit(',').next()).and_then(|hop| hop.trim().parse().ok());
        let peer = || request.peer_addr().map(|peer| peer.ip());
        Self::of(last.or_else(peer).unwrap_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED)))
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl FromRequest for Origin {
    type Error = Infallible;
    type Future = Ready<Result<Self, Infallible>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(Ok(Self::read(request)))
    }
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::*;

    #[test]
    fn only_the_last_hop_is_believed_and_a_subscriber_is_one_whatever_address_he_takes() {
        for (header, origin) in [
            ("203.0.113.7", "203.0.113.7"),
            ("10.0.0.1, 203.0.113.7", "203.0.113.7"),
            ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
            ("::ffff:203.0.113.7", "203.0.113.7"),
            ("203.0.113.7, nonsense", "198.51.100.1"),
            ("", "198.51.100.1"),
        ] {
            let peer = "198.51.100.1:7".parse().expect("an address");
            let request = TestRequest::default().insert_header(("x-forwarded-for", header)).peer_addr(peer);
            assert_eq!(Origin::read(&request.to_http_request()).to_string(), origin, "{header}");
        }
    }
}
