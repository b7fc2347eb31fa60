//! The pages over real sockets: real services behind a real gateway, and a browser that knows cookies and forms, no script.

#![allow(
    clippy::disallowed_methods,
    reason = "tests name what is theirs alone by chance, and compare with the machine's time"
)]

mod account;
mod browser;
mod capacity;
mod catalogue;
mod failures;
mod filing;
mod fixture;
mod forgery;
mod kiosk;
mod language;
mod office;
mod passages;
mod sessions;
mod slip;
mod tracking;
mod way;
mod words;
