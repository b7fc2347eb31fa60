//! The states of an attempt to pay, every step between them, and what an event of it does to its order.

use chrono::{DateTime, TimeDelta, Utc};

use super::{
    destination::{Destination, Taken},
    history::StepCause,
    order::OrderState,
    report::Payment,
};

civic::closed_list! {
    /// What became of an attempt to pay.
    #[schema(as = PaymentAttemptStatus)]
    pub enum AttemptStatus: "a payment attempt's status" {
        /// The payer was sent to the provider.
        Created = "CREATED",
        /// The provider does not tell what became of it; it is asked again.
        Unknown = "UNKNOWN",
        /// It paid the order.
        Settled = "SETTLED",
        /// It took money for an order that wanted none any more, as another attempt had paid it or its dossier had ended: the money is
        /// owed to the payer.
        PaidAgain = "PAID_AGAIN",
        /// No money was taken.
        Failed = "FAILED",
        /// Not paid in time. A late success still counts.
        Expired = "EXPIRED",
        /// A cashier had taken it wrongly and gave it back in the same shift: it pays for nothing.
        Reversed = "REVERSED",
    }
}

/// What happens to an attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AttemptEvent<'a> {
    /// The provider took the money.
    Paid(&'a Payment),
    /// The provider took no money.
    Failed,
    /// Its time is over, and the provider says that it was not paid.
    NotPaidInTime,
    /// The provider gives no usable answer.
    NoAnswer,
}

/// What an event does to an attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// The attempt, and maybe its order, move.
    Move(AttemptStatus, OrderState),
    /// It was known.
    Already,
    /// There is no such step: something that counts more was known before.
    Stale,
}

/// Every step of an attempt.
const STEPS: [(AttemptStatus, AttemptStatus); 14] = {
    use AttemptStatus::{Created, Expired, Failed, PaidAgain, Reversed, Settled, Unknown};
    [
        (Created, Unknown),
        (Created, Settled),
        (Created, PaidAgain),
        (Created, Failed),
        (Created, Expired),
        (Unknown, Settled),
        (Unknown, PaidAgain),
        (Unknown, Failed),
        (Unknown, Expired),
        // Money that arrives late is money all the same.
        (Failed, Settled),
        (Failed, PaidAgain),
        (Expired, Settled),
        (Expired, PaidAgain),
        // By the cashier who took it.
        (Settled, Reversed),
    ]
};

impl AttemptStatus {
    /// Whether the provider is still to tell what became of it.
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Created | Self::Unknown)
    }

    /// Whether the provider goes on being asked: what was not finished when its time ended may have been paid in its last second.
    pub const fn is_asked_about(self) -> bool {
        self.is_open() || matches!(self, Self::Expired)
    }

    /// Whether the provider took money.
    pub const fn took_money(self) -> bool {
        matches!(self, Self::Settled | Self::PaidAgain)
    }

    /// Whether an attempt may go from here `to` there.
    pub fn may_become(self, to: Self) -> bool {
        STEPS.contains(&(self, to))
    }
}

impl AttemptEvent<'_> {
    /// The word for it in the history.
    pub const fn cause(self) -> StepCause {
        match self {
            Self::Paid(_) => StepCause::Paid,
            Self::Failed => StepCause::Failed,
            Self::NotPaidInTime => StepCause::NotPaidInTime,
            Self::NoAnswer => StepCause::NoAnswer,
        }
    }
}

/// What `event` does to an attempt in this state, of an order in that one, of which `taken` says how much the attempt is over. Money pays
/// what is left of an order that is due; more than that, or for any other order, is owed to the payer.
pub fn step(order: OrderState, taken: Taken, attempt: AttemptStatus, event: AttemptEvent<'_>) -> Step {
    let known = match event {
        AttemptEvent::Paid(_) => attempt.took_money(),
        // Without money there is nothing to tell apart.
        AttemptEvent::Failed => attempt == AttemptStatus::Expired,
        AttemptEvent::NotPaidInTime | AttemptEvent::NoAnswer => false,
    };
    let (to, order_to) = match event {
        AttemptEvent::Paid(_) => match Destination::of(order, taken) {
            Destination::Income => (AttemptStatus::Settled, taken.brings_to()),
            Destination::OwedBack | Destination::Person => (AttemptStatus::PaidAgain, order),
        },
        AttemptEvent::Failed => (AttemptStatus::Failed, order),
        AttemptEvent::NotPaidInTime => (AttemptStatus::Expired, order),
        AttemptEvent::NoAnswer => (AttemptStatus::Unknown, order),
    };
    match () {
        () if known || attempt == to => Step::Already,
        () if attempt.may_become(to) => Step::Move(to, order_to),
        () => Step::Stale,
    }
}

