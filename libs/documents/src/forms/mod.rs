//! The forms of the one-stop mechanism (numbered as Circular 03/2025/TT-VPCP does), and what stands on each. What is not known is left
//! out: on the paper a dotted line stands there, to be filled by hand.

mod about;
mod applicants;
mod course;
mod fee_receipt;
mod manifest;
mod register;

use serde::Serialize;

pub use about::{About, Applicant, Letterhead};
pub use applicants::{Contact, Extended, Extension, Paper, Receipt, Refusal, Supplement, WantedPaper};
pub use course::{Handover, Outcome, Routing, Stopping};
pub use fee_receipt::{FeeReceipt, FeeReceiptLine};
pub use manifest::{Manifest, ManifestRow};
pub use register::{Register, RegisterRow};

/// A form, filled.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "form", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Form {
    /// 01, Giấy tiếp nhận hồ sơ và hẹn trả kết quả.
    Receipt(Receipt),
    /// 02, Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ.
    Supplement(Supplement),
    /// 03, Phiếu từ chối tiếp nhận giải quyết hồ sơ.
    Refusal(Refusal),
    /// 04, Văn bản xin lỗi và đề nghị gia hạn thời gian giải quyết.
    Extension(Extension),
    /// 05, Thông báo dừng giải quyết hồ sơ.
    Stopping(Stopping),
    /// 06, Phiếu kiểm soát quá trình giải quyết hồ sơ.
    Routing(Routing),
    /// 07, Sổ theo dõi hồ sơ.
    Register(Register),
    /// Biên lai thu tiền phí, lệ phí; no form of the mechanism.
    FeeReceipt(FeeReceipt),
    /// Bảng kê bàn giao kết quả cho bưu chính; no form of the mechanism.
    Manifest(Manifest),
}

impl Form {
    /// What the form is called.
    #[must_use]
    pub fn title(&self) -> &'static str {
        match self {
            Self::Receipt(_) => "Giấy tiếp nhận hồ sơ và hẹn trả kết quả",
            Self::Supplement(_) => "Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ",
            Self::Refusal(_) => "Phiếu từ chối tiếp nhận giải quyết hồ sơ",
            Self::Extension(_) => "Văn bản xin lỗi và đề nghị gia hạn thời gian giải quyết",
            Self::Stopping(_) => "Thông báo dừng giải quyết hồ sơ",
            Self::Routing(_) => "Phiếu kiểm soát quá trình giải quyết hồ sơ",
            Self::Register(_) => "Sổ theo dõi hồ sơ",
            Self::FeeReceipt(_) => "Biên lai thu tiền phí, lệ phí",
            Self::Manifest(_) => "Bảng kê bàn giao kết quả cho bưu chính",
        }
    }

    /// The dossier that it is about, with the way to follow it; none for the register, receipts of fees and manifests.
    #[must_use]
    pub fn about(&self) -> Option<&About> {
        match self {
            Self::Receipt(Receipt { about, .. })
            | Self::Supplement(Supplement { about, .. })
            | Self::Refusal(Refusal { about, .. })
            | Self::Extension(Extension { about, .. })
            | Self::Stopping(Stopping { about, .. })
            | Self::Routing(Routing { about, .. }) => Some(about),
            Self::Register(_) | Self::FeeReceipt(_) | Self::Manifest(_) => None,
        }
    }

    pub(crate) fn letterhead(&self) -> &Letterhead {
        match self {
            Self::Register(register) => &register.letterhead,
            Self::FeeReceipt(receipt) => &receipt.letterhead,
            Self::Manifest(manifest) => &manifest.letterhead,
            form => &form.about().expect("every other form is about a dossier").letterhead,
        }
    }
}
