//! Damage done by hand, as data: each file of `tests/corruptions/` has what is done to a service's database, each piece under what it
//! is and what must name it (`→`), or why nothing does (`✗`).

const FILES: [(&str, &str); 5] = [
    ("accounts", include_str!("../corruptions/accounts.sql")),
    ("catalogue", include_str!("../corruptions/catalogue.sql")),
    ("submissions", include_str!("../corruptions/submissions.sql")),
    ("payments", include_str!("../corruptions/payments.sql")),
    ("notifications", include_str!("../corruptions/notifications.sql")),
];

/// One piece of damage.
pub struct Corruption {
    /// Whose.
    pub service: &'static str,
    /// What it is.
    pub what: &'static str,
    /// The statements that do it.
    pub statements: &'static str,
    /// Which invariant must name it; none does otherwise.
    pub found_by: Option<&'static str>,
}

/// All of it.
pub fn all() -> impl Iterator<Item = Corruption> {
    FILES.into_iter().flat_map(|(service, text)| text.split("\n\n").map(move |piece| read(service, piece)))
}

fn read(service: &'static str, piece: &'static str) -> Corruption {
    let (head, statements) = piece.split_once('\n').expect("statements under a line that says what they are");
    let head = head.strip_prefix("-- ").expect("a comment");
    match head.split_once(" → ") {
        Some((what, invariant)) => Corruption { service, what, statements, found_by: Some(invariant) },
        None => {
            let (what, _why) = head.split_once(" ✗ ").expect("what names it, or why nothing does");
            Corruption { service, what, statements, found_by: None }
        }
    }
}
