//! What can go wrong, as RFC 9457 problems: a status, a stable code and a title in two languages.

use std::fmt;

use actix_web::{
    HttpResponse, ResponseError,
    http::{StatusCode, header},
};
use civic::Language;
use runtime::Trace;
use serde::Serialize;

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
}

impl Kind {
    /// A row of the table.
    pub const fn new(status: u16, code: &'static str, vi: &'static str, en: &'static str) -> Self {
        Self { status, code, vi, en }
    }
}

/// The kinds that every service shares.
pub mod kinds {
    use super::Kind;

    /// The request cannot be understood: its path, query or JSON is malformed.
    pub const MALFORMED: Kind =
        Kind::new(400, "malformed", "Yêu cầu không đúng định dạng.", "The request is malformed.");
    /// Fields are missing, unknown or outside their limits; `errors` names them.
    pub const INVALID: Kind = Kind::new(
        400,
        "invalid",
        "Dữ liệu chưa hợp lệ. Xem danh sách lỗi.",
        "Some values are not valid. See the list of errors.",
    );
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
    /// Nothing is here, or nothing that this caller may see.
    pub const NOT_FOUND: Kind = Kind::new(404, "not-found", "Không tìm thấy.", "Not found.");
    /// The path exists, with other methods; `Allow` names them.
    pub const METHOD_NOT_ALLOWED: Kind =
        Kind::new(405, "method-not-allowed", "Phương thức không được hỗ trợ.", "The method is not supported here.");
    /// The client did not send its request in time.
    pub const TIMEOUT: Kind =
        Kind::new(408, "timeout", "Yêu cầu gửi quá chậm.", "The request took too long to arrive.");
    /// A request with this key is still being worked on.
    pub const IN_PROGRESS: Kind = Kind::new(
        409,
        "in-progress",
        "Yêu cầu cùng khóa đang được xử lý.",
        "A request with this key is still in progress.",
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
    pub const UNSUPPORTED_MEDIA: Kind = Kind::new(
        415,
        "unsupported-media-type",
        "Loại nội dung không được hỗ trợ.",
        "This media type is not supported.",
    );
    /// The key was used for another request.
    pub const KEY_REUSED: Kind = Kind::new(
        422,
        "idempotency-key-reused",
        "Khóa đã dùng cho một yêu cầu khác.",
        "This key was used for another request.",
    );
    /// The change needs `If-Match`.
    pub const PRECONDITION_REQUIRED: Kind =
        Kind::new(428, "if-match-required", "Thiếu If-Match.", "An If-Match header is required.");
    /// Too many requests from this caller.
    pub const TOO_MANY: Kind = Kind::new(
        429,
        "too-many-requests",
        "Quá nhiều yêu cầu. Hãy thử lại sau.",
        "Too many requests. Try again later.",
    );
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

    pub(super) const SHARED: [Kind; 17] = [
        MALFORMED,
        INVALID,
        KEY_REQUIRED,
        UNAUTHENTICATED,
        FORBIDDEN,
        NOT_FOUND,
        METHOD_NOT_ALLOWED,
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
}

/// What is wrong with one field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct FieldError {
    /// JSON Pointer (RFC 6901) into the body, or the parameter's name.
    #[schema(example = "/citizen_number")]
    pub pointer: String,
    /// Stable code of what is wrong.
    #[schema(example = "required")]
    pub code: String,
    /// A sentence for the person who fills the field.
    pub detail: String,
}

/// A problem on its way to the client.
#[derive(Clone, Debug)]
pub struct Problem {
    /// Which kind.
    pub kind: Kind,
    fields: Vec<(String, String, &'static str, String)>,
    retry_after: Option<u32>,
    allow: Option<String>,
}

/// The body of every error answer (RFC 9457).
#[derive(Serialize, utoipa::ToSchema)]
#[schema(as = Problem)]
pub(crate) struct Body<'a> {
    /// A URN made of the code.
    #[schema(example = "urn:motcua:problem:not-found")]
    r#type: String,
    /// What happened, for people, in the language asked for.
    title: &'a str,
    /// The HTTP status.
    #[schema(minimum = 400, maximum = 599)]
    status: u16,
    /// Stable code, for programs.
    #[schema(example = "not-found")]
    code: &'a str,
    /// The path that was asked.
    instance: &'a str,
    /// The trace to name when asking for help.
    trace_id: &'a str,
    /// The fields that are wrong, if the request's values are.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    errors: Vec<FieldError>,
}

pub(crate) type ProblemBody = Body<'static>;

impl Problem {
    /// Names a field that is wrong: a JSON Pointer or a parameter's name, a stable code, a sentence in both languages.
    #[must_use]
    pub fn field(mut self, pointer: impl Into<String>, code: &'static str, text: impl Into<civic::LocalText>) -> Self {
        let text = text.into();
        self.fields.push((pointer.into(), text.vi, code, text.en));
        self
    }

