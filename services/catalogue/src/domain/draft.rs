//! A version on its way to being published: how far it has come, and who may do what with it.

use chrono::NaiveDate;
use procedure::Procedure;
use uuid::Uuid;

civic::closed_list! {
    /// How far a draft of a procedure's version has come.
    pub enum DraftState: "the state of a draft" {
        /// It is being written.
        Draft = "DRAFT",
        /// It waits for a second controller.
        Submitted = "SUBMITTED",
        /// A second controller approved it.
        Approved = "APPROVED",
        /// It is announced by a decision: in force, or waiting for its day.
        Published = "PUBLISHED",
    }
}

civic::closed_list! {
    /// What can be done with a draft.
    pub enum DraftAction: "what can be done with a draft" {
        /// Write it anew.
        Write = "WRITE",
        /// Throw it away.
        Discard = "DISCARD",
        /// Hand it to a second controller.
        Submit = "SUBMIT",
        /// Give it back to be written anew.
        SendBack = "SEND_BACK",
        /// Approve it.
        Approve = "APPROVE",
        /// Announce it.
        Publish = "PUBLISH",
    }
}

/// Every step of a draft. What is announced goes back only while it waits for its day.
const STEPS: [(DraftState, DraftAction, DraftState); 7] = [
    (DraftState::Draft, DraftAction::Write, DraftState::Draft),
    (DraftState::Draft, DraftAction::Submit, DraftState::Submitted),
    (DraftState::Submitted, DraftAction::SendBack, DraftState::Draft),
    (DraftState::Submitted, DraftAction::Approve, DraftState::Approved),
    (DraftState::Approved, DraftAction::SendBack, DraftState::Draft),
    (DraftState::Approved, DraftAction::Publish, DraftState::Published),
    (DraftState::Published, DraftAction::SendBack, DraftState::Draft),
];

/// Why something cannot be done with a draft.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// It has not come so far, or is further on.
    State,
    /// Who wrote a part of it does not approve it.
    SecondController,
    /// Something in it keeps it from working.
    Faults,
    /// It says that it ends before the day from which on it would be in force.
    EndsBefore,
}

/// What of a draft decides who may do what.
#[derive(Clone, Copy, Debug)]
pub struct Standing<'a> {
    /// How far it has come.
    pub state: DraftState,
    /// Everybody who wrote a part of it.
    pub writers: &'a [Uuid],
    /// Whether it is in force.
    pub in_force: bool,
    /// Whether something in it keeps it from working.
    pub has_faults: bool,
}

impl Standing<'_> {
    /// What becomes of it when this controller does `action`.
    ///
    /// # Errors
    /// Why she cannot.
    pub fn after(&self, action: DraftAction, by: Uuid) -> Result<DraftState, Refusal> {
        let step = STEPS.iter().find(|(from, act, _)| (*from, *act) == (self.state, action));
        let to = match step {
            Some((.., to)) if !self.in_force => *to,
            None if (self.state, action) == (DraftState::Draft, DraftAction::Discard) => self.state,
            _ => return Err(Refusal::State),
        };
        match action {
            DraftAction::Approve if self.writers.contains(&by) => Err(Refusal::SecondController),
            DraftAction::Submit | DraftAction::Approve | DraftAction::Publish if self.has_faults => {
                Err(Refusal::Faults)
            }
            _ => Ok(to),
        }
    }

    /// What this controller can do with it now.
    pub fn actions(&self, by: Uuid) -> Vec<DraftAction> {
        DraftAction::ALL.iter().copied().filter(|action| self.after(*action, by).is_ok()).collect()
    }
}

/// A version that is in force from this day on.
///
/// # Errors
/// [`Refusal::EndsBefore`].
pub fn in_force_from(procedure: Procedure, day: NaiveDate) -> Result<Procedure, Refusal> {
    match procedure.effective_until {
        Some(until) if until < day => Err(Refusal::EndsBefore),
        _ => Ok(Procedure { effective_from: day, ..procedure }),
    }
}

#[cfg(test)]
mod tests {
    use super::{DraftAction::*, DraftState::*, *};

    const WRITER: Uuid = Uuid::from_u128(1);
    const SECOND: Uuid = Uuid::from_u128(2);

    fn standing(state: DraftState) -> Standing<'static> {
        Standing { state, writers: &[WRITER], in_force: false, has_faults: false }
    }

    #[test]
    fn every_pair_of_state_and_action_is_a_step_or_not_as_this_table_says() {
        for (state, possible) in [
            (Draft, &[Write, Discard, Submit][..]),
            (Submitted, &[SendBack, Approve]),
            (Approved, &[SendBack, Publish]),
            (Published, &[SendBack]),
        ] {
            assert_eq!(standing(state).actions(SECOND), possible, "{state}");
        }
    }

    #[test]
    fn who_wrote_a_part_of_it_does_not_approve_it() {
        assert_eq!(standing(Submitted).after(Approve, WRITER), Err(Refusal::SecondController));
        assert_eq!(standing(Submitted).actions(WRITER), [SendBack]);
    }

    #[test]
    fn what_cannot_work_is_written_sent_back_or_thrown_away_and_goes_no_further() {
        let faulty = |state| Standing { has_faults: true, ..standing(state) };
        assert_eq!(faulty(Draft).after(Submit, WRITER), Err(Refusal::Faults));
        assert_eq!(faulty(Draft).actions(WRITER), [Write, Discard]);
        assert_eq!(faulty(Approved).actions(SECOND), [SendBack]);
    }

    #[test]
    fn nothing_is_done_with_what_is_in_force() {
        let in_force = Standing { in_force: true, ..standing(Published) };
        assert_eq!(in_force.actions(SECOND), []);
    }
}
