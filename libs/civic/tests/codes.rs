//! Codes are read in every form in use, kept as written, and composed in today's form.

use chrono::NaiveDate;
use civic::{AgencyCode, DossierCode, ProcedureCode};
use proptest::prelude::*;

fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap()
}

#[test]
fn agency_codes_of_every_structure_are_read() {
    for code in ["G09", "G09.20", "H44", "H44.100", "H44.1.2.3", "000.00.01.H22"] {
        assert_eq!(code.parse::<AgencyCode>().unwrap().as_ref(), code);
    }
}

#[test]
fn other_agency_codes_are_refused() {
    for code in [
        "",
        "H",
        "H4",
        "H444",
        "H44.",
        "H44.1000",
        "H44..1",
        "H44.1.2.3.4",
        "H44.a",
        "000.00.01",
        "00.00.01.H22",
        "000.00.01.H22.1",
        "000.00.01.022",
        "Đ44",
        "Hé4",
    ] {
        assert!(code.parse::<AgencyCode>().is_err(), "{code:?}");
    }
}

#[test]
fn a_code_is_a_code_in_any_case_and_with_blanks() {
    for code in ["h44.100", " H44.100\n", "H44.100\u{A0}"] {
        assert_eq!(code.parse::<AgencyCode>().unwrap().as_ref(), "H44.100", "{code:?}");
    }
    assert_eq!(" 1.001193 ".parse::<ProcedureCode>().unwrap().to_string(), "1.001193");
    for code in ["h44.100-260721-0001", "\tH44.100-260721-0001 ", "H44.100 \u{2013} 260721 \u{2013} 0001"] {
        assert_eq!(code.parse::<DossierCode>().unwrap().as_str(), "H44.100-260721-0001", "{code:?}");
    }
}

#[test]
fn procedure_codes_have_a_linked_form() {
    for code in ["1.001193", "2.000635", "3.000333", "1.000894.01"] {
        assert_eq!(code.parse::<ProcedureCode>().unwrap().to_string(), code);
    }
    for code in ["", "4.001193", "1.00119", "1.0011933", "1.001193.1", "1.001193.01.01", "1,001193", "1.00119٣"] {
        assert!(code.parse::<ProcedureCode>().is_err(), "{code:?}");
    }
}

#[test]
fn a_dossier_code_is_agency_day_and_ordinal() {
    let agency: AgencyCode = "H44.100".parse().unwrap();
    let code = DossierCode::new(agency.clone(), day(2026, 7, 21), 1).unwrap();
    assert_eq!(code.to_string(), "H44.100-260721-0001");
    assert_eq!(code.agency(), &agency);
    let busy = DossierCode::new(agency, day(2026, 7, 21), 1_234_567).unwrap();
    assert_eq!(busy.to_string(), "H44.100-260721-1234567");
    assert!(code < busy);
}

#[test]
fn a_dossier_code_has_an_ordinal_and_a_day_of_this_century() {
    let agency: AgencyCode = "H44.100".parse().unwrap();
    assert!(DossierCode::new(agency.clone(), day(2026, 7, 21), 0).is_err());
    assert!(DossierCode::new(agency.clone(), day(2026, 7, 21), 10_000_000).is_err());
    assert!(DossierCode::new(agency.clone(), day(1999, 12, 31), 1).is_err());
    assert!(DossierCode::new(agency, day(2100, 1, 1), 1).is_err());
}

#[test]
fn dossier_codes_issued_elsewhere_are_kept_as_written() {
    for (text, agency, on, ordinal) in [
        ("H56.14-240823-0001", "H56.14", day(2024, 8, 23), 1),
        ("000.00.01.H22-210305-0042", "000.00.01.H22", day(2021, 3, 5), 42),
        ("G09.20-20260609-0092637", "G09.20", day(2026, 6, 9), 92637),
        ("H44-260721-00001", "H44", day(2026, 7, 21), 1),
    ] {
        let code: DossierCode = text.parse().unwrap();
        assert_eq!(code.to_string(), text);
        assert_eq!(code.agency().as_ref(), agency);
        assert_eq!((code.day(), code.ordinal()), (on, ordinal));
    }
}

#[test]
fn other_dossier_codes_are_refused() {
    for code in [
        "",
        "H44.100",
        "H44.100-260721",
        "H44.100-260721-001",
        "H44.100-260721-0000",
        "H44.100-260721-12345678",
        "H44.100-2607211-0001",
        "H44.100-260230-0001",
        "H44.100-20260230-0001",
        "H44.100-260721-0001-1",
        "44.100-260721-0001",
        "H44.100-260721-+001",
        "H44.100-é721-0001",
    ] {
        assert!(code.parse::<DossierCode>().is_err(), "{code:?}");
    }
}

#[test]
fn codes_are_json_strings() {
    let code: DossierCode = serde_json::from_str(r#""H44.100-260721-0001""#).unwrap();
    assert_eq!(serde_json::to_string(&code).unwrap(), r#""H44.100-260721-0001""#);
    assert!(serde_json::from_str::<DossierCode>(r#""H44""#).is_err());
    assert!(serde_json::from_str::<ProcedureCode>("1.001193").is_err());
}

proptest! {
    #[test]
    fn a_composed_code_reads_back_the_same(
        province in 1..62_u32,
        unit in 1..1000_u32,
        days in 0..36_500_i64,
        ordinal in 1..=9_999_999_u32,
    ) {
        let agency: AgencyCode = format!("H{province:02}.{unit}").parse().unwrap();
        let on = day(2000, 1, 1) + chrono::TimeDelta::days(days);
        let code = DossierCode::new(agency, on, ordinal).unwrap();
        prop_assert_eq!(code.to_string().parse::<DossierCode>().unwrap(), code);
    }

    #[test]
    fn reading_never_panics(text in "\\PC{0,40}") {
        let _ = text.parse::<DossierCode>();
        let _ = text.parse::<AgencyCode>();
        let _ = text.parse::<ProcedureCode>();
    }
}
