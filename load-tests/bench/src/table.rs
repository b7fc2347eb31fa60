//! The report as tables for people and as JSON for programs.

use std::{collections::BTreeMap, fs, path::Path};

use anyhow::{Context, Result};
use serde_json::{Value, json};

use crate::{
    report::{GOALS, Goal, Report, Sample},
    say::say,
};

struct Spread {
    median: f64,
    least: f64,
    most: f64,
}

fn spread(values: &[f64]) -> Spread {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let (below, above) = (sorted[(sorted.len() - 1) / 2], sorted[sorted.len() / 2]);
    Spread { median: (below + above) / 2.0, least: sorted[0], most: sorted[sorted.len() - 1] }
}

impl Report {
    /// Prints the tables.
    pub fn print(&self) {
        say(&format!("\n{} rounds, {} dossiers of earlier days.", self.rounds, self.base));
        self.audited.iter().for_each(|sentence| say(&format!("{sentence}.")));
        if self.short {
            say("A short run: it shows that everything works, and proves little.");
        }
        say("\n| figure | what | goal | median | min – max | |\n|---|---|---|---|---|---|");
        for (key, goal, what) in GOALS {
            let Some(values) = self.figures.get(key) else { continue };
            let Spread { median, least, most } = spread(values);
            let mark = match goal.reached(median) {
                Some(true) => "✓",
                Some(false) => "missed",
                None => "",
            };
            let bound = match goal {
                Goal::AtLeast(least) => format!("≥ {least:.2}"),
                Goal::AtMost(most) => format!("≤ {most:.2}"),
                Goal::Shown => String::new(),
            };
            say(&format!("| `{key}` | {what} | {bound} | **{median:.2}** | {least:.2} – {most:.2} | {mark} |"));
        }
        say("\n| load | operations a second: median | min – max | CPU µs an operation, median |\n|---|---|---|---|");
        for (name, samples) in &self.samples {
            let Spread { median, least, most } = rates(samples);
            say(&format!("| {name} | {median:.0} | {least:.0} – {most:.0} | {} |", cpu_cell(samples)));
        }
    }

    /// Writes the figures as JSON.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn write(&self, path: Option<&Path>) -> Result<()> {
        let Some(path) = path else { return Ok(()) };
        let figures =
            GOALS.into_iter().filter_map(|(key, goal, _)| Some((key, figure_json(goal, self.figures.get(key)?))));
        let figures: BTreeMap<_, _> = figures.collect();
        let machine: BTreeMap<_, _> = self.machine.iter().cloned().collect();
        let loads: BTreeMap<_, _> = self.samples.iter().map(|(name, samples)| (name, loads_json(samples))).collect();
        let report = json!({
            "short": self.short, "rounds": self.rounds, "base": self.base, "machine": machine, "figures": figures,
            "loads": loads, "audited": self.audited,
        });
        fs::write(path, format!("{report:#}\n")).with_context(|| format!("{} cannot be written", path.display()))
    }
}

fn figure_json(goal: Goal, values: &[f64]) -> Value {
    let Spread { median, least, most } = spread(values);
    let mut figure = json!({"median": median, "min": least, "max": most});
    if let (Goal::AtLeast(bound) | Goal::AtMost(bound), Some(reached)) = (goal, goal.reached(median)) {
        figure["goal"] = json!(bound);
        figure["reached"] = json!(reached);
    }
    figure
}

fn rates(samples: &[Sample]) -> Spread {
    spread(&samples.iter().map(|sample| sample.rate).collect::<Vec<_>>())
}

fn median_cpu(samples: &[Sample]) -> Vec<(&'static str, f64)> {
    let mut names: Vec<&'static str> = samples.iter().flat_map(Sample::names).collect();
    names.sort_unstable();
    names.dedup();
    let median = |name| spread(&samples.iter().map(|sample| sample.cpu_of(&[name])).collect::<Vec<_>>()).median;
    names.into_iter().map(|name| (name, median(name))).filter(|(_, micros)| *micros >= 1.0).collect()
}

fn cpu_cell(samples: &[Sample]) -> String {
    let cpu = median_cpu(samples);
    cpu.iter().map(|(name, micros)| format!("{name} {micros:.0}")).collect::<Vec<_>>().join(", ")
}

fn loads_json(samples: &[Sample]) -> Value {
    let Spread { median, least, most } = rates(samples);
    let cpu: BTreeMap<_, _> = median_cpu(samples).into_iter().collect();
    json!({"rate": {"median": median, "min": least, "max": most}, "cpu_micros": cpu})
}
