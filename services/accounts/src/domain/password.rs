//! Which passwords are accepted: long enough, not among the commonest, not what others know of their owner.

use std::{collections::HashSet, sync::LazyLock};

use chrono::NaiveDate;
use civic::search::plain;
use unicode_normalization::UnicodeNormalization;

/// Characters at least.
pub const SHORTEST: usize = 8;
/// Characters at most; every one of them counts.
pub const LONGEST: usize = 128;

/// The 3,000 commonest passwords of eight characters and more, in lower case: those of the lists of leaked ones that are published
/// (SecLists, the ten thousand commonest of ten million), and what is commonest here, names and words with the usual numbers behind.
const COMMON: &str = include_str!("common_passwords.txt");
/// The password of everybody in the demonstration. Published: it protects nothing, and nobody else may have it.
pub const PUBLISHED: &str = "motcua-demo-2026";
/// A shorter address name ("an") is part of many a good password by chance.
const TELLING_NAME: usize = 4;
/// So is a shorter name of a person, without accents and blanks ("lean").
const TELLING_PERSON: usize = 6;

/// Why a password is not accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weakness {
    /// Fewer than [`SHORTEST`] characters.
    Short,
    /// More than [`LONGEST`] characters.
    Long,
    /// Everybody's.
    Common,
    /// Holds the owner's name, e-mail address or the name in it, phone number, citizen number or date of birth.
    Personal,
}

/// What others may know of whose password it shall be.
#[derive(Clone, Copy, Debug, Default)]
pub struct Owner<'a> {
    pub name: &'a str,
    pub email: &'a str,
    /// In any form.
    pub phone: Option<&'a str>,
    /// In any form.
    pub citizen_number: Option<&'a str>,
    pub birth_date: Option<NaiveDate>,
}

/// The form in which a password is hashed (RFC 8265 §4.2.2): keyboards compose "á" as one character or as two.
pub fn normalised(password: &str) -> String {
    password.nfc().collect()
}

/// What is wrong with a password, if anything. No mixture of characters is asked for, as NIST SP 800-63B advises.
pub fn weakness(password: &str, owner: &Owner<'_>) -> Option<Weakness> {
    let password = normalised(password);
    let length = password.chars().count();
    if length < SHORTEST {
        return Some(Weakness::Short);
    }
    if length > LONGEST {
        return Some(Weakness::Long);
    }
    let lower = password.to_lowercase();
    if lower == PUBLISHED || is_common(&lower) || is_one_character(&lower) {
        return Some(Weakness::Common);
    }
    let name = owner.email.split('@').next().unwrap_or_default().to_lowercase();
    // The address whole, however short its name is.
    let is_address = !owner.email.is_empty() && lower.contains(&owner.email.to_lowercase());
    let is_named = is_address || name.chars().count() >= TELLING_NAME && lower.contains(&name);
    let is_person = holds_name(&lower, owner.name);
    let digits: String = lower.chars().filter(char::is_ascii_digit).collect();
    let is_phone = owner.phone.is_some_and(|phone| holds_phone(&digits, phone));
    let is_number = owner.citizen_number.is_some_and(|number| holds_number(&digits, number));
    let is_birth = owner.birth_date.is_some_and(|born| holds_day(&digits, length - digits.len(), born));
    (is_named || is_person || is_phone || is_number || is_birth).then_some(Weakness::Personal)
}

fn is_common(lower: &str) -> bool {
    static LIST: LazyLock<HashSet<&str>> = LazyLock::new(|| COMMON.lines().collect());
    LIST.contains(lower)
}

/// Whether the letters are somebody's name, or hold it, with accents and blanks or without.
fn holds_name(password: &str, name: &str) -> bool {
    let letters = |text: &str| plain(text).chars().filter(|letter| letter.is_alphabetic()).collect::<String>();
    let (password, name) = (letters(password), letters(name));
    !name.is_empty() && (password == name || name.chars().count() >= TELLING_PERSON && password.contains(&name))
}

/// Whether the digits hold a number, however it is spaced.
fn holds_number(digits: &str, number: &str) -> bool {
    let own: String = number.chars().filter(char::is_ascii_digit).collect();
    !own.is_empty() && digits.contains(&own)
}

/// Whether the digits hold a phone number, however it is dialled: its last nine digits are the subscriber's.
fn holds_phone(digits: &str, phone: &str) -> bool {
    let own: String = phone.chars().filter(char::is_ascii_digit).collect();
    own.len().checked_sub(9).and_then(|start| own.get(start..)).is_some_and(|subscriber| digits.contains(subscriber))
}

