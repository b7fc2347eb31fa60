//! Amounts of Vietnamese đồng: whole, never negative, checked.

use serde::{Deserialize, Serialize};
use utoipa::openapi::schema::{AdditionalProperties, KnownFormat, Schema, SchemaFormat, Type};
use utoipa::openapi::{ObjectBuilder, RefOr};
use utoipa::{PartialSchema, ToSchema};

use crate::Malformed;

/// An amount of đồng from 0 to [`Vnd::MAX`]. The đồng has no minor unit in use, so the integer is the amount itself.
///
/// On the wire it is `{"amount": 8000, "currency": "VND"}` and nothing else: another currency, a further field, a
/// fraction, a negative or a longer number is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(try_from = "Money", into = "Money")]
pub struct Vnd(i64);

impl Vnd {
    /// Nothing to pay.
    pub const ZERO: Self = Self(0);

    /// The largest amount: twelve digits.
    pub const MAX: Self = Self(999_999_999_999);

    /// An amount of `dong`.
    ///
    /// # Errors
    /// [`Malformed`] below zero or above [`Vnd::MAX`].
    pub const fn new(dong: i64) -> Result<Self, Malformed> {
        if dong < 0 || dong > Self::MAX.0 {
            return Err(Malformed::new("an amount of 0 to 999999999999 VND"));
        }
        Ok(Self(dong))
    }

    /// The amount in đồng.
    #[must_use]
    pub const fn dong(self) -> i64 {
        self.0
    }

    /// Whether there is nothing to pay.
    #[must_use]
    pub const fn is_zero(self) -> bool {
        self.0 == 0
    }

    /// The sum, or `None` above [`Vnd::MAX`].
    #[must_use]
    pub fn checked_add(self, other: Self) -> Option<Self> {
        Self::new(self.0.checked_add(other.0)?).ok()
    }

    /// The difference, or `None` below zero.
    #[must_use]
    pub fn checked_sub(self, other: Self) -> Option<Self> {
        Self::new(self.0.checked_sub(other.0)?).ok()
    }

    /// This amount `times` over, or `None` above [`Vnd::MAX`].
    #[must_use]
    pub fn checked_mul(self, times: u32) -> Option<Self> {
        Self::new(self.0.checked_mul(i64::from(times))?).ok()
    }

    /// The total of `amounts`, or `None` above [`Vnd::MAX`].
    pub fn sum(amounts: impl IntoIterator<Item = Self>) -> Option<Self> {
        amounts.into_iter().try_fold(Self::ZERO, Self::checked_add)
    }
}

#[cfg(feature = "diesel")]
crate::column!(Vnd, BigInt, i64, i64, Vnd::new, |amount: &Vnd| &amount.0);

/// Written the Vietnamese way: `8.000 ₫`.
impl std::fmt::Display for Vnd {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let digits = self.0.to_string();
        for (position, digit) in digits.chars().enumerate() {
            if position > 0 && (digits.len() - position).is_multiple_of(3) {
                f.write_str(".")?;
            }
            write!(f, "{digit}")?;
        }
        f.write_str(" ₫")
    }
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Money {
    amount: i64,
    currency: Currency,
}

#[derive(Serialize, Deserialize)]
enum Currency {
    #[serde(rename = "VND")]
    Vnd,
}

impl TryFrom<Money> for Vnd {
    type Error = Malformed;

    fn try_from(money: Money) -> Result<Self, Malformed> {
        Self::new(money.amount)
    }
}

impl From<Vnd> for Money {
    fn from(amount: Vnd) -> Self {
        Self { amount: amount.0, currency: Currency::Vnd }
    }
}

impl PartialSchema for Vnd {
    fn schema() -> RefOr<Schema> {
        let amount = ObjectBuilder::new()
            .schema_type(Type::Integer)
            .format(Some(SchemaFormat::KnownFormat(KnownFormat::Int64)))
            .description(Some("Whole đồng"))
            .minimum(Some(0))
            .maximum(Some(Self::MAX.0))
            .examples([8000]);
        let currency = ObjectBuilder::new().schema_type(Type::String).enum_values(Some(["VND"]));
        ObjectBuilder::new()
            .schema_type(Type::Object)
            .property("amount", amount)
            .property("currency", currency)
            .required("amount")
            .required("currency")
            .additional_properties(Some(AdditionalProperties::<Schema>::FreeForm(false)))
            .into()
    }
}

impl ToSchema for Vnd {
    fn name() -> std::borrow::Cow<'static, str> {
        "Money".into()
    }
}
