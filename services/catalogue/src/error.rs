//! What can go wrong here, as clients are told.

use civic::LocalText;
use edge::{Kind, Problem, kinds};
use procedure::Fault;

use crate::domain::draft::Refusal;

/// No such procedure, or no such version of it.
pub const PROCEDURE_NOT_FOUND: Kind =
    Kind::new(404, "procedure-not-found", "Không có thủ tục này.", "There is no such procedure.");

/// It is not offered any more already.
pub const PROCEDURE_WITHDRAWN: Kind = Kind::new(
    409,
    "procedure-withdrawn",
    "Thủ tục này không còn được thực hiện.",
    "This procedure is not offered any more.",
);

/// A value of the request that is not valid.
pub fn invalid(pointer: &str, code: &'static str, vi: &str, en: &str) -> Problem {
    Problem::from(kinds::INVALID).field(pointer, code, LocalText::new(vi, en))
}

/// No such draft.
pub const DRAFT_NOT_FOUND: Kind =
    Kind::new(404, "procedure-draft-not-found", "Không có bản soạn thảo này.", "There is no such draft.");
/// Another version of the procedure is being written.
pub const DRAFT_EXISTS: Kind = Kind::new(
    409,
    "procedure-draft-exists",
    "Thủ tục này đang có một bản soạn thảo khác. Hãy tiếp tục bản ấy.",
    "Another version of this procedure is being written. Go on with that one.",
);
/// It has not come so far, or is further on.
pub const DRAFT_STATE: Kind = Kind::new(
    409,
    "procedure-draft-state",
    "Bản soạn thảo đang ở bước khác, không thực hiện được thao tác này.",
    "The draft is at another step, where this cannot be done.",
);
/// Who wrote a part of it approves it.
pub const SECOND_CONTROLLER: Kind = Kind::new(
    409,
    "second-controller-approves",
    "Người đã soạn thảo không được tự phê duyệt. Cần một cán bộ khác.",
    "Who wrote a part of it cannot approve it. Another official does.",
);
/// Something in it keeps it from working.
pub const DRAFT_FAULTS: Kind = Kind::new(
    409,
    "procedure-draft-faults",
    "Bản soạn thảo còn lỗi. Hãy sửa các lỗi được nêu rồi trình lại.",
    "The draft has mistakes. Mend what is named, then submit it.",
)
.with_fields();

/// Why something cannot be done with a draft.
pub fn draft_refused(why: Refusal, faults: &[Fault]) -> Problem {
    match why {
        Refusal::State => DRAFT_STATE.into(),
        Refusal::SecondController => SECOND_CONTROLLER.into(),
        Refusal::EndsBefore => {
            let (vi, en) = (
                "Ngày có hiệu lực đứng sau ngày hết hiệu lực ghi trong phiên bản.",
                "The version says that it ends before this day.",
            );
            invalid("/in_force_from", "ends-before", vi, en)
        }
        Refusal::Faults => faults.iter().fold(Problem::from(DRAFT_FAULTS), |problem, fault| {
            problem.field(fault.pointer.clone(), fault.code, fault.text.clone())
        }),
    }
}

/// What was written is another procedure's.
pub fn another_procedure() -> Problem {
    let (vi, en) = (
        "Mã thủ tục không được đổi trong một bản soạn thảo.",
        "The code of the procedure stays the same within a draft.",
    );
    invalid("/code", "another-procedure", vi, en)
}

/// One of several versions is on its way already, and is not written anew.
pub fn on_its_way(problem: Problem, place: usize) -> Problem {
    let text = LocalText::new(
        "Thủ tục này đang có bản soạn thảo chờ phê duyệt hoặc chờ công bố. Hãy trả lại bản ấy trước.",
        "A draft of this procedure waits to be approved or announced. Send that back before.",
    );
    problem.field(format!("/documents/{place}"), "on-its-way", text)
}
