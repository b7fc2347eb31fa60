//! Property test: whatever is waived, paid in parts, taken back as wrong and given back, in whatever order, the sums hold: what is paid and
//! waived is never more than is due, and what came beyond that is owed back.

use civic::Vnd;
use proptest::{collection::vec, prelude::*, prop_oneof};

use super::{
    attempt::{AttemptEvent, AttemptStatus, Step, step},
    destination::Taken,
    order::{MovedBy, OrderState, is_owed, left, may_become, stands},
    refund::order_after,
    report::Payment,
};

const TOTAL: i64 = 24_000;

/// What happens; of what is there, so many hundredths.
#[derive(Clone, Copy, Debug)]
enum Happens {
    Begun(i64),
    Paid(usize),
    Waived(i64),
    Reversed(usize),
    GivenBack(usize, i64),
    Ended,
}

#[derive(Clone, Copy, Debug)]
struct Attempt {
    amount: i64,
    status: AttemptStatus,
    given_back: i64,
}

#[derive(Clone, Debug)]
struct Books {
    status: OrderState,
    waived: i64,
    paid: i64,
    refunded: i64,
    attempts: Vec<Attempt>,
}

fn dong(amount: i64) -> Vnd {
    Vnd::new(amount).unwrap()
}

fn part(of: i64, hundredths: i64) -> i64 {
    (of * hundredths / 100).max(i64::from(of > 0))
}

impl Books {
    fn open() -> Self {
        Self { status: OrderState::Due, waived: 0, paid: 0, refunded: 0, attempts: Vec::new() }
    }

    fn rest(&self) -> Vnd {
        left(dong(TOTAL), dong(self.waived), dong(self.paid))
    }

    fn left(&self) -> i64 {
        if is_owed(self.status) { self.rest().dong() } else { 0 }
    }

    fn attempt(&self, number: usize) -> Option<(usize, Attempt)> {
        let at = number.checked_rem(self.attempts.len())?;
        Some((at, self.attempts[at]))
    }

    fn take_in(&mut self, happens: Happens) {
        match happens {
            Happens::Begun(share) if self.left() > 0 => {
                let amount = part(self.left(), share);
                self.attempts.push(Attempt { amount, status: AttemptStatus::Created, given_back: 0 });
            }
            Happens::Waived(share) if self.left() > 0 => {
                self.waived += part(self.left(), share);
                self.go(MovedBy::Waiver);
            }
            Happens::Ended if may_become(self.status, OrderState::Cancelled, MovedBy::Dossier) => {
                self.status = OrderState::Cancelled;
            }
            Happens::Paid(number) => self.pay(number),
            Happens::Reversed(number) => self.reverse(number),
            Happens::GivenBack(number, share) => self.give_back(number, share),
            Happens::Begun(_) | Happens::Waived(_) | Happens::Ended => {}
        }
    }

    fn go(&mut self, by: MovedBy) {
        let to = stands(dong(self.paid), self.rest());
        assert!(may_become(self.status, to, by), "{} -> {to} by {by}", self.status);
        self.status = to;
    }

    fn pay(&mut self, number: usize) {
        let Some((at, attempt)) = self.attempt(number) else { return };
        let payment = Payment { provider_reference: at.to_string(), paid_at: "2026-07-21T03:17:12Z".parse().unwrap() };
        let taken = Taken::of(dong(attempt.amount), dong(self.left()));
        if let Step::Move(to, order) = step(self.status, taken, attempt.status, AttemptEvent::Paid(&payment)) {
            self.attempts[at].status = to;
            self.paid += if to == AttemptStatus::Settled { attempt.amount } else { 0 };
            self.status = order;
        }
    }

    fn reverse(&mut self, number: usize) {
        let Some((at, attempt)) = self.attempt(number) else { return };
        let settled = attempt.status == AttemptStatus::Settled && attempt.given_back == 0;
        if settled && matches!(self.status, OrderState::Paid | OrderState::PartPaid) {
            self.attempts[at].status = AttemptStatus::Reversed;
            self.paid -= attempt.amount;
            self.go(MovedBy::Reversal);
        }
    }

    fn give_back(&mut self, number: usize, share: i64) {
        let Some((at, attempt)) = self.attempt(number).filter(|(_, it)| it.status.took_money()) else { return };
        let amount = part(attempt.amount - attempt.given_back, share);
        self.attempts[at].given_back += amount;
        if attempt.status == AttemptStatus::Settled && amount > 0 {
            assert!(may_become(self.status, OrderState::Refunding, MovedBy::Refund), "{}", self.status);
            self.refunded += amount;
            let to = order_after(dong(self.paid), dong(self.refunded), self.rest(), false);
            assert!(may_become(OrderState::Refunding, to, MovedBy::Refund), "{to}");
            self.status = to;
        }
    }

    fn sum(&self, status: AttemptStatus) -> i64 {
        self.attempts.iter().filter(|attempt| attempt.status == status).map(|attempt| attempt.amount).sum()
    }
}

fn anything() -> impl Strategy<Value = Vec<Happens>> {
    let one = prop_oneof![
        3 => prop_oneof![Just(100_i64), 1..=100_i64].prop_map(Happens::Begun),
        4 => (0..8_usize).prop_map(Happens::Paid),
        2 => prop_oneof![Just(100_i64), 1..=100_i64].prop_map(Happens::Waived),
        1 => (0..8_usize).prop_map(Happens::Reversed),
        1 => (0..8_usize, 1..=100_i64).prop_map(|(attempt, share)| Happens::GivenBack(attempt, share)),
        1 => Just(Happens::Ended),
    ];
    vec(one, 0..40)
}

proptest! {
    #[test]
    fn what_is_paid_and_waived_is_never_more_than_is_due_and_the_rest_of_what_came_is_owed_back(all in anything()) {
        let mut books = Books::open();
        for happens in all {
            books.take_in(happens);
            prop_assert_eq!(books.sum(AttemptStatus::Settled), books.paid);
            prop_assert!(books.paid + books.waived <= TOTAL, "{:?}", books);
            prop_assert!(books.refunded <= books.paid);
            let took: i64 = books.attempts.iter().filter(|it| it.status.took_money()).map(|it| it.amount).sum();
            prop_assert_eq!(took - books.paid, books.sum(AttemptStatus::PaidAgain));
            for attempt in &books.attempts {
                prop_assert!(attempt.given_back <= attempt.amount);
            }
            let kept = matches!(books.status, OrderState::Refunded | OrderState::Cancelled);
            prop_assert!(kept || books.status == stands(dong(books.paid), books.rest()), "{:?}", books);
        }
    }
}
