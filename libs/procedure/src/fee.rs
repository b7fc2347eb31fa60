//! What filing a dossier costs: a procedure's rules, applied to the answers.

use std::collections::BTreeMap;

use civic::{FilingChannel, LocalText, Vnd, events::FeeLine};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

/// The two kinds of fees to the state budget.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum FeeKind {
    /// Phí: pays for a service.
    Phi,
    /// Lệ phí: a fixed charge.
    LePhi,
}

/// What a fee is counted by.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "unit", rename_all = "SCREAMING_SNAKE_CASE", deny_unknown_fields)]
pub enum FeeBasis {
    /// Once.
    Dossier,
    /// As often as an answer says, e.g. the number of copies.
    Answer {
        /// JSON Pointer (RFC 6901) of the answer, which is an integer.
        #[schema(example = "/copies")]
        pointer: String,
    },
    /// By the page of each copy: the first pages at the price, those behind them at another, and no copy above the most.
    Pages {
        /// JSON Pointer of the number of pages.
        #[schema(example = "/pages")]
        pages: String,
        /// JSON Pointer of the number of copies.
        #[schema(example = "/copies")]
        copies: String,
        /// So many pages of a copy cost the price.
        first: u32,
        /// What each page behind them costs.
        then: Vnd,
        /// A copy costs no more.
        most: Vnd,
    },
}

/// One fee of a procedure.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FeeRule {
    /// What is paid for.
    pub name: LocalText,
    /// Which kind of fee.
    pub kind: FeeKind,
    /// The price of one, by channel. By a channel that is not named it costs nothing.
    pub channels: BTreeMap<FilingChannel, Vnd>,
    /// What it is counted by.
    pub per: FeeBasis,
    /// In this case only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub case: Option<String>,
}

/// Why a fee cannot be told.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FeeError {
    /// The answer that says how many is missing, or no whole number from 0 to 4294967295.
    #[error("the answer at {0} is not a number of things")]
    Quantity(String),
    /// The total has more digits than an amount may have.
    #[error("the fee is beyond any amount")]
    TooLarge,
}

/// What is due, line by line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fee {
    /// The lines, none of them zero.
    pub lines: Vec<FeeLine>,
    /// Their total.
    pub total: Vnd,
}

/// The fee of a dossier that comes in by `channel` with these answers; `None` when there is nothing to pay.
///
/// # Errors
/// [`FeeError`]; none when the answers are complete by a form that asks for the numbers its rules count by.
pub fn fee<'a>(
    rules: impl IntoIterator<Item = &'a FeeRule>,
    channel: FilingChannel,
    answers: &Value,
) -> Result<Option<Fee>, FeeError> {
    let mut lines = Vec::new();
    for rule in rules {
        let unit_amount = rule.channels.get(&channel).copied().unwrap_or(Vnd::ZERO);
        if unit_amount.is_zero() {
            continue;
        }
        for (quantity, unit_amount) in counted(&rule.per, unit_amount, answers)? {
            let amount = unit_amount.checked_mul(quantity).ok_or(FeeError::TooLarge)?;
            if !amount.is_zero() {
                lines.push(FeeLine { name: rule.name.clone(), quantity, unit_amount, amount, legal_basis: None });
            }
        }
    }
    let total = Vnd::sum(lines.iter().map(|line| line.amount)).ok_or(FeeError::TooLarge)?;
    Ok((!total.is_zero()).then_some(Fee { lines, total }))
}

/// How many of what price.
fn counted(per: &FeeBasis, price: Vnd, answers: &Value) -> Result<Vec<(u32, Vnd)>, FeeError> {
    let quantity = |pointer: &String| {
        let number = answers.pointer(pointer).and_then(whole);
        number.ok_or_else(|| FeeError::Quantity(pointer.clone()))
    };
    match per {
        FeeBasis::Dossier => Ok(vec![(1, price)]),
        FeeBasis::Answer { pointer } => Ok(vec![(quantity(pointer)?, price)]),
        FeeBasis::Pages { pages, copies, first, then, most } => {
            let (pages, copies) = (quantity(pages)?, quantity(copies)?);
            by_page(pages, *first, (price, *then), *most, copies).ok_or(FeeError::TooLarge)
        }
    }
}

/// So many copies of so many pages, `first` of which cost the one price and the others the other.
fn by_page(pages: u32, first: u32, (price, then): (Vnd, Vnd), most: Vnd, copies: u32) -> Option<Vec<(u32, Vnd)>> {
    let (full, further) = (pages.min(first), pages.saturating_sub(first));
    let copy = Vnd::sum([price.checked_mul(full)?, then.checked_mul(further)?])?;
    if copy > most {
        return Some(vec![(copies, most)]);
    }
    Some(vec![(full.checked_mul(copies)?, price), (further.checked_mul(copies)?, then)])
}

/// JSON Schema counts 2.0 among the integers.
fn whole(value: &Value) -> Option<u32> {
    let number = value.as_u64().or_else(|| {
        let float =
            value.as_f64().filter(|float| float.fract() == 0.0 && (0.0..=f64::from(u32::MAX)).contains(float))?;
        format!("{float:.0}").parse().ok()
    });
    u32::try_from(number?).ok()
}

#[cfg(test)]
mod tests {
    use civic::{FilingChannel, LocalText, Vnd};
    use proptest::prelude::*;
    use serde_json::json;

    use super::{FeeBasis, FeeError, FeeKind, FeeRule, fee};

