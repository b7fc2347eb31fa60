//! What a person must give to have an account, and every reason for which it is sent back.

use chrono::NaiveDate;
use civic::{CitizenNumber, Email, Gender, Language, LocalText, PartialDate, PersonName, Phone, TextKind};

use super::password::{self, Owner, Weakness};

/// A registration as it was typed.
pub struct Typed<'a> {
    pub name: &'a str,
    pub email: &'a str,
    pub phone: &'a str,
    pub citizen_number: &'a str,
    pub birth_date: &'a str,
    pub gender: &'a str,
    pub password: &'a str,
    pub language: Language,
}

/// A registration that holds.
#[derive(Clone, Debug)]
pub struct Registration {
    pub name: PersonName,
    pub email: Email,
    pub phone: Phone,
    pub citizen_number: CitizenNumber,
    /// As far as it is known.
    pub birth_date: PartialDate,
    pub gender: Gender,
    pub language: Language,
}

/// One field that must be corrected.
#[derive(Debug, PartialEq, Eq)]
pub struct Fault {
    /// JSON Pointer of the field.
    pub pointer: &'static str,
    /// Stable code of what is wrong.
    pub code: &'static str,
    /// The same, for the person.
    pub text: LocalText,
}

impl Fault {
    fn new(pointer: &'static str, code: &'static str, vi: &str, en: &str) -> Self {
        Self { pointer, code, text: LocalText::new(vi, en) }
    }

    /// A text that is not of its kind, said as it is said everywhere.
    fn of(pointer: &'static str, code: &'static str, kind: &TextKind) -> Self {
        Self { pointer, code, text: kind.sentence() }
    }
}

/// The registration, or all its faults at once: nobody should learn of the second only after mending the first.
///
/// # Errors
/// One [`Fault`] for each field at least, in the order of the form.
pub fn check(typed: &Typed<'_>, today: NaiveDate) -> Result<Registration, Vec<Fault>> {
    let mut faults = Vec::new();
    let mut note = |fault: Fault| faults.push(fault);
    let name = typed.name.parse::<PersonName>().map_err(|_| note(Fault::of("/name", "name", &PersonName::KIND))).ok();
    let email = typed.email.parse::<Email>().map_err(|_| note(Fault::of("/email", "email", &Email::KIND))).ok();
    let phone = typed.phone.parse::<Phone>().map_err(|_| note(Fault::of("/phone", "phone", &Phone::KIND))).ok();
    let number = typed.citizen_number.parse::<CitizenNumber>();
    let number = number.map_err(|_| note(Fault::of("/citizen_number", "citizen-number", &CitizenNumber::KIND))).ok();
    let birth_date = birth_date(typed.birth_date, today).map_err(&mut note).ok();
    let gender = typed.gender.trim().to_ascii_uppercase().parse::<Gender>().map_err(|_| note(gender_fault())).ok();
    if let (Some(number), Some(born), Some(gender)) = (&number, birth_date, gender)
        && !number.fits(born.year(), gender)
    {
        faults.push(mismatch_fault());
    }
    let born = birth_date.and_then(|date| date.full());
    let owner = Owner {
        name: typed.name,
        email: typed.email.trim(),
        phone: Some(typed.phone),
        citizen_number: Some(typed.citizen_number),
        birth_date: born,
    };
    faults.extend(password::weakness(typed.password, &owner).map(password_fault));
    match (name, email, phone, number, birth_date, gender) {
        (Some(name), Some(email), Some(phone), Some(citizen_number), Some(birth_date), Some(gender))
            if faults.is_empty() =>
        {
            let language = typed.language;
            Ok(Registration { name, email, phone, citizen_number, birth_date, gender, language })
        }
        _ => Err(faults),
    }
}

/// A date as far as it is known, from 1900 (the first century that a citizen number knows) to today.
fn birth_date(text: &str, today: NaiveDate) -> Result<PartialDate, Fault> {
    let date = text.parse::<PartialDate>().map_err(|_| birth_date_fault())?;
    if date.year() >= 1900 && date.first() <= today { Ok(date) } else { Err(birth_bounds_fault(today)) }
}

fn gender_fault() -> Fault {
    Fault::new(
        "/gender",
        "gender",
        "Hãy chọn giới tính: nam (MALE) hoặc nữ (FEMALE).",
        "Choose the gender: MALE or FEMALE.",
    )
}

fn birth_date_fault() -> Fault {
    Fault::new(
        "/birth_date",
        "birth-date",
        "Nhập ngày sinh có thật, năm đủ bốn chữ số, biết đến đâu ghi đến đó, ví dụ 1990-12-31, 1950-07 hoặc 1950.",
        "Enter a real date of birth with the four digits of its year, as far as it is known, like 1990-12-31, 1950-07 or 1950.",
    )
}

fn birth_bounds_fault(today: NaiveDate) -> Fault {
    let (vi, en) = (today.format("%d/%m/%Y"), today.format("%-d %B %Y"));
    Fault::new(
        "/birth_date",
        "birth-date",
        &format!("Ngày sinh phải từ năm 1900 đến hôm nay, ngày {vi}."),
        &format!("A date of birth is from 1900 to today, {en}."),
    )
}

