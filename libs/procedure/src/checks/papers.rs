//! The papers: told apart, and such that somebody can have them.

use std::collections::BTreeSet;

use crate::{Component, Fault, Procedure};

impl Procedure {
    pub(super) fn papers(&self) -> Vec<Fault> {
        let mut codes = BTreeSet::new();
        let mut faults = Vec::new();
        for (place, paper) in self.components.iter().enumerate() {
            let pointer = format!("/components/{place}");
            if !codes.insert(&paper.code) {
                faults.push(Fault::at(
                    format!("{pointer}/code"),
                    "code-twice",
                    format!("Đã có giấy tờ mang mã {}; hãy đặt mã khác.", paper.code),
                    format!("Two components have the same code, {}; give each its own.", paper.code),
                ));
            }
            faults.extend(
                paper.required_when.as_ref().and_then(|when| self.never(when, &format!("{pointer}/required_when"))),
            );
            faults.extend(self.unobtainable(paper, &pointer));
        }
        faults
    }

    /// Why nobody can supply a paper that must be supplied.
    fn unobtainable(&self, paper: &Component, pointer: &str) -> Option<Fault> {
        let name = &paper.name;
        let is_needed = paper.required || paper.required_when.is_some();
        if is_needed && paper.copies == 0 {
            return Some(Fault::at(
                format!("{pointer}/copies"),
                "paper-unobtainable",
                format!("“{}” phải nộp mà số bản là 0; hãy ghi ít nhất 1.", name.vi),
                format!("“{}” must be handed in, in 0 copies; ask for one at least.", name.en),
            ));
        }
        let own = paper.replaced_by.is_some() && paper.replaced_by == self.result.code;
        (is_needed && own).then(|| {
            Fault::at(
                format!("{pointer}/replaced_by"),
                "paper-unobtainable",
                format!("“{}” lại chính là kết quả của thủ tục này, không ai có trước; hãy sửa mã.", name.vi),
                format!(
                    "“{}” is the result of this procedure itself: nobody has it before; correct the code.",
                    name.en
                ),
            )
        })
    }
}
