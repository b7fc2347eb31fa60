#![doc = include_str!("../README.md")]
#![allow(clippy::disallowed_methods, reason = "an installation under test names what is its own by chance")]

mod call;
mod contract;
mod eventually;
mod issuer;
pub mod met;
mod servers;
mod world;

pub use call::{Answer, Call, TestCaller};
pub use contract::{Contract, Failure};
pub use eventually::eventually;
pub use reqwest::Method;
pub use servers::free_port;
pub use world::World;
