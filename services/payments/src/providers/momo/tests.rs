//! MoMo's protocol: what is signed, in which order, and what is made of its words.

use uuid::Uuid;

use super::*;

/// The published test credentials of MoMo's documentation.
const ACCESS_KEY: &str = "F8BBA842ECF85";
const SECRET: &str = "K951B6PE1waDMi640xX08PD3vg6EkVlz";
const REFERENCE: &str = "01a1ffa2000070008000000000000001";

fn momo(secret: &str, previous: Option<&str>) -> Momo {
    let settings = MomoSettings {
        momo_url: Some("https://test-payment.momo.vn/".into()),
        momo_partner_code: Some("MOMO".into()),
        momo_access_key: Some(ACCESS_KEY.into()),
        momo_secret_key: Some(secret.into()),
        momo_previous_secret_key: previous.map(Into::into),
    };
    Momo::new(&settings, "https://motcua.example.vn/", Life::system()).unwrap().unwrap()
}

fn notice(secret: &str) -> Map<String, Value> {
    let fields = json!({
        "partnerCode": "MOMO", "orderId": REFERENCE, "requestId": REFERENCE, "amount": 24000,
        "orderInfo": "Nop phi ho so H44.100-260721-0001", "orderType": "momo_wallet", "transId": 2_588_659_987_i64,
        "resultCode": 0, "message": "Giao dịch thành công.", "payType": "qr", "responseTime": 1_784_603_730_000_i64,
        "extraData": "",
    });
    let Value::Object(mut fields) = fields else { unreachable!() };
    // Spelled out here as the documentation does, so that the order of the fields is not our own word for it.
    let line = format!(
        "accessKey={ACCESS_KEY}&amount=24000&extraData=&message=Giao dịch thành công.&orderId={REFERENCE}\
        &orderInfo=Nop phi ho so H44.100-260721-0001&orderType=momo_wallet&partnerCode=MOMO&payType=qr\
        &requestId={REFERENCE}&responseTime=1784603730000&resultCode=0&transId=2588659987"
    );
    fields.insert("signature".into(), Keys::new(secret, None).sign(&line).into());
    fields
}

fn read(momo: &Momo, fields: &Map<String, Value>) -> Option<Report> {
    momo.read(&Value::Object(fields.clone()).to_string())
}

#[test]
fn a_payment_request_is_signed_over_its_fields_in_the_order_of_the_alphabet() {
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
    let request = momo(SECRET, None).create_request(&bill);
    let line = format!(
        "accessKey={ACCESS_KEY}&amount=24000&extraData=&ipnUrl=https://motcua.example.vn/api/v1/payments/momo/notification\
        &orderId={REFERENCE}&orderInfo=Nop phi ho so H44.100-260721-0001&partnerCode=MOMO\
        &redirectUrl=https://motcua.example.vn/payment-return&requestId={REFERENCE}&requestType=captureWallet"
    );
    assert_eq!(request["signature"], json!(Keys::new(SECRET, None).sign(&line)));
    assert_eq!(request["signature"], "0672dadc4559eba45a2f3009d5ff72409a5f496a38fb6dd76409f642093aca66", "as openssl");
    assert_eq!((&request["amount"], &request["orderExpireTime"]), (&json!(24_000), &json!(15)));
}

#[test]
fn a_notification_is_read_when_either_secret_signed_it_and_no_letter_was_changed() {
    assert_eq!(notice(SECRET)["signature"], "b065c328fbd7a180084c208a02520ae2f7f3ed025aa5acf6615fe87f57003572");
    let report = read(&momo(SECRET, None), &notice(SECRET)).unwrap();
    let payment = Payment { provider_reference: "2588659987".into(), paid_at: "2026-07-21T03:15:30Z".parse().unwrap() };
    assert_eq!((report.reference.as_str(), report.for_us, report.outcome), (REFERENCE, true, Outcome::Paid(payment)));
    assert_eq!(report.amount, Some(Vnd::new(24_000).unwrap()));
    assert!(read(&momo("ANOTHER", Some(SECRET)), &notice(SECRET)).is_some());
    assert!(read(&momo("ANOTHER", None), &notice(SECRET)).is_none());
    for (name, value) in
        [("amount", json!(1)), ("resultCode", json!(1006)), ("orderId", json!("x")), ("signature", json!(""))]
    {
        let mut changed = notice(SECRET);
        changed.insert(name.into(), value);
        assert!(read(&momo(SECRET, None), &changed).is_none(), "{name}");
    }
    for nonsense in ["", "[]", "{}", "null", "amount=1"] {
        assert!(momo(SECRET, None).read(nonsense).is_none(), "{nonsense}");
    }
}

#[test]
fn what_a_code_says_is_paid_failed_not_finished_or_nothing() {
    use outcome::Told;
    for (code, notified, answered) in [
        ("0", Told::Paid, Told::Paid),
        ("9000", Told::Unclear, Told::NotFinished),
        ("1000", Told::Unclear, Told::NotFinished),
        ("42", Told::Unclear, Told::NotFinished),
        ("1006", Told::Failed, Told::Failed),
        ("99", Told::Unclear, Told::Nothing),
        ("", Told::Unclear, Told::Nothing),
    ] {
        assert_eq!((outcome::of_notification(code), outcome::of_answer(code)), (notified, answered), "{code}");
    }
}

#[test]
fn an_answer_about_another_payment_or_without_a_number_proves_nothing() {
    let momo = momo(SECRET, None);
    let query = Query { reference: REFERENCE.into(), created_at: DateTime::UNIX_EPOCH, amount: Vnd::ZERO };
    let mut answer = notice(SECRET);
    let raw = |answer: &Map<String, Value>| Value::Object(answer.clone()).to_string();
    assert!(matches!(momo.read_answer(&query, raw(&answer)), Ok(QueryOutcome::Reported(..))));
    answer.insert("transId".into(), json!(0));
    let Ok(QueryOutcome::Reported(report, _)) = momo.read_answer(&query, raw(&answer)) else { panic!("no report") };
    assert_eq!(report.outcome, Outcome::Unclear);
    answer.insert("orderId".into(), json!("other"));
    assert!(momo.read_answer(&query, raw(&answer)).is_err());
}

#[test]
fn a_refund_is_signed_and_bears_its_own_name() {
    let order = RefundOrder {
        id: Uuid::from_u128(7),
        reference: REFERENCE.into(),
        created_at: DateTime::UNIX_EPOCH,
        provider_reference: "2588659987".into(),
        amount: Vnd::new(8_000).unwrap(),
        is_whole: false,
        asked_by: Uuid::nil(),
        asked_at: DateTime::UNIX_EPOCH,
        number: None,
    };
    let request = momo(SECRET, None).refund_request(&order);
    let id = order.id.simple();
    let line = format!(
        "accessKey={ACCESS_KEY}&amount=8000&description=Hoan phi {REFERENCE}&orderId={id}&partnerCode=MOMO\
        &requestId={id}&transId=2588659987"
    );
    assert_eq!(request["signature"], json!(Keys::new(SECRET, None).sign(&line)));
    assert_eq!(request["transId"], json!(2_588_659_987_i64));
}
