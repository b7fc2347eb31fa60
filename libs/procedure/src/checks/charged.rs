//! What a dossier costs and how long it takes: every filing has one price and one time limit.

use std::collections::{BTreeMap, BTreeSet};

use civic::search;
use serde_json::Value;

use crate::{Fault, FeeBasis, FeeRule, Procedure};

impl Procedure {
    /// A fee is counted by a whole number that must be given and has a greatest value, so that every filing has a price.
    pub(super) fn fees(&self) -> Vec<Fault> {
        let rules = self.fee_rules.iter().enumerate();
        let faults = rules.flat_map(|(place, rule)| {
            let per = format!("/fee_rules/{place}/per");
            let counted = match &rule.per {
                FeeBasis::Dossier => vec![],
                FeeBasis::Answer { pointer } => vec![("pointer", pointer)],
                FeeBasis::Pages { pages, copies, .. } => vec![("pages", pages), ("copies", copies)],
            };
            let uncounted = counted.into_iter().filter_map(move |(member, answer)| {
                self.uncounted(answer.strip_prefix('/').unwrap_or_default(), format!("{per}/{member}"))
            });
            uncounted.chain(free(rule, place))
        });
        faults.collect()
    }

    /// Why nothing can be counted by an answer.
    fn uncounted(&self, name: &str, pointer: String) -> Option<Fault> {
        let mut required = self.form["required"].as_array().into_iter().flatten().filter_map(Value::as_str);
        if !required.any(|required| required == name) {
            return Some(Fault::at(
                pointer,
                "fee-not-required",
                format!("Mức thu tính theo mục “{name}” mà mẫu đơn không bắt buộc; hãy đưa mục ấy vào form.required."),
                "A fee is counted by an answer that need not be given; add it to form.required.",
            ));
        }
        let answer = &self.form["properties"][name];
        let bounded = answer["type"] == "integer" && answer["minimum"].as_u64().is_some();
        (!bounded || answer["maximum"].as_u64().is_none()).then(|| {
            Fault::at(
                pointer,
                "fee-unbounded",
                format!("Mục “{name}” phải là số nguyên có giá trị nhỏ nhất và lớn nhất (minimum, maximum)."),
                "A fee is counted by an answer that is no whole number between two bounds; give it minimum and maximum.",
            )
        })
    }

    /// Nobody pays the same fee twice, and a fee that depends on the case says what each case costs.
    pub(super) fn fees_of_cases(&self) -> Vec<Fault> {
        let mut faults = Vec::new();
        let mut fees: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (place, rule) in self.fee_rules.iter().enumerate() {
            let fee = fees.entry(search::plain(&rule.name.vi)).or_default();
            let both = |earlier: &&usize| {
                let case = &self.fee_rules[**earlier].case;
                case.is_none() || rule.case.is_none() || *case == rule.case
            };
            faults.extend(fee.iter().find(both).map(|earlier| overlap(place, *earlier, rule)));
            fee.push(place);
        }
        for places in fees.values().filter(|places| places.len() > 1) {
            faults.extend(self.hole(places));
            faults.extend(self.channels_differ(places));
        }
        faults
    }

    /// A case of which several rules of one fee, each for a case, say nothing.
    fn hole(&self, places: &[usize]) -> Option<Fault> {
        let rules: Vec<_> = places.iter().map(|place| &self.fee_rules[*place]).collect();
        if rules.iter().any(|rule| rule.case.is_none()) {
            return None;
        }
        let said: BTreeSet<_> = rules.iter().filter_map(|rule| rule.case.as_ref()).collect();
        let case = self.cases.iter().find(|case| !said.contains(&case.code))?;
        Some(Fault::at(
            format!("/fee_rules/{}/case", places.last()?),
            "fee-hole",
            format!(
                "Chưa có mức thu “{}” cho trường hợp {}; hãy thêm, ghi 0 nếu không thu.",
                rules[0].name.vi, case.code
            ),
            format!("“{}” is not said for the case {}; add it, with 0 where it is free.", rules[0].name.en, case.code),
        ))
    }

