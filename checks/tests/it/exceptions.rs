//! What is not as it should be yet, with whose it is. These lists only ever get shorter: what is needed no longer must go.

/// Crate, room, the room that it should not know, who mends it.
pub const ARROWS: &[(&str, &str, &str, &str)] = &[
    ("notifications", "app", "domain", "notifications"),
    ("notifications", "app", "store", "notifications"),
    ("notifications", "events", "jobs", "a change of notifications enqueues"),
];

/// Crate, the members of a circle, who opens it.
pub const CIRCLES: &[(&str, &[&str], &str)] = &[
    ("notifications", &["domain::message", "domain::templates"], "notifications"),
];
