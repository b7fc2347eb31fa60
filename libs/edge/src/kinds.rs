//! The kinds of problems: a status, a stable code and a title in two languages. Here are those that every service shares; a
//! service adds its own in its `error.rs`.

/// One kind of problem. A service's `error.rs` is a table of these.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Kind {
    /// HTTP status.
    pub status: u16,
    /// Stable code, for programs.
    pub code: &'static str,
    /// Title in Vietnamese, for people.
    pub vi: &'static str,
    /// Title in English, for people.
    pub en: &'static str,
    /// Whether `errors` names the fields that are wrong.
    pub names_fields: bool,
}

impl Kind {
    /// A row of the table.
    pub const fn new(status: u16, code: &'static str, vi: &'static str, en: &'static str) -> Self {
        Self { status, code, vi, en, names_fields: false }
    }

    /// The same kind, with `errors`.
    #[must_use]
    pub const fn with_fields(self) -> Self {
        Self { names_fields: true, ..self }
    }

    /// What `type` of a problem says.
    pub(crate) fn urn(&self) -> String {
        format!("urn:motcua:problem:{}", self.code)
    }
}

/// The request cannot be understood: its path, query or JSON is malformed.
pub const MALFORMED: Kind = Kind::new(400, "malformed", "Yêu cầu không đúng định dạng.", "The request is malformed.");
/// Fields are missing, unknown or outside their limits; `errors` names them.
pub const INVALID: Kind =
    Kind::new(400, "invalid", "Có mục chưa đúng hoặc chưa điền.", "Something is missing or not right.").with_fields();
/// The operation needs an `Idempotency-Key`.
pub const KEY_REQUIRED: Kind = Kind::new(
    400,
    "idempotency-key-required",
    "Thiếu Idempotency-Key (1–255 ký tự ASCII).",
    "An Idempotency-Key (1–255 ASCII characters) is required.",
);
/// No token, or one that is not valid any more.
pub const UNAUTHENTICATED: Kind =
    Kind::new(401, "unauthenticated", "Cần đăng nhập để tiếp tục.", "Sign in to continue.");
/// The caller is known, and may not do this.
pub const FORBIDDEN: Kind =
    Kind::new(403, "forbidden", "Tài khoản này không được thực hiện thao tác.", "This account may not do this.");
/// A program whose token was granted less than this takes.
pub const INSUFFICIENT_SCOPE: Kind = Kind::new(
    403,
    "insufficient-scope",
    "Phần mềm này chưa được cấp phạm vi truy cập cần cho thao tác.",
    "This program was not granted the scope that this takes.",
);
/// Nothing is here, or nothing that this caller may see.
pub const NOT_FOUND: Kind = Kind::new(404, "not-found", "Không tìm thấy.", "Not found.");
/// The path exists, with other methods; `Allow` names them.
pub const METHOD_NOT_ALLOWED: Kind =
    Kind::new(405, "method-not-allowed", "Phương thức không được hỗ trợ.", "The method is not supported here.");
/// The client did not send its request in time.
pub const TIMEOUT: Kind = Kind::new(408, "timeout", "Yêu cầu gửi quá chậm.", "The request took too long to arrive.");
/// A request with this key is still being worked on.
pub const IN_PROGRESS: Kind = Kind::new(
    409,
    "in-progress",
    "Yêu cầu này đang được xử lý. Hãy đợi vài giây rồi thử lại.",
    "This request is still being worked on. Wait a few seconds, then try again.",
);
/// Somebody else changed it meanwhile; read it again.
pub const STALE: Kind = Kind::new(
    412,
    "stale",
    "Dữ liệu đã được người khác thay đổi. Hãy tải lại.",
    "It was changed meanwhile. Read it again.",
);
/// The body is larger than this operation takes.
pub const TOO_LARGE: Kind =
    Kind::new(413, "too-large", "Nội dung vượt quá dung lượng cho phép.", "The body is too large.");
/// The body's media type is not one that this operation takes.
pub const UNSUPPORTED_MEDIA: Kind =
    Kind::new(415, "unsupported-media-type", "Loại nội dung không được hỗ trợ.", "This media type is not supported.");
/// The key was used for another request.
pub const KEY_REUSED: Kind = Kind::new(
    422,
    "idempotency-key-reused",
    "Lần gửi này đã dùng cho nội dung khác. Hãy mở lại trang rồi gửi lại.",
    "This was sent before with other content. Open the page again, then send it anew.",
);
/// The change needs `If-Match`.
pub const PRECONDITION_REQUIRED: Kind =
    Kind::new(428, "if-match-required", "Thiếu If-Match.", "An If-Match header is required.");
/// Too many requests from this caller.
pub const TOO_MANY: Kind =
    Kind::new(429, "too-many-requests", "Quá nhiều yêu cầu. Hãy thử lại sau.", "Too many requests. Try again later.");
/// A fault of ours.
pub const INTERNAL: Kind =
    Kind::new(500, "internal", "Hệ thống gặp lỗi. Hãy thử lại.", "Something went wrong here. Try again.");
/// A part that this needs is down or full.
pub const UNAVAILABLE: Kind = Kind::new(
    503,
    "unavailable",
    "Dịch vụ tạm thời gián đoạn. Hãy thử lại sau ít giây.",
    "The service is not available for the moment. Try again shortly.",
);

/// The kinds that an operation answers with because of what it takes (its caller, body, headers) or because anything may
/// happen: the document adds them by itself (`document.rs`), and an operation does not list them.
pub const IMPLIED: [Kind; 15] = [
    MALFORMED,
    INVALID,
    KEY_REQUIRED,
    UNAUTHENTICATED,
    INSUFFICIENT_SCOPE,
    TIMEOUT,
    IN_PROGRESS,
    STALE,
    TOO_LARGE,
    UNSUPPORTED_MEDIA,
    KEY_REUSED,
    PRECONDITION_REQUIRED,
    TOO_MANY,
    INTERNAL,
    UNAVAILABLE,
];

/// The kind that stands for a bare status, such as one that the HTTP library answers by itself.
pub(crate) fn of_status(status: u16) -> Option<Kind> {
    [FORBIDDEN, NOT_FOUND, METHOD_NOT_ALLOWED].into_iter().chain(IMPLIED).find(|kind| kind.status == status)
}
