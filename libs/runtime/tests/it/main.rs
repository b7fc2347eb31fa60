//! What the runtime promises.

mod clock_and_random;
mod settings;
mod trace;
mod worker;
