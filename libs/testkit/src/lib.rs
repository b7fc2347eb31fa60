#![doc = include_str!("../README.md")]
#![allow(clippy::disallowed_methods, reason = "an installation under test names what is its own by chance")]

mod call;
mod contract;
mod eventually;
mod installation;
mod issuer;
pub mod met;
mod servers;
mod tls_door;

pub use call::{Call, TestCaller, TestResponse};
pub use contract::{Contract, Failure};
pub use eventually::eventually;
pub use installation::Installation;
pub use reqwest::Method;
pub use servers::free_port;
pub use tls_door::{Speaks, TlsDoor};
