//! What the runtime promises.

mod clock_and_random;
mod settings;
mod telemetry;
mod trace;
mod worker;
