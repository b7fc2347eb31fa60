//! Times on the wire of VNPAY and of the national platform: `yyyyMMddHHmmss` in Vietnam.

use chrono::{DateTime, NaiveDateTime, Utc};
use civic::VIETNAM;

const FORMAT: &str = "%Y%m%d%H%M%S";

pub fn write(time: DateTime<Utc>) -> String {
    time.with_timezone(&VIETNAM).format(FORMAT).to_string()
}

/// `None` unless the text is fourteen digits that make a moment.
pub fn read(text: &str) -> Option<DateTime<Utc>> {
    let digits = text.len() == 14 && text.bytes().all(|byte| byte.is_ascii_digit());
    let local = NaiveDateTime::parse_from_str(text, FORMAT).ok().filter(|_| digits)?;
    Some(local.and_local_timezone(VIETNAM).single()?.to_utc())
}
