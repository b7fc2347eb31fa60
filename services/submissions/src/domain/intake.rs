//! Taking a dossier in by hand: at a counter, from the post, or in the place of who files online with help.

use civic::{AdministrativeLevel, AgencyCode, FilingChannel};
use procedure::Procedure;

use super::dossier::Refusal;

civic::closed_list! {
    /// By what it is shown that who is helped to file online agreed to it.
    pub enum ConsentProof: "a proof of consent" {
        /// A paper that she signed, which is kept with the dossier.
        SignedPaper = "SIGNED_PAPER",
        /// Her citizen card, which she handed over for it.
        CardShown = "CARD_SHOWN",
        /// Her word, which was recorded.
        RecordedWord = "RECORDED_WORD",
    }
}

/// A paper as it was handed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HandedPaper {
    /// The code of one of the procedure's components.
    pub component: String,
    /// How many originals.
    pub originals: i16,
    /// How many copies.
    pub copies: i16,
}

impl HandedPaper {
    /// Whether any was handed in at all.
    pub fn is_any(&self) -> bool {
        self.originals > 0 || self.copies > 0
    }
}

/// Whether agencies like this one carry the procedure out.
pub fn handles(procedure: &Procedure, agency: &AgencyCode) -> bool {
    procedure.levels.contains(&AdministrativeLevel::of(agency))
}

/// Whether a dossier for `agency` may be taken in at `centre`: at the agency itself, or anywhere in its province where the procedure is free
/// of territory.
///
/// # Errors
/// [`Refusal::NotHandledThere`]; [`Refusal::NotTakenInThere`].
pub fn may_be_taken_in(procedure: &Procedure, centre: &AgencyCode, agency: &AgencyCode) -> Result<(), Refusal> {
    if !handles(procedure, agency) {
        return Err(Refusal::NotHandledThere);
    }
    let free = procedure.non_territorial && centre.root() == agency.root();
    if free || centre == agency { Ok(()) } else { Err(Refusal::NotTakenInThere) }
}

/// Whether somebody agreed who is helped to file online, and nobody is asked to who hands in herself.
pub fn consent_fits(channel: FilingChannel, consent: Option<ConsentProof>) -> bool {
    (channel == FilingChannel::Online) == consent.is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn procedure(free: bool) -> Procedure {
        let source = include_str!("../../../catalogue/data/procedures/1.004222/4.json");
        Procedure { non_territorial: free, ..serde_json::from_str(source).expect("a procedure") }
    }

    #[test]
    fn any_centre_of_the_province_takes_what_is_free_of_territory_and_its_own_agency_the_rest() {
        for (free, centre, agency, expected) in [
            (true, "H44.100", "H44.100", Ok(())),
            (true, "H44.101", "H44.100", Ok(())),
            (true, "H44", "H44.100", Ok(())),
            (true, "H25.101", "H44.100", Err(Refusal::NotTakenInThere)),
            (false, "H44.100", "H44.100", Ok(())),
            (false, "H44.101", "H44.100", Err(Refusal::NotTakenInThere)),
            // Permanent residence is a commune's, not the province's.
            (true, "H44.100", "H44.01", Err(Refusal::NotHandledThere)),
        ] {
            let [centre, agency] = [centre, agency].map(|code| code.parse().expect("a code"));
            assert_eq!(may_be_taken_in(&procedure(free), &centre, &agency), expected, "{free} {centre} {agency}");
        }
    }

    #[test]
    fn who_is_helped_online_agrees_and_nobody_else_is_asked() {
        use FilingChannel::{Direct, Online, Post};
        let given = Some(ConsentProof::CardShown);
        assert!(consent_fits(Online, given) && consent_fits(Direct, None) && consent_fits(Post, None));
        assert!(!consent_fits(Online, None) && !consent_fits(Direct, given) && !consent_fits(Post, given));
    }
}