fn mismatch_fault() -> Fault {
    Fault::new(
        "/citizen_number",
        "citizen-number-mismatch",
        "Số định danh cá nhân không khớp với năm sinh hoặc giới tính đã nhập.",
        "The citizen number does not match the year of birth or the gender entered.",
    )
}

/// What is told of a password that is not accepted.
pub fn password_fault(weakness: Weakness) -> Fault {
    let (code, vi, en) = match weakness {
        Weakness::Short => ("password-short", "Mật khẩu cần ít nhất 8 ký tự.", "Use at least 8 characters."),
        Weakness::Long => ("password-long", "Mật khẩu tối đa 128 ký tự.", "Use at most 128 characters."),
        Weakness::Common => (
            "password-common",
            "Mật khẩu này quá phổ biến nên dễ bị đoán. Hãy chọn mật khẩu khác.",
            "This password is so common that it is easily guessed. Choose another.",
        ),
        Weakness::Personal => (
            "password-personal",
            "Mật khẩu không được chứa họ tên, địa chỉ e-mail, số điện thoại, số định danh hoặc ngày sinh của chính mình. Hãy chọn vài từ không liên quan, ví dụ tên món ăn.",
            "The password must not contain your own name, e-mail address, phone number, citizen number or date of birth. Choose a few words that have nothing to do with you, such as dishes.",
        ),
    };
    Fault::new("/password", code, vi, en)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn today() -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 7, 21).expect("a day")
    }

    fn typed() -> Typed<'static> {
        Typed {
            name: "Nguyễn Thị Minh Khai",
            email: "minh.khai@example.vn",
            phone: "0912 345 678",
            citizen_number: "000190012345",
            birth_date: "1990-12-31",
            gender: "FEMALE",
            password: "cá kho riềng",
            language: Language::Vi,
        }
    }

    fn codes(typed: &Typed<'_>) -> Vec<&'static str> {
        check(typed, today()).err().unwrap_or_default().iter().map(|fault| fault.code).collect()
    }

    #[test]
    fn a_registration_without_fault_is_taken() {
        assert_eq!(codes(&typed()), Vec::<&str>::new());
    }

    #[test]
    fn every_fault_is_told_at_once() {
        let wrong = Typed {
            name: " ",
            email: "x",
            phone: "1",
            citizen_number: "9",
            birth_date: "1990-1-1",
            gender: "",
            password: "1",
            ..typed()
        };
        let expected = ["name", "email", "phone", "citizen-number", "birth-date", "gender", "password-short"];
        assert_eq!(codes(&wrong), expected);
    }

    #[test]
    fn the_citizen_number_must_fit_the_year_of_birth_and_the_gender() {
        assert_eq!(codes(&Typed { gender: "MALE", ..typed() }), ["citizen-number-mismatch"]);
        assert_eq!(codes(&Typed { birth_date: "1991-12-31", ..typed() }), ["citizen-number-mismatch"]);
    }

    #[test]
    fn what_people_paste_is_taken_in_the_one_form_of_its_kind() {
        let pasted = Typed {
            name: "  Nguye\u{302}\u{303}n  Thị Minh Khai\n",
            email: " minh.khai@EXAMPLE.vn ",
            phone: "+84 (0)912-345-678",
            citizen_number: "000 190 012 345",
            birth_date: " 1990-12-31 ",
            gender: "female",
            ..typed()
        };
        let taken = check(&pasted, today()).expect("no fault");
        assert_eq!(taken.name.as_str(), "Nguyễn Thị Minh Khai");
        assert_eq!(taken.email.as_str(), "minh.khai@example.vn");
        assert_eq!(taken.phone.as_str(), "+84912345678");
        assert_eq!(taken.citizen_number.as_str(), "000190012345");
    }

    #[test]
    fn a_birth_is_a_real_day_that_has_come() {
        for day in [
            "1990-02-30",
            "2026-07-22",
            "1899-12-31",
            "90-12-31",
            "0090-12-31",
            "+1990-12-31",
            "1990-13",
            "1990-0",
            "90",
            "1899",
            "2026-08",
            "2027",
            "",
        ] {
            assert_eq!(codes(&Typed { birth_date: day, ..typed() }), ["birth-date"], "{day}");
        }
    }

    #[test]
    fn who_knows_only_the_year_or_the_month_registers_and_the_citizen_number_must_fit_the_year() {
        for known in ["1990", "1990-12"] {
            let taken = check(&Typed { birth_date: known, ..typed() }, today()).expect("no fault");
            assert_eq!(taken.birth_date.to_string(), known);
        }
        for other in ["1991", "1991-12"] {
            assert_eq!(codes(&Typed { birth_date: other, ..typed() }), ["citizen-number-mismatch"], "{other}");
        }
    }

    #[test]
    fn a_name_is_letters_and_says_so_with_an_example() {
        let told =
            check(&Typed { name: "Tài khoản bị khoá, xem http://x.vn", ..typed() }, today()).expect_err("a fault");
        assert_eq!((told[0].pointer, told[0].code), ("/name", "name"));
        assert!(told[0].text.vi.contains("ví dụ Nguyễn Thị Minh Khai") && told[0].text.en.contains("like Nguyễn"));
    }
}
