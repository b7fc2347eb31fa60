//! What identifies and reaches people is checked, kept in one form, and hidden from logs.

use civic::{CitizenNumber, Email, Gender, Party, PersonName, Phone, Secret, TaxNumber};
use proptest::prelude::*;
use serde_json::json;

#[test]
fn citizen_numbers_carry_year_and_gender() {
    for (number, year, gender) in [
        ("000085012345", 1985, Gender::Male),
        ("000199012345", 1999, Gender::Female),
        ("000204012345", 2004, Gender::Male),
        ("000325012345", 2025, Gender::Female),
    ] {
        let number: CitizenNumber = number.parse().unwrap();
        assert_eq!((number.birth_year(), number.gender()), (year, gender));
        assert!(number.fits(year, gender));
        assert!(!number.fits(year + 1, gender));
        assert!(!number.fits(year - 100, gender));
    }
    let woman: CitizenNumber = "000199012345".parse().unwrap();
    assert!(!woman.fits(1999, Gender::Male));
}

#[test]
fn provinces_before_the_merger_and_countries_stay_valid() {
    for place in ["001", "002", "025", "079", "089", "091", "096", "101", "343", "000"] {
        assert!(format!("{place}199012345").parse::<CitizenNumber>().is_ok(), "{place}");
    }
    for place in ["003", "097", "100", "400", "999"] {
        assert!(format!("{place}199012345").parse::<CitizenNumber>().is_err(), "{place}");
    }
}

#[test]
fn other_citizen_numbers_are_refused() {
    for number in ["", "123456789", "00019901234", "0001990123456", "00019901234a", " 00019901234", "٠٠٠١٩٩"] {
        assert!(number.parse::<CitizenNumber>().is_err(), "{number:?}");
    }
}

#[test]
fn tax_numbers_hold_their_check_digit() {
    for number in [
        "0100109106",
        "0100112437",
        "0100233488",
        "0101243150",
        "0300588569",
        "0106869738",
        "0100109106-001",
        "000199012345",
    ] {
        assert_eq!(number.parse::<TaxNumber>().unwrap().as_str(), number);
    }
    for number in [
        "",
        "0100109107",
        "100109106",
        "0100109106-",
        "0100109106-1",
        "0100109106-0001",
        "0100109106001",
        "000199012345-001",
        "999199012345",
        "010010910a",
    ] {
        assert!(number.parse::<TaxNumber>().is_err(), "{number:?}");
    }
}

#[test]
fn phones_are_kept_in_e164() {
    for (given, kept) in [
        ("0912345678", "+84912345678"),
        ("+84912345678", "+84912345678"),
        ("84912345678", "+84912345678"),
        ("0912 345 678", "+84912345678"),
        ("0912.345.678", "+84912345678"),
        ("0327654321", "+84327654321"),
        ("024 3825 1234", "+842438251234"),
        ("0210.3846.123", "+842103846123"),
        ("0912-345-678", "+84912345678"),
        ("(0912) 345 678", "+84912345678"),
        ("+84 (0)912 345 678", "+84912345678"),
        ("0084 912 345 678", "+84912345678"),
        ("0084 (0)912 345 678", "+84912345678"),
        ("84 0912 345 678", "+84912345678"),
        ("0912\u{2011}345\u{2013}678", "+84912345678"),
        ("\u{202A}+84\u{A0}912\u{A0}345\u{A0}678\u{202C}\r\n", "+84912345678"),
        ("0842345678", "+84842345678"),
    ] {
        assert_eq!(given.parse::<Phone>().unwrap().as_str(), kept);
    }
    for phone in [
        "",
        "0",
        "912345678",
        "0112345678",
        "0412345678",
        "091234567",
        "09123456789",
        "+1912345678",
        "0912345678 ext 1",
        "0912345678\r\nBcc: a@example.vn",
        "00 84",
        "+84 (0)(0)912 345 678",
        "1900 1234",
    ] {
        assert!(phone.parse::<Phone>().is_err(), "{phone:?}");
    }
}

#[test]
fn email_addresses_are_plain_with_a_domain() {
    for (given, kept) in [
        ("minh.khai@example.vn", "minh.khai@example.vn"),
        ("Minh.Khai+motcua@EXAMPLE.VN", "Minh.Khai+motcua@example.vn"),
        (" a@example.vn\n", "a@example.vn"),
        ("kha\u{309}i@example.vn", "khải@example.vn"),
    ] {
        assert_eq!(given.parse::<Email>().unwrap().as_str(), kept);
    }
    let longest = format!("{}@{}.vn", "a".repeat(60), ["b".repeat(63), "c".repeat(63), "d".repeat(62)].join("."));
    assert_eq!(longest.len(), 254);
    assert!(longest.parse::<Email>().is_ok());
    assert!(format!("a{longest}").parse::<Email>().is_err());
    for email in [
        "",
        "a",
        "a@b",
        "@example.vn",
        "a@",
        "a@@example.vn",
        "a b@example.vn",
        "a@example.vn\r\nBcc: b@example.vn",
        "a\0@example.vn",
        "a@[127.0.0.1]",
        "\"a\"@example.vn",
        "A <a@example.vn>",
        "a@exam ple.vn",
        "a\u{200B}@example.vn",
        "a\u{202E}@example.vn",
    ] {
        assert!(email.parse::<Email>().is_err(), "{email:?}");
    }
}