    /// Tells the client when to come back.
    #[must_use]
    pub fn retry_after(mut self, seconds: u32) -> Self {
        self.retry_after = Some(seconds);
        self
    }

    /// Tells the client which methods there are.
    #[must_use]
    pub fn allow(mut self, methods: impl Into<String>) -> Self {
        self.allow = Some(methods.into());
        self
    }

    /// The answer, in `language`.
    pub fn render(&self, language: Language, path: &str, trace: &Trace) -> HttpResponse {
        let vietnamese = language == Language::Vi;
        let errors = self.fields.iter().map(|(pointer, vi, code, en)| FieldError {
            pointer: pointer.clone(),
            code: (*code).to_owned(),
            detail: if vietnamese { vi } else { en }.clone(),
        });
        let body = Body {
            r#type: format!("urn:motcua:problem:{}", self.kind.code),
            title: if vietnamese { self.kind.vi } else { self.kind.en },
            status: self.kind.status,
            code: self.kind.code,
            instance: path,
            trace_id: &trace.id(),
            errors: errors.collect(),
        };
        let mut answer = HttpResponse::build(self.status_code());
        answer.content_type("application/problem+json");
        answer.insert_header((header::CONTENT_LANGUAGE, if vietnamese { "vi" } else { "en" }));
        if let Some(seconds) = self.retry_after {
            answer.insert_header((header::RETRY_AFTER, seconds));
        }
        if let Some(methods) = &self.allow {
            answer.insert_header((header::ALLOW, methods.as_str()));
        }
        if self.kind.status == 401 {
            answer.insert_header((header::WWW_AUTHENTICATE, "Bearer"));
        }
        answer.body(serde_json::to_vec(&body).unwrap_or_default())
    }

    /// The problem that stands for a bare status, such as one that the HTTP library answers by itself.
    pub(crate) fn for_status(status: StatusCode) -> Self {
        let shared = kinds::SHARED.iter().find(|kind| kind.status == status.as_u16());
        let fallback = if status.is_client_error() { kinds::MALFORMED } else { kinds::INTERNAL };
        Self::from(shared.copied().unwrap_or(fallback))
    }
}

impl From<Kind> for Problem {
    fn from(kind: Kind) -> Self {
        let retry_after = (kind.status == 503).then_some(2);
        Self { kind, fields: Vec::new(), retry_after, allow: None }
    }
}

impl From<pg::Error> for Problem {
    fn from(why: pg::Error) -> Self {
        match why {
            pg::Error::NotFound => kinds::NOT_FOUND.into(),
            pg::Error::Unavailable(_) | pg::Error::TimedOut(_) => {
                tracing::warn!(%why, "answered 503");
                kinds::UNAVAILABLE.into()
            }
            pg::Error::Conflict(_) | pg::Error::Query(_) => internal(&why),
        }
    }
}

impl From<diesel::result::Error> for Problem {
    fn from(why: diesel::result::Error) -> Self {
        pg::Error::from(why).into()
    }
}

impl From<anyhow::Error> for Problem {
    fn from(why: anyhow::Error) -> Self {
        internal(why.as_ref())
    }
}

fn internal(why: &(dyn std::error::Error + 'static)) -> Problem {
    tracing::error!(error = why, "answered 500");
    kinds::INTERNAL.into()
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.kind.code)
    }
}

impl ResponseError for Problem {
    fn status_code(&self) -> StatusCode {
        StatusCode::from_u16(self.kind.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }
}
