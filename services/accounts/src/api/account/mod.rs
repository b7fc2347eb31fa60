//! The own account, and the capacities that it holds.

mod capacity_view;
pub mod get;
pub mod list_capacities;

pub use capacity_view::CapacityView;
