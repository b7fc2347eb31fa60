//! Whose what this service gave up is.

use queue::Owners;

/// By the dossier that an event or job names.
pub const OWNERS: Owners = Owners(
    "(select agency, code from dossiers
        where id = coalesce(w.said ->> 'dossier_id', w.said ->> 'dossier')::uuid)",
);
