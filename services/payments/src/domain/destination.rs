//! Where money ends that a provider says it took, and who is told.

use std::cmp::Ordering;

use civic::{Vnd, events::PaymentNotice};

use super::order::{MovedBy, OrderState, is_owed, may_become};

/// Where money ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Destination {
    /// It pays the order, or a part of it: income of the agency. Submissions tells the payer that her fee is paid.
    Income,
    /// The agency owes it to the payer, and its cashier sees it.
    OwedBack,
    /// Nothing is booked before a person has looked.
    Person,
}

/// What a provider says it took, beside what was to be paid.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Taken {
    /// What the attempt is over, be it in time or late: just what is left to pay.
    All,
    /// What the attempt is over: less than is left to pay.
    Part,
    /// What the attempt is over: more than is left to pay, as nothing is, or a part was paid or waived since it was begun.
    More,
    /// Less or more than the attempt is over, or in another currency.
    AnotherAmount,
    /// In the name of another merchant.
    ForAnotherMerchant,
    /// For an attempt that took money under another number, or under a number that another attempt has.
    UnderAnotherNumber,
}

impl Taken {
    /// What an attempt is over, beside what is left to pay of its order.
    pub fn of(amount: Vnd, left: Vnd) -> Self {
        match amount.cmp(&left) {
            Ordering::Less => Self::Part,
            Ordering::Equal => Self::All,
            Ordering::Greater => Self::More,
        }
    }

    /// Where it brings an order that it pays.
    pub const fn brings_to(self) -> OrderState {
        match self {
            Self::Part => OrderState::PartPaid,
            _ => OrderState::Paid,
        }
    }
}

impl Destination {
    /// Where it ends, for an order in this state.
    pub fn of(order: OrderState, taken: Taken) -> Self {
        match taken {
            Taken::All | Taken::Part if may_become(order, taken.brings_to(), MovedBy::Attempt) => Self::Income,
            Taken::All | Taken::Part | Taken::More => Self::OwedBack,
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
            Self::OwedBack if is_owed(order) => Some(PaymentNotice::MoreThanLeft),
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
    use PaymentNotice::{MoreThanLeft, NotDueAnyMore, PaidTwice, UnderReview};

    #[test]
    fn every_case_has_its_place_and_whoever_paid_is_told_of_all_but_the_usual_one() {
        // What comes is all that is left, a part of it, or more.
        let table = [
            (Due, [Income, Income, OwedBack], Some(MoreThanLeft)),
            (PartPaid, [Income, Income, OwedBack], Some(MoreThanLeft)),
            (Paid, [OwedBack; 3], Some(PaidTwice)),
            (Refunding, [OwedBack; 3], Some(PaidTwice)),
            (Refunded, [OwedBack; 3], Some(PaidTwice)),
            (Cancelled, [OwedBack; 3], Some(NotDueAnyMore)),
            (Waived, [OwedBack; 3], Some(NotDueAnyMore)),
        ];
        assert_eq!(table.len(), OrderState::ALL.len());
        for (order, places, owed) in table {
            for (taken, place) in [Taken::All, Taken::Part, Taken::More].into_iter().zip(places) {
                let found = Destination::of(order, taken);
                let notice = owed.filter(|_| place == OwedBack);
                assert_eq!((found, found.notice(order)), (place, notice), "{taken:?} for {order}");
            }
            for taken in [Taken::AnotherAmount, Taken::ForAnotherMerchant, Taken::UnderAnotherNumber] {
                let found = Destination::of(order, taken);
                assert_eq!((found, found.notice(order)), (Person, Some(UnderReview)), "{taken:?} for {order}");
            }
        }
    }

    #[test]
    fn what_comes_is_held_against_what_is_left() {
        let dong = |amount| Vnd::new(amount).unwrap();
        for (amount, left, expected) in
            [(14, 14, Taken::All), (10, 14, Taken::Part), (24, 14, Taken::More), (24, 0, Taken::More)]
        {
            assert_eq!(Taken::of(dong(amount), dong(left)), expected, "{amount} of {left}");
        }
    }
}
