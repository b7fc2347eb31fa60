//! The states of an order, every step that there is between them, and who takes it.

use chrono::{DateTime, Utc};
use civic::Vnd;
pub use civic::events::OrderState;

civic::closed_list! {
    /// What takes an order from one state to the next.
    pub enum MovedBy: "what moves an order" {
        /// Money that a provider took for an attempt.
        Attempt = "ATTEMPT",
        /// A cashier who took money wrongly and gives it back in the same shift.
        Reversal = "REVERSAL",
        /// A refund: asked for, done, or refused.
        Refund = "REFUND",
        /// The dossier, which was withdrawn, refused or corrected.
        Dossier = "DOSSIER",
        /// An official who frees the payer.
        Waiver = "WAIVER",
    }
}

/// Every step of an order, and who may take it. Cash and cards at a counter are attempts too, and so is money that a bank or its statement
/// tells of. What is paid or waived in part may leave the order where it is.
pub const STEPS: &[(OrderState, OrderState, &[MovedBy])] = {
    use MovedBy::{Attempt, Dossier, Refund, Reversal, Waiver};
    use OrderState::{Cancelled, Due, Paid, PartPaid, Refunded, Refunding, Waived};
    &[
        (Due, Due, &[Waiver]),
        (Due, PartPaid, &[Attempt]),
        (Due, Paid, &[Attempt]),
        (Due, Cancelled, &[Dossier]),
        (Due, Waived, &[Waiver]),
        (PartPaid, PartPaid, &[Attempt, Reversal, Waiver]),
        (PartPaid, Paid, &[Attempt, Waiver]),
        // What was taken wrongly is owed again.
        (PartPaid, Due, &[Reversal]),
        (Paid, PartPaid, &[Reversal]),
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
    /// All of it is waived.
    Waived,
}

/// Whether `by` may take an order from one state to another.
pub fn may_become(from: OrderState, to: OrderState, by: MovedBy) -> bool {
    STEPS.iter().any(|(state, next, movers)| (*state, *next) == (from, to) && movers.contains(&by))
}

/// What is left to pay of an order: not what was paid or waived.
pub fn left(total: Vnd, waived: Vnd, paid: Vnd) -> Vnd {
    total.checked_sub(waived).and_then(|due| due.checked_sub(paid)).unwrap_or(Vnd::ZERO)
}

/// Where an order stands of which so much is paid and so much is left to pay.
pub fn stands(paid: Vnd, left: Vnd) -> OrderState {
    match (paid.is_zero(), left.is_zero()) {
        (true, true) => OrderState::Waived,
        (true, false) => OrderState::Due,
        (false, true) => OrderState::Paid,
        (false, false) => OrderState::PartPaid,
    }
}

/// Whether something of an order in this state is left to pay.
pub const fn is_owed(state: OrderState) -> bool {
    matches!(state, OrderState::Due | OrderState::PartPaid)
}

/// Why no attempt may be begun now to pay an order in this state, if none may.
pub fn refuses_attempts(state: OrderState, due_at: Option<DateTime<Utc>>, now: DateTime<Utc>) -> Option<Refusal> {
    match state {
        OrderState::Due | OrderState::PartPaid => due_at.is_some_and(|due| due <= now).then_some(Refusal::Overdue),
        OrderState::Paid | OrderState::Refunding | OrderState::Refunded => Some(Refusal::Paid),
        OrderState::Cancelled => Some(Refusal::Cancelled),
        OrderState::Waived => Some(Refusal::Waived),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use MovedBy::{Attempt, Dossier, Refund, Reversal, Waiver};
    use OrderState::{Cancelled, Due, Paid, PartPaid, Refunded, Refunding, Waived};

    #[test]
    fn every_pair_of_order_states_is_a_step_of_whom_this_table_says() {
        const MONEY: &[MovedBy] = &[Attempt];
        const BACK: &[MovedBy] = &[Refund];
        const WRONG: &[MovedBy] = &[Reversal];
        const FREED: &[MovedBy] = &[Waiver];
        let table: [(OrderState, [&[MovedBy]; 7]); 7] = [
            // to:        DUE  PART_PAID PAID  REFUNDING REFUNDED CANCELLED WAIVED
            (Due, [FREED, MONEY, MONEY, &[], &[], &[Dossier], FREED]),
            (PartPaid, [WRONG, &[Attempt, Reversal, Waiver], &[Attempt, Waiver], BACK, &[], &[], &[]]),
            (Paid, [WRONG, WRONG, &[], BACK, &[], &[], &[]]),
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
        let moves = STEPS.iter().filter(|(from, to, _)| from != to);
        assert_eq!(pairs(invariant), moves.count() + 1 + stays.count());
    }

    #[test]
    fn what_is_left_is_neither_paid_nor_waived_and_says_where_the_order_stands() {
        let dong = |amount| Vnd::new(amount).unwrap();
        for (waived, paid, rest, state) in [
            (0, 0, 24, Due),
            (10, 0, 14, Due),
            (24, 0, 0, Waived),
            (0, 10, 14, PartPaid),
            (10, 10, 4, PartPaid),
            (0, 24, 0, Paid),
            (10, 14, 0, Paid),
        ] {
            let found = left(dong(24), dong(waived), dong(paid));
            assert_eq!((found, stands(dong(paid), found)), (dong(rest), state), "{waived} {paid}");
        }
    }

    #[test]
    fn only_an_order_that_is_due_takes_an_attempt_and_only_in_time() {
        let now: DateTime<Utc> = "2026-07-21T03:00:00Z".parse().unwrap();
        for status in OrderState::ALL {
            let refused = refuses_attempts(*status, None, now);
            assert_eq!(refused.is_none(), is_owed(*status), "{status}");
            assert_eq!(refused == Some(Refusal::Paid), matches!(status, Paid | Refunding | Refunded), "{status}");
        }
        assert_eq!(refuses_attempts(Waived, None, now), Some(Refusal::Waived));
        assert_eq!(refuses_attempts(Due, Some(now), now), Some(Refusal::Overdue));
        assert_eq!(refuses_attempts(PartPaid, Some(now), now), Some(Refusal::Overdue));
        assert_eq!(refuses_attempts(Due, Some(now + chrono::TimeDelta::seconds(1)), now), None);
    }
}
