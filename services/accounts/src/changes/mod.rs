//! One file a change: one transaction with everything that it causes.

mod charge_sign_in;
mod confirm_registration;
mod end_session;
mod open_session;
mod refresh_session;
mod start_registration;
mod switch_capacity;

use uuid::Uuid;

use crate::{domain::capacity::Held, store::users::User};

pub use charge_sign_in::{Attempt, charge_sign_in, give_back_sign_in};
pub use confirm_registration::confirm_registration;
pub use end_session::sign_out;
pub use open_session::open_session;
pub use refresh_session::refresh_session;
pub use start_registration::{ForgetRegistration, start_registration};
pub use switch_capacity::switch_capacity;

/// A person who is signed in, with everything that her next token says.
pub struct Bearer {
    pub user: User,
    pub session: Uuid,
    /// How often something was taken from her since it began.
    pub generation: i32,
    /// All capacities that she holds.
    pub held: Vec<Held>,
    /// The one that this session acts in.
    pub acts_as: Held,
}
