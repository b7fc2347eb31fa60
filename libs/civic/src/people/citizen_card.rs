//! What the QR code of a citizen card says.

use std::str::FromStr;

use chrono::NaiveDate;

use super::{CitizenNumber, Gender, PersonName};
use crate::{Malformed, typed};

const EXPECTED: Malformed = Malformed::new("the text of a citizen card's QR code");

/// The text of the QR code on a citizen card, as a scanner types it:
/// `number|former number or nothing|full name|ddMMyyyy of birth|Nam or Nữ|address|ddMMyyyy of issue`. The cards of 2024 may say more
/// behind that, which is left alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CitizenCard {
    /// The citizen number.
    pub number: CitizenNumber,
    /// The number of nine digits that she had before, if the card says it.
    pub former_number: Option<String>,
    /// Her full name.
    pub name: PersonName,
    /// When she was born.
    pub birth_date: NaiveDate,
    /// Her gender.
    pub gender: Gender,
    /// Where she lives, as the card says it; nothing when it says nothing.
    pub address: Option<String>,
    /// When the card was issued.
    pub issued_on: NaiveDate,
}

impl FromStr for CitizenCard {
    type Err = Malformed;

    fn from_str(text: &str) -> Result<Self, Malformed> {
        let parts: Vec<&str> = text.trim().split('|').map(str::trim).collect();
        let [number, former, name, born, gender, address, issued, ..] = parts.as_slice() else { return Err(EXPECTED) };
        let card = Self {
            number: number.parse().map_err(|_| EXPECTED)?,
            former_number: former_number(former)?,
            name: name.parse().map_err(|_| EXPECTED)?,
            birth_date: date(born)?,
            gender: match typed::line(gender).map_err(|_| EXPECTED)?.as_str() {
                "Nam" => Gender::Male,
                "Nữ" => Gender::Female,
                _ => return Err(EXPECTED),
            },
            address: Some(typed::line(address).map_err(|_| EXPECTED)?).filter(|address| !address.is_empty()),
            issued_on: date(issued)?,
        };
        Ok(card)
    }
}

fn former_number(text: &str) -> Result<Option<String>, Malformed> {
    let digits = text.bytes().all(|byte| byte.is_ascii_digit());
    match text.len() {
        0 => Ok(None),
        9 | 12 if digits => Ok(Some(text.to_owned())),
        _ => Err(EXPECTED),
    }
}

fn date(text: &str) -> Result<NaiveDate, Malformed> {
    let whole = text.len() == 8 && text.bytes().all(|byte| byte.is_ascii_digit());
    let date = whole.then(|| NaiveDate::parse_from_str(text, "%d%m%Y").ok()).flatten();
    date.ok_or(EXPECTED)
}

#[cfg(test)]
mod tests {
    use super::*;

    const CARD: &str = "000192012345|123456789|Trần Thị Lan|08031992|Nữ|Tổ 5, phường Đồi Chè, tỉnh Phú Thọ|20042022";

    fn read(text: &str) -> Option<CitizenCard> {
        text.parse().ok()
    }

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a day")
    }

    #[test]
    fn the_seven_fields_of_a_chip_card_are_read() {
        let card = read(CARD).expect("a card");
        assert_eq!((card.number.as_str(), card.former_number.as_deref()), ("000192012345", Some("123456789")));
        assert_eq!((card.name.as_str(), card.gender), ("Trần Thị Lan", Gender::Female));
        assert_eq!((card.birth_date, card.issued_on), (day("1992-03-08"), day("2022-04-20")));
        assert_eq!(card.address.as_deref(), Some("Tổ 5, phường Đồi Chè, tỉnh Phú Thọ"));
    }

    #[test]
    fn who_never_had_another_number_has_none() {
        let card = read(&CARD.replace("123456789", "")).expect("a card");
        assert_eq!(card.former_number, None);
    }

    #[test]
    fn what_later_cards_append_and_a_scanner_ends_with_is_left_alone() {
        assert_eq!(read(&format!("{CARD}||Nguyễn Thị Hoa|Trần Văn Bình\r\n")), read(CARD));
        // Scanners type `ữ` in parts, too.
        assert_eq!(read(&CARD.replace("Nữ", "Nu\u{31b}\u{303}")), read(CARD));
    }

    #[test]
    fn nothing_else_is_a_card() {
        for text in [
            "",
            "000192012345",
            "000192012345|123456789|Trần Thị Lan|08031992|Nữ|Tổ 5",
            &CARD.replace("000192012345", "00019201234"),
            &CARD.replace("123456789", "12345"),
            &CARD.replace("08031992", "31021992"),
            &CARD.replace("08031992", "8031992"),
            &CARD.replace("Nữ", "Female"),
            &CARD.replace("20042022", "2022-04-20"),
            &CARD.replace("Trần Thị Lan", ""),
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
