//! What this library promises of files that strangers send.

mod fixture;
mod papers;

mod kept;
mod left_over;
mod pdf;
mod pictures;
mod received;
mod refusal;
mod scanner;
mod sealed;
