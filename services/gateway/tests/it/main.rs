//! The gateway over real sockets: a small document, small services behind it, clients good and bad before it.

#![allow(
    clippy::disallowed_methods,
    reason = "tests name what is theirs alone by chance, and compare with the machine's time"
)]

mod bodies;
mod client;
mod document;
mod gate;
mod headers;
mod hostile;
mod issuer;
mod kept;
mod limits;
mod operator;
mod pages;
mod portal;
mod refusals;
mod routing;
mod sentences;
mod slow;
mod start;
mod tokens;
mod upstream;
mod upstreams;
mod validation;
