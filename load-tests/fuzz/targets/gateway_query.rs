//! Queries and forms: the gateway reads the same names and values as the services behind it, or refuses.

#![no_main]

use libfuzzer_sys::fuzz_target;
use url::form_urlencoded;

#[allow(dead_code, reason = "the reading of queries is wanted of it only")]
#[path = "../../../services/gateway/src/validate/text.rs"]
mod text;

fuzz_target!(|query: &str| {
    let Ok(read) = text::pairs(query) else { return };
    let services: Vec<_> = form_urlencoded::parse(query.as_bytes()).collect();
    assert_eq!(read, services);
    assert!(read.iter().all(|(name, value)| !name.contains('\0') && !value.contains('\0')));
});
