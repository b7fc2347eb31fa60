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
    "Hồ sơ do người nộp tự nộp trực tuyến nên chỉ người nộp được thêm giấy tờ.",
    "The applicant filed this dossier online, so only the applicant adds papers to it.",
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
/// No such phrase, or none of the agency.
pub const PHRASE_NOT_FOUND: Kind =
    Kind::new(404, "phrase-not-found", "Không tìm thấy mẫu câu.", "The phrase was not found.");
/// The list is too long for a spreadsheet.
pub const TOO_MANY_ROWS: Kind = Kind::new(
    409,
    "too-many-rows",
    "Danh sách có hơn 10.000 hồ sơ. Hãy lọc bớt (theo thủ tục, trạng thái hoặc ngày nộp) rồi tải lại.",
    "The list has more than 10,000 dossiers. Narrow it (by procedure, status or day of filing) and try again.",
);
/// The dossier waits for its fee.
pub const FEE_NOT_PAID: Kind =
    Kind::new(409, "fee-not-paid", "Hồ sơ chưa nộp phí, lệ phí.", "The fee of the dossier is not paid yet.");
/// What was charged further is open while the work is stopped.
pub const CHARGE_OPEN: Kind = Kind::new(
    409,
    "charge-open",
    "Còn khoản thu chưa nộp đủ. Nếu người nộp chưa nộp đồng nào thì rút lại khoản thu; nếu đã nộp một phần thì chờ nộp đủ hoặc hoàn lại phần đã nộp. Sau đó làm lại việc này.",
    "A charge is not paid in full. Take it back if nothing of it is paid; if a part is, wait for the rest or give that part back. Then do this again.",
);
/// What was paid for the dossier went back.
pub const FEE_WENT_BACK: Kind = Kind::new(
    409,
    "fee-went-back",
    "Phí, lệ phí của hồ sơ đã hoàn lại cho người nộp nên không giải quyết tiếp được. Hãy kết thúc hồ sơ bằng văn bản từ chối; người nộp có thể nộp hồ sơ mới.",
    "The fee went back to the applicant, so the work cannot go on. End the dossier with a refusal document; the applicant can file a new one.",
);
/// The dossier's status does not allow this.
pub const STATUS: Kind = Kind::new(
    409,
    "status-does-not-allow",
    "Trạng thái hồ sơ không cho phép thao tác này.",
    "The status of the dossier does not allow this.",
);
/// Papers were asked for once while it is worked on.
pub const ASKED_BEFORE: Kind = Kind::new(
    409,
    "supplement-asked-before",
    "Đã yêu cầu bổ sung một lần từ khi tiếp nhận. Muốn yêu cầu thêm phải ghi lý do.",
    "Papers were asked for once since it was received. To ask again, give a reason for that.",
);
/// It was charged as often as it may be.
pub const TOO_MANY_CHARGES: Kind = Kind::new(
    409,
    "too-many-charges",
    "Hồ sơ đã đủ số lần thu được phép. Hãy kiểm tra lại các khoản đã thu.",
    "The dossier was charged as often as it may be. Check what was charged before.",
);
/// Nothing that was charged while it is worked on can be taken back.
pub const NO_CHARGE_TO_CANCEL: Kind = Kind::new(
    409,
    "no-charge-to-cancel",
    "Không có khoản thu nào rút lại được: chỉ rút được khoản thu thêm khi giải quyết mà người nộp chưa nộp đồng nào.",
    "There is no charge to take back: only what was charged while the dossier is worked on, and of which nothing is paid.",
);
/// More time is taken before the result is due.
pub const OVERDUE_ALREADY: Kind = Kind::new(
    409,
    "overdue-already",
    "Hồ sơ đã quá hạn, không gia hạn được nữa. Hãy giải quyết sớm nhất và xin lỗi người nộp.",
    "The dossier is overdue and its date cannot be put off any more. Decide it as soon as possible, and apologise.",
);
/// More time was taken once.
pub const EXTENDED_BEFORE: Kind = Kind::new(
    409,
    "extended-before",
    "Hồ sơ đã được gia hạn một lần. Muốn gia hạn thêm phải ghi lý do gia hạn thêm.",
    "The date was put off once. To put it off again, give a reason for that.",
);
/// The extension is longer than the procedure's own time limit.
pub const EXTENSION_TOO_LONG: Kind = Kind::new(
    409,
    "extension-too-long",
    "Thời gian gia hạn không được dài hơn thời hạn giải quyết của thủ tục. Hãy giảm số ngày.",
    "The date cannot be put off by more than the time limit of the procedure. Take fewer days.",
);
/// Its procedure shows no draft of the result.
pub const NO_DRAFT_WANTED: Kind = Kind::new(
    409,
    "no-draft-wanted",
    "Thủ tục này không gửi bản dự thảo kết quả để người nộp xác nhận.",
    "This procedure sends applicants no draft of the result to confirm.",
);
/// A draft of the result waits for its applicant's word.
pub const DRAFT_OPEN: Kind = Kind::new(
    409,
    "draft-open",
    "Bản dự thảo kết quả đang chờ người nộp xác nhận. Hết hạn mà không trả lời thì coi như đồng ý.",
    "A draft of the result waits to be confirmed. When its time is over, silence is consent.",
);
/// No draft of the result waits for its applicant's word.
pub const NO_DRAFT_OPEN: Kind = Kind::new(
    409,
    "no-draft-open",
    "Không có bản dự thảo nào đang chờ xác nhận: đã được trả lời, hoặc đã hết hạn và coi như đồng ý.",
    "No draft waits to be confirmed: it was answered, or its time is over, which counts as consent.",
);
/// No draft of the result was sent yet.
pub const DRAFT_MISSING: Kind = Kind::new(
    409,
    "draft-missing",
    "Thủ tục này phải gửi bản dự thảo kết quả để người nộp xác nhận trước khi hoàn thành.",
    "This procedure has a draft of the result confirmed by the applicant before it is completed.",
);
/// The applicant asked for the draft to be corrected.
pub const DRAFT_DISPUTED: Kind = Kind::new(
    409,
    "draft-disputed",
    "Người nộp đề nghị sửa bản dự thảo. Hãy sửa và gửi lại bản dự thảo.",
    "The applicant asked for the draft to be corrected. Correct it and send it again.",
);
/// The dossier is not late.
pub const NOT_LATE: Kind = Kind::new(409, "not-late", "Hồ sơ không quá hạn.", "The dossier is not late.");
/// An apology promises it for a day to come.
pub const APOLOGISED_BEFORE: Kind = Kind::new(
    409,
    "apologised-before",
    "Đã xin lỗi và hẹn lại, ngày hẹn chưa qua.",
    "The agency apologised and promised a day that is still to come.",
);
/// As many causes of its lateness are recorded as may be.
pub const TOO_MANY_CAUSES: Kind = Kind::new(
    409,
    "too-many-causes",
    "Đã ghi đủ số nguyên nhân trễ hạn được phép.",
    "As many causes of lateness are recorded as may be.",
);
/// As many agencies are asked as may be at once.
pub const TOO_MANY_CONSULTATIONS: Kind = Kind::new(
    409,
    "too-many-consultations",
    "Đang lấy ý kiến của quá nhiều cơ quan. Hãy chờ trả lời hoặc rút bớt một yêu cầu.",
    "As many agencies are asked as may be at once. Wait for an answer, or take a question back.",
);
/// That agency is asked and has not answered.
pub const CONSULTED_ALREADY: Kind = Kind::new(
    409,
    "consulted-already",
    "Cơ quan này đã được hỏi và chưa trả lời. Hãy chờ trả lời hoặc rút yêu cầu trước rồi hỏi lại.",
    "This agency is asked already and has not answered. Wait, or take that question back and ask again.",
);
/// The question was answered or taken back.
pub const CONSULTATION_OVER: Kind = Kind::new(
    409,
    "consultation-over",
    "Yêu cầu lấy ý kiến này đã được trả lời hoặc đã được rút lại.",
    "This question was answered, or is taken back.",
);
/// An agency that was asked has not answered.
pub const CONSULTATION_OPEN: Kind = Kind::new(
    409,
    "consultation-open",
    "Còn cơ quan được lấy ý kiến chưa trả lời. Hãy chờ trả lời, hoặc rút yêu cầu lấy ý kiến rồi hoàn thành.",
    "An agency that was asked has not answered. Wait for it, or take the question back, then complete the dossier.",
);
/// The open request does not ask for this paper.
pub const NOT_ASKED: Kind = Kind::new(
    409,
    "paper-not-asked",
    "Cơ quan không yêu cầu bổ sung giấy tờ này.",
    "The agency did not ask for this paper.",
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

/// A value of the request that is not valid.
pub fn invalid(pointer: &str, code: &'static str, vi: &str, en: &str) -> Problem {
    Problem::from(kinds::INVALID).field(pointer, code, LocalText::new(vi, en))
}

/// A stage that the dossier cannot be handed on to.
pub fn no_such_stage() -> Problem {
    invalid(
        "/stage",
        "unknown",
        "Chọn bước tiếp theo trong các bước mà quy trình cho phép.",
        "Choose one of the stages that the process lets follow.",
    )
}

/// The official to whom the dossier is given has it.
pub fn has_it_already() -> Problem {
    invalid("/official", "has-it-already", "Người này đang thụ lý hồ sơ.", "This person has the dossier already.")
}

/// No such procedure.
pub fn unknown_procedure() -> Problem {
    invalid("/procedure", "unknown", "Không có thủ tục này.", "There is no such procedure.")
}

/// No such agency, in a request's body.
pub fn unknown_agency() -> Problem {
    invalid("/agency", "unknown", "Không có cơ quan này.", "There is no such agency.")
}

/// A refusal that names the agencies to go to instead.
pub fn elsewhere(kind: Kind, agencies: impl Iterator<Item = LocalText>) -> Problem {
    let (vi, en): (Vec<_>, Vec<_>) = agencies.map(|name| (name.vi, name.en)).unzip();
    let text = match vi.is_empty() {
        true => LocalText::new(
            "Hãy hỏi Trung tâm Phục vụ hành chính công của tỉnh nơi giải quyết thủ tục này.",
            "Ask the province's public service centre which agency carries this procedure out.",
        ),
        false => {
            LocalText { vi: format!("Hãy nộp tại: {}.", vi.join("; ")), en: format!("Go to: {}.", en.join("; ")) }
        }
    };
    Problem::from(kind).field("/agency", "elsewhere", text)
}

/// A component that the procedure does not have.
pub fn unknown_component(pointer: &str) -> Problem {
    invalid(pointer, "unknown", "Thủ tục không có giấy tờ này.", "The procedure does not ask for this.")
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

/// Reads a text that must be written with an action.
///
/// # Errors
/// 400 with what is wrong.
pub fn required_text(input: &TextInput, text: Option<&str>) -> Result<String, Problem> {
    Ok(read_text(input, text)?.unwrap_or_default())
}

/// What clients are told of a refusal.
pub fn kind(why: &Refusal) -> Kind {
    match why {
        Refusal::NotADraft => NOT_A_DRAFT,
        Refusal::NotHandledThere | Refusal::NotTakenInThere => NOT_TAKEN_IN_THERE,
        Refusal::NotTakenInByHand => NOT_TAKEN_IN_BY_HAND,
        Refusal::Incomplete(_) => INCOMPLETE,
        Refusal::TooManyDocuments => TOO_MANY_DOCUMENTS,
        Refusal::FeeNotPaid => FEE_NOT_PAID,
        Refusal::ChargeOpen => CHARGE_OPEN,
        Refusal::FeeWentBack => FEE_WENT_BACK,
        Refusal::NothingDue => NOTHING_DUE,
        Refusal::RoleMissing => ROLE_MISSING,
        Refusal::Status(_) => STATUS,
        Refusal::ResultMissing => RESULT_MISSING,
        Refusal::OtherStage => OTHER_STAGE,
        Refusal::LastStage => LAST_STAGE,
        Refusal::FirstStage => FIRST_STAGE,
        Refusal::NoStages => NO_STAGES,
        Refusal::Held => HELD,
        Refusal::NotHeld => NOT_HELD,
        Refusal::FourEyes => FOUR_EYES,
        Refusal::OwnDossier => OWN_DOSSIER,
        Refusal::AskedBefore => ASKED_BEFORE,
        Refusal::NotAsked => NOT_ASKED,
        Refusal::TooManyConsultations => TOO_MANY_CONSULTATIONS,
        Refusal::ConsultedAlready => CONSULTED_ALREADY,
        Refusal::ConsultationOver => CONSULTATION_OVER,
        Refusal::ConsultationOpen => CONSULTATION_OPEN,
        Refusal::NoDraftWanted => NO_DRAFT_WANTED,
        Refusal::DraftOpen => DRAFT_OPEN,
        Refusal::NoDraftOpen => NO_DRAFT_OPEN,
        Refusal::DraftMissing => DRAFT_MISSING,
        Refusal::DraftDisputed => DRAFT_DISPUTED,
        Refusal::NotLate => NOT_LATE,
        Refusal::ApologisedBefore => APOLOGISED_BEFORE,
        Refusal::TooManyCauses => TOO_MANY_CAUSES,
        Refusal::TooManyCharges => TOO_MANY_CHARGES,
        Refusal::NoChargeToCancel => NO_CHARGE_TO_CANCEL,
        Refusal::OverdueAlready => OVERDUE_ALREADY,
        Refusal::ExtendedBefore => EXTENDED_BEFORE,
        Refusal::ExtensionTooLong => EXTENSION_TOO_LONG,
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
