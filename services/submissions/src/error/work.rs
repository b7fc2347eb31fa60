//! Why an official does not do something with a dossier now.

use edge::Kind;

/// The dossier has as many notes as it may have.
pub const TOO_MANY_NOTES: Kind = Kind::new(
    409,
    "too-many-notes",
    "Hồ sơ đã đủ số ghi chú được phép. Hãy trao đổi với người đang giữ hồ sơ.",
    "The dossier has as many notes as it may have. Talk to whoever has the dossier.",
);

/// The agency has as many phrases as it may have.
pub const TOO_MANY_PHRASES: Kind = Kind::new(
    409,
    "too-many-phrases",
    "Đã đủ số mẫu câu được phép. Hãy xóa một mẫu câu không dùng rồi thêm mẫu câu khác.",
    "There are as many phrases as there may be. Remove one that is not used, then add another.",
);

/// The list is too long for a spreadsheet.
pub const TOO_MANY_ROWS: Kind = Kind::new(
    409,
    "too-many-rows",
    "Danh sách có hơn 10.000 hồ sơ. Hãy lọc bớt (theo thủ tục, trạng thái hoặc ngày nộp) rồi tải lại.",
    "The list has more than 10,000 dossiers. Narrow it (by procedure, status or day of filing) and try again.",
);

/// The manifest was signed, or dropped.
pub const MANIFEST_ENDED: Kind = Kind::new(
    409,
    "manifest-ended",
    "Bảng kê đã ký bàn giao hoặc đã hủy. Hãy tải lại trang để xem.",
    "The manifest was signed or dropped already. Load the page again to see it.",
);

/// That cannot become of the parcel where it is.
pub const PARCEL_STATE: Kind = Kind::new(
    409,
    "parcel-elsewhere",
    "Bưu gửi không còn ở trạng thái này. Hãy tải lại trang để xem.",
    "The parcel is elsewhere by now. Load the page again to see where.",
);

/// The dossier's status does not allow this.
pub const STATUS: Kind = Kind::new(
    409,
    "status-does-not-allow",
    "Trạng thái hồ sơ không cho phép thao tác này.",
    "The status of the dossier does not allow this.",
);

/// The official has another role at the dossier's agency.
pub const ROLE_MISSING: Kind = Kind::new(
    403,
    "role-missing",
    "Tài khoản không được phân công việc này tại cơ quan.",
    "This account is not assigned to do this at the agency.",
);

/// The process has this done at another stage.
pub const OTHER_STAGE: Kind = Kind::new(
    409,
    "done-at-another-stage",
    "Quy trình của thủ tục không làm việc này ở bước hiện tại. Hãy chuyển hồ sơ đến bước có việc này.",
    "The procedure's process has this done at another stage. Hand the dossier on to that stage.",
);

/// No stage follows.
pub const LAST_STAGE: Kind = Kind::new(
    409,
    "last-stage",
    "Đây là bước cuối của quy trình, không còn bước nào để chuyển. Hãy hoàn thành hồ sơ, hoặc trả lại bước trước.",
    "This is the last stage: there is none to hand the dossier on to. Complete it, or send it back to an earlier stage.",
);

/// It came from no stage in which somebody decides.
pub const FIRST_STAGE: Kind = Kind::new(
    409,
    "first-stage",
    "Hồ sơ chưa qua bước nào trước bước này nên không trả lại được. Nếu thiếu giấy tờ thì yêu cầu người nộp bổ sung.",
    "The dossier came from no earlier stage, so it cannot be sent back. If papers are missing, ask the applicant for them.",
);

/// The process has no stages.
pub const NO_STAGES: Kind = Kind::new(
    409,
    "no-stages",
    "Thủ tục này không chia bước nên không giao, chuyển hồ sơ theo bước. Ai có vai trò thì giải quyết hồ sơ.",
    "This procedure has no stages between which dossiers are handed on. Whoever has the role decides it.",
);

/// Somebody else has the dossier.
pub const HELD: Kind = Kind::new(
    409,
    "dossier-held",
    "Hồ sơ đang có người thụ lý. Hãy đề nghị người đó hoặc lãnh đạo giao lại.",
    "Somebody is working on the dossier. Ask them, or a leader, to hand it over.",
);

/// Nobody has the dossier.
pub const NOT_HELD: Kind = Kind::new(
    409,
    "dossier-not-held",
    "Hồ sơ chưa có người thụ lý. Hãy nhận hồ sơ trước.",
    "Nobody is working on the dossier. Take it first.",
);

/// The stage wants somebody else than who acted before.
pub const FOUR_EYES: Kind = Kind::new(
    409,
    "other-official-needed",
    "Bước này phải do người khác làm: người đã xử lý ở bước trước không được xử lý ở bước này. Hãy giao cho đồng nghiệp.",
    "This stage needs somebody else: who acted at the earlier stage may not act here. Assign a colleague.",
);

/// Officials do not handle their own dossiers.
pub const OWN_DOSSIER: Kind = Kind::new(
    409,
    "own-dossier",
    "Cán bộ không giải quyết hồ sơ của chính mình hoặc có tên mình. Hãy để đồng nghiệp giải quyết.",
    "Officials do not handle dossiers that are their own or that name them. Let a colleague do it.",
);

/// A dossier is completed with a result.
pub const RESULT_MISSING: Kind =
    Kind::new(409, "result-missing", "Chưa có giấy tờ kết quả.", "No result document was issued yet.");
