//! Why money stands against an action.

use edge::Kind;

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

/// There is no fee to pay, or not any more.
pub const NOTHING_DUE: Kind =
    Kind::new(409, "nothing-due", "Hồ sơ không có khoản nào phải nộp.", "There is nothing to pay for this dossier.");
