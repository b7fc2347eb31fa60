//! What a security event is: what is watched for, because somebody may be after the installation or its people's data.

use metrics::counter;
use sha2::{Digest, Sha256};
use uuid::Uuid;

civic::closed_list! {
    /// The security events. In the audit log each is an entry with this word as its action; all are counted.
    pub enum SecurityEvent: "a security event" {
        /// A person signed in.
        SignedIn = "session.opened",
        /// A program got a token.
        ClientSignedIn = "client_token.issued",
        /// Somebody could not show that an account or an API client is hers.
        SignInRefused = "sign_in.refused",
        /// Somebody did not know the secret of the dossier that she wanted to follow.
        TrackingRefused = "tracking.refused",
        /// A token came that is none of ours.
        TokenForged = "token.forged",
        /// Somebody without a token, or with one that is good no more, asked for what needs one.
        Unauthenticated = "request.unauthenticated",
        /// Somebody asked for what she may not do.
        Forbidden = "request.forbidden",
        /// Somebody asked too much.
        Limited = "request.limited",
        /// An official was shown what is somebody else's.
        PersonalDataRead = "personal_data.read",
        /// More refusals came than are kept apart: these were only counted.
        NotKept = "security_events.not_kept",
    }
}

impl SecurityEvent {
    /// Counts one.
    pub(crate) fn count(self, service: &'static str) {
        counter!("motcua_security_events_total", "service" => service, "kind" => self.as_str()).increment(1);
    }
}

/// What something was about.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Subject {
    /// What kind of thing: `account`.
    pub kind: &'static str,
    /// Which one.
    pub id: String,
}

impl Subject {
    /// An account.
    pub fn account(id: Uuid) -> Self {
        Self { kind: "account", id: id.to_string() }
    }

    /// What a stranger says she is called. Kept as a digest: it may be anybody's address, or a password in the wrong field. Who knows the
    /// name finds it: the first half of the SHA-256 of its small letters.
    pub fn claimed(name: &str) -> Self {
        let digest = Sha256::digest(name.to_lowercase());
        Self { kind: "login", id: hex::encode(&digest[..16]) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_stranger_typed_is_found_again_and_not_read() {
        let typed = Subject::claimed("An@example.vn");
        assert_eq!(typed, Subject::claimed("an@example.vn"));
        // printf an@example.vn | sha256sum
        assert_eq!(typed.id, "6a2bbfe4a1cca4892e5ea4997473175c");
    }
}
