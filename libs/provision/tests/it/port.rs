//! Ports that no two callers share.

use std::collections::HashSet;
use std::net::{Ipv4Addr, TcpListener};

use provision::{free_port, free_port_with};

/// The system tells nobody apart: what holds for two callers of one process holds for two processes.
#[test]
fn a_port_above_the_one_asked_for_is_given_to_nobody_else() {
    let mut given = HashSet::new();
    for _ in 0..50 {
        let port = free_port_with(&[1, 10]).unwrap();
        for port in [port, port + 1, port + 10, free_port().unwrap()] {
            assert!(given.insert(port), "{port} is given twice");
        }
    }
}

#[test]
fn a_reserved_port_can_be_listened_on_again_and_again_and_by_one_at_a_time() {
    let port = free_port().unwrap();
    for _ in 0..3 {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).unwrap();
        assert!(TcpListener::bind((Ipv4Addr::LOCALHOST, port)).is_err());
        drop(listener);
    }
}
