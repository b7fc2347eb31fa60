//! Where a request comes from: the peer, or whom a trusted proxy names.

use std::net::{IpAddr, Ipv4Addr};

use actix_web::HttpRequest;
use ipnet::IpNet;

/// The networks whose machines are believed when they name a client: the load balancer before the gateway, the portal behind it.
pub(crate) struct Proxies(Vec<IpNet>);

impl Proxies {
    /// These networks.
    pub fn new(networks: Vec<IpNet>) -> Self {
        Self(networks)
    }

    /// The client of `request`: the last address in `X-Forwarded-For` that is not a proxy's, if a proxy sent the request.
    pub fn client(&self, request: &HttpRequest) -> IpAddr {
        let peer = request.peer_addr().map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |peer| peer.ip().to_canonical());
        if !self.trusts(peer) {
            return peer;
        }
        let lines: Vec<_> =
            request.headers().get_all("x-forwarded-for").filter_map(|line| line.to_str().ok()).collect();
        let named = lines.iter().rev().flat_map(|line| line.rsplit(','));
        // What a proxy wrote is an address; anything else was sent by a client, and so was everything before it.
        let named =
            named.map_while(|address| address.trim().parse::<IpAddr>().ok()).map(|address| address.to_canonical());
        named.into_iter().find(|address| !self.trusts(*address)).unwrap_or(peer)
    }

    fn trusts(&self, address: IpAddr) -> bool {
        self.0.iter().any(|network| network.contains(&address))
    }
}
