//! The gateway over real sockets: a small document, small services behind it, clients good and bad before it.

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
mod routing;
mod slow;
mod start;
mod tokens;
mod upstream;
mod upstreams;
mod validation;
