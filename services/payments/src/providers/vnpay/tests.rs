//! VNPAY's protocol against published vectors.

use super::*;
use signature::{checksum, fields_of, form};

const SECRET: &str = "TESTSECRETKEY0123456789ABCDEFGHJK";
const PAY: &str = "vnp_Amount=7500000&vnp_Command=pay&vnp_CreateDate=20260721101530&vnp_CurrCode=VND&vnp_ExpireDate=20260721103030&vnp_IpAddr=203.0.113.7&vnp_Locale=vn&vnp_OrderInfo=Nop+phi+ho+so+H44.100-260721-0001%3A+cap+GCN+%28lan+1%29&vnp_OrderType=other&vnp_ReturnUrl=https%3A%2F%2Fmotcua.example.vn%2Fpayment%2Freturn%3Fx%3D1&vnp_TmnCode=DEMOTMN1&vnp_TxnRef=H44100260721000101&vnp_Version=2.1.0";
const PAY_HASH: &str = "04f54c26d844e25a30a4d8ea17083ef736139d0e11134bde6b68b9985139409cf8d337f28b3b4a41eaf28a0be179aa1d5ab601fad5f4566dc1ef1a828abd1ae2";
const IPN: &str = "vnp_Amount=7500000&vnp_BankCode=NCB&vnp_BankTranNo=VNP14226112&vnp_CardType=ATM&vnp_OrderInfo=Nop+phi+ho+so+H44.100-260721-0001&vnp_PayDate=20260721101712&vnp_ResponseCode=00&vnp_TmnCode=DEMOTMN1&vnp_TransactionNo=14226112&vnp_TransactionStatus=00&vnp_TxnRef=H44100260721000101";
const IPN_HASH: &str = "9adbc53013c45fd399d64260d05d45fc71836da0ff6442d69f82592be1defb39b1a382f6ef1353afdbf378df31325e982d286bb261afb41ac920956be4593da7";

fn vnpay(current: &str, previous: Option<&str>) -> Vnpay {
    let settings = VnpaySettings {
        vnpay_pay_url: "https://pay.example/vpcpay.html".into(),
        vnpay_api_url: "https://pay.example/transaction".into(),
        vnpay_return_url: Some("https://motcua.example.vn/api/v1/payments/vnpay/return".into()),
        vnpay_tmn_code: "DEMOTMN1".into(),
        vnpay_hash_secret: current.into(),
        vnpay_previous_hash_secret: previous.map(Into::into),
    };
    Vnpay::new(&settings, "https://motcua.example.vn/", Life::system()).unwrap()
}

#[test]
fn a_payment_request_signs_as_published() {
    let keys = Keys::new(SECRET, None);
    assert_eq!(form(&fields_of(PAY).unwrap()), PAY);
    assert_eq!(keys.sign(PAY), PAY_HASH);
}

#[test]
fn the_published_notification_is_read() {
    let report = vnpay(SECRET, None).read(&format!("{IPN}&vnp_SecureHash={IPN_HASH}")).unwrap();
    let payment = Payment { provider_reference: "14226112".into(), paid_at: "2026-07-21T03:17:12Z".parse().unwrap() };
    let expected = Report {
        reference: "H44100260721000101".into(),
        signed: IPN.into(),
        for_us: true,
        amount: Some(Vnd::new(75_000).unwrap()),
        outcome: Outcome::Paid(payment),
    };
    assert_eq!(report, expected);
}

#[test]
fn questions_and_refunds_sign_as_published() {
    let keys = Keys::new(SECRET, None);
    let question = [
        "RQ0001",
        "2.1.0",
        "querydr",
        "DEMOTMN1",
        "H44100260721000101",
        "20260721101530",
        "20260721110000",
        "203.0.113.7",
        "Truy van GD H44100260721000101",
    ];
    assert_eq!(
        keys.sign(&checksum(question)),
        "45a3caf00e0e7e41d0fbe58d10f776568307fed672f93da61885d01037c2cb26554486fa659dfca34688b389fbaf0a151c0dd8b9d8719808ffd9a2a4c7a75c3e"
    );
    let refund = [
        "RF0001",
        "2.1.0",
        "refund",
        "DEMOTMN1",
        "02",
        "H44100260721000101",
        "7500000",
        "14226112",
        "20260721101530",
        "canbo01",
        "20260722080000",
        "203.0.113.7",
        "Hoan phi H44.100-260721-0001",
    ];
    assert_eq!(
        keys.sign(&checksum(refund)),
        "0bcb8fc79dcedf98c979588e985f87705068ab0a68c6a19d41c8cda1f242c1f4bbf94f66d50884660ad4ead7f44560a0c6d6dbea6eadd8c2a6dc188d744ee165"
    );
}

#[test]
fn either_secret_is_believed_and_no_other() {
    let query = format!("{IPN}&vnp_SecureHash={IPN_HASH}");
    for (current, previous, believed) in
        [(SECRET, None, true), ("NEW", Some(SECRET), true), ("NEW", None, false), ("NEW", Some("OLDER"), false)]
    {
        assert_eq!(vnpay(current, previous).read(&query).is_some(), believed, "{current} {previous:?}");
    }
}

