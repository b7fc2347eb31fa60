//! What can go wrong here: status, stable code, titles.

use edge::{Kind, Problem};
use uuid::{Uuid, Version};

use crate::domain::order::Refusal;

/// No order with this id that the caller owes.
pub const ORDER_NOT_FOUND: Kind =
    Kind::new(404, "payment-order-not-found", "Không có khoản thanh toán này.", "There is no such payment order.");

/// No order with this id that the caller owes, yet: the id is one that a dossier names as soon as it is filed, which is a moment
/// before its order is open. Somebody else's order looks the same.
pub const ORDER_NOT_YET: Kind = Kind::new(
    404,
    "payment-order-not-yet",
    "Chưa có khoản thanh toán này. Nếu hồ sơ vừa nộp, hãy thử lại sau một giây.",
    "There is no such payment order yet. If the dossier was just filed, try again in a second.",
);

/// The order is paid: nothing is left to pay.
pub const ALREADY_PAID: Kind =
    Kind::new(409, "already-paid", "Khoản này đã được thanh toán.", "This payment order is already paid.");

/// The time to pay the order has passed.
pub const PAYMENT_OVERDUE: Kind = Kind::new(
    409,
    "payment-overdue",
    "Đã quá thời hạn thanh toán khoản này.",
    "The time to pay this payment order has passed.",
);

/// The dossier ended: nothing is to be paid for it any more.
pub const ORDER_CANCELLED: Kind = Kind::new(
    409,
    "payment-order-cancelled",
    "Hồ sơ đã kết thúc nên không phải nộp khoản này nữa. Nếu đã chuyển tiền, cơ quan sẽ hoàn trả.",
    "The dossier has ended, so this is not to be paid any more. If you have sent money already, it will be returned.",
);

/// The order is one of several that are being paid in one go at this provider.
pub const PAID_TOGETHER: Kind = Kind::new(
    409,
    "being-paid-together",
    "Khoản này đang được thanh toán cùng các khoản khác. Hãy hoàn tất lần thanh toán đó, hoặc đợi lần đó hết hạn.",
    "This is being paid together with other fees. Finish that payment, or wait until its time is over.",
);

/// The order has an attempt at this provider that may still be paid.
pub const BEING_PAID: Kind = Kind::new(
    409,
    "being-paid",
    "Đang có một lần thanh toán chưa kết thúc cho khoản này. Hãy hoàn tất lần đó, hoặc đợi lần đó hết hạn.",
    "A payment of this order is not finished. Finish it, or wait until its time is over.",
);

/// Orders that were chosen to be paid in one go cannot be paid now; which, and why, stands beside them.
pub const NOT_TOGETHER: Kind = Kind::new(
    409,
    "not-payable-together",
    "Có khoản không thanh toán được; chưa khoản nào được thanh toán.",
    "Some of this cannot be paid now; nothing was begun.",
)
.with_fields();

/// The provider takes no payment of several orders in one go.
pub const WAY_NOT_TOGETHER: Kind = Kind::new(
    409,
    "payment-way-not-together",
    "Cách thanh toán này không nhận nhiều khoản cùng lúc. Hãy chọn cách khác.",
    "Several orders cannot be paid in one go by this way. Choose another.",
);

/// No joint payment with this id that the caller began.
pub const JOINT_PAYMENT_NOT_FOUND: Kind =
    Kind::new(404, "joint-payment-not-found", "Không có lần thanh toán chung này.", "There is no such joint payment.");

/// All of the order is waived.
pub const ORDER_CLOSED: Kind = Kind::new(
    409,
    "payment-order-closed",
    "Khoản này đã được miễn, không phải nộp nữa.",
    "This payment order was waived: it is not to be paid any more.",
);

/// The agency collects no such order, which the body names.
pub const ORDER_UNKNOWN: Kind = Kind::new(
    422,
    "payment-order-unknown",
    "Cơ quan không thu khoản này.",
    "The agency collects no such payment order.",
);

/// No waiver with this id at the caller's agency.
pub const WAIVER_NOT_FOUND: Kind =
    Kind::new(404, "waiver-not-found", "Không có đề nghị miễn, giảm này.", "There is no such waiver.");

/// Nothing of the order is left to pay, so there is nothing to free anybody from.
pub const WAIVER_NOTHING_DUE: Kind = Kind::new(
    409,
    "waiver-nothing-due",
    "Khoản này không còn phải nộp nên không miễn, giảm được. Nếu đã nộp mà thuộc diện miễn, hãy đề nghị hoàn trả.",
    "Nothing of this payment order is due, so nothing can be waived. If an exempt payer has paid, ask for a refund.",
);

