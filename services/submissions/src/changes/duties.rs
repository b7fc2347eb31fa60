//! The entries of actions, as what officials must be allowed to do.

use civic::OfficialRole;
use edge::Duty;

use crate::domain::actions::{
    add_result::ADD_RESULT, answer_consultation, apologise::APOLOGISE, assign::ASSIGN, cancel_charge::CANCEL_CHARGE,
    charge::CHARGE, complete::COMPLETE, consult::CONSULT, correct::CORRECT, decline::DECLINE, extend::EXTEND,
    forward::FORWARD, give_back::GIVE_BACK, note_lateness::NOTE_LATENESS, receive::RECEIVE, refuse::REFUSE,
    request_supplement::REQUEST_SUPPLEMENT, resume::RESUME, return_result::RETURN, send_back::SEND_BACK,
    send_draft::SEND_DRAFT, stop::STOP, take::TAKE, take_supplement::TAKE_SUPPLEMENT,
};

/// To receive dossiers.
#[derive(Clone, Copy, Debug)]
pub struct Receives;

/// To take dossiers on.
#[derive(Clone, Copy, Debug)]
pub struct Takes;

/// To give them back.
#[derive(Clone, Copy, Debug)]
pub struct GivesBack;

/// To give them to others.
#[derive(Clone, Copy, Debug)]
pub struct Assigns;

/// To hand them on to the next stage.
#[derive(Clone, Copy, Debug)]
pub struct Forwards;

/// To send them back to an earlier one.
#[derive(Clone, Copy, Debug)]
pub struct SendsBack;

/// To note when somebody who works on them is away.
#[derive(Clone, Copy, Debug)]
pub struct NotesLeaves;

/// To issue results.
#[derive(Clone, Copy, Debug)]
pub struct Issues;

/// To complete dossiers.
#[derive(Clone, Copy, Debug)]
pub struct Completes;

/// To refuse to receive dossiers.
#[derive(Clone, Copy, Debug)]
pub struct Refuses;

/// To ask for further papers.
#[derive(Clone, Copy, Debug)]
pub struct RequestsSupplements;

/// To take in at the counter what was asked for.
#[derive(Clone, Copy, Debug)]
pub struct TakesSupplements;

/// To stop the work on dossiers.
#[derive(Clone, Copy, Debug)]
pub struct Stops;

/// To hand results over.
#[derive(Clone, Copy, Debug)]
pub struct Returns;

/// To decide against what is applied for.
#[derive(Clone, Copy, Debug)]
pub struct Declines;

/// To go on with it.
#[derive(Clone, Copy, Debug)]
pub struct Resumes;

/// To charge further fees.
#[derive(Clone, Copy, Debug)]
pub struct Charges;

/// To take them back.
#[derive(Clone, Copy, Debug)]
pub struct CancelsCharges;

/// To take more time.
#[derive(Clone, Copy, Debug)]
pub struct Extends;

/// To correct what is finished.
#[derive(Clone, Copy, Debug)]
pub struct Corrects;

/// To apologise.
#[derive(Clone, Copy, Debug)]
pub struct Apologises;

/// To record why dossiers are late.
#[derive(Clone, Copy, Debug)]
pub struct NotesLateness;

/// To send drafts of results.
#[derive(Clone, Copy, Debug)]
pub struct SendsDrafts;

/// To ask other agencies.
#[derive(Clone, Copy, Debug)]
pub struct Consults;

/// To answer other agencies.
#[derive(Clone, Copy, Debug)]
pub struct AnswersConsultations;

impl Duty for Receives {
    const ROLES: &'static [OfficialRole] = RECEIVE.who.roles();
}

impl Duty for Takes {
    const ROLES: &'static [OfficialRole] = TAKE.who.roles();
}

impl Duty for GivesBack {
    const ROLES: &'static [OfficialRole] = GIVE_BACK.who.roles();
}

impl Duty for Assigns {
    const ROLES: &'static [OfficialRole] = ASSIGN.who.roles();
}

impl Duty for Forwards {
    const ROLES: &'static [OfficialRole] = FORWARD.who.roles();
}

impl Duty for SendsBack {
    const ROLES: &'static [OfficialRole] = SEND_BACK.who.roles();
}

impl Duty for NotesLeaves {
    // Who works on dossiers, and who keeps the agency's settings.
    const ROLES: &'static [OfficialRole] = ASSIGN.who.roles();
}

impl Duty for Issues {
    const ROLES: &'static [OfficialRole] = ADD_RESULT.who.roles();
}

impl Duty for Completes {
    const ROLES: &'static [OfficialRole] = COMPLETE.who.roles();
}

impl Duty for Refuses {
    const ROLES: &'static [OfficialRole] = REFUSE.who.roles();
}

impl Duty for RequestsSupplements {
    const ROLES: &'static [OfficialRole] = REQUEST_SUPPLEMENT.who.roles();
}

impl Duty for TakesSupplements {
    const ROLES: &'static [OfficialRole] = TAKE_SUPPLEMENT.who.roles();
}

impl Duty for Stops {
    const ROLES: &'static [OfficialRole] = STOP.who.roles();
}

impl Duty for Resumes {
    const ROLES: &'static [OfficialRole] = RESUME.who.roles();
}

impl Duty for Declines {
    const ROLES: &'static [OfficialRole] = DECLINE.who.roles();
}

impl Duty for Charges {
    const ROLES: &'static [OfficialRole] = CHARGE.who.roles();
}

impl Duty for CancelsCharges {
    const ROLES: &'static [OfficialRole] = CANCEL_CHARGE.who.roles();
}

impl Duty for Extends {
    const ROLES: &'static [OfficialRole] = EXTEND.who.roles();
}

impl Duty for Corrects {
    const ROLES: &'static [OfficialRole] = CORRECT.who.roles();
}

impl Duty for Apologises {
    const ROLES: &'static [OfficialRole] = APOLOGISE.who.roles();
}

impl Duty for NotesLateness {
    const ROLES: &'static [OfficialRole] = NOTE_LATENESS.who.roles();
}

impl Duty for SendsDrafts {
    const ROLES: &'static [OfficialRole] = SEND_DRAFT.who.roles();
}

impl Duty for Consults {
    const ROLES: &'static [OfficialRole] = CONSULT.who.roles();
}

impl Duty for AnswersConsultations {
    const ROLES: &'static [OfficialRole] = answer_consultation::ROLES;
}

impl Duty for Returns {
    const ROLES: &'static [OfficialRole] = RETURN.who.roles();
}
