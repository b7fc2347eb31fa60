//! Property test: whatever VNPAY tells about the attempts to pay an order, in whatever order and however often.

use proptest::{collection::vec, prelude::*, sample::select, strategy::ValueTree, test_runner::TestRunner};
use testkit::Installation;

use crate::{
    database::{assert_sound, count},
    fees::{begin, begin_another, owed, states},
    provider::{Notice, SECRET, send},
};

const CASES: usize = 20;
const ATTEMPTS: usize = 3;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Word {
    Paid,
    PaidUnderAnotherNumber,
    Cancelled,
    Unclear,
    WrongAmount,
    AnotherMerchant,
    Forged,
}

fn any_words() -> impl Strategy<Value = Vec<(usize, Word)>> {
    use Word::{AnotherMerchant, Cancelled, Forged, Paid, PaidUnderAnotherNumber, Unclear, WrongAmount};
    let words = vec![Paid, PaidUnderAnotherNumber, Cancelled, Unclear, WrongAmount, AnotherMerchant, Forged];
    vec((0..ATTEMPTS, select(words)), 1..16)
}

/// What must have become of an attempt: its state, and the word by which it took money.
#[derive(Clone, Copy, Debug)]
struct Expected {
    status: &'static str,
    taken: Option<Word>,
}

/// The answer's code to a word, which is taken in.
fn expect(attempts: &mut [Expected; ATTEMPTS], about: usize, word: Word) -> &'static str {
    let paid = attempts.iter().any(|attempt| attempt.taken.is_some());
    let attempt = &mut attempts[about];
    let is_open = matches!(attempt.status, "CREATED" | "UNKNOWN");
    match word {
        Word::Forged => "97",
        Word::WrongAmount | Word::AnotherMerchant => "04",
        Word::Unclear => {
            attempt.status = if is_open { "UNKNOWN" } else { attempt.status };
            "00"
        }
        Word::Cancelled => {
            attempt.status = if is_open { "FAILED" } else { attempt.status };
            if is_open { "00" } else { "02" }
        }
        Word::Paid | Word::PaidUnderAnotherNumber if attempt.taken == Some(word) => "02",
        Word::Paid | Word::PaidUnderAnotherNumber => {
            if attempt.taken.is_none() {
                *attempt = Expected { status: if paid { "PAID_AGAIN" } else { "SETTLED" }, taken: Some(word) };
            }
            "00"
        }
    }
}

fn notice(word: Word, reference: &str, number: &str) -> String {
    let paid = Notice::paid(reference);
    match word {
        Word::Paid => paid.signed(SECRET),
        Word::PaidUnderAnotherNumber => paid.with("vnp_TransactionNo", number).signed(SECRET),
        Word::Cancelled => Notice::cancelled(reference).signed(SECRET),
        Word::Unclear => paid.with("vnp_ResponseCode", "07").signed(SECRET),
        Word::WrongAmount => paid.with("vnp_Amount", "2400100").signed(SECRET),
        Word::AnotherMerchant => paid.with("vnp_TmnCode", "DEMOTMN2").signed(SECRET),
        Word::Forged => paid.signed("ANOTHERSECRET"),
    }
}

#[tokio::test]
async fn every_payment_is_kept_once_and_only_money_pays_an_order() {
    let installation = Installation::start([payments::service()]).await;
    let an = installation.citizen("Nguyễn Văn An");
    let mut runner = TestRunner::deterministic();
    for case in 0..CASES {
        let words = any_words().new_tree(&mut runner).unwrap().current();
        let order = owed(&installation, &an).await;
        let mut references = [
            begin(&an, &order).await,
            begin_another(&installation, &an, &order).await,
            begin_another(&installation, &an, &order).await,
        ];
        // As the order lists attempts of the same moment.
        references.sort();
        let mut expected = [Expected { status: "CREATED", taken: None }; ATTEMPTS];
        for (about, word) in words.iter().copied() {
            let code = expect(&mut expected, about, word);
            let query = notice(word, &references[about], &format!("77{case}{about}"));
            assert_eq!(send(&installation, &query).await, code, "{word:?} of {about} in {words:?}");
        }
        let paid = expected.iter().filter(|attempt| attempt.taken.is_some()).count();
        let status = if paid > 0 { "PAID" } else { "DUE" };
        let attempts = expected.map(|attempt| attempt.status.to_owned()).to_vec();
        assert_eq!(states(&an, &order).await, (status.to_owned(), attempts), "{words:?}");
        let transfers = format!("transfers where order_id = '{}'", order.rsplit('/').next().unwrap());
        assert_eq!(count(&installation, &transfers).await, paid as i64, "{words:?}");
        let captures = format!("{transfers} and purpose = 'CAPTURE'");
        assert_eq!(count(&installation, &captures).await, i64::from(paid > 0), "{words:?}");
    }
    assert_sound(&installation).await;
}