/// Until when an attempt that is begun now may be paid: for `payment_time`, and never longer than its order.
pub fn expires_at(due_at: Option<DateTime<Utc>>, now: DateTime<Utc>, payment_time: TimeDelta) -> DateTime<Utc> {
    let end = now + payment_time;
    due_at.map_or(end, |due| due.min(end))
}

#[cfg(test)]
mod tests {
    use super::*;
    use AttemptStatus::{Created, Expired, Failed, PaidAgain, Reversed, Settled, Unknown};
    use OrderState::{Due, Paid, PartPaid};
    const TAKEN: [Taken; 3] = [Taken::All, Taken::Part, Taken::More];

    fn payment() -> Payment {
        Payment { provider_reference: "14226112".into(), paid_at: "2026-07-21T03:17:12Z".parse().unwrap() }
    }

    #[test]
    fn every_pair_of_attempt_states_is_a_step_or_not_as_this_table_says() {
        let table = [
            // to:     CREATED UNKNOWN SETTLED AGAIN  FAILED EXPIRED
            (Created, [false, true, true, true, true, true]),
            (Unknown, [false, false, true, true, true, true]),
            (Settled, [false; 6]),
            (PaidAgain, [false; 6]),
            (Failed, [false, false, true, true, false, false]),
            (Expired, [false, false, true, true, false, false]),
        ];
        for (from, row) in table {
            for (to, allowed) in AttemptStatus::ALL.iter().copied().zip(row) {
                assert_eq!(from.may_become(to), allowed, "{from:?} -> {to:?}");
            }
        }
    }

    #[test]
    fn money_is_never_dropped_and_pays_only_an_order_that_is_due() {
        let payment = payment();
        for attempt in AttemptStatus::ALL.iter().copied() {
            for (order, taken) in OrderState::ALL.iter().flat_map(|order| TAKEN.map(|taken| (*order, taken))) {
                let paid = step(order, taken, attempt, AttemptEvent::Paid(&payment));
                let expected = match (order, taken) {
                    _ if attempt.took_money() => Step::Already,
                    // A cashier took it and gave it back; no provider speaks of it.
                    _ if attempt == Reversed => Step::Stale,
                    (Due | PartPaid, Taken::All) => Step::Move(Settled, Paid),
                    (Due | PartPaid, Taken::Part) => Step::Move(Settled, PartPaid),
                    _ => Step::Move(PaidAgain, order),
                };
                assert_eq!(paid, expected, "{attempt} of {order}, {taken:?}");
            }
        }
    }

    #[test]
    fn only_money_changes_an_order_and_nothing_unmakes_money() {
        for order in OrderState::ALL.iter().copied() {
            for attempt in AttemptStatus::ALL.iter().copied() {
                for event in [AttemptEvent::Failed, AttemptEvent::NotPaidInTime, AttemptEvent::NoAnswer] {
                    match step(order, Taken::All, attempt, event) {
                        Step::Move(to, order_to) => {
                            assert!(attempt.is_open() && !to.took_money(), "{attempt} {event:?}");
                            assert_eq!(order_to, order);
                        }
                        Step::Already => assert!(!attempt.took_money(), "{attempt} {event:?}"),
                        Step::Stale => {
                            assert!(!attempt.is_open() || event == AttemptEvent::NoAnswer, "{attempt} {event:?}");
                        }
                    }
                }
            }
        }
    }

    #[test]
    fn an_attempt_may_be_paid_for_its_time_and_never_longer_than_its_order() {
        let now: DateTime<Utc> = "2026-07-21T03:00:00Z".parse().unwrap();
        let minutes = TimeDelta::minutes;
        for (due, expected) in [(None, 15), (Some(20), 15), (Some(5), 5)] {
            let due_at = due.map(|due| now + minutes(due));
            assert_eq!(expires_at(due_at, now, minutes(15)), now + minutes(expected), "{due:?}");
        }
    }
}