/// More than is left to pay cannot be waived.
pub const WAIVER_TOO_MUCH: Kind = Kind::new(
    409,
    "waiver-too-much",
    "Số tiền miễn, giảm lớn hơn số còn phải nộp của khoản này.",
    "The waiver is over more than is left to pay of this payment order.",
);

/// Something was paid or waived since the official looked.
pub const WAIVER_CHANGED: Kind = Kind::new(
    409,
    "waiver-left-changed",
    "Số còn phải nộp vừa thay đổi. Hãy xem lại rồi gửi lại.",
    "What is left to pay has just changed. Look at it again, then ask again.",
);

/// Another waiver of the order waits for its decision.
pub const WAIVER_WAITS: Kind = Kind::new(
    409,
    "waiver-waits",
    "Khoản này đang có một đề nghị miễn, giảm chờ quyết định. Hãy quyết định đề nghị đó trước.",
    "Another waiver of this payment order waits. Decide about that one first.",
);

/// The payer may just be paying.
pub const WAIVER_WHILE_PAYING: Kind = Kind::new(
    409,
    "waiver-while-paying",
    "Người nộp đang thanh toán khoản này. Hãy thử lại khi lần thanh toán đó kết thúc, chậm nhất là hết thời hạn thanh toán của nó.",
    "The payer is just paying this order. Try again when that attempt has ended, at the latest when its time is over.",
);

/// The waiver stands where this cannot be done.
pub const WAIVER_STATE: Kind = Kind::new(
    409,
    "waiver-state-does-not-allow",
    "Đề nghị miễn, giảm này đã được quyết định.",
    "This waiver was decided already.",
);

/// Who asked for a waiver does not approve it.
pub const SECOND_OFFICIAL_WAIVES: Kind = Kind::new(
    409,
    "second-official-waives",
    "Đề nghị miễn, giảm này phải do một cán bộ khác duyệt.",
    "Another official must approve this waiver.",
);

/// Cash and the card terminal are at the agency's counter.
pub const ONLY_AT_COUNTER: Kind = Kind::new(
    422,
    "payment-only-at-counter",
    "Cách thanh toán này chỉ có tại quầy của cơ quan.",
    "This way of paying is only there at the agency's counter.",
);

/// What took the money, a counter or a provider, gives none back by itself.
pub const REFUND_WAY: Kind = Kind::new(
    409,
    "refund-way-not-possible",
    "Kênh đã thu khoản này không tự hoàn trả được. Hãy chọn hoàn trả trực tiếp.",
    "What took this money gives none back by itself. Choose to give it back by hand.",
);

/// No shift with this id at the caller's agency.
pub const SHIFT_NOT_FOUND: Kind = Kind::new(404, "shift-not-found", "Không có ca thu này.", "There is no such shift.");

/// The shift is closed, or somebody else's.
pub const SHIFT_NOT_OPEN: Kind = Kind::new(
    409,
    "shift-not-open",
    "Ca thu này đã đóng hoặc là của cán bộ khác.",
    "This shift is closed, or another cashier's.",
);

/// The cashier has an open shift, or the till does.
pub const SHIFT_OPEN_ALREADY: Kind = Kind::new(
    409,
    "shift-open-already",
    "Ông/bà hoặc quầy này đang có một ca thu chưa đóng. Hãy đóng ca đó trước.",
    "You or this till have a shift that is still open. Close it first.",
);

/// Counted was something else than should be there, and nobody says why.
pub const SHIFT_DIFFERS: Kind = Kind::new(
    409,
    "shift-difference-unexplained",
    "Tiền đếm được khác với số phải có. Hãy đếm lại, hoặc ghi lý do chênh lệch.",
    "What was counted is not what should be there. Count again, or say why it differs.",
);

/// Nothing that was taken in a shift of the caller's agency has this id.
pub const TAKING_NOT_FOUND: Kind =
    Kind::new(404, "taking-not-found", "Không có lần thu này.", "There is no such taking.");

/// What was taken cannot be taken back here.
pub const TAKING_FINAL: Kind = Kind::new(
    409,
    "taking-final",
    "Lần thu này không hủy được nữa: đã hủy, đã hoàn trả, hoặc hồ sơ đã kết thúc. Hãy dùng hoàn trả.",
    "This taking cannot be reversed any more: it was, money went back, or the dossier ended. Ask for a refund instead.",
);

/// No receipt with this id that the caller may see.
pub const RECEIPT_NOT_FOUND: Kind =
    Kind::new(404, "receipt-not-found", "Không có biên lai này.", "There is no such receipt.");

