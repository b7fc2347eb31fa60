//! VNPAY's signatures: HMAC-SHA512 in lower-case hex, over a sorted form or a line of pipes.

use std::collections::BTreeMap;

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha512;
use subtle::ConstantTimeEq;
use url::form_urlencoded;

pub(crate) const SECURE_HASH: &str = "vnp_SecureHash";
const SECURE_HASH_TYPE: &str = "vnp_SecureHashType";

/// `vnp_…` parameters; the map keeps them in the order in which they are signed.
pub(crate) type Fields = BTreeMap<String, String>;

/// The parameters of a query or form that VNPAY reads; `Err` names one that is given twice.
pub(crate) fn fields_of<K, V>(pairs: impl IntoIterator<Item = (K, V)>) -> Result<Fields, String>
where
    K: Into<String>,
    V: Into<String>,
{
    let mut fields = Fields::new();
    for (name, value) in pairs {
        let name = name.into();
        if name.starts_with("vnp_") && fields.insert(name.clone(), value.into()).is_some() {
            return Err(name);
        }
    }
    Ok(fields)
}

/// What a query's signature covers: every non-empty parameter but the signature, form-encoded.
pub(crate) fn form_data(fields: &Fields) -> String {
    let signed =
        fields.iter().filter(|(name, value)| !value.is_empty() && *name != SECURE_HASH && *name != SECURE_HASH_TYPE);
    form_urlencoded::Serializer::new(String::new()).extend_pairs(signed).finish()
}

/// The query with its signature appended.
pub(crate) fn signed_query(secret: &str, fields: &Fields) -> String {
    let data = form_data(fields);
    let hash = sign(secret, &data);
    format!("{data}&{SECURE_HASH}={hash}")
}

/// What the transaction API signs: the named values in order, absent ones empty.
pub(crate) fn piped(fields: &Fields, names: &[&str]) -> String {
    let values: Vec<&str> = names.iter().map(|name| fields.get(*name).map_or("", String::as_str)).collect();
    values.join("|")
}

pub(crate) fn sign(secret: &str, data: &str) -> String {
    let mut mac = Hmac::<Sha512>::new_from_slice(secret.as_bytes()).expect("HMAC takes a key of any length");
    mac.update(data.as_bytes());
    hex::encode(mac.finalize().into_bytes())
}

/// Compares in constant time.
pub(crate) fn is_signed(secret: &str, data: &str, claimed: &str) -> bool {
    sign(secret, data).as_bytes().ct_eq(claimed.as_bytes()).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECRET: &str = "TESTSECRETKEY0123456789ABCDEFGHJK";
    const PAY: &str = "vnp_Amount=7500000&vnp_Command=pay&vnp_CreateDate=20260721101530&vnp_CurrCode=VND&vnp_ExpireDate=20260721103030&vnp_IpAddr=203.0.113.7&vnp_Locale=vn&vnp_OrderInfo=Nop+phi+ho+so+H44.100-260721-0001%3A+cap+GCN+%28lan+1%29&vnp_OrderType=other&vnp_ReturnUrl=https%3A%2F%2Fmotcua.example.vn%2Fpayment%2Freturn%3Fx%3D1&vnp_TmnCode=DEMOTMN1&vnp_TxnRef=H44100260721000101&vnp_Version=2.1.0";
    const PAY_HASH: &str = "04f54c26d844e25a30a4d8ea17083ef736139d0e11134bde6b68b9985139409cf8d337f28b3b4a41eaf28a0be179aa1d5ab601fad5f4566dc1ef1a828abd1ae2";
    const IPN: &str = "vnp_Amount=7500000&vnp_BankCode=NCB&vnp_BankTranNo=VNP14226112&vnp_CardType=ATM&vnp_OrderInfo=Nop+phi+ho+so+H44.100-260721-0001&vnp_PayDate=20260721101712&vnp_ResponseCode=00&vnp_TmnCode=DEMOTMN1&vnp_TransactionNo=14226112&vnp_TransactionStatus=00&vnp_TxnRef=H44100260721000101";
    const IPN_HASH: &str = "9adbc53013c45fd399d64260d05d45fc71836da0ff6442d69f82592be1defb39b1a382f6ef1353afdbf378df31325e982d286bb261afb41ac920956be4593da7";

    fn read(query: &str) -> Fields {
        fields_of(form_urlencoded::parse(query.as_bytes())).unwrap()
    }

    #[test]
    fn the_payment_request_and_the_notification_sign_as_published() {
        for (query, hash) in [(PAY, PAY_HASH), (IPN, IPN_HASH)] {
            assert_eq!(form_data(&read(query)), query);
            assert_eq!(sign(SECRET, query), hash);
            assert_eq!(signed_query(SECRET, &read(query)), format!("{query}&vnp_SecureHash={hash}"));
        }
    }

    #[test]
    fn the_query_and_the_refund_sign_as_published() {
        let query = "RQ0001|2.1.0|querydr|DEMOTMN1|H44100260721000101|20260721101530|20260721110000|203.0.113.7|Truy van GD H44100260721000101";
        assert_eq!(
            sign(SECRET, query),
            "45a3caf00e0e7e41d0fbe58d10f776568307fed672f93da61885d01037c2cb26554486fa659dfca34688b389fbaf0a151c0dd8b9d8719808ffd9a2a4c7a75c3e"
        );
        let refund = "RF0001|2.1.0|refund|DEMOTMN1|02|H44100260721000101|7500000|14226112|20260721101530|canbo01|20260722080000|203.0.113.7|Hoan phi H44.100-260721-0001";
        assert_eq!(
            sign(SECRET, refund),
            "0bcb8fc79dcedf98c979588e985f87705068ab0a68c6a19d41c8cda1f242c1f4bbf94f66d50884660ad4ead7f44560a0c6d6dbea6eadd8c2a6dc188d744ee165"
        );
    }

    #[test]
    fn empty_values_the_hash_and_foreign_parameters_are_not_signed() {
        let query = format!("x=1&vnp_SecureHashType=SHA512&vnp_SecureHash=00&vnp_BankCode=&{PAY}");
        assert_eq!(form_data(&read(&query)), PAY);
    }

    #[test]
    fn the_form_encoding_is_that_of_the_web() {
        let fields = fields_of([("vnp_OrderInfo", "a b*~(x)!'")]).unwrap();
        assert_eq!(form_data(&fields), "vnp_OrderInfo=a+b*%7E%28x%29%21%27");
    }

    #[test]
    fn a_wrong_short_or_upper_case_signature_is_refused() {
        assert!(is_signed(SECRET, PAY, PAY_HASH));
        for claimed in ["", &PAY_HASH[1..], IPN_HASH, &PAY_HASH.to_uppercase()] {
            assert!(!is_signed(SECRET, PAY, claimed), "{claimed}");
        }
    }

    #[test]
    fn a_parameter_given_twice_is_refused() {
        let twice = fields_of([("vnp_Amount", "1"), ("vnp_Amount", "2")]);
        assert_eq!(twice, Err("vnp_Amount".to_owned()));
    }
}
