//! The own account: what it says, how it is changed and closed, and the capacities that it holds.

mod capacity_view;
pub mod change_password;
pub mod change_phone;
pub mod close;
pub mod confirm_email_change;
pub mod get;
pub mod list_capacities;
pub mod start_email_change;

pub use capacity_view::CapacityView;
