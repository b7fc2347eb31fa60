//! ZaloPay's protocol: what is signed by which key, and what is made of its words.

use civic::Language;

use super::*;

/// The published test credentials of ZaloPay's documentation.
const APP_ID: i64 = 2553;
const KEY1: &str = "PcY4iZIKFCIdgZvA6ueMcMHHUbRLYjPL";
const KEY2: &str = "kLtgPl8HHhfvMuDHPwKfgfsY4Ydm9eIz";
const REFERENCE: &str = "01a1ffa2000070008000000000000001";

fn zalopay(key2: &str, previous: Option<&str>) -> Zalopay {
    let settings = ZalopaySettings {
        zalopay_url: Some("https://sb-openapi.zalopay.vn".into()),
        zalopay_app_id: Some(APP_ID),
        zalopay_key1: Some(KEY1.into()),
        zalopay_key2: Some(key2.into()),
        zalopay_previous_key2: previous.map(Into::into),
    };
    Zalopay::new(&settings, "https://motcua.example.vn/", Life::system()).unwrap().unwrap()
}

fn sign(key: &str, text: &str) -> String {
    Keys::<Hmac<Sha256>>::new(key, None).sign(text)
}

fn callback(key2: &str, data: &Value) -> String {
    let data = data.to_string();
    json!({"mac": sign(key2, &data), "data": data, "type": 1}).to_string()
}

fn data() -> Value {
    json!({
        "app_id": APP_ID, "app_trans_id": format!("260721_{REFERENCE}"), "app_time": 1_784_603_730_000_i64, "amount": 24_000,
        "zp_trans_id": 240_331_000_000_175_i64, "server_time": 1_784_603_730_000_i64,
    })
}

#[test]
fn a_payment_request_is_signed_by_the_first_key_and_named_by_the_day_in_vietnam() {
    let code = "H44.100-260721-0001".parse().unwrap();
    let agency = "H44.100".parse().unwrap();
    let bill = Bill {
        reference: REFERENCE,
        code: &code,
        others: 0,
        agency: &agency,
        lines: &[],
        amount: Vnd::new(24_000).unwrap(),
        // Already the next day in Vietnam.
        created_at: "2026-07-20T17:15:30Z".parse().unwrap(),
        expires_at: "2026-07-20T17:30:30Z".parse().unwrap(),
        language: Language::Vi,
        payer_address: "203.0.113.7".parse().unwrap(),
    };
    let request = zalopay(KEY2, None).create_request(&bill);
    let name = format!("260721_{REFERENCE}");
    assert_eq!(request["app_trans_id"], json!(name));
    assert!(name.len() <= 40);
    let embed = r#"{"redirecturl":"https://motcua.example.vn/payment-return"}"#;
    let line = format!("2553|{name}|motcua|24000|1784567730000|{embed}|[]");
    assert_eq!(request["mac"], json!(sign(KEY1, &line)));
    assert_eq!(request["mac"], "788ec086e8963ebe8e47360a376dd34f09e1454fe5ddf9eaa5c387b885d4bcaf", "as openssl");
}

#[test]
fn a_callback_is_read_when_either_second_key_signed_it() {
    let report = zalopay(KEY2, None).read(&callback(KEY2, &data())).unwrap();
    let payment =
        Payment { provider_reference: "240331000000175".into(), paid_at: "2026-07-21T03:15:30Z".parse().unwrap() };
    assert_eq!((report.reference.as_str(), report.for_us, report.outcome), (REFERENCE, true, Outcome::Paid(payment)));
    assert!(zalopay("NEW", Some(KEY2)).read(&callback(KEY2, &data())).is_some());
    assert!(zalopay(KEY2, None).read(&callback(KEY1, &data())).is_none(), "our own key is not its");
    let changed = callback(KEY2, &data()).replace("24000", "1");
    assert!(zalopay(KEY2, None).read(&changed).is_none());
    for nonsense in ["", "[]", "{}", "null", r#"{"data":"x","mac":""}"#] {
        assert!(zalopay(KEY2, None).read(nonsense).is_none(), "{nonsense}");
    }
}

#[test]
fn a_question_is_signed_over_the_first_key_too() {
    let query = Query {
        reference: REFERENCE.into(),
        created_at: "2026-07-21T03:15:30Z".parse().unwrap(),
        amount: Vnd::new(24_000).unwrap(),
    };
    let question = zalopay(KEY2, None).question(&query);
    assert_eq!(question["mac"], json!(sign(KEY1, &format!("2553|260721_{REFERENCE}|{KEY1}"))));
    assert_eq!(question["mac"], "285ad11363cc3020d647ddb3f5969ef8d106caf0eb16b4cf8e89fb5ae6b3d664");
    let read = |answer: Value| zalopay(KEY2, None).read_answer(&query, answer.to_string());
    let paid = json!({"return_code": 1, "amount": 24_000, "zp_trans_id": 7, "server_time": 0});
    assert!(matches!(read(paid), Ok(QueryOutcome::Reported(Report { outcome: Outcome::Paid(_), .. }, _))));
    let failed = json!({"return_code": 2, "sub_return_code": -49});
    assert!(matches!(read(failed), Ok(QueryOutcome::Reported(Report { outcome: Outcome::Failed, .. }, _))));
    assert!(matches!(read(json!({"return_code": 3})), Ok(QueryOutcome::NotFinished)));
    assert!(matches!(read(json!({"return_code": 2, "sub_return_code": -101})), Ok(QueryOutcome::NotFinished)));
    assert!(read(json!({})).is_err());
}
