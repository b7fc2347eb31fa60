//! The states of an order and of its attempts, and every step that there is between them.

use super::report::Payment;

words! {
    /// Whether an order is paid. It is paid once, and stays so.
    #[schema(as = PaymentOrderStatus)]
    OrderStatus {
        /// To be paid.
        Due = "DUE",
        /// Paid in full.
        Paid = "PAID",
    }
}

words! {
    /// What became of an attempt to pay.
    #[schema(as = PaymentAttemptStatus)]
    AttemptStatus {
        /// The payer was sent to the provider.
        Created = "CREATED",
        /// The provider does not tell what became of it; it is asked again.
        Unknown = "UNKNOWN",
        /// It paid the order.
        Settled = "SETTLED",
        /// It took money for an order that another attempt had paid: the money is owed to the payer.
        PaidAgain = "PAID_AGAIN",
        /// No money was taken.
        Failed = "FAILED",
        /// Not paid in time. A late success still counts.
        Expired = "EXPIRED",
    }
}

/// What is told about an attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum News<'a> {
    /// The provider took the money.
    Paid(&'a Payment),
    /// The provider took no money.
    Failed,
    /// Its time is over, and the provider says that it was not paid.
    NotPaidInTime,
    /// The provider gives no usable answer.
    NoAnswer,
}

/// What news does to an attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// The attempt, and maybe its order, move.
    Move(AttemptStatus, OrderStatus),
    /// It was known.
    Already,
    /// There is no such step: something that counts more was known before.
    Stale,
}

/// Every step of an attempt.
const STEPS: [(AttemptStatus, AttemptStatus); 13] = {
    use AttemptStatus::{Created, Expired, Failed, PaidAgain, Settled, Unknown};
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
    ]
};

impl AttemptStatus {
    /// Whether the provider is still to tell what became of it.
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Created | Self::Unknown)
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

impl News<'_> {
    /// The word for it in the history.
    pub const fn cause(self) -> &'static str {
        match self {
            Self::Paid(_) => "PAID",
            Self::Failed => "FAILED",
            Self::NotPaidInTime => "NOT_PAID_IN_TIME",
            Self::NoAnswer => "NO_ANSWER",
        }
    }
}

/// What `news` does to an attempt in this state, of an order in that one.
pub fn step(order: OrderStatus, attempt: AttemptStatus, news: News<'_>) -> Step {
    let known = matches!(news, News::Paid(_)) && attempt.took_money();
    let (to, order_to) = match (news, order) {
        (News::Paid(_), OrderStatus::Due) => (AttemptStatus::Settled, OrderStatus::Paid),
        (News::Paid(_), OrderStatus::Paid) => (AttemptStatus::PaidAgain, order),
        (News::Failed, _) => (AttemptStatus::Failed, order),
        (News::NotPaidInTime, _) => (AttemptStatus::Expired, order),
        (News::NoAnswer, _) => (AttemptStatus::Unknown, order),
    };
    match () {
        () if known || attempt == to => Step::Already,
        () if attempt.may_become(to) => Step::Move(to, order_to),
        () => Step::Stale,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use AttemptStatus::{Created, Expired, Failed, PaidAgain, Settled, Unknown};
    use OrderStatus::{Due, Paid};

    const ATTEMPTS: [AttemptStatus; 6] = [Created, Unknown, Settled, PaidAgain, Failed, Expired];

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
            for (to, allowed) in ATTEMPTS.into_iter().zip(row) {
                assert_eq!(from.may_become(to), allowed, "{from:?} -> {to:?}");
            }
        }
    }

    #[test]
    fn money_is_never_dropped_and_pays_a_due_order() {
        let payment = payment();
        for attempt in ATTEMPTS {
            let paid = |order| step(order, attempt, News::Paid(&payment));
            if attempt.took_money() {
                assert_eq!((paid(Due), paid(Paid)), (Step::Already, Step::Already), "{attempt:?}");
            } else {
                assert_eq!(paid(Due), Step::Move(Settled, Paid), "{attempt:?}");
                assert_eq!(paid(Paid), Step::Move(PaidAgain, Paid), "{attempt:?}");
            }
        }
    }

    #[test]
    fn only_money_changes_an_order_and_nothing_unmakes_money() {
        for order in [Due, Paid] {
            for attempt in ATTEMPTS {
                for news in [News::Failed, News::NotPaidInTime, News::NoAnswer] {
                    match step(order, attempt, news) {
                        Step::Move(to, order_to) => {
                            assert!(attempt.is_open() && !to.took_money(), "{attempt:?} {news:?}");
                            assert_eq!(order_to, order);
                        }
                        Step::Already => assert!(!attempt.took_money(), "{attempt:?} {news:?}"),
                        Step::Stale => assert!(!attempt.is_open() || news == News::NoAnswer, "{attempt:?} {news:?}"),
                    }
                }
            }
        }
    }
}
