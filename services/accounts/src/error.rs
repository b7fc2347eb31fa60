//! What can go wrong here: status, stable code, titles.

use edge::Kind;

/// A wrong confirmation code; the try is counted.
pub const CODE_WRONG: Kind =
    Kind::new(422, "code-wrong", "Mã xác nhận không đúng.", "The confirmation code is not right.");

/// A registration that cannot be confirmed any more: too late, too many tries, or done.
pub const REGISTRATION_OVER: Kind = Kind::new(
    422,
    "registration-over",
    "Lượt đăng ký này đã hết hạn hoặc đã kết thúc. Hãy đăng ký lại.",
    "This registration has expired or is finished. Start again.",
);

/// So many codes of one who asks that nobody has entered.
pub const CODES_PAUSED: Kind = Kind::new(
    429,
    "codes-paused",
    "Có quá nhiều mã xác nhận đã yêu cầu mà chưa nhập. Hãy nhập mã đã nhận, hoặc thử lại sau ít phút.",
    "Too many codes were asked for that nobody has entered. Enter yours, or try again in some minutes.",
);

/// Nobody who waits registered with this number, this name and this address.
pub const REGISTRATION_NOT_WAITING: Kind = Kind::new(
    422,
    "registration-not-waiting",
    "Không có lượt đăng ký nào đang chờ với số định danh, họ tên và e-mail này. Hãy đối chiếu với thẻ, hoặc đề nghị công dân đăng ký lại.",
    "No registration with this number, name and address is waiting. Compare them with the card, or ask the person to register again.",
);

/// The address that was registered with has an account itself.
pub const ADDRESS_HAS_ACCOUNT: Kind = Kind::new(
    409,
    "address-has-account",
    "Địa chỉ e-mail này đã có tài khoản. Công dân đăng nhập hoặc đặt lại mật khẩu, hoặc đăng ký bằng địa chỉ khác.",
    "This address has an account already. The person signs in or resets the password, or registers with another address.",
);

/// The number belongs to the account of somebody who serves at an agency.
pub const NUMBER_OF_OFFICIAL: Kind = Kind::new(
    409,
    "number-of-official",
    "Số định danh này đang gắn với tài khoản của một cán bộ đương nhiệm. Hãy báo người quản trị hệ thống đối chiếu.",
    "This number belongs to the account of an official in office. Ask the administrator to compare them.",
);

/// An unknown address, a wrong password or a closed account: one answer for all.
pub const CREDENTIALS_WRONG: Kind = Kind::new(
    401,
    "credentials-wrong",
    "Địa chỉ e-mail hoặc mật khẩu không đúng.",
    "The e-mail address or the password is not right.",
);

/// Too many failures in a row for this address.
pub const SIGN_IN_PAUSED: Kind = Kind::new(
    429,
    "sign-in-paused",
    "Đăng nhập sai nhiều lần. Hãy đợi rồi thử lại.",
    "Too many failed sign-ins. Wait, then try again.",
);

/// All places for password checking are taken.
pub const SIGN_IN_BUSY: Kind = Kind::new(
    503,
    "sign-in-busy",
    "Quá nhiều người đang đăng nhập. Hãy thử lại sau ít giây.",
    "Too many people are signing in. Try again in a few seconds.",
);

/// A refresh token that is unknown, used before, expired or revoked.
pub const SESSION_OVER: Kind = Kind::new(
    401,
    "session-over",
    "Phiên đăng nhập đã kết thúc. Hãy đăng nhập lại.",
    "The session has ended. Sign in again.",
);

/// No agency has this code.
pub const AGENCY_NOT_FOUND: Kind =
    Kind::new(404, "agency-not-found", "Không tìm thấy cơ quan.", "The agency was not found.");

/// The right password of somebody who holds no capacity: an official whose last post has ended.
pub const NO_CAPACITY: Kind = Kind::new(
    403,
    "no-capacity",
    "Tài khoản này hiện không giữ tư cách nào: không phải công dân đã định danh, không giữ vị trí công tác nào.",
    "This account holds no capacity now: neither an identified citizen's nor a post.",
);

/// A capacity that the person does not hold, or not any more.
pub const CAPACITY_NOT_HELD: Kind = Kind::new(
    403,
    "capacity-not-held",
    "Bạn không giữ tư cách này, hoặc tư cách này đã hết hiệu lực.",
    "You do not hold this capacity, or it has ended.",
);

/// Not the password of the account that is signed in.
pub const PASSWORD_WRONG: Kind =
    Kind::new(422, "password-wrong", "Mật khẩu hiện tại không đúng.", "The current password is not right.");

/// A reset that cannot be confirmed any more: too late, too many tries, or done.
pub const PASSWORD_RESET_OVER: Kind = Kind::new(
    422,
    "password-reset-over",
    "Mã đặt lại mật khẩu đã hết hạn hoặc đã dùng. Hãy yêu cầu mã mới.",
    "This code has expired or was used. Ask for a new one.",
);

/// A change of address that cannot be confirmed any more: too late, too many tries, done, or somebody else has the address.
pub const EMAIL_CHANGE_OVER: Kind = Kind::new(
    422,
    "email-change-over",
    "Lượt đổi địa chỉ này đã hết hạn hoặc đã kết thúc. Hãy yêu cầu lại.",
    "This change of address has expired or is finished. Ask again.",
);

/// An account that cannot be closed while its owner serves at an agency.
pub const HOLDS_POST: Kind = Kind::new(
    409,
    "holds-post",
    "Tài khoản đang giữ vị trí công tác nên chưa đóng được. Hãy báo cơ quan kết thúc vị trí này trước.",
    "This account holds a post and cannot be closed yet. Ask the agency to end the post first.",
);
