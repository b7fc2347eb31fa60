//! What was measured: a table for people, JSON for programs.

use std::{collections::BTreeMap, fs, path::Path};

use anyhow::{Context, Result};
use serde_json::{Value, json};

use crate::{house::House, plan::Plan, say::say};

/// A figure's key, its goal, and what it is. A goal above zero is to be reached, one below zero not to be passed.
const GOALS: [(&str, f64, &str); 9] = [
    ("submit_p_128", 2.0, "filings / P, 128 connections"),
    ("submit_p_32", 1.0, "filings / P, 32 connections"),
    ("hot_spread", 0.9, "filings for one agency / for eight"),
    ("gateway_submit", 0.95, "filings through the gateway / direct"),
    ("gateway_read", 0.55, "cached reads through the gateway / direct"),
    ("read_hello", 0.5, "cached reads / actix hello"),
    ("cpu_peer", -1.0 / 6.0, "CPU a filing, ours with gateway / Fastify + pg"),
    ("rss_mb", -60.0, "peak memory of a service, MB"),
    ("overload", 0.95, "filings under overload / P"),
];

/// One load.
#[derive(Clone, Debug)]
pub struct Sample {
    /// Operations a second.
    pub rate: f64,
    /// CPU µs an operation, by process tree; those that did nothing left out.
    cpu: Vec<(&'static str, f64)>,
    note: String,
}

impl Sample {
    /// A load of `count` operations between two readings of the CPU clocks.
    pub fn new(
        rate: f64,
        count: u64,
        before: &[(&'static str, u64)],
        after: &[(&'static str, u64)],
        note: &str,
    ) -> Self {
        let used = before
            .iter()
            .zip(after)
            .map(|((name, before), (_, after))| (*name, after.saturating_sub(*before) as f64 / count.max(1) as f64));
        Self { rate, cpu: used.filter(|(_, micros)| *micros >= 1.0).collect(), note: note.to_owned() }
    }

    /// CPU µs an operation of these process trees together.
    pub fn cpu_of(&self, names: &[&str]) -> f64 {
        self.cpu.iter().filter(|(name, _)| names.contains(name)).map(|(_, micros)| micros).sum()
    }

    /// A progress line.
    pub fn line(&self, name: &str) -> String {
        let cpu: Vec<_> = self.cpu.iter().map(|(name, micros)| format!("{name} {micros:.0}")).collect();
        format!("{name:<32} {:>7.0}/s   CPU µs: {}   ({})", self.rate, cpu.join(", "), self.note)
    }
}

/// The report of a run.
pub struct Report {
    short: bool,
    rounds: usize,
    base: i64,
    machine: Vec<(&'static str, String)>,
    figures: BTreeMap<&'static str, Vec<f64>>,
    samples: Vec<(String, Vec<Sample>)>,
    audited: String,
}

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
    /// Nothing measured yet.
    pub fn new(plan: &Plan) -> Self {
        Self {
            short: plan.short,
            rounds: plan.rounds,
            base: plan.base,
            machine: Vec::new(),
            figures: BTreeMap::new(),
            samples: Vec::new(),
            audited: String::new(),
        }
    }

    /// Says and notes what runs where.
    pub fn machine(&mut self, facts: &[(&'static str, String)]) {
        facts.iter().for_each(|(name, value)| say(&format!("    {name}: {value}")));
        self.machine = facts.to_vec();
    }

    /// Notes a figure of one round.
    pub fn figure(&mut self, key: &'static str, value: f64) {
        self.figures.entry(key).or_default().push(value);
    }

    /// Notes a load.
    pub fn sample(&mut self, name: &str, sample: Sample) {
        match self.samples.iter_mut().find(|(known, _)| known == name) {
            Some((_, samples)) => samples.push(sample),
            None => self.samples.push((name.to_owned(), vec![sample])),
        }
    }

    /// Notes the peak memory of the service that needed most.
    ///
    /// # Errors
    /// When one has ended.
    pub fn memory(&mut self, house: &House) -> Result<()> {
        let mut most: f64 = 0.0;
        for service in &house.services {
            let peak = service.peak_memory()?;
            say(&format!("    {}: {peak:.0} MB at most", service.name));
            most = most.max(peak);
        }
        self.figure("rss_mb", most);
        Ok(())
    }

    /// Notes what the audit found.
    pub fn audited(&mut self, sentence: &str) {
        self.audited = sentence.to_owned();
    }

    /// Prints the tables.
    pub fn print(&self) {
        say(&format!("\n{} rounds, {} dossiers of earlier days. {}.", self.rounds, self.base, self.audited));
        if self.short {
            say("A short run: it shows that everything works, and proves little.");
        }
        say("\n| figure | what | goal | median | min – max | |\n|---|---|---|---|---|---|");
        for (key, goal, what) in GOALS {
            let Some(values) = self.figures.get(key) else { continue };
            let (Spread { median, least, most }, bound) = (spread(values), if goal < 0.0 { "≤" } else { "≥" });
            let mark = if reached(goal, values) { "✓" } else { "missed" };
            say(&format!(
                "| `{key}` | {what} | {bound} {:.2} | **{median:.2}** | {least:.2} – {most:.2} | {mark} |",
                goal.abs()
            ));
        }
        say("\n| load | operations a second: median | min – max | CPU µs an operation, median |\n|---|---|---|---|");
        for (name, samples) in &self.samples {
            let Spread { median, least, most } = spread(&samples.iter().map(|sample| sample.rate).collect::<Vec<_>>());
            say(&format!("| {name} | {median:.0} | {least:.0} – {most:.0} | {} |", cpu_cell(samples)));
        }
    }

    /// Writes the figures as JSON.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn write(&self, path: Option<&Path>) -> Result<()> {
        let Some(path) = path else { return Ok(()) };
        let figures: serde_json::Map<String, Value> = GOALS
            .into_iter()
            .filter_map(|(key, goal, _)| {
                let values = self.figures.get(key)?;
                let Spread { median, least, most } = spread(values);
                let reached = reached(goal, values);
                let figure =
                    json!({"median": median, "min": least, "max": most, "goal": goal.abs(), "reached": reached});
                Some((key.to_owned(), figure))
            })
            .collect();
        let machine: BTreeMap<_, _> = self.machine.iter().cloned().collect();
        let loads: BTreeMap<_, _> = self.samples.iter().map(|(name, samples)| (name, loads_json(samples))).collect();
        let report = json!({
            "short": self.short, "rounds": self.rounds, "base": self.base, "machine": machine, "figures": figures, "loads": loads,
        });
        fs::write(path, format!("{report:#}\n")).with_context(|| format!("{} cannot be written", path.display()))
    }
}

/// Whether the median of the rounds is as good as the goal.
fn reached(goal: f64, values: &[f64]) -> bool {
    let median = spread(values).median;
    if goal < 0.0 { median <= -goal } else { median >= goal }
}

fn median_cpu(samples: &[Sample]) -> Vec<(&'static str, f64)> {
    let mut names: Vec<&'static str> =
        samples.iter().flat_map(|sample| sample.cpu.iter().map(|(name, _)| *name)).collect();
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
    let Spread { median, least, most } = spread(&samples.iter().map(|sample| sample.rate).collect::<Vec<_>>());
    let cpu: BTreeMap<_, _> = median_cpu(samples).into_iter().collect();
    json!({"rate": {"median": median, "min": least, "max": most}, "cpu_micros": cpu})
}
