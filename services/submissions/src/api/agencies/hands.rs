//! In whose hands the dossiers of a list are, as it is asked.

use civic::OfficialRole;
use edge::Problem;
use uuid::Uuid;

use crate::{
    domain::{colleague::WORKING_ROLES, stage::Actor, workload::Part},
    error,
    store::hands::Hands,
};

/// The hands that are asked for by `holder` and by `part`, of an official who acts at the agency.
///
/// # Errors
/// 400 when `holder` is none of its words.
pub fn hands(holder: Option<&str>, part: Option<Part>, actor: &Actor) -> Result<Hands, Problem> {
    let own = || [vec![actor.id], actor.stands_in_for.clone()].concat();
    let roles = || WORKING_ROLES.into_iter().filter(|role| actor.roles.contains(role)).collect();
    match (holder, part) {
        (Some("ME"), _) => Ok(Hands::Of(own())),
        (Some("NOBODY"), _) => Ok(Hands::Nobody(WORKING_ROLES.to_vec())),
        (Some(id), _) => id.parse::<Uuid>().map(|id| Hands::Of(vec![id])).map_err(|_| unknown()),
        (None, Some(Part::Mine)) => Ok(Hands::Of(own())),
        (None, Some(Part::Nobodys)) => Ok(Hands::Nobody(roles())),
        (None, Some(Part::ToSign)) if !actor.roles.contains(&OfficialRole::Approver) => Ok(Hands::Of(Vec::new())),
        (None, Some(Part::ToSign)) => Ok(Hands::ToSign(own())),
        (None, Some(Part::Unassigned)) => Ok(Hands::Nobody(WORKING_ROLES.to_vec())),
        (None, _) => Ok(Hands::Any),
    }
}

fn unknown() -> Problem {
    error::invalid(
        "/holder",
        "unknown",
        "Chọn ME, NOBODY hoặc mã tài khoản của một cán bộ.",
        "Choose ME, NOBODY, or the id of an official's account.",
    )
}
