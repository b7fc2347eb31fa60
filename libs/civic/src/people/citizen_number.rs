//! The 12-digit personal identification number of a citizen.

use crate::typed;

closed_list! {
    /// The gender a citizen number carries.
    pub enum Gender: "MALE or FEMALE" {
        /// Nam.
        Male = "MALE",
        /// Nữ.
        Female = "FEMALE",
    }
}

/// The provinces of birth registration (Circular 07/2016/TT-BCA, appendix 1). The merger of 2025 left 34 provinces, but
/// numbers are for life, so all 63 codes stay valid. `000` is nobody's: invented people in tests and demonstrations have it.
const PROVINCES: [u16; 64] = [
    0, 1, 2, 4, 6, 8, 10, 11, 12, 14, 15, 17, 19, 20, 22, 24, 25, 26, 27, 30, 31, 33, 34, 35, 36, 37, 38, 40, 42, 44,
    45, 46, 48, 49, 51, 52, 54, 56, 58, 60, 62, 64, 66, 67, 68, 70, 72, 74, 75, 77, 79, 80, 82, 83, 84, 86, 87, 89, 91,
    92, 93, 94, 95, 96,
];

/// Where the circular's appendix 2 puts the countries of those whose birth was registered abroad. The whole block is
/// accepted rather than its list: turning away a citizen because a list is stale is worse than a typing error passing.
const COUNTRIES: std::ops::RangeInclusive<u16> = 101..=399;

text! {
    /// A citizen's personal identification number (Decree 137/2015/NĐ-CP): place of birth registration (3 digits), century
    /// and gender (1), year of birth (2), random (6). It has no check digit. Read with blanks, dots or dashes between its digits.
    personal CitizenNumber,
    canonical: canonical,
    kind: "citizen-number",
    expected: "a citizen number of 12 digits",
    sentence: (
        "Số định danh cá nhân gồm 12 chữ số, bắt đầu bằng mã tỉnh hoặc mã quốc gia có thật, ví dụ 001 199 000 123.",
        "A citizen number has 12 digits and begins with the code of a province or country, like 001 199 000 123."
    ),
    max_length: 60,
    example: "000199012345",
}

/// Its twelve digits, if it is one.
pub(super) fn canonical(text: &str) -> Option<String> {
    let text = typed::number(text);
    let twelve_digits = text.len() == 12 && text.bytes().all(|byte| byte.is_ascii_digit());
    if !twelve_digits {
        return None;
    }
    let place: u16 = text[..3].parse().ok()?;
    let known = PROVINCES.binary_search(&place).is_ok() || COUNTRIES.contains(&place);
    known.then_some(text)
}

impl CitizenNumber {
    /// The year of birth it carries.
    #[must_use]
    pub fn birth_year(&self) -> i32 {
        1900 + 100 * (self.digit(3) / 2) + 10 * self.digit(4) + self.digit(5)
    }

    /// The gender it carries: even digits male, odd ones female.
    #[must_use]
    pub fn gender(&self) -> Gender {
        if self.digit(3) % 2 == 0 { Gender::Male } else { Gender::Female }
    }

    /// Whether it can belong to someone born in `birth_year` and registered as `gender`.
    #[must_use]
    pub fn fits(&self, birth_year: i32, gender: Gender) -> bool {
        self.birth_year() == birth_year && self.gender() == gender
    }

    fn digit(&self, position: usize) -> i32 {
        i32::from(self.as_str().as_bytes()[position] - b'0')
    }
}
