//! The forms by their numbers.

use civic::LocalText;
use edge::Kind;

use crate::error;

civic::closed_list! {
    /// A form about a dossier, by its number in Circular 03/2025/TT-VPCP.
    pub enum FormNumber: "a form's number" {
        /// Giấy tiếp nhận hồ sơ và hẹn trả kết quả.
        Receipt = "01",
        /// Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ.
        Supplement = "02",
        /// Phiếu từ chối tiếp nhận giải quyết hồ sơ.
        Refusal = "03",
        /// Văn bản xin lỗi và đề nghị gia hạn thời gian giải quyết.
        Extension = "04",
        /// Thông báo dừng giải quyết hồ sơ.
        Stopping = "05",
        /// Phiếu kiểm soát quá trình giải quyết hồ sơ.
        Routing = "06",
    }
}

impl FormNumber {
    /// What it is called.
    pub fn name(self) -> LocalText {
        match self {
            Self::Receipt => LocalText::new(
                "Giấy tiếp nhận hồ sơ và hẹn trả kết quả",
                "Receipt of the dossier, with the date of the result",
            ),
            Self::Supplement => LocalText::new("Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ", "Request for further papers"),
            Self::Refusal => {
                LocalText::new("Phiếu từ chối tiếp nhận giải quyết hồ sơ", "Refusal to receive the dossier")
            }
            Self::Extension => LocalText::new(
                "Văn bản xin lỗi và đề nghị gia hạn thời gian giải quyết",
                "Apology for the delay, with the new date",
            ),
            Self::Stopping => LocalText::new("Thông báo dừng giải quyết hồ sơ", "Notice that the work stops"),
            Self::Routing => LocalText::new("Phiếu kiểm soát quá trình giải quyết hồ sơ", "Routing slip"),
        }
    }

    /// Whether it is about how the agency works, which is not the applicant's to see.
    pub fn is_for_officials(self) -> bool {
        self == Self::Routing
    }

    /// What is told where a dossier has no such form.
    pub fn missing(self) -> Kind {
        match self {
            Self::Receipt => error::NOT_RECEIVED_YET,
            Self::Supplement => error::NEVER_SUPPLEMENTED,
            Self::Refusal => error::NEVER_REFUSED,
            Self::Extension => error::NEVER_EXTENDED,
            Self::Stopping => error::NEVER_STOPPED,
            Self::Routing => error::NEVER_HANDED_OVER,
        }
    }
}
