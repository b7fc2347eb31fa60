//! Money that came to an account: which dossier it names, and what became of it.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use civic::Vnd;

use super::order::{OrderState, is_owed};

/// A transfer as a bank tells of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Credit {
    /// The bank's number of it.
    pub transaction: String,
    /// The bank of the account.
    pub bank: String,
    /// The account to which it came.
    pub account: String,
    /// How much; `None` when that is no whole amount of đồng.
    pub amount: Option<Vnd>,
    /// When, by the bank's clock.
    pub booked_at: DateTime<Utc>,
    /// What the payer wrote, as far as banks let it through.
    pub content: String,
    /// All that the bank signed.
    pub signed: String,
}

civic::closed_list! {
    /// How we know of a transfer.
    #[schema(as = BankCreditSource)]
    pub enum CreditSource: "NOTICE, STATEMENT or BY_HAND" {
        /// The bank told it.
        Notice = "NOTICE",
        /// It stands on the account's statement.
        Statement = "STATEMENT",
        /// An official saw it, and another confirmed.
        ByHand = "BY_HAND",
    }
}

civic::closed_list! {
    /// What became of a transfer.
    #[schema(as = BankCreditState)]
    pub enum CreditState: "the state of a bank credit" {
        /// It names no dossier whose fee is known, or none yet.
        Waiting = "WAITING",
        /// It names one, and is not what was to be paid: an official must decide.
        ForPerson = "FOR_PERSON",
        /// It paid an order, or is owed back to its payer.
        Taken = "TAKEN",
        /// The agency sent it back by its bank; it was never booked here.
        SentBack = "SENT_BACK",
    }
}

/// A dossier's day and ordinal have so many digits at least.
const LEAST_DIGITS: usize = 10;
const LONGEST: usize = 32;
/// Banks let through 255 letters at most.
const READ: usize = 255;

/// A code as banks let it through: letters and digits.
pub fn bare(code: &str) -> String {
    code.chars().filter(char::is_ascii_alphanumeric).map(|letter| letter.to_ascii_uppercase()).collect()
}

/// What of a text may be a dossier's code, without dots and dashes: whatever begins with a letter and a digit and ends with its day and
/// ordinal. Whether there is such a dossier is for the database to say.
pub fn codes_in(content: &str) -> BTreeSet<String> {
    let letters = bare(&content.chars().take(READ).collect::<String>());
    let bytes = letters.as_bytes();
    let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let starts = (0..bytes.len()).filter(|at| bytes[*at].is_ascii_alphabetic() && digit(at + 1));
    let mut found = BTreeSet::new();
    for start in starts {
        let mut run = 0;
        for end in start + 1..bytes.len().min(start + LONGEST) {
            run = if digit(end) { run + 1 } else { 0 };
            if run >= LEAST_DIGITS {
                found.insert(letters[start..=end].to_owned());
            }
        }
    }
    found
}

/// Which of a dossier's orders money is for: the one of which just as much is left to pay, else one that is due, else the newest. The orders
/// come with their states and what is left of them, the oldest first.
pub fn meant(orders: &[(OrderState, Vnd)], amount: Option<Vnd>) -> Option<usize> {
    let due = |order: &(OrderState, Vnd)| is_owed(order.0);
    let just = orders.iter().position(|order| due(order) && Some(order.1) == amount);
    just.or_else(|| orders.iter().position(due)).or_else(|| orders.len().checked_sub(1))
}

/// What an attempt is over by which so much came for an order: what is left to pay, a part of it where `parts` may be paid, or the total,
/// where that came though a part was paid or waived since.
pub fn over(total: Vnd, left: Vnd, came: Option<Vnd>, parts: bool) -> Vnd {
    if left.is_zero() || came == Some(total) {
        return total;
    }
    came.filter(|came| parts && *came < left).unwrap_or(left)
}

/// How well an order fits a transfer that an official noted for its dossier: of which just that is left to pay, then one over as much or, where
/// `parts` may be paid, of which it is a part; `None` when not at all.
pub fn fit(total: Vnd, left: Vnd, came: Option<Vnd>, parts: bool) -> Option<u8> {
    let is_part = parts && came.is_some_and(|came| came < left);
    match came {
        _ if came == Some(left) => Some(0),
        _ if came == Some(total) || is_part => Some(1),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_came_is_booked_over_what_is_left_a_part_of_it_or_the_total() {
        let dong = |amount| Vnd::new(amount).unwrap();
        for (left, came, parts, expected, fits) in [
            (24, 24, true, 24, Some(0)),
            (14, 14, true, 14, Some(0)),
            (14, 24, true, 24, Some(1)),
            (14, 10, true, 10, Some(1)),
            (14, 10, false, 14, None),
            (14, 15, true, 14, None),
            (0, 10, true, 24, None),
        ] {
            let found = (
                over(dong(24), dong(left), Some(dong(came)), parts),
                fit(dong(24), dong(left), Some(dong(came)), parts),
            );
            assert_eq!(found, (dong(expected), fits), "{came} of {left}, {parts}");
        }
        assert_eq!((over(dong(24), dong(14), None, true), fit(dong(24), dong(14), None, true)), (dong(14), None));
    }

    #[test]
    fn a_code_is_found_however_banks_write_it() {
        for content in [
            "H44.100-260721-0001",
            "h44.100-260721-0001 nop phi",
            "MBVCB.1234567890.H44 100 260721 0001 CT tu 0011",
            "IBFT H44100260721 0001-CHUYEN TIEN",
            "Nguyen Van An nop H44.100.260721.0001",
        ] {
            assert!(codes_in(content).contains("H441002607210001"), "{content}: {:?}", codes_in(content));
        }
        for content in ["", "Nguyen Van An chuyen tien", "H44.100", "260721 0001", "H44.100-2607-0001"] {
            assert!(!codes_in(content).contains("H441002607210001"), "{content}");
        }
        assert!(codes_in(&"H1".repeat(500)).is_empty());
    }

    #[test]
    fn money_is_for_the_order_that_is_due_over_just_as_much() {
        use OrderState::{Cancelled, Due, Paid, PartPaid};
        let dong = |amount| Vnd::new(amount).unwrap();
        for (orders, amount, expected) in [
            (vec![], 8, None),
            (vec![(Paid, 8), (Due, 8)], 8, Some(1)),
            (vec![(Due, 5), (Due, 8)], 8, Some(1)),
            (vec![(Due, 5), (Due, 8)], 9, Some(0)),
            (vec![(Paid, 8), (Cancelled, 5)], 8, Some(1)),
            (vec![(Paid, 0), (PartPaid, 3)], 3, Some(1)),
        ] {
            let orders: Vec<_> = orders.into_iter().map(|(state, total)| (state, dong(total))).collect();
            assert_eq!(meant(&orders, Some(dong(amount))), expected, "{orders:?} {amount}");
        }
    }
}
