//! Which passwords are accepted: long enough, not among the commonest, not the e-mail address's own name.

use unicode_normalization::UnicodeNormalization;

/// Characters at least.
pub const SHORTEST: usize = 8;
/// Characters at most; every one of them counts.
pub const LONGEST: usize = 128;

/// The commonest passwords of eight characters and more, in Vietnam and elsewhere, in lower case.
const COMMON: &str = include_str!("common_passwords.txt");
/// A shorter address name ("an") is part of many a good password by chance.
const TELLING_NAME: usize = 4;

/// Why a password is not accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weakness {
    /// Fewer than [`SHORTEST`] characters.
    Short,
    /// More than [`LONGEST`] characters.
    Long,
    /// Everybody's.
    Common,
    /// Holds the name in the e-mail address.
    Personal,
}

/// The form in which a password is hashed (RFC 8265 §4.2.2): keyboards compose "á" as one character or as two.
pub fn normalised(password: &str) -> String {
    password.nfc().collect()
}

/// What is wrong with a password, if anything. No mixture of characters is asked for, as NIST SP 800-63B advises.
pub fn weakness(password: &str, email: &str) -> Option<Weakness> {
    let password = normalised(password);
    let length = password.chars().count();
    if length < SHORTEST {
        return Some(Weakness::Short);
    }
    if length > LONGEST {
        return Some(Weakness::Long);
    }
    let lower = password.to_lowercase();
    if COMMON.lines().any(|common| common == lower) || is_one_character(&lower) {
        return Some(Weakness::Common);
    }
    let name = email.split('@').next().unwrap_or_default().to_lowercase();
    (name.chars().count() >= TELLING_NAME && lower.contains(&name)).then_some(Weakness::Personal)
}

fn is_one_character(text: &str) -> bool {
    let first = text.chars().next();
    text.chars().all(|character| Some(character) == first)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_everybody_uses_is_refused_in_any_case() {
        for common in ["matkhau123", "MatKhau123", "12345678", "iloveyou", "ANHYEUEM", "aaaaaaaaa", "password1"] {
            assert_eq!(weakness(common, "hoa@example.vn"), Some(Weakness::Common), "{common}");
        }
    }

    #[test]
    fn the_name_in_the_address_is_refused_unless_it_is_too_short_to_tell() {
        assert_eq!(weakness("minhkhai1990!", "Minhkhai@example.vn"), Some(Weakness::Personal));
        assert_eq!(weakness("an toàn là bạn", "an@example.vn"), None);
    }

    #[test]
    fn length_is_counted_in_characters_and_long_ones_are_welcome() {
        assert_eq!(weakness("bảy kýt", "hoa@example.vn"), Some(Weakness::Short));
        assert_eq!(weakness(&"ừ thì ".repeat(21), "hoa@example.vn"), None);
        assert_eq!(weakness(&"ừ thì ".repeat(22), "hoa@example.vn"), Some(Weakness::Long));
        assert_eq!(weakness("e\u{302}\u{301}e\u{302}\u{301}e\u{302}\u{301}", "hoa@example.vn"), Some(Weakness::Short));
    }

    #[test]
    fn the_list_is_in_lower_case_and_holds_nothing_that_is_too_short_anyway() {
        for common in COMMON.lines() {
            assert_eq!(common, common.to_lowercase());
            assert!(common.chars().count() >= SHORTEST, "{common}");
        }
    }
}
