//! What can go wrong here, as clients are told.

use civic::LocalText;
use edge::{Kind, Problem, kinds};
use procedure::Finding;

use crate::domain::{actions::TextInput, dossier::Refusal};

/// The procedure is information only.
pub const NOT_FILED_ONLINE: Kind = Kind::new(
    409,
    "not-filed-online",
    "Thủ tục này chỉ nhận hồ sơ trực tiếp tại quầy.",
    "Dossiers of this procedure are handed in at the counter only.",
);
/// No such dossier, or none that the caller may see.
pub const DOSSIER_NOT_FOUND: Kind =
    Kind::new(404, "dossier-not-found", "Không tìm thấy hồ sơ.", "The dossier was not found.");
/// No such document.
pub const DOCUMENT_NOT_FOUND: Kind =
    Kind::new(404, "document-not-found", "Không tìm thấy giấy tờ.", "The document was not found.");
/// No such result, or none that the caller may see yet.
pub const RESULT_NOT_FOUND: Kind =
    Kind::new(404, "result-not-found", "Không tìm thấy kết quả.", "The result was not found.");
/// No such agency, or none where the caller serves.
pub const AGENCY_NOT_FOUND: Kind =
    Kind::new(404, "agency-not-found", "Không tìm thấy cơ quan.", "The agency was not found.");
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
    "Hồ sơ chưa đầy đủ, chưa nộp được.",
    "The dossier is not complete and cannot be filed yet.",
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
    "Hồ sơ đã đủ số tệp được phép. Hãy xóa một tệp không cần rồi thêm tệp khác.",
    "The dossier has as many files as it may have. Delete one that is not needed, then add another.",
);
/// The dossier waits for its fee.
pub const FEE_NOT_PAID: Kind =
    Kind::new(409, "fee-not-paid", "Hồ sơ chưa nộp phí, lệ phí.", "The fee of the dossier is not paid yet.");
/// The dossier's status does not allow this.
pub const STATUS: Kind = Kind::new(
    409,
    "status-does-not-allow",
    "Trạng thái hồ sơ không cho phép thao tác này.",
    "The status of the dossier does not allow this.",
);
/// There is no fee to pay, or not any more.
pub const NOTHING_DUE: Kind =
    Kind::new(409, "nothing-due", "Hồ sơ không có khoản nào phải nộp.", "There is nothing to pay for this dossier.");
/// The official has another role at the dossier's agency.
pub const ROLE_MISSING: Kind = Kind::new(
    403,
    "role-missing",
    "Tài khoản không được phân công việc này tại cơ quan.",
    "This account is not assigned to do this at the agency.",
);
/// A dossier is completed with a result.
pub const RESULT_MISSING: Kind =
    Kind::new(409, "result-missing", "Chưa có giấy tờ kết quả.", "No result document was issued yet.");

/// A value of the request that is not valid.
pub fn invalid(pointer: &str, code: &'static str, vi: &str, en: &str) -> Problem {
    Problem::from(kinds::INVALID).field(pointer, code, LocalText::new(vi, en))
}

/// A problem with what was found.
pub fn with_findings(kind: Kind, findings: Vec<Finding>) -> Problem {
    findings
        .into_iter()
        .fold(kind.into(), |problem: Problem, finding| problem.field(finding.pointer, finding.code, finding.text))
}

/// Reads a text that is written with an action.
///
/// # Errors
/// 400 with what is wrong.
pub fn read_text(input: &TextInput, text: Option<&str>) -> Result<Option<String>, Problem> {
    input.read(text).map_err(|finding| with_findings(kinds::INVALID, vec![finding]))
}

/// What clients are told of a refusal.
pub fn kind(why: &Refusal) -> Kind {
    match why {
        Refusal::NotADraft => NOT_A_DRAFT,
        Refusal::Incomplete(_) => INCOMPLETE,
        Refusal::TooManyDocuments => TOO_MANY_DOCUMENTS,
        Refusal::FeeNotPaid => FEE_NOT_PAID,
        Refusal::NothingDue => NOTHING_DUE,
        Refusal::RoleMissing => ROLE_MISSING,
        Refusal::Status(_) => STATUS,
        Refusal::ResultMissing => RESULT_MISSING,
        Refusal::OtherPayment => kinds::INTERNAL,
    }
}

impl From<Refusal> for Problem {
    fn from(why: Refusal) -> Self {
        match why {
            Refusal::Incomplete(findings) => with_findings(INCOMPLETE, findings),
            Refusal::OtherPayment => anyhow::Error::from(why).into(),
            why => kind(&why).into(),
        }
    }
}