    fn dong(amount: i64) -> Vnd {
        Vnd::new(amount).expect("an amount")
    }

    fn rule(online: i64, direct: i64, per: FeeBasis) -> FeeRule {
        let channels = [(FilingChannel::Online, dong(online)), (FilingChannel::Direct, dong(direct))].into();
        FeeRule { name: LocalText::new("Lệ phí", "Charge"), kind: FeeKind::LePhi, channels, per, case: None }
    }

    fn per_copy() -> FeeBasis {
        FeeBasis::Answer { pointer: "/copies".into() }
    }

    #[test]
    fn a_certified_copy_costs_2000_a_page_1000_from_the_third_and_200000_at_most() {
        let per = FeeBasis::Pages {
            pages: "/pages".into(),
            copies: "/copies".into(),
            first: 2,
            then: dong(1_000),
            most: dong(200_000),
        };
        let rule = rule(0, 2_000, per);
        for (pages, copies, total) in
            [(1, 1, 2_000), (2, 1, 4_000), (3, 1, 5_000), (3, 4, 20_000), (198, 1, 200_000), (500, 2, 400_000)]
        {
            let answers = json!({"pages": pages, "copies": copies});
            let due = fee([&rule], FilingChannel::Direct, &answers).expect("a fee").expect("something");
            assert_eq!(due.total, dong(total), "{pages} pages, {copies} copies");
            let lines = Vnd::sum(due.lines.iter().map(|line| line.amount));
            assert_eq!(lines, Some(due.total));
        }
        let missing = fee([&rule], FilingChannel::Direct, &json!({"copies": 1}));
        assert_eq!(missing, Err(FeeError::Quantity("/pages".into())));
    }

    #[test]
    fn copies_of_an_extract_cost_8000_each() {
        let due = fee(&[rule(8000, 8000, per_copy())], FilingChannel::Online, &json!({"copies": 3})).expect("a fee");
        let due = due.expect("something to pay");
        assert_eq!((due.lines.len(), due.lines[0].quantity, due.total), (1, 3, dong(24_000)));
    }

    #[test]
    fn the_channel_decides_the_price_and_may_make_it_free() {
        let rules = [rule(10_000, 20_000, FeeBasis::Dossier)];
        let total = |channel| fee(&rules, channel, &json!({})).expect("a fee").map(|fee| fee.total);
        assert_eq!(total(FilingChannel::Online), Some(dong(10_000)));
        assert_eq!(total(FilingChannel::Direct), Some(dong(20_000)));
        assert_eq!(fee(&[rule(0, 5000, FeeBasis::Dossier)], FilingChannel::Online, &json!({})), Ok(None));
        assert_eq!(fee([], FilingChannel::Online, &json!({})), Ok(None));
    }

    #[test]
    fn a_quantity_that_is_none_is_an_error_and_never_a_guess() {
        for answers in
            [json!({}), json!({"copies": -1}), json!({"copies": 1.5}), json!({"copies": "2"}), json!({"copies": 1e300})]
        {
            let due = fee(&[rule(8000, 0, per_copy())], FilingChannel::Online, &answers);
            assert_eq!(due, Err(FeeError::Quantity("/copies".into())), "{answers}");
        }
    }

    #[test]
    fn a_whole_number_written_as_a_float_counts() {
        let due = fee(&[rule(8000, 0, per_copy())], FilingChannel::Online, &json!({"copies": 2.0}));
        assert_eq!(due.expect("a fee").expect("something to pay").total, dong(16_000));
    }

    #[test]
    fn a_fee_beyond_any_amount_is_refused() {
        let rules = [rule(Vnd::MAX.dong(), 0, FeeBasis::Dossier), rule(1, 0, FeeBasis::Dossier)];
        assert_eq!(fee(&rules, FilingChannel::Online, &json!({})), Err(FeeError::TooLarge));
        let rules = [rule(1_000_000, 0, per_copy())];
        assert_eq!(fee(&rules, FilingChannel::Online, &json!({"copies": u32::MAX})), Err(FeeError::TooLarge));
    }

    proptest! {
        #[test]
        fn the_total_is_the_sum_of_the_lines_and_each_line_its_price_times_its_quantity(
            prices in prop::collection::vec((0i64..1_000_000, any::<bool>()), 0..8),
            copies in 0u32..10_000,
        ) {
            let basis = |counted| if counted { per_copy() } else { FeeBasis::Dossier };
            let rules: Vec<_> = prices.iter().map(|(price, counted)| rule(*price, 0, basis(*counted))).collect();
            let due = fee(&rules, FilingChannel::Online, &json!({"copies": copies})).expect("a fee");
            let expected: i64 =
                prices.iter().map(|(price, counted)| if *counted { price * i64::from(copies) } else { *price }).sum();
            prop_assert_eq!(due.as_ref().map_or(0, |fee| fee.total.dong()), expected);
            for line in due.iter().flat_map(|fee| &fee.lines) {
                prop_assert_eq!(line.unit_amount.checked_mul(line.quantity), Some(line.amount));
                prop_assert!(!line.amount.is_zero());
            }
        }

        #[test]
        fn more_copies_never_cost_less(price in 0i64..1_000_000, copies in 0u32..10_000) {
            let rules = [rule(price, 0, per_copy())];
            let total = |copies: u32| {
                let due = fee(&rules, FilingChannel::Online, &json!({"copies": copies})).expect("a fee");
                due.map_or(0, |fee| fee.total.dong())
            };
            prop_assert!(total(copies) <= total(copies + 1));
        }
    }
}
