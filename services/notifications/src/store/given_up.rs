//! Whose what this service gave up is.

use queue::Owners;

/// By the dossier that a message is about, else by the agency where the official serves to whom it goes.
pub const OWNERS: Owners = Owners(
    "(select coalesce(split_part(m.about, '-', 1), (select min(p.agency) from official_posts p where p.official_id = m.recipient_id)) as agency,
        m.about as code
    from messages m where m.id = (w.said ->> 'message_id')::uuid)",
);
