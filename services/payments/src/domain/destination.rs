//! Where money ends that a provider says it took, and who is told.

use civic::events::PaymentNotice;

use super::order::{MovedBy, OrderState, may_become};

/// Where money ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Destination {
    /// It pays the order: income of the agency. Submissions tells the payer that her fee is paid.
    Income,
    /// The agency owes it to the payer, and its cashier sees it.
    OwedBack,
    /// Nothing is booked before a person has looked.
    Person,
}

/// What a provider says it took, beside what was to be paid.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Taken {
    /// What the attempt is over, be it in time or late.
    AsAsked,
    /// Less or more, or in another currency.
    AnotherAmount,
    /// In the name of another merchant.
    ForAnotherMerchant,
    /// For an attempt that took money under another number, or under a number that another attempt has.
    UnderAnotherNumber,
}

impl Destination {
    /// Where it ends, for an order in this state.
    pub fn of(order: OrderState, taken: Taken) -> Self {
        match taken {
            Taken::AsAsked if may_become(order, OrderState::Paid, MovedBy::Attempt) => Self::Income,
            Taken::AsAsked => Self::OwedBack,
            Taken::AnotherAmount | Taken::ForAnotherMerchant | Taken::UnderAnotherNumber => Self::Person,
        }
    }

    /// What the payer is told of it at once by this service.
    pub fn notice(self, order: OrderState) -> Option<PaymentNotice> {
        match self {
            Self::Income => None,
            Self::OwedBack if matches!(order, OrderState::Cancelled | OrderState::Waived) => {
                Some(PaymentNotice::NotDueAnyMore)
            }
            Self::OwedBack => Some(PaymentNotice::PaidTwice),
            Self::Person => Some(PaymentNotice::UnderReview),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Destination::{Income, OwedBack, Person};
    use OrderState::{Cancelled, Due, Paid, PartPaid, Refunded, Refunding, Waived};
    use PaymentNotice::{NotDueAnyMore, PaidTwice, UnderReview};

    #[test]
    fn every_case_has_its_place_and_whoever_paid_is_told_of_all_but_the_usual_one() {
        let as_asked = [
            (Due, Income, None),
            (PartPaid, OwedBack, Some(PaidTwice)),
            (Paid, OwedBack, Some(PaidTwice)),
            (Refunding, OwedBack, Some(PaidTwice)),
            (Refunded, OwedBack, Some(PaidTwice)),
            (Cancelled, OwedBack, Some(NotDueAnyMore)),
            (Waived, OwedBack, Some(NotDueAnyMore)),
        ];
        assert_eq!(as_asked.len(), OrderState::ALL.len());
        for (order, place, notice) in as_asked {
            let found = Destination::of(order, Taken::AsAsked);
            assert_eq!((found, found.notice(order)), (place, notice), "{order}");
            for taken in [Taken::AnotherAmount, Taken::ForAnotherMerchant, Taken::UnderAnotherNumber] {
                let found = Destination::of(order, taken);
                assert_eq!((found, found.notice(order)), (Person, Some(UnderReview)), "{taken:?} for {order}");
            }
        }
    }
}
