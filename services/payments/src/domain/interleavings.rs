//! Property tests: whatever is told about the attempts to pay an order, in whatever order and however often, no đồng is lost or
//! made, and what is paid stays paid.

use civic::Vnd;
use proptest::{collection::vec, prelude::*, sample::select};

use super::{
    attempt::{AttemptEvent, AttemptStatus, Step, step},
    destination::Taken,
    ledger::{AccountKind, Purpose, Transfer},
    order::OrderState,
    provider::ProviderName,
    report::Payment,
};

const ATTEMPTS: usize = 4;
const TOTAL: i64 = 24_000;

/// What is told, without the payment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Word {
    Paid,
    Failed,
    NotPaidInTime,
    NoAnswer,
}

/// An order, its attempts and what was booked for them, moved as a settlement moves them.
#[derive(Clone, Debug, PartialEq)]
struct Books {
    order: OrderState,
    attempts: [AttemptStatus; ATTEMPTS],
    transfers: Vec<Transfer>,
}

impl Books {
    fn open() -> Self {
        Self { order: OrderState::Due, attempts: [AttemptStatus::Created; ATTEMPTS], transfers: Vec::new() }
    }

    fn told(words: &[(usize, Word)]) -> Self {
        let mut books = Self::open();
        for (attempt, word) in words {
            books.hear(*attempt, *word);
        }
        books
    }

    fn hear(&mut self, attempt: usize, word: Word) -> Step {
        let payment =
            Payment { provider_reference: attempt.to_string(), paid_at: "2026-07-21T03:17:12Z".parse().unwrap() };
        let event = match word {
            Word::Paid => AttemptEvent::Paid(&payment),
            Word::Failed => AttemptEvent::Failed,
            Word::NotPaidInTime => AttemptEvent::NotPaidInTime,
            Word::NoAnswer => AttemptEvent::NoAnswer,
        };
        let left = if self.order == OrderState::Due { TOTAL } else { 0 };
        let taken = Taken::of(Vnd::new(TOTAL).unwrap(), Vnd::new(left).unwrap());
        let step = step(self.order, taken, self.attempts[attempt], event);
        if let Step::Move(to, order) = step {
            (self.attempts[attempt], self.order) = (to, order);
            if word == Word::Paid {
                let purpose = if to == AttemptStatus::Settled { Purpose::Capture } else { Purpose::Surplus };
                let agency = "H44.100".parse().unwrap();
                let amount = Vnd::new(TOTAL).unwrap();
                self.transfers.push(Transfer::of_payment(purpose, ProviderName::Vnpay, &agency, amount));
            }
        }
        step
    }

    /// What these accounts were credited with.
    fn credited(&self, kind: AccountKind) -> i64 {
        self.transfers.iter().filter(|one| one.credit.kind == kind).map(|one| one.amount.dong()).sum()
    }

    fn with_money(&self) -> usize {
        self.attempts.iter().filter(|attempt| attempt.took_money()).count()
    }
}

fn any_words() -> impl Strategy<Value = Vec<(usize, Word)>> {
    let word = select(vec![Word::Paid, Word::Failed, Word::NotPaidInTime, Word::NoAnswer]);
    vec((0..ATTEMPTS, word), 0..40)
}

/// How many attempts the provider said took money.
fn paid(words: &[(usize, Word)]) -> usize {
    (0..ATTEMPTS).filter(|attempt| words.contains(&(*attempt, Word::Paid))).count()
}

proptest! {
    #[test]
    fn every_payment_is_booked_once_and_the_first_pays_the_order(words in any_words()) {
        let books = Books::told(&words);
        let taken = i64::try_from(paid(&words)).unwrap() * TOTAL;
        let (earned, owed) = (books.credited(AccountKind::FeeIncome), books.credited(AccountKind::OwedToPayers));
        prop_assert_eq!(earned + owed, taken);
        prop_assert_eq!(earned, TOTAL.min(taken));
        prop_assert_eq!(books.order == OrderState::Paid, taken > 0);
        prop_assert_eq!(books.transfers.len(), books.with_money());
        prop_assert!(books.transfers.iter().all(|one| one.debit.kind == AccountKind::ProviderClearing));
    }

    #[test]
    fn what_is_paid_stays_paid_and_money_is_never_unmade(words in any_words()) {
        let mut books = Books::open();
        for (attempt, word) in words {
            let before = books.clone();
            let step = books.hear(attempt, word);
            prop_assert!(before.order == OrderState::Due || books.order == OrderState::Paid);
            prop_assert!(books.transfers.starts_with(&before.transfers));
            for (was, is) in before.attempts.into_iter().zip(books.attempts) {
                prop_assert!(was == is || was.may_become(is), "{:?} -> {:?}", was, is);
                prop_assert!(was == is || !was.took_money(), "{:?} -> {:?}", was, is);
            }
            prop_assert_eq!(matches!(step, Step::Move(..)), before != books);
        }
    }

    #[test]
    fn hearing_all_of_it_again_changes_nothing(words in any_words()) {
        let books = Books::told(&words);
        prop_assert_eq!(&Books::told(&[&words[..], &words].concat()), &books);
        for (attempt, word) in words {
            let mut again = books.clone();
            prop_assert!(!matches!(again.hear(attempt, word), Step::Move(..)), "{:?} of {}", word, attempt);
        }
    }

    #[test]
    fn the_order_in_which_it_is_told_makes_no_difference_to_the_money(
        (words, shuffled) in any_words().prop_flat_map(|words| (Just(words.clone()), Just(words).prop_shuffle())),
    ) {
        let [books, others] = [&words, &shuffled].map(|words| Books::told(words));
        prop_assert_eq!(books.order, others.order);
        for kind in [AccountKind::FeeIncome, AccountKind::OwedToPayers] {
            prop_assert_eq!(books.credited(kind), others.credited(kind));
        }
        let with_money = |books: &Books| books.attempts.map(AttemptStatus::took_money);
        prop_assert_eq!(with_money(&books), with_money(&others));
    }

    #[test]
    fn an_attempt_is_asked_about_until_somebody_tells_what_became_of_it(words in any_words()) {
        let books = Books::told(&words);
        for (attempt, status) in books.attempts.into_iter().enumerate() {
            let told = words.iter().any(|(about, word)| *about == attempt && *word != Word::NoAnswer);
            prop_assert_eq!(status.is_open(), !told, "{:?}", status);
        }
    }
}
