//! The cases: what is done to the installation, and what must then be true.

mod callbacks;
mod clock;
mod crashes;
mod days;
mod desk;
mod disk;
mod hostile;
mod keys;
mod lines;
mod messages;
mod outages;
mod poison;
mod postgres;
mod provider;
mod redis;
mod refunds;
mod slow;
mod statements;
mod upgrade;

use anyhow::Result;
use futures_util::{FutureExt, future::LocalBoxFuture};

use crate::fixture::Fixture;

/// A case.
pub struct Case {
    /// Its name on the command line.
    pub name: &'static str,
    /// What it proves, in a sentence.
    pub proves: &'static str,
    /// Whether it belongs to the short set.
    pub short: bool,
    run: fn(&mut Fixture) -> LocalBoxFuture<'_, Result<()>>,
}

impl Case {
    /// Plays it.
    ///
    /// # Errors
    /// What is not as promised.
    pub async fn play(&self, fixture: &mut Fixture) -> Result<()> {
        (self.run)(fixture).await
    }
}

macro_rules! cases {
    ($($name:literal $short:ident $run:path: $proves:literal;)+) => {
        &[$(Case { name: $name, proves: $proves, short: $short, run: |fixture| $run(fixture).boxed_local() }),+]
    };
}

/// Those that live by a clock of their own, for which faketime is needed.
pub const BY_THE_CLOCK: [&str; 8] = [
    "clock-step",
    "clock-misread",
    "mail-afternoon",
    "given-up",
    "provider-silent",
    "lock-minutes",
    "peer-away",
    "quiet-month",
];

const YES: bool = true;
const NO: bool = false;

/// All cases, those first that found most.
pub const CASES: &[Case] = cases! {
    "kill-at-random" YES crashes::at_random:
        "Any process killed outright at any moment loses nothing acknowledged and does nothing twice.";
    "kill-at-worst" YES crashes::at_their_worst:
        "Any process dying between an effect and its commit, its answer or its receipt loses nothing and does nothing twice.";
    "sigterm" NO crashes::told_to_stop:
        "A part told to stop finishes what it has begun and exits with 0.";
    "roll-out" YES crashes::rolled_out:
        "Of two replicas one is told to stop, each in turn: not one request fails.";
    "postgres-crash" YES postgres::crash:
        "PostgreSQL dying under load costs refusals, nothing acknowledged, and heals by itself.";
    "fail-over" NO postgres::primary_lost:
        "The primary is lost for good: its standby has every acknowledged commit, and the services find it by themselves.";
    "upgrade" NO upgrade::side_by_side:
        "A new version migrates the databases and replaces the old one beside it: not one request fails.";
    "upgrade-k6" NO upgrade::under_k6:
        "The same while k6 walks dossiers and never asks twice: not one request fails, not one walk is broken.";
    "postgres-connections" NO postgres::connections_ended:
        "Connections ended by the server are replaced; what was acknowledged stands.";
    "postgres-busy" NO postgres::busy:
        "While every connection waits, requests are refused in seconds, health answers, and all heals.";
    "disk-full" NO disk::full:
        "PostgreSQL on a full disk refuses, dies and comes back when there is room: nothing acknowledged is lost.";
    "redis-empty" YES redis::killed_empty:
        "Redis killed and started without its data: all events are published again, none takes effect twice.";
    "redis-flush" NO redis::flushed:
        "Redis emptied under the services' feet: as if it had died.";
    "redis-down" NO redis::down:
        "Redis away: people file, pay and sign in; events follow when it is back.";
    "redis-full" NO redis::full:
        "Redis without memory refuses events; they wait, and nothing is lost.";
    "callbacks-many" YES callbacks::many:
        "A hundred equal callbacks at once book one payment.";
    "callbacks-forged" NO callbacks::forged:
        "Callbacks that are forged, altered or another merchant's change nothing.";
    "callbacks-late" NO callbacks::late:
        "Callbacks that come late and in another order book every payment once.";
    "callbacks-lost" NO callbacks::lost:
        "A payment whose callback never comes is found by asking the provider.";
    "kill-refund" NO refunds::killed_at_each_step:
        "Whoever sends a refund and dies at any of its steps sends it once: what may have been sent is asked about.";
    "kill-desk" NO desk::killed_at_each_step:
        "Whoever refuses, declines, extends, corrects, hands over, assigns, takes, forwards, sends back or drafts and dies at any step does it once.";
    "statement-planted" NO statements::six_planted:
        "Six differences planted in a day's statement are each found once, whoever dies while it is loaded and compared.";
    "provider-broken" NO provider::broken:
        "A provider that took money and then answers nothing, 500, HTML or 16 MB leaves the attempt unknown, then paid once.";
    "mail-refused" NO messages::refused:
        "A mail server that refuses, is silent or puts off delays mails and loses none.";
    "mail-doubtful" YES messages::doubtful:
        "A mail whose fate is unknown comes again under the same Message-ID, never as another mail.";
    "mail-impossible" NO messages::impossible:
        "A mail refused for ever is not tried again, and who looks for it finds that it failed and why.";
    "mail-in-clear" NO messages::in_clear:
        "No mail leaves in clear where TLS is demanded and not offered: all wait, and leave when it is well.";
    "sms-broken" NO messages::sms:
        "An SMS aggregator that answers errors or nothing gets each SMS again under the same id.";
    "clock-step" NO clock::stepped:
        "A clock stepped by an hour, forward and back, and over midnight in Vietnam, loses nothing and holds nobody up.";
    "clock-misread" NO days::misread:
        "A clock misread for seconds, by a week, a month and four, has nothing deleted: no key, no event, no draft.";
    "mail-afternoon" NO days::afternoon_without_mail:
        "An afternoon without mail and SMS gives nothing up: all leave by themselves when they can.";
    "given-up" NO days::given_up:
        "What was given up after six days is told by verify, and done by one command.";
    "provider-silent" NO days::silent_provider:
        "A provider that says nothing for a day, or that a payment is not finished, is asked until it says that it was paid.";
    "lock-minutes" NO outages::minutes_of_locks:
        "Tables locked for minutes are an outage: what waits for them takes effect by itself.";
    "peer-away" NO outages::peer_away:
        "While accounts tells nothing for hours, events about a new person wait, and take effect by themselves.";
    "quiet-month" NO days::quiet_month:
        "A month without a filing leaves every invariant whole, and what is old is tidied away.";
    "one-key" YES keys::fifty_at_once:
        "One key fifty times at once has one effect and one answer; another body under it is refused.";
    "two-officials" NO keys::two_officials:
        "Two officials who receive one dossier at once, one of them twice, receive it once; who was too late is told so.";
    "poison" NO poison::dead_letter:
        "An event that cannot be handled becomes a dead letter while the others flow, and takes effect once it is replayed.";
    "hostile-bodies" YES hostile::bodies:
        "Oversized, endless, compressed, deep and malformed bodies are refused as problems and cost no memory.";
    "slow-clients" NO slow::clients:
        "Stalled heads and bodies, dripped bodies, answers not taken and 5,000 idle connections are ended within 15 s, beside others.";
    "line-slow" NO lines::slow:
        "Slow lines of single bytes slow the work down and break nothing.";
    "line-cut" NO lines::cut:
        "Connections cut at any moment, to any server, lose nothing.";
    "line-dead" NO lines::dead:
        "A line that swallows everything, and connections half open, are noticed and replaced.";
};
