//! Where the payer's browser calls from, as far as we can know.

use std::net::{IpAddr, Ipv4Addr};

use actix_web::HttpRequest;

/// The address that the hop before us saw: the last of `X-Forwarded-For`. What stands before it is the client's own claim.
pub fn payer_address(request: &HttpRequest) -> IpAddr {
    let seen = request.headers().get_all("x-forwarded-for").last().and_then(|value| value.to_str().ok());
    let last = seen.and_then(|hops| hops.rsplit(',').next()).and_then(|hop| hop.trim().parse().ok());
    last.unwrap_or(IpAddr::V4(Ipv4Addr::LOCALHOST))
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::*;

    #[test]
    fn only_the_last_hop_is_believed() {
        for (header, address) in [
            ("203.0.113.7", "203.0.113.7"),
            ("10.0.0.1, 203.0.113.7", "203.0.113.7"),
            ("2001:db8::7", "2001:db8::7"),
            ("203.0.113.7, nonsense", "127.0.0.1"),
            ("", "127.0.0.1"),
        ] {
            let request = TestRequest::default().insert_header(("x-forwarded-for", header)).to_http_request();
            assert_eq!(payer_address(&request).to_string(), address, "{header}");
        }
        assert_eq!(payer_address(&TestRequest::default().to_http_request()).to_string(), "127.0.0.1");
    }
}
