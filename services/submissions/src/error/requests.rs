//! Why something is not asked, or not answered.

use edge::Kind;

/// Papers were asked for once while it is worked on.
pub const ASKED_BEFORE: Kind = Kind::new(
    409,
    "supplement-asked-before",
    "Đã yêu cầu bổ sung một lần từ khi tiếp nhận. Muốn yêu cầu thêm phải ghi lý do.",
    "Papers were asked for once since it was received. To ask again, give a reason for that.",
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
