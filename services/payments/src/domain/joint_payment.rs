//! Several orders of a payer that are paid in one go: how many, and how far it has come.

use super::attempt::AttemptStatus;

/// One order alone is paid by an attempt of its own.
pub const FEWEST: usize = 2;
/// More are paid in several goes: each is held while the payment moves.
pub const MOST: usize = 50;

civic::closed_list! {
    /// How far a payment of several orders has come. Where the money of each order ended is said by its attempt.
    pub enum JointPaymentStatus: "the status of a joint payment" {
        /// The provider is still to tell what became of it.
        Open = "OPEN",
        /// The provider took the whole sum.
        Paid = "PAID",
        /// No money was taken.
        Failed = "FAILED",
        /// Not paid in time. A late success still counts.
        Expired = "EXPIRED",
    }
}

impl JointPaymentStatus {
    /// By its first attempt: in all of this its attempts are alike.
    pub const fn of(first: AttemptStatus) -> Self {
        match first {
            AttemptStatus::Created | AttemptStatus::Unknown => Self::Open,
            AttemptStatus::Settled | AttemptStatus::PaidAgain | AttemptStatus::Reversed => Self::Paid,
            AttemptStatus::Failed => Self::Failed,
            AttemptStatus::Expired => Self::Expired,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_open_as_long_as_its_attempts_are_and_paid_when_they_took_money() {
        for attempt in AttemptStatus::ALL.iter().copied() {
            let status = JointPaymentStatus::of(attempt);
            assert_eq!(status == JointPaymentStatus::Open, attempt.is_open(), "{attempt}");
            let took = attempt.took_money() || attempt == AttemptStatus::Reversed;
            assert_eq!(status == JointPaymentStatus::Paid, took, "{attempt}");
        }
    }
}
