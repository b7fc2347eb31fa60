//! What can go wrong here: status, stable code, titles.

use edge::Kind;

/// No agency with this code, or not the caller's.
pub const AGENCY_NOT_FOUND: Kind =
    Kind::new(404, "agency-not-found", "Không tìm thấy cơ quan.", "The agency was not found.");
