//! The text of a VietQR code: EMVCo's tag, length and value, and a check sum.

use civic::Vnd;

/// `NAPAS` in this scheme.
const NAPAS: &str = "A000000727";
/// A transfer to an account, and not to a card.
const TO_ACCOUNT: &str = "QRIBFTTA";
const DONG: &str = "704";

/// The code of a transfer; of any amount, and again and again, when there is none.
pub(super) fn text(bank: &str, account: &str, amount: Option<Vnd>, purpose: &str) -> String {
    let receiver = format!("{}{}", field("00", bank), field("01", account));
    let transfer = format!("{}{}{}", field("00", NAPAS), field("01", &receiver), field("02", TO_ACCOUNT));
    let mut code = field("00", "01");
    code += &field("01", if amount.is_some() { "12" } else { "11" });
    code += &field("38", &transfer);
    code += &field("53", DONG);
    if let Some(amount) = amount {
        code += &field("54", &amount.dong().to_string());
    }
    code += &field("58", "VN");
    if !purpose.is_empty() {
        code += &field("62", &field("08", purpose));
    }
    code += "6304";
    let sum = crc16(code.as_bytes());
    format!("{code}{sum:04X}")
}

fn field(tag: &str, value: &str) -> String {
    format!("{tag}{:02}{value}", value.len())
}

/// CRC-16/CCITT-FALSE: polynomial 1021, from FFFF, nothing reflected.
pub(super) fn crc16(bytes: &[u8]) -> u16 {
    let mut sum: u16 = 0xFFFF;
    for byte in bytes {
        sum ^= u16::from(*byte) << 8;
        for _ in 0..8 {
            sum = if sum & 0x8000 == 0 { sum << 1 } else { (sum << 1) ^ 0x1021 };
        }
    }
    sum
}
