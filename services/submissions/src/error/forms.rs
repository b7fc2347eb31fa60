//! Why a form is not printed.

use edge::Kind;

/// Form 01 of a dossier that was not received.
pub const NOT_RECEIVED_YET: Kind = Kind::new(
    404,
    "form-01-not-there",
    "Hồ sơ chưa được tiếp nhận nên chưa có Giấy tiếp nhận hồ sơ và hẹn trả kết quả.",
    "The dossier is not received yet, so there is no receipt (form 01).",
);

/// Form 02 of a dossier for which no papers were asked for.
pub const NEVER_SUPPLEMENTED: Kind = Kind::new(
    404,
    "form-02-not-there",
    "Hồ sơ chưa bị yêu cầu bổ sung nên không có Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ.",
    "No papers were asked for, so there is no request for them (form 02).",
);

/// Form 03 of a dossier that was not refused.
pub const NEVER_REFUSED: Kind = Kind::new(
    404,
    "form-03-not-there",
    "Hồ sơ không bị từ chối tiếp nhận nên không có Phiếu từ chối tiếp nhận.",
    "The dossier was not refused, so there is no refusal (form 03).",
);

/// Form 04 of a dossier whose due date was not put off.
pub const NEVER_EXTENDED: Kind = Kind::new(
    404,
    "form-04-not-there",
    "Hồ sơ chưa được gia hạn nên không có Văn bản xin lỗi và đề nghị gia hạn.",
    "The due date was not put off, so there is no apology (form 04).",
);

/// Form 05 of a dossier on which the work never stopped.
pub const NEVER_STOPPED: Kind = Kind::new(
    404,
    "form-05-not-there",
    "Hồ sơ chưa bị dừng giải quyết nên không có Thông báo dừng giải quyết hồ sơ.",
    "The work never stopped, so there is no notice of that (form 05).",
);

/// Form 06 of a dossier that nobody had.
pub const NEVER_HANDED_OVER: Kind = Kind::new(
    404,
    "form-06-not-there",
    "Hồ sơ chưa được bàn giao cho ai nên chưa có Phiếu kiểm soát quá trình giải quyết.",
    "Nobody has had the dossier yet, so there is no routing slip (form 06).",
);

/// Form 06 is not the applicant's to see.
pub const FORM_FOR_OFFICIALS: Kind = Kind::new(
    403,
    "form-for-officials",
    "Phiếu kiểm soát quá trình giải quyết hồ sơ chỉ dành cho cơ quan giải quyết.",
    "The routing slip is for the officials of the agency.",
);

/// The register of the period has fewer parts.
pub const PART_NOT_FOUND: Kind = Kind::new(
    404,
    "register-part-not-found",
    "Sổ theo dõi của thời gian này không có phần đó.",
    "The register of this period has no such part.",
);

/// Some of the dossiers have no such form.
pub const FORMS_MISSING: Kind = Kind::new(
    409,
    "forms-not-there",
    "Có hồ sơ không có phiếu này. Bỏ chọn những hồ sơ đó rồi in lại.",
    "Some of these dossiers have no such form. Leave them out and print again.",
)
.with_fields();
