//! The statuses of a dossier: the codes 1–10 used when synchronising with the National Portal, and the draft before them.

use crate::Language;

closed_list! {
    /// Where a dossier stands.
    pub enum DossierStatus: "a dossier status" {
        /// Not filed yet; known to the applicant only and without a national code.
        Draft = "DRAFT",
        /// 1, Mới đăng ký.
        Registered = "REGISTERED",
        /// 2, Được tiếp nhận.
        Received = "RECEIVED",
        /// 3, Không được tiếp nhận.
        NotReceived = "NOT_RECEIVED",
        /// 4, Đang xử lý.
        Processing = "PROCESSING",
        /// 5, Yêu cầu bổ sung giấy tờ.
        SupplementRequested = "SUPPLEMENT_REQUESTED",
        /// 6, Yêu cầu thực hiện nghĩa vụ tài chính.
        FeeDue = "FEE_DUE",
        /// 7, Công dân yêu cầu rút hồ sơ.
        Withdrawn = "WITHDRAWN",
        /// 8, Dừng xử lý.
        Stopped = "STOPPED",
        /// 9, Đã xử lý xong.
        Completed = "COMPLETED",
        /// 10, Đã trả kết quả.
        Returned = "RETURNED",
    }
}

/// What a status does to the time the agency has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ClockState {
    /// Not started.
    Off,
    /// The agency's time runs.
    Running,
    /// The time waits: for the applicant's papers or payment, or because handling is suspended. A dossier that was
    /// never received has no running clock to pause.
    Paused,
    /// Over.
    Ended,
}

impl DossierStatus {
    /// The national code 1–10; a draft has none.
    #[must_use]
    pub const fn code(self) -> Option<u8> {
        match self {
            Self::Draft => None,
            Self::Registered => Some(1),
            Self::Received => Some(2),
            Self::NotReceived => Some(3),
            Self::Processing => Some(4),
            Self::SupplementRequested => Some(5),
            Self::FeeDue => Some(6),
            Self::Withdrawn => Some(7),
            Self::Stopped => Some(8),
            Self::Completed => Some(9),
            Self::Returned => Some(10),
        }
    }

    /// The status of a national code.
    #[must_use]
    pub fn from_code(code: u8) -> Option<Self> {
        Self::ALL.iter().copied().find(|status| status.code() == Some(code))
    }

    /// The name shown to people; the Vietnamese one is the national list's own.
    #[must_use]
    pub const fn name(self, language: Language) -> &'static str {
        let (vi, en) = match self {
            Self::Draft => ("Bản nháp", "Draft"),
            Self::Registered => ("Mới đăng ký", "Newly registered"),
            Self::Received => ("Được tiếp nhận", "Received"),
            Self::NotReceived => ("Không được tiếp nhận", "Not received"),
            Self::Processing => ("Đang xử lý", "In process"),
            Self::SupplementRequested => ("Yêu cầu bổ sung giấy tờ", "Further papers requested"),
            Self::FeeDue => ("Yêu cầu thực hiện nghĩa vụ tài chính", "Financial obligation due"),
            Self::Withdrawn => ("Công dân yêu cầu rút hồ sơ", "Withdrawn by the applicant"),
            Self::Stopped => ("Dừng xử lý", "Handling stopped"),
            Self::Completed => ("Đã xử lý xong", "Completed"),
            Self::Returned => ("Đã trả kết quả", "Result returned"),
        };
        match language {
            Language::Vi => vi,
            Language::En => en,
        }
    }

    /// What this status does to the agency's time.
    #[must_use]
    pub const fn clock(self) -> ClockState {
        match self {
            Self::Draft | Self::Registered => ClockState::Off,
            Self::Received | Self::Processing => ClockState::Running,
            Self::SupplementRequested | Self::FeeDue | Self::Stopped => ClockState::Paused,
            Self::NotReceived | Self::Withdrawn | Self::Completed | Self::Returned => ClockState::Ended,
        }
    }
}