#[test]
fn numbers_are_read_as_people_write_them() {
    for number in
        ["000 199 012 345", "000.199.012.345", "000-199-012-345", " 000199012345\n", "\u{202A}000199012345\u{202C}"]
    {
        assert_eq!(number.parse::<CitizenNumber>().unwrap().as_str(), "000199012345", "{number:?}");
    }
    for (given, kept) in [(" 0100109106 ", "0100109106"), ("0100109106 \u{2013} 001", "0100109106-001")] {
        assert_eq!(given.parse::<TaxNumber>().unwrap().as_str(), kept);
    }
}

#[test]
fn names_are_composed_and_trimmed() {
    let decomposed = "  Nguye\u{302}\u{303}n Thi\u{323} Minh Khai ";
    let name: PersonName = decomposed.parse().unwrap();
    assert_eq!(name.as_str(), "Nguyễn Thị Minh Khai");
    assert_eq!("  Trần  Thị Lan\n".parse::<PersonName>().unwrap().as_str(), "Trần Thị Lan");
    assert!("e\u{302}\u{303}".repeat(120).parse::<PersonName>().is_ok(), "120 letters however they were composed");
    assert!("ễ".repeat(120).parse::<PersonName>().is_ok());
    assert!("ễ".repeat(121).parse::<PersonName>().is_err());
    for name in ["", "   ", "An\nBình", "An\0", "An\u{202E}hnìB", "An\u{200B}"] {
        assert!(name.parse::<PersonName>().is_err(), "{name:?}");
    }
}

#[test]
fn names_hold_letters_marks_blanks_and_what_joins_them_and_nothing_else() {
    for name in [
        "Nguyễn Thị Minh Khai",
        "O'Brien",
        "D’Arcy",
        "Jean-Luc",
        "Nguyễn V. An",
        "Siu H'Bia",
        "Y Bih Niê",
        "阮氏明",
        "नेहा",
    ] {
        assert_eq!(name.parse::<PersonName>().unwrap().as_str(), name);
    }
    for name in [
        "Tài khoản bị khoá, xem http://x.vn",
        "An 0912345678",
        "an@example.vn",
        "An (bị khoá)",
        "An/Bình",
        "An!",
        "An: gọi ngay",
        "<b>An</b>",
        "An Ⅷ",
        "Ⓐn",
        "...",
        "- -",
        "😀",
    ] {
        assert!(name.parse::<PersonName>().is_err(), "{name:?}");
        assert_eq!(civic::TextKind::named("person-name").and_then(|kind| (kind.canonical)(name)), None, "{name:?}");
    }
}

#[test]
fn a_name_that_was_kept_before_names_were_letters_goes_on_being_read() {
    let kept: PersonName = serde_json::from_str(r#""Nguyễn Văn An (1)""#).unwrap();
    assert_eq!(kept.as_str(), "Nguyễn Văn An (1)");
    assert!(serde_json::from_str::<PersonName>(r#""An\u0000""#).is_err());
    assert!(serde_json::from_str::<CitizenNumber>(r#""1""#).is_err(), "other kinds have no such past");
}

#[test]
fn debug_hides_personal_data() {
    let shown = format!(
        "{:?} {:?} {:?} {:?} {:?} {:?}",
        "000199012345".parse::<CitizenNumber>().unwrap(),
        "000199012345".parse::<TaxNumber>().unwrap(),
        "0912345678".parse::<Phone>().unwrap(),
        "minh.khai@example.vn".parse::<Email>().unwrap(),
        "Minh Khai".parse::<PersonName>().unwrap(),
        Secret::new("482913"),
    );
    assert_eq!(shown, "CitizenNumber(***) TaxNumber(***) Phone(***) Email(***) PersonName(***) Secret(***)");
}

#[test]
fn a_refusal_does_not_repeat_the_value() {
    let refusal = serde_json::from_str::<CitizenNumber>(r#""999199012345""#).unwrap_err();
    assert!(refusal.to_string().starts_with("expected a citizen number of 12 digits"));
}

#[test]
fn a_party_is_a_kind_and_an_id() {
    let id = uuid::uuid!("01980000-0000-7000-8000-000000000001");
    let wire = json!({"kind": "ORGANISATION", "id": id});
    assert_eq!(serde_json::to_value(Party::organisation(id)).unwrap(), wire);
    assert_eq!(serde_json::from_value::<Party>(wire).unwrap(), Party::organisation(id));
}

proptest! {
    #[test]
    fn what_was_accepted_is_accepted_again_unchanged(text in "[+]?[0-9 .]{6,24}") {
        if let Ok(phone) = text.parse::<Phone>() {
            prop_assert_eq!(phone.as_str().parse::<Phone>().unwrap(), phone);
        }
    }

    #[test]
    fn names_are_stable_once_read(text in "\\PC{1,60}") {
        if let Ok(name) = text.parse::<PersonName>() {
            prop_assert_eq!(name.as_str().parse::<PersonName>().unwrap(), name);
        }
    }

    #[test]
    fn one_wrong_digit_breaks_a_tax_number(position in 0..10_usize, other in 0..10_u8) {
        let mut digits = b"0100109106".to_vec();
        let digit = b'0' + other;
        prop_assume!(digits[position] != digit);
        digits[position] = digit;
        prop_assert!(String::from_utf8(digits).unwrap().parse::<TaxNumber>().is_err());
    }

    #[test]
    fn reading_never_panics(text in "\\PC{0,40}") {
        let _ = text.parse::<CitizenNumber>();
        let _ = text.parse::<TaxNumber>();
        let _ = text.parse::<Phone>();
        let _ = text.parse::<Email>();
    }
}
