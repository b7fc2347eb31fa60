//! What a cashier takes at a counter, and what must be in the drawer at the end.

use civic::Vnd;

use super::provider::ProviderName;

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
