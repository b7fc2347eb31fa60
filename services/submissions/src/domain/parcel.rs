//! Results that are sent by post: what an agency hands over on a manifest, and what becomes of each parcel (Decision 45/2016/QĐ-TTg).

use civic::DossierStatus;

use super::actions::{TextInput, choose_return::WantedReturn, return_result::ReturnWay};

/// Parcels on a manifest.
pub const MOST_PARCELS: usize = 100;
/// Who of the post takes a manifest over.
pub const CARRIER: TextInput = TextInput { name: "carrier", required: true, min_length: 2, max_length: 200 };
/// The post's number of a parcel.
pub const ITEM_CODE: TextInput = TextInput { name: "item_code", required: true, min_length: 4, max_length: 40 };
/// Who fetched at the counter what came back.
pub const COLLECTED_BY: TextInput = TextInput { name: "collected_by", required: true, min_length: 2, max_length: 200 };

civic::closed_list! {
    /// How far a manifest has come.
    pub enum ManifestState: "a state of a manifest" {
        /// It is made; nobody of the post has signed it.
        Open = "OPEN",
        /// The post took over what stands on it.
        Signed = "SIGNED",
        /// It was dropped, and what stood on it waits again.
        Cancelled = "CANCELLED",
    }
}

civic::closed_list! {
    /// Where a parcel is.
    pub enum ParcelState: "a state of a parcel" {
        /// It stands on a manifest that nobody has signed.
        Listed = "LISTED",
        /// It was not handed over with the others of its manifest.
        LeftOut = "LEFT_OUT",
        /// The post has it.
        Sent = "SENT",
        /// The post delivered it.
        Delivered = "DELIVERED",
        /// The post brought it back: it lies at the agency.
        CameBack = "CAME_BACK",
        /// It came back, and was fetched at the counter.
        Collected = "COLLECTED",
        /// It came back, and was sent anew.
        SentAgain = "SENT_AGAIN",
    }
}

civic::closed_list! {
    /// What becomes of a parcel after it was sent.
    pub enum ParcelOutcome: "what became of a parcel" {
        /// The post delivered it.
        Delivered = "DELIVERED",
        /// The post brought it back.
        CameBack = "CAME_BACK",
        /// It was fetched at the counter after it had come back.
        Collected = "COLLECTED",
    }
}

/// Why a dossier's result is not put on a manifest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotToBeSent {
    /// There is no such dossier, or it is another agency's.
    Unknown,
    /// It is the receiver's own, or names her.
    Own,
    /// It is not ready, or was handed over another way.
    Status,
    /// It stands on a manifest, or the post has it or delivered it.
    OnItsWay,
    /// It is wanted another way.
    AnotherWay,
    /// Nobody said where it is sent.
    NoAddress,
}

impl ParcelState {
    /// Where the parcel is after `outcome`, if that can become of it.
    pub fn after(self, outcome: ParcelOutcome) -> Option<Self> {
        match (self, outcome) {
            (Self::Sent, ParcelOutcome::Delivered) => Some(Self::Delivered),
            (Self::Sent, ParcelOutcome::CameBack) => Some(Self::CameBack),
            (Self::CameBack, ParcelOutcome::Collected) => Some(Self::Collected),
            _ => None,
        }
    }

    /// Whether its result is on its way, or arrived.
    fn is_on_its_way(self) -> bool {
        matches!(self, Self::Listed | Self::Sent | Self::Delivered)
    }
}

/// Where the result of a dossier is sent: to the address that the receiver says, else to the one that is wanted. What is completed is sent
/// once, and again what came back. `parcels` are those of the dossier so far, the newest last.
///
/// # Errors
/// Why it is not sent.
pub fn destination(
    status: DossierStatus,
    wanted: &WantedReturn,
    parcels: &[ParcelState],
    said: Option<String>,
) -> Result<String, NotToBeSent> {
    if parcels.iter().any(|state| state.is_on_its_way()) {
        return Err(NotToBeSent::OnItsWay);
    }
    let came_back = parcels.last() == Some(&ParcelState::CameBack);
    match status {
        DossierStatus::Completed if wanted.way != ReturnWay::Post => return Err(NotToBeSent::AnotherWay),
        DossierStatus::Completed => {}
        DossierStatus::Returned if came_back => {}
        _ => return Err(NotToBeSent::Status),
    }
    said.or_else(|| wanted.address.clone()).ok_or(NotToBeSent::NoAddress)
}

#[cfg(test)]
mod tests {
    use super::{ParcelState::*, *};

    fn by_post(address: Option<&str>) -> WantedReturn {
        WantedReturn { way: ReturnWay::Post, address: address.map(Into::into), phone: None }
    }

    #[test]
    fn what_was_sent_arrives_or_comes_back_and_what_came_back_is_fetched() {
        let known = |from: &ParcelState| {
            let after = ParcelOutcome::ALL.iter().filter_map(|outcome| Some((*outcome, from.after(*outcome)?)));
            after.collect::<Vec<_>>()
        };
        assert_eq!(known(&Sent), [(ParcelOutcome::Delivered, Delivered), (ParcelOutcome::CameBack, CameBack)]);
        assert_eq!(known(&CameBack), [(ParcelOutcome::Collected, Collected)]);
        for state in [Listed, LeftOut, Delivered, Collected, SentAgain] {
            assert_eq!(known(&state), [], "{state}");
        }
    }

    #[test]
    fn a_result_is_sent_once_and_again_when_it_came_back() {
        let wanted = by_post(Some("Tổ 5, phường Đồi Chè"));
        let told = |status, parcels: &[ParcelState]| destination(status, &wanted, parcels, None).map(|_| ());
        for parcels in [&[][..], &[LeftOut], &[LeftOut, LeftOut]] {
            assert_eq!(told(DossierStatus::Completed, parcels), Ok(()));
            assert_eq!(told(DossierStatus::Returned, parcels), Err(NotToBeSent::Status));
        }
        for parcels in [&[Listed][..], &[Sent], &[Delivered], &[SentAgain, Sent]] {
            assert_eq!(told(DossierStatus::Returned, parcels), Err(NotToBeSent::OnItsWay), "{parcels:?}");
        }
        assert_eq!(told(DossierStatus::Returned, &[CameBack]), Ok(()));
        assert_eq!(told(DossierStatus::Returned, &[Collected]), Err(NotToBeSent::Status));
        assert_eq!(told(DossierStatus::Processing, &[]), Err(NotToBeSent::Status));
    }

    #[test]
    fn it_goes_where_the_receiver_says_else_where_it_is_wanted_and_nowhere_unknown() {
        let completed = DossierStatus::Completed;
        let said = Some("Số 1 phố Hàng Bài".to_owned());
        assert_eq!(destination(completed, &by_post(Some("Tổ 5")), &[], said.clone()), Ok("Số 1 phố Hàng Bài".into()));
        assert_eq!(destination(completed, &by_post(Some("Tổ 5")), &[], None), Ok("Tổ 5".into()));
        assert_eq!(destination(completed, &by_post(None), &[], said), Ok("Số 1 phố Hàng Bài".into()));
        assert_eq!(destination(completed, &by_post(None), &[], None), Err(NotToBeSent::NoAddress));
        let counter = WantedReturn { way: ReturnWay::Counter, ..by_post(None) };
        assert_eq!(destination(completed, &counter, &[], None), Err(NotToBeSent::AnotherWay));
    }
}