#[test]
fn a_missing_cut_upper_case_or_doubled_signature_or_field_is_not_believed() {
    let (vnpay, upper) = (vnpay(SECRET, None), IPN_HASH.to_uppercase());
    for query in [
        String::new(),
        IPN.to_owned(),
        format!("{IPN}&vnp_SecureHash="),
        format!("{IPN}&vnp_SecureHash={}", &IPN_HASH[1..]),
        format!("{IPN}&vnp_SecureHash={upper}"),
        format!("{IPN}&vnp_SecureHash={IPN_HASH}&vnp_SecureHash={IPN_HASH}"),
        format!("{IPN}&vnp_Amount=7500000&vnp_SecureHash={IPN_HASH}"),
        format!("{}&vnp_SecureHash={IPN_HASH}", IPN.replace("7500000", "7500001")),
        format!("{IPN}&vnp_SecureHash={PAY_HASH}"),
    ] {
        assert_eq!(vnpay.read(&query), None, "{query}");
    }
}

#[test]
fn our_own_signed_address_is_not_the_providers_word() {
    let hash = Keys::new(SECRET, None).sign(PAY);
    for added in ["", "&vnp_SecureHashType=1", "&vnp_SecureHashType=2"] {
        assert_eq!(vnpay(SECRET, None).read(&format!("{PAY}&vnp_SecureHash={hash}{added}")), None);
    }
    let silent = PAY.replace("vnp_Command=pay&", "");
    let hash = Keys::new(SECRET, None).sign(&silent);
    assert_eq!(vnpay(SECRET, None).read(&format!("{silent}&vnp_SecureHash={hash}")), None);
}

#[test]
fn money_of_another_country_is_for_a_person() {
    for (currency, paid) in [("VND", true), ("USD", false)] {
        let fields = IPN.replace("&vnp_OrderInfo", &format!("&vnp_CurrCode={currency}&vnp_OrderInfo"));
        let hash = Keys::new(SECRET, None).sign(&fields);
        let report = vnpay(SECRET, None).read(&format!("{fields}&vnp_SecureHash={hash}")).unwrap();
        assert_eq!(matches!(report.outcome, Outcome::Paid(_)), paid, "{currency}");
    }
}

#[test]
fn what_is_not_vnpays_or_says_nothing_is_not_signed() {
    let query = format!("x=1&vnp_SecureHashType=SHA512&vnp_BankCode=&{PAY}&vnp_SecureHash=00");
    assert_eq!(form(&fields_of(&query).unwrap()), PAY);
}

#[test]
fn the_form_encoding_is_the_webs() {
    let fields = Fields::from([("vnp_OrderInfo".to_owned(), "a b*~(x)!'".to_owned())]);
    assert_eq!(form(&fields), "vnp_OrderInfo=a+b*%7E%28x%29%21%27");
}

#[test]
fn a_payer_is_sent_off_with_a_signed_address() {
    let bill = Bill {
        reference: "H44100260721000101",
        code: &"H44.100-260721-0001".parse().unwrap(),
        others: 0,
        agency: &"H44.100".parse().unwrap(),
        lines: &[],
        amount: Vnd::new(75_000).unwrap(),
        created_at: "2026-07-21T03:15:30.9Z".parse().unwrap(),
        expires_at: "2026-07-21T03:30:30.9Z".parse().unwrap(),
        language: Language::En,
        payer_address: "203.0.113.7".parse().unwrap(),
    };
    let url = vnpay(SECRET, Some("OLD")).pay_url(&bill);
    let signed = "vnp_Amount=7500000&vnp_Command=pay&vnp_CreateDate=20260721101530&vnp_CurrCode=VND&\
        vnp_ExpireDate=20260721103030&vnp_IpAddr=203.0.113.7&vnp_Locale=en&\
        vnp_OrderInfo=Nop+phi+ho+so+H44.100-260721-0001&vnp_OrderType=other&\
        vnp_ReturnUrl=https%3A%2F%2Fmotcua.example.vn%2Fapi%2Fv1%2Fpayments%2Fvnpay%2Freturn&vnp_TmnCode=DEMOTMN1&\
        vnp_TxnRef=H44100260721000101&vnp_Version=2.1.0";
    let hash = Keys::new(SECRET, None).sign(signed);
    assert_eq!(url, format!("https://pay.example/vpcpay.html?{signed}&vnp_SecureHash={hash}"));
}

#[test]
fn only_both_codes_together_mean_paid_and_doubt_is_never_failure() {
    use outcome::{ReportedStatus as Reported, of_callback};
    for (response, status, reported) in [
        ("00", "00", Reported::Paid),
        ("24", "02", Reported::Failed),
        ("51", "02", Reported::Failed),
        ("00", "01", Reported::NotFinished),
        ("00", "02", Reported::Unclear),
        ("24", "00", Reported::Unclear),
        ("07", "00", Reported::Unclear),
        ("07", "02", Reported::Unclear),
        ("00", "04", Reported::Unclear),
        ("00", "07", Reported::Unclear),
        ("99", "", Reported::Unclear),
        ("", "02", Reported::Unclear),
        ("", "", Reported::Unclear),
    ] {
        assert_eq!(of_callback(response, status), reported, "{response} {status}");
    }
}

#[test]
fn amounts_are_whole_dong_in_plain_digits() {
    assert_eq!(dong("800000"), Vnd::new(8_000).ok());
    for text in ["", "800001", "-800000", "+800000", "8e5", "800000.0", "99999999999999999999", "100000000000000"] {
        assert_eq!(dong(text), None, "{text}");
    }
}

#[test]
fn times_are_fourteen_digits_of_a_moment_in_vietnam() {
    assert_eq!(wire_time::read("20260721101712"), "2026-07-21T03:17:12Z".parse().ok());
    for text in ["", "2026072110171", "20260732101712", "2026072110171x", "+0260721101712"] {
        assert_eq!(wire_time::read(text), None, "{text}");
    }
}
