//! The entries of actions, as what officials must be allowed to do.

use civic::OfficialRole;
use edge::Duty;

use crate::domain::actions::{add_result::ADD_RESULT, complete::COMPLETE, receive::RECEIVE};

/// To receive dossiers.
#[derive(Clone, Copy, Debug)]
pub struct Receives;

/// To issue results.
#[derive(Clone, Copy, Debug)]
pub struct Issues;

/// To complete dossiers.
#[derive(Clone, Copy, Debug)]
pub struct Completes;

impl Duty for Receives {
    const ROLES: &'static [OfficialRole] = RECEIVE.who.roles();
}

impl Duty for Issues {
    const ROLES: &'static [OfficialRole] = ADD_RESULT.who.roles();
}

impl Duty for Completes {
    const ROLES: &'static [OfficialRole] = COMPLETE.who.roles();
}
