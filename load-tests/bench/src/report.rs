//! What was measured, and what it should be.

use std::collections::BTreeMap;

use anyhow::Result;

use crate::{installation::Installation, plan::Plan, say::say};

/// What a figure is compared with.
#[derive(Clone, Copy, Debug)]
pub enum Goal {
    /// To be reached.
    AtLeast(f64),
    /// Not to be passed.
    AtMost(f64),
    /// To be known.
    Shown,
}

use Goal::{AtLeast, AtMost, Shown};

/// A figure's key, its goal, and what it is.
pub const GOALS: [(&str, Goal, &str); 31] = [
    ("submit_p_128", AtLeast(2.0), "filings / P, 128 connections"),
    ("submit_p_32", AtLeast(1.0), "filings / P, 32 connections"),
    ("hot_spread", AtLeast(0.9), "filings for one agency / for eight"),
    ("gateway_submit", AtLeast(0.95), "filings through the gateway / direct"),
    ("gateway_read", AtLeast(0.55), "cached reads with token through the gateway / direct"),
    ("read_hello", AtLeast(0.5), "cached reads with token / actix hello"),
    ("cpu_peer", AtMost(1.0 / 6.0), "CPU a filing, ours with gateway / Fastify + pg"),
    ("rss_mb", AtMost(60.0), "peak memory of a service, MB"),
    ("spike", AtMost(3.0), "p99 of filings at 0.4 P for 5 s / at 0.1 P before"),
    ("spike_faults", AtMost(0.0), "filings that failed, or were not sent in time"),
    ("notified_ms", AtMost(250.0), "filed → mails delivered, p99 with the spike, ms"),
    ("notified_base_ms", Shown, "filed → mails delivered, p99 before the spike, ms"),
    ("k6_share", Shown, "k6's share of the machine's CPU meanwhile"),
    ("overload", AtLeast(0.95), "filings at 2 P by clients that heed Retry-After / P"),
    ("overload_hammer", Shown, "filings by clients that do not / P"),
    ("login_isolation", AtMost(1.5), "p99 during logins / before, the worse of the two"),
    ("login_reads", Shown, "p99 of reads during logins / before"),
    ("login_filings", Shown, "p99 of filings during logins / before"),
    ("page_procedure_ms", Shown, "first byte of a procedure's page, median, ms"),
    ("page_work_list_ms", Shown, "first byte of an official's work list, median, ms"),
    ("replicas", AtMost(1.1), "CPU a filing, four replicas / one, 384 connections"),
    ("replicas_few", Shown, "… 128 connections"),
    ("callback", AtLeast(1.0), "callbacks settled / pgbench with the same statements"),
    ("cash", AtLeast(1.0), "cash taken at a counter / pgbench with the same statements"),
    ("kills", AtMost(0.0), "filings acknowledged and lost when killed"),
    ("growth", AtMost(1.5), "CPU a question, many dossiers / 1,000, the worst of the four"),
    ("growth_by_code", Shown, "… a dossier by its code"),
    ("growth_mine", Shown, "… one's own dossiers"),
    ("growth_work_list", Shown, "… an agency's work list by status"),
    ("growth_counts", Shown, "… an agency's counts"),
    ("growth_postgres", Shown, "PostgreSQL's CPU alone, the worst of the four"),
];

impl Goal {
    /// Whether the median is as good; nothing is better or worse than what is only shown.
    pub fn reached(self, median: f64) -> Option<bool> {
        match self {
            AtLeast(least) => Some(median >= least),
            AtMost(most) => Some(median <= most),
            Shown => None,
        }
    }
}

/// One load.
#[derive(Clone, Debug)]
pub struct Sample {
    /// Operations a second.
    pub rate: f64,
    /// CPU µs an operation, by process tree; those that did nothing left out.
    cpu: Vec<(&'static str, f64)>,
    /// What else is to be said of it.
    pub note: String,
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

    /// The process trees that did anything.
    pub fn names(&self) -> impl Iterator<Item = &'static str> {
        self.cpu.iter().map(|(name, _)| *name)
    }

    /// A progress line.
    pub fn line(&self, name: &str) -> String {
        let cpu: Vec<_> = self.cpu.iter().map(|(name, micros)| format!("{name} {micros:.0}")).collect();
        format!("{name:<32} {:>7.0}/s   CPU µs: {}   ({})", self.rate, cpu.join(", "), self.note)
    }
}

/// The report of a run.
pub struct Report {
    pub(crate) short: bool,
    pub(crate) rounds: usize,
    pub(crate) base: i64,
    pub(crate) machine: Vec<(&'static str, String)>,
    pub(crate) figures: BTreeMap<&'static str, Vec<f64>>,
    pub(crate) samples: Vec<(String, Vec<Sample>)>,
    pub(crate) audited: Vec<String>,
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
            audited: Vec::new(),
        }
    }

    /// Says and notes what runs where, once.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn machine(&mut self, installation: &Installation) -> Result<()> {
        if self.machine.is_empty() {
            self.machine = installation.versions().await?;
            self.machine.iter().for_each(|(name, value)| say(&format!("    {name}: {value}")));
        }
        Ok(())
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
    pub fn memory(&mut self, installation: &Installation) -> Result<()> {
        let mut most: f64 = 0.0;
        for service in &installation.services {
            let peak = service.peak_memory()?;
            say(&format!("    {}: {peak:.0} MB at most", service.name));
            most = most.max(peak);
        }
        self.figure("rss_mb", most);
        Ok(())
    }

    /// Notes what an audit found.
    pub fn audited(&mut self, sentence: &str) {
        self.audited.push(sentence.to_owned());
    }
}

/// The value that this share of the values does not pass.
pub fn percentile(values: &mut [f64], share: f64) -> f64 {
    values.sort_by(f64::total_cmp);
    let place = (values.len() as f64 * share).ceil() as usize;
    values.get(place.saturating_sub(1)).copied().unwrap_or(f64::NAN)
}
