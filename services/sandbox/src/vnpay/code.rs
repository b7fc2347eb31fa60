//! How the transaction API answers: its codes.

/// VNPAY's answer codes in the transaction API.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Code {
    Done,
    UnknownMerchant,
    BadFormat,
    NotFound,
    Duplicate,
    NotPaid,
    BadChecksum,
    Other,
}

impl Code {
    pub(crate) fn on_wire(self) -> (&'static str, &'static str) {
        match self {
            Self::Done => ("00", "Success"),
            Self::UnknownMerchant => ("02", "Invalid TmnCode"),
            Self::BadFormat => ("03", "Invalid data format"),
            Self::NotFound => ("91", "Transaction not found"),
            Self::Duplicate => ("94", "Duplicate request"),
            Self::NotPaid => ("95", "Transaction was not successful, refund refused"),
            Self::BadChecksum => ("97", "Invalid Checksum"),
            Self::Other => ("99", "Other error"),
        }
    }
}
