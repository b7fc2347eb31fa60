//! A merchant's request to be paid, read from the signed redirect, or the reason it is refused.

use std::net::IpAddr;

use chrono::{DateTime, Utc};
use serde::Serialize;
use url::Url;

use super::{
    VERSION, dates,
    signing::{self, Fields, SECURE_HASH},
};
use crate::Config;

const MOST_AMOUNT_DIGITS: usize = 14;

/// What the merchant asks for.
#[derive(Debug, Clone)]
pub(crate) struct Order {
    pub(crate) tmn_code: String,
    pub(crate) txn_ref: String,
    /// Hundredths of a dong, as on the wire.
    pub(crate) amount: i64,
    pub(crate) order_info: String,
    /// `vnp_CreateDate`: with the reference it names the payment.
    pub(crate) create_date: String,
    pub(crate) return_url: Url,
}

/// Why no payment page is shown: VNPAY's error code, in words, and the field at fault if one is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub(crate) struct Refusal {
    pub(crate) code: &'static str,
    pub(crate) vi: &'static str,
    pub(crate) en: &'static str,
    pub(crate) field: &'static str,
}

impl Refusal {
    pub(crate) const ALREADY_PROCESSED: Self =
        Self::new("01", "Giao dịch đã tồn tại", "This order has already been processed");
    const EXPIRED: Self = Self::new("15", "Giao dịch đã quá thời gian chờ thanh toán", "The time to pay has run out");
    const SIGNATURE: Self = Self::new("70", "Sai chữ ký", "Invalid signature");
    const MERCHANT: Self = Self::new("72", "Không tìm thấy website", "Unknown merchant");

    const fn new(code: &'static str, vi: &'static str, en: &'static str) -> Self {
        Self { code, vi, en, field: "" }
    }

    pub(crate) const fn format(field: &'static str) -> Self {
        Self {
            code: "03",
            vi: "Dữ liệu gửi sang không đúng định dạng",
            en: "The data sent is not in the right format",
            field,
        }
    }
}

impl Order {
    /// Checks merchant, signature, then every field.
    pub(crate) fn read(fields: &Fields, config: &Config, now: DateTime<Utc>) -> Result<Self, Refusal> {
        let get = |name: &str| fields.get(name).map_or("", String::as_str);
        if get("vnp_TmnCode") != config.vnpay_tmn_code {
            return Err(Refusal::MERCHANT);
        }
        let signed = signing::form_data(fields);
        if !signing::is_signed(&config.vnpay_hash_secret, &signed, get(SECURE_HASH)) {
            return Err(Refusal::SIGNATURE);
        }
        for (field, fits) in FIELD_RULES {
            if !fits(get(field)) {
                return Err(Refusal::format(field));
            }
        }
        let return_url = web_address(get("vnp_ReturnUrl"));
        let order = Self {
            tmn_code: get("vnp_TmnCode").to_owned(),
            txn_ref: get("vnp_TxnRef").to_owned(),
            amount: amount(get("vnp_Amount")).ok_or(Refusal::format("vnp_Amount"))?,
            order_info: get("vnp_OrderInfo").to_owned(),
            create_date: get("vnp_CreateDate").to_owned(),
            return_url: return_url.ok_or(Refusal::format("vnp_ReturnUrl"))?,
        };
        in_time(get("vnp_CreateDate"), get("vnp_ExpireDate"), now)?;
        Ok(order)
    }
}

type Rule = fn(&str) -> bool;

const FIELD_RULES: [(&str, Rule); 9] = [
    ("vnp_Version", |text| text == VERSION),
    ("vnp_Command", |text| text == "pay"),
    ("vnp_CurrCode", |text| text == "VND"),
    ("vnp_Locale", |text| matches!(text, "vn" | "en")),
    ("vnp_IpAddr", |text| text.parse::<IpAddr>().is_ok()),
    ("vnp_OrderType", |text| is_plain(text, 100)),
    ("vnp_OrderInfo", |text| is_plain(text, 255)),
    ("vnp_TxnRef", |text| {
        is_plain(text, 100) && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte))
    }),
    ("vnp_BankCode", |text| text.is_empty() || is_plain(text, 20)),
];

fn is_plain(text: &str, most: usize) -> bool {
    (1..=most).contains(&text.len()) && text.bytes().all(|byte| (b' '..=b'~').contains(&byte))
}

/// A positive whole number of hundredths of a dong.
pub(crate) fn amount(text: &str) -> Option<i64> {
    let digits = text.len() <= MOST_AMOUNT_DIGITS && text.bytes().all(|byte| byte.is_ascii_digit());
    let amount = text.parse().ok().filter(|amount| *amount > 0);
    amount.filter(|_| digits)
}

fn web_address(text: &str) -> Option<Url> {
    Url::parse(text).ok().filter(|url| matches!(url.scheme(), "http" | "https") && url.has_host())
}

fn in_time(create: &str, expire: &str, now: DateTime<Utc>) -> Result<(), Refusal> {
    let created = dates::from_wire(create).ok_or(Refusal::format("vnp_CreateDate"))?;
    let expires = dates::from_wire(expire).ok_or(Refusal::format("vnp_ExpireDate"))?;
    if expires <= created {
        return Err(Refusal::format("vnp_ExpireDate"));
    }
    if expires <= now {
        return Err(Refusal::EXPIRED);
    }
    Ok(())
}
