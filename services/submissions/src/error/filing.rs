//! Why a dossier is not begun, filled or filed.

use edge::Kind;

/// The procedure is not offered any more.
pub const PROCEDURE_WITHDRAWN: Kind = Kind::new(
    409,
    "procedure-withdrawn",
    "Thủ tục này không còn được thực hiện.",
    "This procedure is not offered any more.",
);

/// The procedure is information only.
pub const NOT_FILED_ONLINE: Kind = Kind::new(
    409,
    "not-filed-online",
    "Thủ tục này chỉ nhận hồ sơ trực tiếp tại quầy.",
    "Dossiers of this procedure are handed in at the counter only.",
);

/// The agency does not carry out the procedure, or has nobody to receive what is filed; `errors` says who does.
pub const NOT_OFFERED_THERE: Kind = Kind::new(
    409,
    "not-offered-there",
    "Cơ quan này không nhận hồ sơ trực tuyến của thủ tục này.",
    "This agency takes no dossiers of this procedure online.",
)
.with_fields();

/// The dossier is handed in elsewhere; `errors` says where.
pub const NOT_TAKEN_IN_THERE: Kind =
    Kind::new(409, "not-taken-in-there", "Hồ sơ này không nhận được tại đây.", "This dossier cannot be taken in here.")
        .with_fields();

/// The dossier was filed online without help: its papers are its applicant's to send.
pub const NOT_TAKEN_IN_BY_HAND: Kind = Kind::new(
    409,
    "not-taken-in-by-hand",
    "Hồ sơ nộp trực tuyến: cơ quan chỉ quét thêm giấy tờ đang yêu cầu bổ sung.",
    "The dossier was filed online: officials scan only what an open request asks for.",
);

/// The dossier's applicant has an account, so its receipt lets nobody act for her.
pub const SIGN_IN_INSTEAD: Kind = Kind::new(
    403,
    "sign-in-instead",
    "Hồ sơ này do một tài khoản nộp. Hãy đăng nhập bằng tài khoản đó để bổ sung hoặc rút hồ sơ.",
    "This dossier was filed with an account. Sign in with it to send papers or to withdraw.",
);

/// The dossier is filed; what it holds stands.
pub const NOT_A_DRAFT: Kind = Kind::new(
    409,
    "not-a-draft",
    "Hồ sơ đã nộp, không sửa được nữa.",
    "The dossier is filed and cannot be changed any more.",
);

/// The dossier was changed while it was being filed.
pub const CHANGED_MEANWHILE: Kind = Kind::new(
    409,
    "changed-meanwhile",
    "Hồ sơ vừa thay đổi. Hãy xem lại rồi nộp.",
    "The dossier was just changed. Look at it again, then file it.",
);

/// The dossier cannot be filed yet; `errors` names what is missing.
pub const INCOMPLETE: Kind = Kind::new(
    409,
    "dossier-incomplete",
    "Hồ sơ còn thiếu thông tin hoặc giấy tờ.",
    "Information or papers of the dossier are missing.",
)
.with_fields();

/// Whoever begins a draft has as many as one may have.
pub const TOO_MANY_DRAFTS: Kind = Kind::new(
    409,
    "too-many-drafts",
    "Đã có quá nhiều hồ sơ nháp. Hãy nộp hoặc xóa một hồ sơ nháp rồi thử lại.",
    "You have as many drafts as you may have. File one or delete one, then try again.",
);

/// The dossier has as many documents as it may have.
pub const TOO_MANY_DOCUMENTS: Kind = Kind::new(
    409,
    "too-many-documents",
    "Hồ sơ đã đủ số tệp được phép. Hãy bỏ một tệp không cần, hoặc ghép nhiều trang vào một tệp.",
    "The dossier has as many files as it may have. Remove one that is not needed, or put several pages into one file.",
);
