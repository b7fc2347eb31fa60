//! What there is not, or not for who asks.

use edge::Kind;

/// No such dossier, or none that the caller may see.
pub const DOSSIER_NOT_FOUND: Kind =
    Kind::new(404, "dossier-not-found", "Không tìm thấy hồ sơ.", "The dossier was not found.");

/// No such document.
pub const DOCUMENT_NOT_FOUND: Kind =
    Kind::new(404, "document-not-found", "Không tìm thấy giấy tờ.", "The document was not found.");

/// No such result, or none that the caller may see yet.
pub const RESULT_NOT_FOUND: Kind =
    Kind::new(404, "result-not-found", "Không tìm thấy kết quả.", "The result was not found.");

/// No such manifest of the agency.
pub const MANIFEST_NOT_FOUND: Kind =
    Kind::new(404, "manifest-not-found", "Không tìm thấy bảng kê bưu gửi.", "The manifest was not found.");

/// No such parcel of the agency.
pub const PARCEL_NOT_FOUND: Kind =
    Kind::new(404, "parcel-not-found", "Không tìm thấy bưu gửi.", "The parcel was not found.");

/// No such agency, or none where the caller serves.
pub const AGENCY_NOT_FOUND: Kind =
    Kind::new(404, "agency-not-found", "Không tìm thấy cơ quan.", "The agency was not found.");

/// No such phrase, or none of the agency.
pub const PHRASE_NOT_FOUND: Kind =
    Kind::new(404, "phrase-not-found", "Không tìm thấy mẫu câu.", "The phrase was not found.");
