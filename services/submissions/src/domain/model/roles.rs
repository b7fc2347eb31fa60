//! Who may do what, as a table of its own beside the entries: every action, every role, every status.

use civic::{DossierStatus, OfficialRole, OfficialRole::*};
use proptest::{prelude::*, sample::select};

use super::{
    super::{
        actions::{self, Action, Facts, Viewer, Who},
        dossier::Refusal,
        stage::Actor,
    },
    any::{any_case, any_procedure},
    case::{Case, OFFICIAL, procedure},
};

/// The roles to which an action belongs; what stands here in no line belongs to applicants, or goes from hand to hand in stages.
const TABLE: [(&[OfficialRole], &[Action]); 5] = [
    (&[Receiver], &[Action::Receive, Action::Refuse, Action::Return, Action::TakeSupplement]),
    (&[Receiver, Processor, Approver], &[Action::RequestSupplement]),
    (
        &[Processor, Approver],
        &[
            Action::Stop,
            Action::Resume,
            Action::Charge,
            Action::CancelCharge,
            Action::Extend,
            Action::Consult,
            Action::AddResult,
            Action::RemoveResult,
            Action::SendDraft,
            Action::Apologise,
            Action::Complete,
            Action::Decline,
        ],
    ),
    (&[Processor, Approver, AgencyAdministrator], &[Action::NoteLateness]),
    (&[Approver], &[Action::Correct]),
];

fn roles_of(action: Action) -> Option<&'static [OfficialRole]> {
    TABLE.iter().find(|(_, actions)| actions.contains(&action)).map(|(roles, _)| *roles)
}

proptest! {
    #[test]
    fn no_role_is_offered_what_is_anothers_whatever_the_dossier_is(
        case in any_case(), (costs, limit) in any_procedure(), role in select(OfficialRole::ALL.to_vec()),
    ) {
        let Case { dossier, components, supplied, results, now } = &case;
        let by = Actor { id: OFFICIAL, roles: vec![role], stands_in_for: Vec::new(), citizen_number: None };
        let pinned = procedure(costs, limit);
        let facts = Facts { dossier, pinned, components, supplied, by: &by, results: *results, now: *now };
        let mut seen = 0;
        for (entry, offered) in actions::offered(&Viewer::Official { at_agency: vec![role], at_centre: Vec::new() }, &facts) {
            let roles = roles_of(entry.action);
            prop_assert!(roles.is_some(), "{:?} is offered to officials", entry.action);
            let may = roles.is_some_and(|roles| roles.contains(&role));
            prop_assert_eq!(offered == Err(Refusal::RoleMissing), !may, "{:?} to {:?}", entry.action, role);
            // What is allowed leads on from here; a charge on a stopped dossier goes, and it stays stopped.
            let leads_on = entry.passages.iter().any(|(from, _)| *from == dossier.status);
            let stays = entry.passages.is_empty() || dossier.status == DossierStatus::Stopped;
            prop_assert!(offered.is_err() || leads_on || stays, "{:?} of {}", entry.action, dossier.status);
            seen += 1;
        }
        let there = TABLE.iter().flat_map(|(_, actions)| *actions).filter(|action| action.has_a_place(&facts));
        prop_assert_eq!(seen, there.count());
        for (entry, _) in actions::offered(&Viewer::Applicant, &facts) {
            prop_assert_eq!((entry.who, roles_of(entry.action)), (Who::Applicant, None));
        }
    }
}