    /// A way in that one rule of a fee has a price for, and another says nothing of.
    fn channels_differ(&self, places: &[usize]) -> Option<Fault> {
        let all: BTreeSet<_> = places.iter().flat_map(|place| self.fee_rules[*place].channels.keys()).collect();
        let (place, channel) = places.iter().find_map(|place| {
            let rule = &self.fee_rules[*place];
            Some((place, all.iter().find(|channel| !rule.channels.contains_key(channel))?))
        })?;
        Some(Fault::at(
            format!("/fee_rules/{place}/channels"),
            "fee-hole",
            format!("Chưa có mức thu cho kênh {channel} trong trường hợp này; hãy thêm, ghi 0 nếu không thu."),
            format!("What it costs by {channel} is not said for this case; add it, with 0 where it is free."),
        ))
    }

    pub(super) fn cases(&self) -> Vec<Fault> {
        let mut codes = BTreeSet::new();
        let mut faults = Vec::new();
        for (place, case) in self.cases.iter().enumerate() {
            if !codes.insert(&case.code) {
                faults.push(Fault::at(
                    format!("/cases/{place}/code"),
                    "code-twice",
                    format!("Đã có trường hợp mang mã {}; hãy đặt mã khác.", case.code),
                    format!("There are two cases {}; give each a code of its own.", case.code),
                ));
            }
            faults.extend(self.never(&case.when, &format!("/cases/{place}/when")));
        }
        let fees = self.fee_rules.iter().map(|rule| &rule.case).enumerate();
        let limits = self.time_limits.iter().map(|rule| &rule.case).enumerate();
        let named = fees.map(|it| ("fee_rules", it)).chain(limits.map(|it| ("time_limits", it)));
        let unknown = named.filter_map(|(list, (place, case))| Some((list, place, case.as_ref()?)));
        faults.extend(unknown.filter(|(_, _, case)| !codes.contains(case)).map(|(list, place, case)| {
            Fault::at(
                format!("/{list}/{place}/case"),
                "case-unknown",
                format!("Không có trường hợp {case}; hãy thêm vào cases hoặc sửa mã."),
                format!("There is no case {case}; add it to cases, or correct the code."),
            )
        }));
        faults
    }

    /// Each exception from the time limit stands before those that would hide it.
    pub(super) fn limits(&self) -> Vec<Fault> {
        let rules = self.time_limits.iter().enumerate();
        let hidden = rules.filter(|(place, rule)| {
            self.time_limits[..*place].iter().any(|earlier| {
                let all_cases = earlier.case.is_none() || earlier.case == rule.case;
                all_cases && (earlier.channel.is_none() || earlier.channel == rule.channel)
            })
        });
        let fault = |(place, _)| {
            Fault::at(
                format!("/time_limits/{place}"),
                "limit-hidden",
                "Thời hạn này không bao giờ được dùng vì một thời hạn đứng trước đã bao trùm; hãy đưa lên trước.",
                "This time limit stands behind one that holds wherever it does; move it before that.",
            )
        };
        hidden.map(fault).collect()
    }
}

/// A rule by which nobody pays anything at all.
fn free(rule: &FeeRule, place: usize) -> Option<Fault> {
    rule.channels.is_empty().then(|| {
        Fault::at(
            format!("/fee_rules/{place}/channels"),
            "fee-hole",
            "Chưa ghi mức thu cho kênh nào; hãy ghi, hoặc bỏ khoản này.",
            "It is not said what it costs by any channel; say it, or leave the fee out.",
        )
    })
}

fn overlap(place: usize, earlier: usize, rule: &FeeRule) -> Fault {
    Fault::at(
        format!("/fee_rules/{place}"),
        "fee-overlap",
        format!(
            "“{}” bị thu hai lần, vì đã có ở fee_rules/{earlier}; hãy phân biệt bằng trường hợp hoặc tên.",
            rule.name.vi
        ),
        format!(
            "“{}” is charged twice, as fee_rules/{earlier} holds too; tell them apart by case or name.",
            rule.name.en
        ),
    )
}