/// The receipt is not valid any more.
pub const RECEIPT_ENDED: Kind = Kind::new(
    409,
    "receipt-not-valid",
    "Biên lai này đã bị hủy hoặc đã được thay thế.",
    "This receipt was cancelled or replaced.",
);

/// The agency took no such payment.
pub const PAYMENT_UNKNOWN: Kind =
    Kind::new(422, "payment-unknown", "Cơ quan không có khoản đã thu này.", "The agency took no such payment.");

/// The money cannot go back for this cause.
pub const REFUND_CAUSE: Kind = Kind::new(
    409,
    "refund-cause-does-not-fit",
    "Lý do hoàn trả không khớp với khoản đã thu và tình trạng hồ sơ.",
    "The cause of the refund does not fit the payment and what became of the dossier.",
);

/// So much cannot go back.
pub const REFUND_TOO_MUCH: Kind = Kind::new(
    409,
    "refund-too-much",
    "Số tiền hoàn trả lớn hơn số còn có thể hoàn trả của khoản này.",
    "The refund is more than what of this payment can still go back.",
);

/// Other refunds of the payment were asked for or failed since the cashier looked.
pub const REFUND_CHANGED: Kind = Kind::new(
    409,
    "refund-available-changed",
    "Số tiền còn có thể hoàn trả vừa thay đổi. Hãy xem lại rồi gửi lại.",
    "What can still go back has just changed. Look at it again, then ask again.",
);

/// No callback with this id waits at the caller's agency.
pub const CALLBACK_NOT_FOUND: Kind = Kind::new(
    404,
    "payment-callback-not-found",
    "Không có thông báo thanh toán này, hoặc đã được xem xét.",
    "There is no such payment callback, or it was reviewed.",
);

/// No refund with this id at the caller's agency.
pub const REFUND_NOT_FOUND: Kind =
    Kind::new(404, "refund-not-found", "Không có khoản hoàn trả này.", "There is no such refund.");

/// The refund stands where this cannot be done.
pub const REFUND_STATE: Kind = Kind::new(
    409,
    "refund-state-does-not-allow",
    "Trạng thái khoản hoàn trả không cho phép thao tác này.",
    "The state of the refund does not allow this.",
);

/// Who asked for a refund does not decide about it.
pub const SECOND_OFFICIAL: Kind = Kind::new(
    409,
    "second-official-needed",
    "Khoản hoàn trả này phải do một cán bộ khác quyết định.",
    "Another official must decide about this refund.",
);

/// A statement that cannot be read; the line and what is wrong there stand beside it.
pub const STATEMENT_UNREADABLE: Kind = Kind::new(
    422,
    "statement-unreadable",
    "Không đọc được sao kê; chưa có gì thay đổi.",
    "The statement cannot be read; nothing was changed.",
);

/// A statement of another merchant than this installation.
pub const STATEMENT_OF_ANOTHER: Kind = Kind::new(
    422,
    "statement-of-another",
    "Sao kê này của đơn vị khác; chưa có gì thay đổi.",
    "The statement is of another merchant; nothing was changed.",
);

/// No statement with this id that the caller's agency loaded.
pub const STATEMENT_NOT_FOUND: Kind =
    Kind::new(404, "statement-not-found", "Không có sao kê này.", "There is no such statement.");

/// No difference with this id at the caller's agency.
pub const DIFFERENCE_NOT_FOUND: Kind =
    Kind::new(404, "difference-not-found", "Không có chênh lệch này.", "There is no such difference.");

/// The difference stands where this cannot be done.
pub const DIFFERENCE_STATE: Kind = Kind::new(
    409,
    "difference-state-does-not-allow",
    "Trạng thái chênh lệch không cho phép thao tác này.",
    "The state of the difference does not allow this.",
);

/// No money can be booked for the difference.
pub const DIFFERENCE_NOT_BOOKABLE: Kind = Kind::new(
    409,
    "difference-not-bookable",
    "Không thể ghi sổ số tiền của chênh lệch này; hãy giải trình.",
    "No money can be booked for this difference; explain it.",
);

/// Who wants money booked does not agree to it herself.
pub const SECOND_OFFICIAL_CLOSES: Kind = Kind::new(
    409,
    "second-official-closes",
    "Việc ghi sổ phải do một cán bộ khác đồng ý.",
    "Another official must agree before money is booked.",
);

/// The day goes on, or has just ended.
pub const DAY_NOT_OVER: Kind = Kind::new(
    409,
    "day-not-over",
    "Chỉ khóa sổ được sau khi ngày kết thúc 10 phút.",
    "A day can be closed ten minutes after it is over.",
);

/// The day is closed already.
pub const DAY_CLOSED: Kind = Kind::new(409, "day-closed", "Ngày này đã khóa sổ.", "This day is closed already.");

