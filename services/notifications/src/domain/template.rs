//! The kinds of messages: what each is called, and how it travels.

use uuid::Uuid;

use super::message::Channel;

/// One kind of message; each is written in both languages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Template {
    ConfirmEmail,
    ResetPassword,
    ConfirmNewEmail,
    AccountNotice,
    DossierSubmitted,
    FeePaid,
    DossierReceived,
    DossierCompleted,
    DossierCompletedSms,
    DraftExpiring,
    DossierNotice,
    DossierNoticeSms,
    ConsultationNotice,
    DraftAnswered,
    DeadlineAlert,
    DeadlineAlertSms,
    PaymentNotice,
    MoneyNotice,
    OfficialAlert,
    OfficialAlertSms,
}

impl Template {
    /// Those with a code that soon works no more.
    pub const WITH_CODE: [Self; 3] = [Self::ConfirmEmail, Self::ResetPassword, Self::ConfirmNewEmail];

    /// Its name in storage and the beginning of its files' names.
    pub fn name(self) -> &'static str {
        match self {
            Self::ConfirmEmail => "confirm_email",
            Self::ResetPassword => "reset_password",
            Self::ConfirmNewEmail => "confirm_new_email",
            Self::AccountNotice => "account_notice",
            Self::DossierSubmitted => "dossier_submitted",
            Self::FeePaid => "fee_paid",
            Self::DossierReceived => "dossier_received",
            Self::DossierCompleted => "dossier_completed",
            Self::DossierCompletedSms => "dossier_completed_sms",
            Self::DraftExpiring => "draft_expiring",
            Self::DossierNotice => "dossier_notice",
            Self::DossierNoticeSms => "dossier_notice_sms",
            Self::ConsultationNotice => "consultation_notice",
            Self::DraftAnswered => "draft_answered",
            Self::DeadlineAlert => "deadline_alert",
            Self::DeadlineAlertSms => "deadline_alert_sms",
            Self::PaymentNotice => "payment_notice",
            Self::MoneyNotice => "money_notice",
            Self::OfficialAlert => "official_alert",
            Self::OfficialAlertSms => "official_alert_sms",
        }
    }

    /// Whether it tells an official that something waits.
    pub fn is_alert(self) -> bool {
        matches!(self, Self::OfficialAlert | Self::OfficialAlertSms)
    }

    /// Whether it tells an applicant of what officials may be alerted to.
    pub fn may_come_with_alerts(self) -> bool {
        matches!(self, Self::DossierSubmitted | Self::FeePaid | Self::DossierNotice)
    }

    /// The page of a dossier in the portal, for whoever it is written to.
    pub fn page(self, dossier: Uuid) -> String {
        match self {
            Self::ConsultationNotice
            | Self::DraftAnswered
            | Self::DeadlineAlert
            | Self::DeadlineAlertSms
            | Self::MoneyNotice
            | Self::OfficialAlert
            | Self::OfficialAlertSms => format!("/work/dossiers/{dossier}"),
            _ => format!("/dossiers/{dossier}"),
        }
    }

    /// How it travels.
    pub fn channel(self) -> Channel {
        match self {
            Self::DossierCompletedSms | Self::DossierNoticeSms | Self::DeadlineAlertSms | Self::OfficialAlertSms => {
                Channel::Sms
            }
            _ => Channel::Email,
        }
    }
}
