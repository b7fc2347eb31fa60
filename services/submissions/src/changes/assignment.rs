//! Who gets a dossier that comes to a stage: who is named, or who has the least to do where the process wants that.

use diesel_async::AsyncPgConnection;
use edge::Problem;
use procedure::{Assignment, Procedure, Stage};
use uuid::Uuid;

use crate::{
    app::App,
    domain::{
        dossier::Dossier,
        staff::{Assignee, Staff},
    },
    error,
    store::staff,
};

/// The official named for a stage, or who stands in for her.
///
/// # Errors
/// 400 when she does not hold its role at the agency.
pub(super) async fn named(
    app: &App,
    conn: &mut AsyncPgConnection,
    dossier: &Dossier,
    stage: &Stage,
    official: Uuid,
) -> Result<Assignee, Problem> {
    let staff = staff::of_agency(conn, &dossier.agency, app.life.clock.now()).await?;
    if !staff.holds(official, stage.role) {
        return Err(error::invalid(
            "/official",
            "other-role",
            "Người này không giữ vai trò của bước này tại cơ quan. Chọn người khác.",
            "This person does not hold the role of this stage at the agency. Choose somebody else.",
        ));
    }
    Ok(staff.in_place_of(official))
}

/// Who had the dossier in `stage` before, if she still holds its role, or who stands in for her.
pub(super) async fn as_before(
    app: &App,
    conn: &mut AsyncPgConnection,
    dossier: &Dossier,
    stage: &Stage,
) -> Result<Option<Assignee>, Problem> {
    let Some(before) = dossier.last_in(stage) else { return Ok(None) };
    let staff = staff::of_agency(conn, &dossier.agency, app.life.clock.now()).await?;
    let still = staff.holds(before, stage.role).then(|| staff.in_place_of(before));
    Ok(still.filter(|to| dossier.is_for(to.official, stage)))
}

/// The dossier, which has just come to its stage, in the hands of who has the least to do, where its process wants that and nobody has it.
pub(super) async fn by_load(
    app: &App,
    conn: &mut AsyncPgConnection,
    dossier: Dossier,
    procedure: &Procedure,
) -> Result<Dossier, Problem> {
    let Some(stage) = dossier.stage(procedure).filter(|stage| stage.assignment == Assignment::ByLoad) else {
        return Ok(dossier);
    };
    if !dossier.is_in_hand() || dossier.holder().is_some() {
        return Ok(dossier);
    }
    staff::lock_choice(conn, &dossier.agency).await?;
    let staff: Staff = staff::of_agency(conn, &dossier.agency, app.life.clock.now()).await?;
    let chosen = staff.least_loaded(stage.role, |official| dossier.is_for(official, stage));
    Ok(dossier.given(chosen))
}
