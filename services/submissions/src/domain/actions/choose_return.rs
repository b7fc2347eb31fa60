//! Choosing how the result is given back: at the counter, by post to an address, or as a document.

use civic::{DossierStatus, FilingChannel, Phone, events::DossierNoticed};

use super::{
    Action, Entry, TextInput, Who,
    return_result::{ReturnWay, WAY},
};
use crate::domain::dossier::{Change, Dossier, Refusal};

/// Where it is sent by post, and only then.
pub const ADDRESS: TextInput = TextInput { name: "address", required: false, min_length: 10, max_length: 300 };
/// The phone that the post calls, if it is another than the applicant's.
pub const PHONE: TextInput = TextInput { name: "phone", required: false, min_length: 0, max_length: 20 };

/// The entry.
pub const CHOOSE_RETURN: Entry = Entry {
    action: Action::ChooseReturn,
    who: Who::Applicant,
    texts: &[ADDRESS, PHONE],
    choices: &[WAY],
    paper_texts: &[],
    passages: &[],
    when: |facts| facts.dossier.may_choose_return(),
};

/// How the result is wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WantedReturn {
    /// How.
    pub way: ReturnWay,
    /// Where it is sent; by post alone.
    pub address: Option<String>,
    /// The phone that the post calls; by post alone.
    pub phone: Option<Phone>,
}

impl WantedReturn {
    /// How it is wanted where nobody chose: the door decides by which the dossier came.
    pub fn by_door(channel: FilingChannel) -> Self {
        let way = match channel {
            FilingChannel::Online => ReturnWay::Digital,
            FilingChannel::Direct => ReturnWay::Counter,
            FilingChannel::Post => ReturnWay::Post,
        };
        Self { way, address: None, phone: None }
    }
}

impl Dossier {
    /// Whether its result is still to be handed over, or may come to be.
    fn may_choose_return(&self) -> Result<(), Refusal> {
        match self.status {
            DossierStatus::NotReceived | DossierStatus::Withdrawn | DossierStatus::Returned => {
                Err(Refusal::Status(self.status))
            }
            _ => Ok(()),
        }
    }

    /// Its applicant chooses how the result is given back; the dossier stands where it stood.
    ///
    /// # Errors
    /// [`Refusal::Status`] once it is handed over, or there will be none.
    pub fn choose_return(&self) -> Result<Change<DossierNoticed>, Refusal> {
        self.may_choose_return()?;
        Ok(Change { dossier: self.changed(), steps: Vec::new(), event: None })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn where_nobody_chose_the_door_decides() {
        for (channel, way) in [
            (FilingChannel::Online, ReturnWay::Digital),
            (FilingChannel::Direct, ReturnWay::Counter),
            (FilingChannel::Post, ReturnWay::Post),
        ] {
            assert_eq!(WantedReturn::by_door(channel), WantedReturn { way, address: None, phone: None });
        }
    }
}
