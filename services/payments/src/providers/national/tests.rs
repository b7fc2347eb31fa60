//! The national platform's messages: what is sealed, in which order, and what is made of its words.

use civic::Language;

use super::*;

const SECRET: &str = "national secret, long";
const REFERENCE: &str = "01a1ffa2000070008000000000000001";

fn national(secret: &str, previous: Option<&str>) -> National {
    let text = |text: &str| Some(text.to_owned());
    let settings = NationalSettings {
        national_url: text("https://payment.example.vn/api"),
        national_partner_code: text("DVC44"),
        national_bank: text("970415"),
        national_account: text("113366668888"),
        national_holder: text("KBNN PHU THO"),
        national_secret: text(secret),
        national_previous_secret: previous.map(Into::into),
    };
    National::new(&settings, Life::system()).unwrap().unwrap()
}

fn sha256(text: &str) -> String {
    use sha2::{Digest, Sha256};
    hex::encode(Sha256::digest(text.as_bytes()))
}

fn confirmation(secret: &str, kind: &str, code: &str) -> Value {
    let line = format!(
        "{kind}|{code}|DVC44|{REFERENCE}|24000|VND|GD1|PAYMENT|20260721101712|Nop phi ho so H44.100-260721-0001"
    );
    json!({
        "LoaiBanTin": kind, "MaLoi": code, "MaDoiTac": "DVC44", "MaThamChieu": REFERENCE, "SoTien": "24000",
        "MaTienTe": "VND", "MaGiaoDich": "GD1", "MaNganHang": "PAYMENT", "ThoiGianGD": "20260721101712",
        "ThongTinGiaoDich": "Nop phi ho so H44.100-260721-0001", "MaXacThuc": sha256(&format!("{line}|{secret}")),
    })
}

#[test]
fn an_init_is_sealed_over_its_values_in_the_platforms_order_and_lists_what_is_paid() {
    let code = "H44.100-260721-0001".parse().unwrap();
    let agency = "H44.100".parse().unwrap();
    let bill = Bill {
        reference: REFERENCE,
        code: &code,
        others: 0,
        agency: &agency,
        lines: &[],
        amount: Vnd::new(24_000).unwrap(),
        created_at: "2026-07-21T03:15:30Z".parse().unwrap(),
        expires_at: "2026-07-21T03:30:30Z".parse().unwrap(),
        language: Language::Vi,
        payer_address: "203.0.113.7".parse().unwrap(),
    };
    let message = national(SECRET, None).init(&bill);
    let line = format!(
        "INIT|1.0.6|DVC44|{REFERENCE}|24000|PAY|1|1|vi-VN|VND|PAYMENT|Nop phi ho so H44.100-260721-0001|20260721101530|203.0.113.7|{SECRET}"
    );
    assert_eq!(message["MaXacThuc"], json!(sha256(&line)));
    assert_eq!(message["MaXacThuc"], "dd446d20446b5abed33d14f0364d8f56fe65db1c27aa457481387194c3b07402", "as openssl");
    assert_eq!(message["ThongTinBienLai"]["DSKhoanNop"][0]["SoTien"], "24000");
    assert_eq!(message["ThongTinBienLai"]["MaHoSo"], "H44.100-260721-0001");
}

#[test]
fn a_question_is_sealed_over_five_values() {
    let query = Query { reference: REFERENCE.into(), created_at: chrono::DateTime::UNIX_EPOCH, amount: Vnd::ZERO };
    let question = national(SECRET, None).question("GET_BILL", &query);
    let at = question["ThoiGianGD"].as_str().unwrap();
    let line = format!("GET_BILL|1.0.6|DVC44|{REFERENCE}|{at}|{SECRET}");
    assert_eq!(question["MaXacThuc"], json!(sha256(&line)));
}

#[test]
fn a_confirmation_is_read_when_either_secret_sealed_it_and_nothing_was_changed() {
    let sealed = confirmation(SECRET, "CONFIRM", "00");
    assert_eq!(sealed["MaXacThuc"], "898c2dd0ad32723499b1a0bb7be6c747e422044dd68ce330beed11506957fc28");
    let read = |national: &National, message: &Value| national.read(&message.to_string());
    let report = read(&national(SECRET, None), &confirmation(SECRET, "CONFIRM", "00")).unwrap();
    let payment = Payment { provider_reference: "GD1".into(), paid_at: "2026-07-21T03:17:12Z".parse().unwrap() };
    assert_eq!((report.reference.as_str(), report.for_us, report.outcome), (REFERENCE, true, Outcome::Paid(payment)));
    assert!(read(&national("NEW", Some(SECRET)), &confirmation(SECRET, "CONFIRM", "00")).is_some());
    assert!(read(&national(SECRET, None), &confirmation("OTHER", "CONFIRM", "00")).is_none());
    assert!(read(&national(SECRET, None), &confirmation(SECRET, "QUERY", "00")).is_none());
    for (name, value) in [("SoTien", "1"), ("MaLoi", "02"), ("MaThamChieu", "x"), ("MaXacThuc", "")] {
        let mut changed = confirmation(SECRET, "CONFIRM", "00");
        changed[name] = json!(value);
        assert!(read(&national(SECRET, None), &changed).is_none(), "{name}");
    }
}

#[test]
fn an_answer_must_be_sealed_and_about_this_payment() {
    let national = national(SECRET, None);
    let query = |reference: &str| Query {
        reference: reference.into(),
        created_at: chrono::DateTime::UNIX_EPOCH,
        amount: Vnd::ZERO,
    };
    let raw = |code: &str| confirmation(SECRET, "QUERY", code).to_string();
    assert!(matches!(national.read_answer(&query(REFERENCE), raw("00")), Ok(QueryOutcome::Reported(..))));
    assert!(matches!(national.read_answer(&query(REFERENCE), raw("01")), Ok(QueryOutcome::NotFinished)));
    assert!(national.read_answer(&query("other"), raw("00")).is_err());
    let forged = confirmation("OTHER", "QUERY", "00").to_string();
    assert!(national.read_answer(&query(REFERENCE), forged).is_err());
    let unknown = json!({"MaLoi": "91"}).to_string();
    assert!(matches!(national.read_answer(&query(REFERENCE), unknown), Ok(QueryOutcome::NotFinished)));
}
