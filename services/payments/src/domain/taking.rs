//! What a cashier takes at a counter, and what must be in the drawer at the end.

use civic::Vnd;

use super::provider::ProviderName;

/// Why a cashier does not take so much.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WrongPart {
    /// It is nothing, or more than is left to pay.
    NotOfWhatIsLeft,
    /// It is a part, and fees are not paid in parts here.
    NoParts,
}

/// How much a cashier takes of what is left to pay, where `asked` is said, and `parts` may be paid or not.
///
/// # Errors
/// When it is not so much, or a part where none are taken.
pub fn asked_for(left: Vnd, asked: Option<Vnd>, parts: bool) -> Result<Vnd, WrongPart> {
    let amount = asked.unwrap_or(left);
    match () {
        () if amount.is_zero() || amount > left => Err(WrongPart::NotOfWhatIsLeft),
        () if amount < left && !parts => Err(WrongPart::NoParts),
        () => Ok(amount),
    }
}

/// What a cashier gives back of what she was handed; nothing when it is too little, or when a terminal took another amount than was due.
pub fn change(way: ProviderName, due: Vnd, received: Vnd) -> Option<Vnd> {
    let change = received.checked_sub(due)?;
    (way == ProviderName::Cash || change.is_zero()).then_some(change)
}

/// What must be in the drawer: what was in it at the beginning, and what cash was taken and not given back since.
pub fn expected(opening: Vnd, taken: impl IntoIterator<Item = (ProviderName, Vnd)>) -> Option<Vnd> {
    let cash = taken.into_iter().filter(|(way, _)| *way == ProviderName::Cash).map(|(_, amount)| amount);
    Vnd::sum([opening].into_iter().chain(cash))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dong(amount: i64) -> Vnd {
        Vnd::new(amount).unwrap()
    }

    #[test]
    fn what_is_left_is_taken_or_a_part_of_it_where_parts_are_paid() {
        for (asked, parts, expected) in [
            (None, false, Ok(14_000)),
            (Some(14_000), false, Ok(14_000)),
            (Some(10_000), true, Ok(10_000)),
            (Some(10_000), false, Err(WrongPart::NoParts)),
            (Some(0), true, Err(WrongPart::NotOfWhatIsLeft)),
            (Some(14_001), true, Err(WrongPart::NotOfWhatIsLeft)),
        ] {
            assert_eq!(asked_for(dong(14_000), asked.map(dong), parts), expected.map(dong), "{asked:?} {parts}");
        }
    }

    #[test]
    fn change_is_given_of_cash_and_a_terminal_takes_what_is_due() {
        for (way, received, given) in [
            (ProviderName::Cash, 24_000, Some(0)),
            (ProviderName::Cash, 50_000, Some(26_000)),
            (ProviderName::Cash, 23_999, None),
            (ProviderName::CardTerminal, 24_000, Some(0)),
            (ProviderName::CardTerminal, 24_001, None),
            (ProviderName::CardTerminal, 23_999, None),
        ] {
            assert_eq!(change(way, dong(24_000), dong(received)), given.map(dong), "{way} {received}");
        }
    }

    #[test]
    fn only_cash_is_in_the_drawer() {
        let taken = [(ProviderName::Cash, dong(24_000)), (ProviderName::CardTerminal, dong(16_000))];
        assert_eq!(expected(dong(500_000), taken), Some(dong(524_000)));
    }
}
