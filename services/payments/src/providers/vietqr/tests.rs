//! VietQR against published codes, and what counts as the bank's word.

use serde_json::{Value, json};

use super::*;

const SECRET: &str = "bank secret, sixteen letters";

#[test]
fn the_check_sum_is_that_of_the_published_example() {
    assert_eq!(code::crc16(b"123456789"), 0x29B1);
}

#[test]
fn codes_are_written_as_published() {
    let dong = |amount| Some(Vnd::new(amount).unwrap());
    let published = [
        (
            code::text("970416", "257678859", None, ""),
            "00020101021138530010A0000007270123000697041601092576788590208QRIBFTTA53037045802VN6304AE9F",
        ),
        (
            code::text("970416", "257678859", dong(1_000), "Chuyen tien"),
            "00020101021238530010A0000007270123000697041601092576788590208QRIBFTTA5303704540410005802VN62150811Chuyen tien6304BBB8",
        ),
        (
            code::text("970415", "113366668888", dong(75_000), "H44.100-260721-0001"),
            "00020101021238560010A0000007270126000697041501121133666688880208QRIBFTTA53037045405750005802VN62230819H44.100-260721-00016304A0A0",
        ),
        (
            code::text("970415", "113366668888", None, ""),
            "00020101021138560010A0000007270126000697041501121133666688880208QRIBFTTA53037045802VN6304F443",
        ),
    ];
    for (written, expected) in published {
        assert_eq!(written, expected);
    }
}

fn vietqr(secret: &str, previous: Option<&str>) -> Vietqr {
    let settings = VietqrSettings {
        vietqr_bank: Some("970415".into()),
        vietqr_account: Some("113366668888".into()),
        vietqr_holder: Some("UBND PHUONG DEMO".into()),
        vietqr_agency: Some("H44.100".parse().unwrap()),
        vietqr_notice_secret: Some(secret.into()),
        vietqr_previous_notice_secret: previous.map(Into::into),
    };
    Vietqr::new(&settings).unwrap().unwrap()
}

fn notice(secret: &str) -> Value {
    let line = "FT1|970415|113366668888|75000|VND|2026-07-21T03:17:12Z|H44.100-260721-0001 nop phi";
    json!({
        "transaction_id": "FT1", "bank": "970415", "account": "113366668888", "amount": 75_000, "currency": "VND",
        "booked_at": "2026-07-21T03:17:12Z", "content": "H44.100-260721-0001 nop phi",
        "signature": Keys::<Hmac<Sha256>>::new(secret, None).sign(line),
    })
}

#[test]
fn a_notice_is_read_when_either_secret_signed_it_and_no_letter_was_changed() {
    let bank = vietqr(SECRET, None);
    let credit = bank.read(&notice(SECRET).to_string()).unwrap();
    assert_eq!((credit.transaction.as_str(), credit.amount), ("FT1", Some(Vnd::new(75_000).unwrap())));
    assert!(bank.is_ours(&credit));
    assert!(!bank.is_ours(&Credit { account: "1".into(), ..credit }));
    assert!(vietqr("another secret, as long", Some(SECRET)).read(&notice(SECRET).to_string()).is_some());
    assert!(bank.read(&notice("another secret, as long").to_string()).is_none());
    for (name, value) in
        [("amount", json!(1)), ("content", json!("x")), ("account", json!("1")), ("signature", json!(""))]
    {
        let mut changed = notice(SECRET);
        changed[name] = value;
        assert!(bank.read(&changed.to_string()).is_none(), "{name}");
    }
}

#[test]
fn another_currency_is_no_amount_of_ours() {
    let mut notice = notice(SECRET);
    notice["currency"] = json!("USD");
    let line = "FT1|970415|113366668888|75000|USD|2026-07-21T03:17:12Z|H44.100-260721-0001 nop phi";
    notice["signature"] = json!(Keys::<Hmac<Sha256>>::new(SECRET, None).sign(line));
    assert_eq!(vietqr(SECRET, None).read(&notice.to_string()).unwrap().amount, None);
}

#[test]
fn a_signature_does_not_hold_for_values_moved_across_its_bars() {
    let mut moved = notice(SECRET);
    moved["content"] = json!("x|y");
    let line = |content: &str| format!("FT1|970415|113366668888|75000|VND|2026-07-21T03:17:12Z|{content}");
    moved["signature"] = json!(Keys::<Hmac<Sha256>>::new(SECRET, None).sign(&line("x|y")));
    assert!(vietqr(SECRET, None).read(&moved.to_string()).is_some());
    moved["booked_at"] = json!("2026-07-21T03:17:12Z|x");
    moved["content"] = json!("y");
    assert!(vietqr(SECRET, None).read(&moved.to_string()).is_none());
    moved["transaction_id"] = json!("FT1|970415");
    for (name, value) in [
        ("bank", "113366668888"),
        ("account", "75000"),
        ("amount", "VND"),
        ("currency", "2026-07-21T03:17:12Z"),
        ("booked_at", "2026-07-21T03:17:12Z"),
    ] {
        moved[name] = json!(value);
    }
    moved["content"] = json!("x|y");
    assert!(vietqr(SECRET, None).read(&moved.to_string()).is_none());
}
