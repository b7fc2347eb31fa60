//! Other papers, other fields of the form.

use civic::LocalText;
use serde_json::Value;

use super::{
    quoted,
    words::{became, paper, say},
};
use crate::{Component, Procedure};

pub(super) fn papers(before: &Procedure, after: &Procedure) -> Vec<LocalText> {
    let new = after.components.iter().filter(|paper| before.component(&paper.code).is_none());
    let mut texts: Vec<_> = new
        .map(|paper| {
            let (name, need) = (quoted(&paper.name), need(paper));
            say(format!("Thêm giấy tờ {} ({}).", name.vi, need.vi), format!("New paper {} ({}).", name.en, need.en))
        })
        .collect();
    for paper in &before.components {
        match after.component(&paper.code) {
            Some(now) => texts.extend(changed(paper, now)),
            None => {
                let name = quoted(&paper.name);
                texts.push(say(
                    format!("Không yêu cầu {} nữa.", name.vi),
                    format!("{} is not asked for any more.", name.en),
                ));
            }
        }
    }
    texts
}

fn need(paper: &Component) -> LocalText {
    match (paper.required, &paper.required_when) {
        (true, _) => say("bắt buộc", "required"),
        (false, Some(when)) => say(
            format!("bắt buộc khi {} là {}", when.answer, when.is),
            format!("required when {} is {}", when.answer, when.is),
        ),
        (false, None) => say("không bắt buộc", "optional"),
    }
}

fn changed(before: &Component, after: &Component) -> Vec<LocalText> {
    let name = quoted(&after.name);
    let mut texts = Vec::new();
    if before.name != after.name {
        texts.push(became(&say("Tên giấy tờ", "Name of a paper"), &quoted(&before.name), &name));
    }
    if need(before) != need(after) {
        texts.push(became(&name, &need(before), &need(after)));
    }
    if before.copies != after.copies {
        let copies = |copies: u16| say(copies.to_string(), copies.to_string());
        let what = say(format!("Số bản của {}", name.vi), format!("Copies of {}", name.en));
        texts.push(became(&what, &copies(before.copies), &copies(after.copies)));
    }
    if before.form != after.form {
        let what = say(format!("Hình thức của {}", name.vi), format!("What is handed in of {}", name.en));
        texts.push(became(&what, &paper(before.form), &paper(after.form)));
    }
    if before.digitisation != after.digitisation || before.replaced_by != after.replaced_by {
        texts.push(say(
            format!("Việc số hóa hoặc thay thế {} thay đổi.", name.vi),
            format!("How {} is digitised or replaced is another.", name.en),
        ));
    }
    texts
}

/// The names of what a form asks for.
fn asked(procedure: &Procedure) -> Vec<&str> {
    procedure.form["properties"].as_object().into_iter().flatten().map(|(name, _)| &**name).collect()
}

fn label(procedure: &Procedure, name: &str) -> LocalText {
    procedure
        .ui
        .fields
        .get(name)
        .map_or_else(|| say(format!("“{name}”"), format!("“{name}”")), |field| quoted(&field.label))
}

fn is_required(procedure: &Procedure, name: &str) -> bool {
    procedure.form["required"].as_array().into_iter().flatten().any(|required| required == name)
}

pub(super) fn fields(before: &Procedure, after: &Procedure) -> Vec<LocalText> {
    let (old, new) = (asked(before), asked(after));
    let mut texts = Vec::new();
    for name in new.iter().filter(|name| !old.contains(name)) {
        let label = label(after, name);
        let (vi, en) =
            if is_required(after, name) { ("bắt buộc", "required") } else { ("không bắt buộc", "optional") };
        texts.push(say(format!("Thêm mục {} ({vi}).", label.vi), format!("New field {} ({en}).", label.en)));
    }
    for name in old.iter().filter(|name| !new.contains(name)) {
        let label = label(before, name);
        texts.push(say(format!("Bỏ mục {}.", label.vi), format!("{} is not asked any more.", label.en)));
    }
    let both = old.iter().filter(|name| new.contains(name));
    texts.extend(both.flat_map(|name| field(before, after, name)));
    if before.date_bounds != after.date_bounds || before.people != after.people {
        texts.push(say(
            "Quy tắc về ngày tháng hoặc thông tin cá nhân của mẫu đơn thay đổi.",
            "What must hold of dates and of people in the form is another.",
        ));
    }
    if before.ui.pages != after.ui.pages && old == new {
        texts.push(say("Cách chia trang của mẫu đơn thay đổi.", "The pages of the form are others."));
    }
    texts
}

fn field(before: &Procedure, after: &Procedure, name: &str) -> Vec<LocalText> {
    let (old, now) = (label(before, name), label(after, name));
    let mut texts = Vec::new();
    if old != now {
        texts.push(became(&say("Tên mục", "A field is called otherwise"), &old, &now));
    }
    match (is_required(before, name), is_required(after, name)) {
        (false, true) => {
            texts.push(say(format!("Mục {} trở thành bắt buộc.", now.vi), format!("{} must be filled now.", now.en)));
        }
        (true, false) => {
            texts.push(say(format!("Mục {} không còn bắt buộc.", now.vi), format!("{} may be left out now.", now.en)));
        }
        _ => {}
    }
    let rule = |of: &Procedure| -> Value { of.form["properties"][name].clone() };
    if rule(before) != rule(after) {
        texts.push(say(
            format!("Quy tắc điền mục {} thay đổi.", now.vi),
            format!("What may be filled into {} is another.", now.en),
        ));
    }
    let (shown, shows) = (before.ui.fields.get(name), after.ui.fields.get(name));
    let but_label =
        |field: Option<&crate::FormField>| field.map(|it| (it.hint.clone(), it.widget, it.meaning, it.options.clone()));
    if but_label(shown) != but_label(shows) {
        texts.push(say(format!("Cách trình bày mục {} thay đổi.", now.vi), format!("{} is shown otherwise.", now.en)));
    }
    texts
}
