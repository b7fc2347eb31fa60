//! Dossier codes: `H44.100-260721-0001`, agency, day and ordinal of that day.

use std::str::FromStr;

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

use super::{AgencyCode, digits};
use crate::{Malformed, typed};

const EXPECTED: Malformed = Malformed::new("a dossier code such as H44.100-260721-0001");
const LAST_ORDINAL: u32 = 9_999_999;

/// The code of a dossier (Circular 03/2025/TT-VPCP): agency, the day in Vietnam it was issued on, and the ordinal of that
/// agency and day. Issued once and never reused. Forms issued elsewhere (older agency codes, `yyyyMMdd`, longer ordinals)
/// are read and kept as they were written, in capitals and without blanks. Ordered by agency, day and ordinal.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct DossierCode {
    agency: AgencyCode,
    day: NaiveDate,
    ordinal: u32,
    text: String,
}

impl DossierCode {
    /// The code of the `ordinal`-th dossier (from 1) of `agency` on `day`.
    ///
    /// # Errors
    /// [`Malformed`] when the ordinal is 0 or has more than 7 digits, or the year is not in 2000–2099.
    pub fn new(agency: AgencyCode, day: NaiveDate, ordinal: u32) -> Result<Self, Malformed> {
        if !(1..=LAST_ORDINAL).contains(&ordinal) || !(2000..=2099).contains(&day.year()) {
            return Err(EXPECTED);
        }
        let text = format!("{agency}-{}-{ordinal:04}", day.format("%y%m%d"));
        Ok(Self { agency, day, ordinal, text })
    }

    /// The agency that issued it.
    #[must_use]
    pub fn agency(&self) -> &AgencyCode {
        &self.agency
    }

    /// The day in Vietnam it was issued on.
    #[must_use]
    pub fn day(&self) -> NaiveDate {
        self.day
    }

    /// Its ordinal of that agency and day, from 1.
    #[must_use]
    pub fn ordinal(&self) -> u32 {
        self.ordinal
    }

    /// The code as it was written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }
}

impl FromStr for DossierCode {
    type Err = Malformed;

    fn from_str(text: &str) -> Result<Self, Malformed> {
        let text = typed::code(text);
        let mut parts = text.split('-');
        let (Some(agency), Some(day), Some(ordinal), None) = (parts.next(), parts.next(), parts.next(), parts.next())
        else {
            return Err(EXPECTED);
        };
        if !digits(ordinal, 4, 7) {
            return Err(EXPECTED);
        }
        let ordinal: u32 = ordinal.parse().map_err(|_| EXPECTED)?;
        if ordinal == 0 {
            return Err(EXPECTED);
        }
        let (agency, day) = (agency.parse().map_err(|_| EXPECTED)?, day_of(day).ok_or(EXPECTED)?);
        Ok(Self { agency, day, ordinal, text })
    }
}

/// The day written `yyMMdd` (of this century) or `yyyyMMdd`.
fn day_of(text: &str) -> Option<NaiveDate> {
    if !digits(text, 6, 6) && !digits(text, 8, 8) {
        return None;
    }
    let (year, month_and_day) = text.split_at(text.len() - 4);
    let (month, day) = month_and_day.split_at(2);
    let century = if year.len() == 2 { 2000 } else { 0 };
    let year: i32 = year.parse().ok()?;
    NaiveDate::from_ymd_opt(century + year, month.parse().ok()?, day.parse().ok()?)
}

fn canonical(text: &str) -> Option<String> {
    text.parse::<DossierCode>().ok().map(|code| code.text)
}

text!(
    @plumbing DossierCode,
    canonical,
    "dossier-code",
    "a dossier code such as H44.100-260721-0001",
    (
        "Nhập mã hồ sơ như trên giấy tiếp nhận, ví dụ H44.100-260721-0001.",
        "Enter the dossier code as it stands on the receipt, like H44.100-260721-0001."
    ),
    100,
    "H44.100-260721-0001"
);
text!(@open DossierCode);