/// Whether the digits hold a day as people write it, or are hardly more than one without zeros or century: `others` is how many
/// characters stand beside them.
fn holds_day(digits: &str, others: usize, day: NaiveDate) -> bool {
    let written = |form: &str| day.format(form).to_string();
    let long = ["%d%m%Y", "%m%d%Y", "%Y%m%d"].map(written);
    let short = ["%-d%-m%Y", "%Y%-m%-d", "%d%m%y", "%y%m%d", "%-d%-m%y"].map(written);
    long.iter().any(|day| digits.contains(day)) || others <= 4 && short.iter().any(|day| digits == day)
}

fn is_one_character(text: &str) -> bool {
    let first = text.chars().next();
    text.chars().all(|character| Some(character) == first)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn weak(password: &str, email: &str) -> Option<Weakness> {
        weakness(password, &Owner { email, ..Owner::default() })
    }

    #[test]
    fn ones_own_phone_and_day_of_birth_are_refused_however_they_are_written() {
        let owner = Owner {
            email: "an@example.vn",
            phone: Some("+84912345678"),
            birth_date: NaiveDate::from_ymd_opt(1992, 3, 8),
            ..Owner::default()
        };
        for own in [
            "0912345678",
            "+84 912 345 678",
            "0912.345.678a",
            "912345678",
            "08031992",
            "8/3/1992",
            "1992-03-08",
            "lan08031992",
            "08-03-92",
            "lan 080392",
            "03081992!",
            "19920308aB",
        ] {
            assert_eq!(weakness(own, &owner), Some(Weakness::Personal), "{own}");
        }
        for other in ["0912345679", "09031992", "chuyến xe 080392 về quê", "8 con gà 3 con vịt"] {
            assert_eq!(weakness(other, &owner), None, "{other}");
        }
    }

    #[test]
    fn ones_own_name_number_and_address_are_refused_however_they_are_written() {
        let owner = Owner {
            name: "Trần Thị Lan",
            email: "lan@example.vn",
            citizen_number: Some("000 192 012 345"),
            ..Owner::default()
        };
        for own in [
            "Trần Thị Lan",
            "tranthilan",
            "TranThiLan@123",
            "tran-thi-lan",
            "000192012345",
            "000 192 012 345",
            "cccd:000192012345",
            "lan@example.vn",
            "Lan@Example.vn1",
        ] {
            assert_eq!(weakness(own, &owner), Some(Weakness::Personal), "{own}");
        }
        for other in ["000192012346", "lan man bên bờ sông", "trần nhà thị trấn", "lan@example.com"] {
            assert_eq!(weakness(other, &owner), None, "{other}");
        }
        let short = Owner { name: "Lê An", ..Owner::default() };
        assert_eq!(weakness("spring cleaning", &short), None);
        assert_eq!(weakness("Le An 123!", &short), Some(Weakness::Personal));
    }

    #[test]
    fn what_is_published_is_nobodys_password() {
        for published in [PUBLISHED, "Motcua-Demo-2026"] {
            assert_eq!(weak(published, "hoa@example.vn"), Some(Weakness::Common), "{published}");
        }
    }

    #[test]
    fn what_everybody_uses_is_refused_in_any_case() {
        for common in [
            "matkhau123",
            "MatKhau123",
            "12345678",
            "iloveyou",
            "ANHYEUEM",
            "aaaaaaaaa",
            "password1",
            "qwertyuiop",
            "1qaz2wsx",
            "trustno1",
            "corvette",
            "basketball",
            "liverpool",
            "q1w2e3r4t5",
            "123qweasd",
            "1029384756",
            "butterfly",
        ] {
            assert_eq!(weak(common, "hoa@example.vn"), Some(Weakness::Common), "{common}");
        }
    }

    #[test]
    fn the_name_in_the_address_is_refused_unless_it_is_too_short_to_tell() {
        assert_eq!(weak("minhkhai1990!", "Minhkhai@example.vn"), Some(Weakness::Personal));
        assert_eq!(weak("an toàn là bạn", "an@example.vn"), None);
    }

    #[test]
    fn length_is_counted_in_characters_and_long_ones_are_welcome() {
        assert_eq!(weak("bảy kýt", "hoa@example.vn"), Some(Weakness::Short));
        assert_eq!(weak(&"ừ thì ".repeat(21), "hoa@example.vn"), None);
        assert_eq!(weak(&"ừ thì ".repeat(22), "hoa@example.vn"), Some(Weakness::Long));
        assert_eq!(weak("e\u{302}\u{301}e\u{302}\u{301}e\u{302}\u{301}", "hoa@example.vn"), Some(Weakness::Short));
    }

    #[test]
    fn the_list_is_in_lower_case_and_holds_nothing_that_is_too_short_anyway() {
        assert!(COMMON.lines().count() >= 3000);
        for common in COMMON.lines() {
            assert_eq!(common, common.to_lowercase());
            assert!(common.chars().count() >= SHORTEST, "{common}");
        }
    }
}
