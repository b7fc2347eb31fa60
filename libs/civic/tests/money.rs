//! Money is whole, never negative, strict on the wire and checked in arithmetic.

use civic::Vnd;
use proptest::prelude::*;
use serde_json::json;
use utoipa::{PartialSchema, ToSchema};

fn vnd(dong: i64) -> Vnd {
    Vnd::new(dong).unwrap()
}

#[test]
fn money_is_an_object_with_amount_and_currency() {
    let wire = json!({"amount": 8000, "currency": "VND"});
    assert_eq!(serde_json::to_value(vnd(8000)).unwrap(), wire);
    assert_eq!(serde_json::from_value::<Vnd>(wire).unwrap(), vnd(8000));
}

#[test]
fn anything_else_is_refused() {
    for wire in [
        r#"{"amount": 8000}"#,
        r#"{"currency": "VND"}"#,
        r#"{"amount": 8000, "currency": "USD"}"#,
        r#"{"amount": 8000, "currency": "vnd"}"#,
        r#"{"amount": 8000, "currency": "VND", "scale": 0}"#,
        r#"{"amount": 8000, "amount": 8000, "currency": "VND"}"#,
        r#"{"amount": 8000.0, "currency": "VND"}"#,
        r#"{"amount": 8e3, "currency": "VND"}"#,
        r#"{"amount": "8000", "currency": "VND"}"#,
        r#"{"amount": -1, "currency": "VND"}"#,
        r#"{"amount": 1000000000000, "currency": "VND"}"#,
        r#"{"amount": 99999999999999999999, "currency": "VND"}"#,
        "8000",
        "null",
    ] {
        assert!(serde_json::from_str::<Vnd>(wire).is_err(), "{wire}");
    }
}

#[test]
fn amounts_end_at_zero_and_twelve_digits() {
    assert!(Vnd::new(-1).is_err());
    assert_eq!(vnd(0), Vnd::ZERO);
    assert_eq!(vnd(999_999_999_999), Vnd::MAX);
    assert!(Vnd::new(1_000_000_000_000).is_err());
    assert_eq!(Vnd::ZERO.checked_sub(vnd(1)), None);
    assert_eq!(Vnd::MAX.checked_add(vnd(1)), None);
    assert_eq!(Vnd::MAX.checked_mul(2), None);
    assert_eq!(Vnd::MAX.checked_mul(u32::MAX), None);
    assert_eq!(Vnd::sum([Vnd::MAX, vnd(1)]), None);
    assert_eq!(Vnd::sum([]), Some(Vnd::ZERO));
}

#[test]
fn money_is_shown_the_vietnamese_way() {
    assert_eq!(vnd(0).to_string(), "0 ₫");
    assert_eq!(vnd(999).to_string(), "999 ₫");
    assert_eq!(vnd(8_000).to_string(), "8.000 ₫");
    assert_eq!(vnd(1_622_000).to_string(), "1.622.000 ₫");
    assert_eq!(Vnd::MAX.to_string(), "999.999.999.999 ₫");
}

#[test]
fn the_schema_says_what_the_reader_accepts() {
    let schema = serde_json::to_value(Vnd::schema()).unwrap();
    assert_eq!(Vnd::name(), "Money");
    assert_eq!(schema["additionalProperties"], json!(false));
    assert_eq!(schema["required"], json!(["amount", "currency"]));
    assert_eq!(schema["properties"]["amount"]["minimum"], json!(0));
    let maximum = &schema["properties"]["amount"]["maximum"];
    assert_eq!(*maximum, json!(999_999_999_999_i64));
    assert_eq!(schema["properties"]["currency"]["enum"], json!(["VND"]));
}

proptest! {
    #[test]
    fn adding_then_subtracting_changes_nothing(a in 0..=400_000_000_000_i64, b in 0..=400_000_000_000_i64) {
        let sum = vnd(a).checked_add(vnd(b)).unwrap();
        prop_assert_eq!(sum.checked_sub(vnd(b)), Some(vnd(a)));
        prop_assert_eq!(Vnd::sum([vnd(b), vnd(a)]), Some(sum));
    }

    #[test]
    fn multiplying_is_adding_again_and_again(price in 0..=1_000_000_i64, copies in 0..50_u32) {
        let added = Vnd::sum((0..copies).map(|_| vnd(price)));
        prop_assert_eq!(vnd(price).checked_mul(copies), added);
    }

    #[test]
    fn the_wire_keeps_every_amount(dong in 0..=999_999_999_999_i64) {
        let wire = serde_json::to_string(&vnd(dong)).unwrap();
        prop_assert_eq!(serde_json::from_str::<Vnd>(&wire).unwrap(), vnd(dong));
    }
}
