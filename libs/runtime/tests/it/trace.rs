//! Trace contexts, by the W3C Trace Context recommendation, level 1.

use runtime::{Random, Trace};

const PARENT: &str = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

fn continued(traceparent: &str) -> Trace {
    Trace::continued(Some(traceparent), None, &Random::seeded(1))
}

#[test]
fn a_valid_parent_is_continued_with_a_span_of_our_own() {
    let trace = continued(PARENT);
    assert_eq!(trace.id(), "0af7651916cd43dd8448eb211c80319c");
    let header = trace.to_string();
    assert!(header.starts_with("00-0af7651916cd43dd8448eb211c80319c-") && header.ends_with("-01"), "{header}");
    assert!(!header.contains("b7ad6b7169203331"), "{header}");
}

#[test]
fn at_the_border_a_strangers_trace_is_linked_and_not_continued() {
    let trace = Trace::at_border(Some(PARENT), Some("r-1"), &Random::seeded(1));
    assert!(trace.id() != "0af7651916cd43dd8448eb211c80319c" && trace.parent_id().is_none());
    let link = ("0af7651916cd43dd8448eb211c80319c".to_owned(), "b7ad6b7169203331".to_owned());
    assert_eq!((trace.link(), trace.request_id()), (Some(link), "r-1"));
}

#[test]
fn a_malformed_parent_begins_a_new_trace() {
    for malformed in [
        "",
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331",
        "ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
        "00-00000000000000000000000000000000-b7ad6b7169203331-01",
        "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01",
        "00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01",
        "00-0af7651916cd43dd8448eb211c80319g-b7ad6b7169203331-01",
        "00-é-b7ad6b7169203331-01",
    ] {
        let trace = continued(malformed);
        assert_ne!(trace.id(), "0af7651916cd43dd8448eb211c80319c", "{malformed}");
        assert_eq!(trace.id().len(), 32);
    }
}

#[test]
fn the_clients_request_id_is_kept_when_it_is_harmless() {
    let with = |id: &str| Trace::continued(Some(PARENT), Some(id), &Random::seeded(1)).request_id().to_owned();
    assert_eq!(with("order-7_a.b"), "order-7_a.b");
    for harmful in ["", "a b", "a\r\nx: y", &"x".repeat(65)] {
        assert_eq!(with(harmful), "0af7651916cd43dd8448eb211c80319c", "{harmful:?}");
    }
}

#[tokio::test]
async fn the_current_trace_is_that_of_the_scope() {
    assert_eq!(Trace::current(), None);
    let trace = continued(PARENT);
    trace.clone().scope(async { assert_eq!(Trace::current(), Some(trace.clone())) }).await;
    assert_eq!(Trace::current(), None);
}