/// A difference up to the day is nobody's.
pub const DIFFERENCE_WITHOUT_OWNER: Kind = Kind::new(
    409,
    "difference-without-owner",
    "Còn chênh lệch chưa có người phụ trách. Hãy nhận xử lý trước khi khóa sổ.",
    "There is a difference that nobody sees to. Take it over before you close the day.",
);

/// More rows than a spreadsheet is made of.
pub const TOO_MANY_TRANSFERS: Kind = Kind::new(
    422,
    "too-many-transfers",
    "Bảng tính có tối đa 50.000 dòng. Hãy chọn khoảng thời gian ngắn hơn.",
    "A spreadsheet has 50,000 rows at most. Choose a shorter time.",
);

/// Officials do not decide about their own money.
pub const OWN_ORDER: Kind = Kind::new(
    409,
    "own-payment-order",
    "Cán bộ không quyết định hoàn trả hay miễn, giảm khoản của chính mình. Hãy để đồng nghiệp giải quyết.",
    "Officials do not decide about money that they owe or paid themselves. Let a colleague do it.",
);

/// No agency with this code, or not the caller's.
pub const AGENCY_NOT_FOUND: Kind =
    Kind::new(404, "agency-not-found", "Không tìm thấy cơ quan.", "The agency was not found.");

/// There is no provider of this name.
pub const PROVIDER_NOT_FOUND: Kind =
    Kind::new(404, "payment-provider-not-found", "Không có kênh thanh toán này.", "There is no such payment provider.");

/// A notification that the provider's secret did not sign.
pub const NOTIFICATION_NOT_SIGNED: Kind = Kind::new(
    400,
    "notification-not-signed",
    "Thông báo không mang chữ ký hợp lệ.",
    "The notification does not bear a valid signature.",
);

/// The installation has no contract with this provider.
pub const WAY_NOT_OFFERED: Kind = Kind::new(
    409,
    "payment-way-not-offered",
    "Cơ quan không nhận thanh toán qua kênh này. Hãy chọn kênh khác.",
    "Payments by this way are not taken here. Choose another way.",
);

/// No such transfer at the caller's agency.
pub const CREDIT_NOT_FOUND: Kind =
    Kind::new(404, "bank-credit-not-found", "Không có khoản báo có này.", "There is no such bank credit.");

/// The transfer is decided about, or nothing is proposed for it.
pub const CREDIT_STATE: Kind = Kind::new(
    409,
    "bank-credit-state-does-not-allow",
    "Trạng thái khoản báo có không cho phép thao tác này.",
    "The state of the bank credit does not allow this.",
);

/// The bank's number is known.
pub const CREDIT_KNOWN: Kind =
    Kind::new(409, "bank-credit-known", "Giao dịch ngân hàng này đã được ghi nhận.", "This transfer is known already.");

/// No order of the agency is over just as much.
pub const CREDIT_FITS_NOT: Kind = Kind::new(
    409,
    "bank-credit-does-not-fit",
    "Không có khoản phải nộp nào của cơ quan với mã hồ sơ và số tiền này.",
    "The agency has no payment order of this dossier over just this amount.",
);

/// The provider keeps no receipt of the payment, or none yet.
pub const NO_RECEIPT: Kind = Kind::new(
    409,
    "no-provider-receipt",
    "Chưa có biên lai của kênh thanh toán cho khoản này.",
    "The payment provider has no receipt of this payment, or none yet.",
);

/// No link with this secret that may be used.
pub const LINK_NOT_FOUND: Kind = Kind::new(
    404,
    "pay-link-not-found",
    "Liên kết thanh toán không đúng, đã hết hạn hoặc đã bị thu hồi.",
    "The payment link is wrong, has expired or was taken back.",
);

/// So many links were made that no more are.
pub const TOO_MANY_LINKS: Kind = Kind::new(
    409,
    "too-many-pay-links",
    "Khoản này đã có quá nhiều liên kết thanh toán.",
    "Too many payment links were made for this order.",
);

/// What is said of an order that the caller does not owe, or not yet.
pub fn no_order(id: Uuid) -> Problem {
    match id.get_version() {
        Some(Version::Sha1) => Problem::from(ORDER_NOT_YET).retry_after(1),
        _ => ORDER_NOT_FOUND.into(),
    }
}

/// Why no attempt can be begun.
pub fn of_refusal(refusal: Refusal) -> Kind {
    match refusal {
        Refusal::Paid => ALREADY_PAID,
        Refusal::Overdue => PAYMENT_OVERDUE,
        Refusal::Cancelled => ORDER_CANCELLED,
        Refusal::Waived => ORDER_CLOSED,
    }
}
