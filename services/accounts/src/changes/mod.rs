//! One file a change: one transaction with everything that it causes.

mod bound_codes;
mod change_calendar;
mod change_contact;
mod change_email;
mod change_password;
mod change_phone;
mod charge_sign_in;
mod close_account;
mod confirm_registration;
mod end_session;
mod issue_client_token;
mod notice;
mod open_session;
mod prove_citizen_number;
mod refresh_session;
mod repeat_registration;
mod reset_password;
mod start_password_reset;
mod start_registration;
mod switch_capacity;

use uuid::Uuid;

use crate::{domain::capacity::Held, store::users::User};

pub use change_calendar::{bring_national_days, change_calendar};
pub use change_contact::change_contact;
pub use change_email::{change_email, start_email_change};
pub use change_password::change_password;
pub use change_phone::change_phone;
pub use charge_sign_in::{Attempt, charge_proof, charge_sign_in, forget_attempt, give_back_sign_in};
pub use close_account::close_account;
pub use confirm_registration::confirm_registration;
pub use end_session::{end_own_session, sign_out};
pub use issue_client_token::issue_client_token;
pub use open_session::open_session;
pub use prove_citizen_number::{ShownCard, prove_citizen_number};
pub use refresh_session::refresh_session;
pub use repeat_registration::repeat_registration;
pub use reset_password::reset_password;
pub use start_password_reset::{SendResetCode, send_reset_code, start_password_reset};
pub use start_registration::{Asking, start_registration};
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
