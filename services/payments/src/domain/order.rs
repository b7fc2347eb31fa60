//! The states of an order, every step that there is between them, and who takes it.

use chrono::{DateTime, Utc};
pub use civic::events::OrderState;

civic::closed_list! {
    /// What takes an order from one state to the next.
    pub enum MovedBy: "what moves an order" {
        /// Money that a provider took for an attempt.
        Attempt = "ATTEMPT",
        /// A cashier who took money wrongly and gives it back in the same shift.
        Reversal = "REVERSAL",
        /// Money on an account's statement.
        StatementLine = "STATEMENT_LINE",
        /// A refund: asked for, done, or refused.
        Refund = "REFUND",
        /// The dossier, which was withdrawn, refused or corrected.
        Dossier = "DOSSIER",
        /// An official who frees the payer.
        Waiver = "WAIVER",
    }
}

/// Every step of an order, and who may take it. Cash and cards at a counter are attempts too. Statements and waivers take none yet; theirs
/// stand here so that they find the table that all of them must fit into.
pub const STEPS: &[(OrderState, OrderState, &[MovedBy])] = {
    use MovedBy::{Attempt, Dossier, Refund, Reversal, StatementLine, Waiver};
    use OrderState::{Cancelled, Due, Paid, PartPaid, Refunded, Refunding, Waived};
    &[
        (Due, PartPaid, &[StatementLine]),
        (Due, Paid, &[Attempt, StatementLine]),
        (Due, Cancelled, &[Dossier]),
        (Due, Waived, &[Waiver]),
        (PartPaid, Paid, &[StatementLine]),
        // What was taken wrongly is owed again.
        (Paid, Due, &[Reversal]),
        (PartPaid, Refunding, &[Refund]),
        (Paid, Refunding, &[Refund]),
        (Refunding, Refunded, &[Refund]),
        // The refund was refused, or gave back a part.
        (Refunding, PartPaid, &[Refund]),
        (Refunding, Paid, &[Refund]),
    ]
};

/// Why an order takes no attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// It is paid, or was.
    Paid,
    /// The time to pay it has passed.
    Overdue,
    /// Its dossier ended.
    Cancelled,
    /// It is not to be paid, or not by an attempt for all of it.
    Closed,
}

/// Whether `by` may take an order from one state to another.
pub fn may_become(from: OrderState, to: OrderState, by: MovedBy) -> bool {
    STEPS.iter().any(|(state, next, movers)| (*state, *next) == (from, to) && movers.contains(&by))
}

/// Why no attempt may be begun now to pay an order in this state, if none may.
pub fn refuses_attempts(state: OrderState, due_at: Option<DateTime<Utc>>, now: DateTime<Utc>) -> Option<Refusal> {
    match state {
        OrderState::Due if due_at.is_some_and(|due| due <= now) => Some(Refusal::Overdue),
        OrderState::Due => None,
        OrderState::Paid | OrderState::Refunding | OrderState::Refunded => Some(Refusal::Paid),
        OrderState::Cancelled => Some(Refusal::Cancelled),
        OrderState::PartPaid | OrderState::Waived => Some(Refusal::Closed),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use MovedBy::{Attempt, Dossier, Refund, Reversal, StatementLine, Waiver};
    use OrderState::{Cancelled, Due, Paid, PartPaid, Refunded, Refunding, Waived};

    #[test]
    fn every_pair_of_order_states_is_a_step_of_whom_this_table_says() {
        const MONEY: &[MovedBy] = &[StatementLine];
        const BACK: &[MovedBy] = &[Refund];
        let table: [(OrderState, [&[MovedBy]; 7]); 7] = [
            // to:        DUE  PART_PAID PAID  REFUNDING REFUNDED CANCELLED WAIVED
            (Due, [&[], MONEY, &[Attempt, StatementLine], &[], &[], &[Dossier], &[Waiver]]),
            (PartPaid, [&[], &[], MONEY, BACK, &[], &[], &[]]),
            (Paid, [&[Reversal], &[], &[], BACK, &[], &[], &[]]),
            (Refunding, [&[], BACK, BACK, &[], BACK, &[], &[]]),
            (Refunded, [&[]; 7]),
            (Cancelled, [&[]; 7]),
            (Waived, [&[]; 7]),
        ];
        for (from, row) in table {
            for (to, movers) in OrderState::ALL.iter().zip(row) {
                for by in MovedBy::ALL {
                    assert_eq!(may_become(from, *to, *by), movers.contains(by), "{from} -> {to} by {by}");
                }
            }
        }
    }

    #[test]
    fn the_invariant_knows_the_same_steps() {
        let invariant = include_str!("../../invariants/order_steps_are_edges.sql");
        let pairs = |text: &str| text.matches("', '").count();
        for (from, to, _) in STEPS {
            assert!(invariant.contains(&format!("('{from}', '{to}')")), "{from} -> {to}");
        }
        let stays = OrderState::ALL.iter().filter(|state| invariant.contains(&format!("('{state}', '{state}')")));
        // The first step is from nothing to DUE; a step of an attempt alone leaves the order where it is.
        assert_eq!(pairs(invariant), STEPS.len() + 1 + stays.count());
    }

    #[test]
    fn only_an_order_that_is_due_takes_an_attempt_and_only_in_time() {
        let now: DateTime<Utc> = "2026-07-21T03:00:00Z".parse().unwrap();
        for status in OrderState::ALL {
            let refused = refuses_attempts(*status, None, now);
            assert_eq!(refused.is_none(), *status == Due, "{status}");
            assert_eq!(refused == Some(Refusal::Paid), matches!(status, Paid | Refunding | Refunded), "{status}");
        }
        assert_eq!(refuses_attempts(Due, Some(now), now), Some(Refusal::Overdue));
        assert_eq!(refuses_attempts(Due, Some(now + chrono::TimeDelta::seconds(1)), now), None);
    }
}
