//! Another way through an agency.

use civic::LocalText;

use super::{
    quoted,
    words::{became, role, say},
};
use crate::{Procedure, Stage};

pub(super) fn stages(before: &Procedure, after: &Procedure) -> Vec<LocalText> {
    let new = after.process.iter().filter(|stage| before.stage(&stage.code).is_none());
    let mut texts: Vec<_> = new
        .map(|stage| {
            let (name, who) = (quoted(&stage.name), role(stage.role));
            say(format!("Thêm bước {} ({}).", name.vi, who.vi), format!("New stage {} ({}).", name.en, who.en))
        })
        .collect();
    for stage in &before.process {
        let name = quoted(&stage.name);
        match after.stage(&stage.code) {
            Some(now) => texts.extend(changed(stage, now)),
            None => texts.push(say(format!("Bỏ bước {}.", name.vi), format!("The stage {} is no more.", name.en))),
        }
    }
    let order: fn(&Procedure) -> Vec<&str> = |of| of.process.iter().map(|stage| &*stage.code).collect();
    if texts.is_empty() && order(before) != order(after) {
        texts.push(say("Thứ tự các bước thay đổi.", "The order of the stages is another."));
    }
    texts
}

fn changed(before: &Stage, after: &Stage) -> Vec<LocalText> {
    let name = quoted(&after.name);
    let mut texts = Vec::new();
    if before.name != after.name {
        texts.push(became(&say("Tên bước", "Name of a stage"), &quoted(&before.name), &name));
    }
    if before.role != after.role {
        let what = say(format!("Người làm bước {}", name.vi), format!("Who works on {}", name.en));
        texts.push(became(&what, &role(before.role), &role(after.role)));
    }
    if before.working_hours != after.working_hours {
        let hours = |hours: Option<u16>| {
            hours.map_or_else(
                || say("không định", "not said"),
                |hours| say(format!("{hours} giờ làm việc"), format!("{hours} working hours")),
            )
        };
        let what = say(format!("Thời gian của bước {}", name.vi), format!("Time of {}", name.en));
        texts.push(became(&what, &hours(before.working_hours), &hours(after.working_hours)));
    }
    let others = [
        (before.actions != after.actions, "Thao tác ở bước", "What may be done at"),
        (before.next != after.next, "Bước tiếp theo của", "What follows"),
        (before.assignment != after.assignment, "Cách phân công ở bước", "Who gets a dossier at"),
        (before.other_than != after.other_than, "Yêu cầu người khác làm ở bước", "Who may not act at"),
    ];
    let others = others.into_iter().filter(|(differs, ..)| *differs);
    texts.extend(
        others.map(|(_, vi, en)| say(format!("{vi} {} thay đổi.", name.vi), format!("{en} {} is another.", name.en))),
    );
    texts
}
