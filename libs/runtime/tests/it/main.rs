//! What the runtime promises.

mod authorities;
mod clock_and_random;
mod settings;
mod telemetry;
mod trace;
mod worker;
