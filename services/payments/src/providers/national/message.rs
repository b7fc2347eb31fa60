//! The platform's messages and their seal: SHA-256 over values with bars between them, the secret last.

use serde_json::{Map, Value};
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

use crate::providers::wire::text;

pub(super) const VERSION: &str = "1.0.6";
/// What the seal of an INIT covers.
pub(super) const INIT: [&str; 14] = [
    "LoaiBanTin",
    "PhienBan",
    "MaDoiTac",
    "MaThamChieu",
    "SoTien",
    "LoaiHinhThanhToan",
    "MaKenhThanhToan",
    "MaThietBi",
    "NgonNgu",
    "MaTienTe",
    "MaNganHang",
    "ThongTinGiaoDich",
    "ThoiGianGD",
    "Ip",
];
/// What the seal of a QUERY or a GET_BILL covers.
pub(super) const QUESTION: [&str; 5] = ["LoaiBanTin", "PhienBan", "MaDoiTac", "MaThamChieu", "ThoiGianGD"];
/// What the seal of a confirmation covers, and of the answer to a QUERY, which says the same.
pub(super) const CONFIRMATION: [&str; 10] = [
    "LoaiBanTin",
    "MaLoi",
    "MaDoiTac",
    "MaThamChieu",
    "SoTien",
    "MaTienTe",
    "MaGiaoDich",
    "MaNganHang",
    "ThoiGianGD",
    "ThongTinGiaoDich",
];

/// The secret shared with the platform, and the one before it.
pub(super) struct Secrets {
    current: String,
    previous: Option<String>,
}

impl Secrets {
    pub(super) fn new(current: &str, previous: Option<&str>) -> Self {
        Self { current: current.to_owned(), previous: previous.map(str::to_owned) }
    }

    /// The seal of a message.
    pub(super) fn sum(&self, fields: &Map<String, Value>, names: &[&str]) -> String {
        sum(&line(fields, names), &self.current)
    }

    /// Whether the platform sealed what it says of a payment, by either secret.
    pub(super) fn sealed(&self, fields: &Map<String, Value>) -> bool {
        let (line, claimed) = (line(fields, &CONFIRMATION), text(fields, "MaXacThuc"));
        let mut secrets = [Some(&self.current), self.previous.as_ref()].into_iter().flatten();
        secrets.any(|secret| sum(&line, secret).as_bytes().ct_eq(claimed.as_bytes()).into())
    }
}

/// Values with bars between them.
pub(super) fn line(fields: &Map<String, Value>, names: &[&str]) -> String {
    names.iter().map(|name| text(fields, name)).collect::<Vec<_>>().join("|")
}

fn sum(line: &str, secret: &str) -> String {
    hex::encode(Sha256::digest(format!("{line}|{secret}").as_bytes()))
}

/// A message of these values.
pub(super) fn of<const N: usize>(fields: [(&str, &str); N]) -> Map<String, Value> {
    fields.into_iter().map(|(name, value)| (name.to_owned(), Value::from(value))).collect()
}
