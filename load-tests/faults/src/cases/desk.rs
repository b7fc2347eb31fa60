//! What officials do with a dossier that is worked on in stages, and what its applicant says of the draft: whoever does it dies at each of its
//! steps.

use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use tokio::time::sleep;

use super::refunds::revived;
use crate::{
    check::Tolerance,
    client::{Ask, Response},
    fixture::Fixture,
    people,
    say::show,
    walk::Walk,
};

/// The steps of a change: its rows are there and nobody is told, all is written, all is committed.
const MOMENTS: [&str; 3] = ["submissions: saved, not told", "key: done, not committed", "key: committed, not answered"];
/// The steps of a job.
const OF_A_JOB: [&str; 2] = ["submissions: saved, not told", "job: done, not noted"];
const WARD: &str = "H44.100";
const GIVEN_BACK: &str = "Được phân công việc khác trong tuần.";
const TO_COME: Duration = Duration::from_secs(60);
/// A working day is not waited for, nor the lease of a process that died.
const OVER: &str = "update requests set answer_by = now() - interval '1 minute' where kind = 'DRAFT' and state = 'OPEN'
    and dossier::text = $1";
const HURRY: &str = "update jobs set run_at = now() - interval '1 minute', locked_until = null
    where kind = 'lapse_draft' and payload::json ->> 'dossier' = $1 and failed_at is null";

/// Who works there.
struct Desk {
    receiver: String,
    specialist: String,
    leader: String,
    /// The specialist's id.
    id: String,
    moment: &'static str,
    deaths: usize,
}

pub async fn killed_at_each_step(fixture: &mut Fixture) -> Result<()> {
    let mut deaths = 0;
    for moment in MOMENTS {
        let mut desk = Desk::of(fixture, moment).await?;
        desk.goes_its_way(fixture).await.with_context(|| format!("dying: {moment}"))?;
        desk.refuses_and_declines(fixture).await.with_context(|| format!("dying: {moment}"))?;
        deaths += desk.deaths;
    }
    for moment in OF_A_JOB {
        lapses(fixture, moment).await.with_context(|| format!("dying: {moment}"))?;
        deaths += 1;
    }
    fixture.notes.push(format!("{deaths} deaths"));
    fixture.judge(&[], Tolerance::default(), Instant::now()).await
}

impl Desk {
    async fn of(fixture: &Fixture, moment: &'static str) -> Result<Self> {
        let client = &fixture.installation.client;
        let specialist = people::official(client, "xuly", WARD).await?;
        let me = client.must("who I am", 200, &Ask::get("/api/v1/accounts/me").by(&specialist)).await?;
        let (id, deaths) = (me.text("/id")?, 0);
        let receiver = people::official(client, "tiepnhan", WARD).await?;
        let leader = people::official(client, "lanhdao", WARD).await?;
        Ok(Self { receiver, specialist, leader, id, moment, deaths })
    }

    /// A dossier that was filed, and received when it is to be.
    async fn dossier(&self, fixture: &Fixture, received: bool) -> Result<Walk> {
        let mut walk = fixture.new_walk();
        walk.file_in_stages().await?;
        if received {
            self.done(fixture, &walk.ask("receipt", &json!({}), &self.receiver), 200).await?;
        }
        Ok(walk)
    }

    /// Assigned, given back, taken, put off, drafted and confirmed, handed on, sent back, handed over, corrected.
    async fn goes_its_way(&mut self, fixture: &mut Fixture) -> Result<()> {
        let walk = self.dossier(fixture, true).await?;
        let (specialist, leader, receiver) = (self.specialist.clone(), self.leader.clone(), self.receiver.clone());
        self.freed(fixture, &walk).await?;
        let to = json!({"official": self.id});
        self.dies(fixture, &walk, &walk.ask("assignment", &to, &leader), 200).await?;
        let back = json!({"reason": GIVEN_BACK});
        self.dies(fixture, &walk, &walk.ask("giving-back", &back, &specialist), 200).await?;
        self.dies(fixture, &walk, &walk.ask("taking", &json!({}), &specialist), 200).await?;
        let more = json!({"working_days": 1, "reason": "Phải xác minh thêm tại nơi cư trú trước đây."});
        self.dies(fixture, &walk, &walk.ask("extension", &more, &specialist), 200).await?;
        self.done(fixture, &walk.send("results?file_name=trich-luc.pdf", &specialist), 201).await?;
        self.dies(fixture, &walk, &walk.send("drafts?file_name=du-thao.pdf", &specialist), 201).await?;
        let confirmed = walk.ask_as_applicant("draft-answer", &json!({"answer": "CONFIRMED"}));
        self.dies(fixture, &walk, &confirmed, 200).await?;
        let forward = walk.ask("forwarding", &json!({}), &specialist);
        self.dies(fixture, &walk, &forward, 200).await?;
        let wrong = json!({"reason": "Ghi thiếu nơi cư trú của người giám hộ.", "stage": "THAM_TRA"});
        self.dies(fixture, &walk, &walk.ask("sending-back", &wrong, &leader), 200).await?;
        self.done(fixture, &forward.under(format!("again-{}", walk.record.dossier)), 200).await?;
        self.done(fixture, &walk.ask("completion", &json!({}), &leader), 200).await?;
        let over = json!({"way": "COUNTER", "returned_to": "Trần Thị Lan"});
        self.dies(fixture, &walk, &walk.ask("return", &over, &receiver), 200).await?;
        let correct = json!({"reason": "Ghi sai ngày sinh trong trích lục đã cấp.", "time": "OVER"});
        self.dies(fixture, &walk, &walk.ask("correction", &correct, &leader), 200).await
    }

    async fn refuses_and_declines(&mut self, fixture: &mut Fixture) -> Result<()> {
        let (leader, receiver, specialist) = (self.leader.clone(), self.receiver.clone(), self.specialist.clone());
        let walk = self.dossier(fixture, false).await?;
        let reason = json!({"reason": "Không thuộc thẩm quyền giải quyết của Ủy ban nhân dân phường."});
        self.dies(fixture, &walk, &walk.ask("refusal", &reason, &receiver), 200).await?;
        let walk = self.dossier(fixture, true).await?;
        self.taken(fixture, &walk).await?;
        self.done(fixture, &walk.ask("forwarding", &json!({}), &specialist), 200).await?;
        let decline = walk.send("refusal-document?file_name=tu-choi.pdf&reason=Kh%C3%B4ng%20%C4%91%E1%BB%A7%20%C4%91i%E1%BB%81u%20ki%E1%BB%87n.", &leader);
        self.dies(fixture, &walk, &decline, 201).await
    }

    /// Whoever has it by load gives it back: nobody has it then.
    async fn freed(&self, fixture: &Fixture, walk: &Walk) -> Result<()> {
        let seen = self.done(fixture, &walk.look(&self.leader), 200).await?;
        let holder = match seen.text("/holder/id")? == self.id {
            true => self.specialist.clone(),
            false => people::official(&fixture.installation.client, "xuly2", WARD).await?,
        };
        let back = walk.ask("giving-back", &json!({"reason": GIVEN_BACK}), &holder);
        self.done(fixture, &back.under(format!("freed-{}", walk.record.dossier)), 200).await.map(drop)
    }

    /// The specialist has it.
    async fn taken(&self, fixture: &Fixture, walk: &Walk) -> Result<()> {
        self.freed(fixture, walk).await?;
        self.done(fixture, &walk.ask("taking", &json!({}), &self.specialist), 200).await.map(drop)
    }

    async fn done(&self, fixture: &Fixture, ask: &Ask, wanted: u16) -> Result<Response> {
        fixture.installation.client.must("the work between", wanted, ask).await
    }

    /// Does it while its process dies at the moment: it is done once, and the same key has one answer.
    async fn dies(&mut self, fixture: &mut Fixture, walk: &Walk, ask: &Ask, wanted: u16) -> Result<()> {
        let part = "submissions serve";
        show(&format!("{part} dies: {}", self.moment));
        let before = self.version(fixture, walk).await?;
        arm(fixture, part, self.moment).await?;
        let (client, asking) = (fixture.installation.client.clone(), ask.clone());
        let asked = tokio::spawn(async move { client.must("the work", wanted, &asking).await });
        revived(fixture, part, self.moment).await?;
        let answer = asked.await??;
        let again = self.done(fixture, ask, wanted).await?;
        ensure!(again.bytes == answer.bytes, "one key, two answers: {} and {}", answer.said(), again.said());
        let after = self.version(fixture, walk).await?;
        ensure!(after == before + 1, "version {before} became {after}: {}", answer.said());
        self.deaths += 1;
        Ok(())
    }

    /// Every change counts it up by one.
    async fn version(&self, fixture: &Fixture, walk: &Walk) -> Result<u64> {
        let seen = self.done(fixture, &walk.look(&self.receiver), 200).await?;
        let version = seen.header("etag").context("a version")?;
        Ok(version.trim_matches('"').parse()?)
    }
}

/// Silence is consent, once, though the process that notes it dies.
async fn lapses(fixture: &mut Fixture, moment: &'static str) -> Result<()> {
    let part = "submissions work";
    show(&format!("{part} dies: {moment}"));
    let desk = Desk::of(fixture, moment).await?;
    let walk = desk.dossier(fixture, true).await?;
    desk.taken(fixture, &walk).await?;
    desk.done(fixture, &walk.send("drafts?file_name=du-thao.pdf", &desk.specialist), 201).await?;
    // Nothing is ended by the clock of a process that has just begun: here it is believed at once.
    fixture.installation.running(part)?.set("MOTCUA_CLOCK_BELIEVED", Some("at-once"));
    arm(fixture, part, moment).await?;
    let database = fixture.installation.servers.database("motcua_submissions").await?;
    let dossier = walk.record.dossier.clone();
    database.execute(OVER, &[&dossier]).await?;
    database.execute(HURRY, &[&dossier]).await?;
    revived(fixture, part, moment).await?;
    let begun = Instant::now();
    loop {
        database.execute(HURRY, &[&dossier]).await?;
        let seen = desk.done(fixture, &walk.look(&desk.receiver), 200).await?;
        let drafts: Vec<&Value> = seen.json["requests"].as_array().into_iter().flatten().collect();
        if drafts.iter().any(|draft| draft["lapsed"] == true) {
            break;
        }
        ensure!(begun.elapsed() < TO_COME, "the draft never lapsed: {}", seen.said());
        sleep(Duration::from_millis(200)).await;
    }
    let noted = "select count(*) from audit_log where action = 'dossier.draft_lapsed' and subject_id = $1";
    let noted: i64 = database.query_one(noted, &[&dossier]).await?.get(0);
    ensure!(noted == 1, "silence was taken for consent {noted} times");
    Ok(())
}

/// The part runs anew, and dies when it comes to the moment.
async fn arm(fixture: &mut Fixture, part: &str, moment: &str) -> Result<()> {
    let process = fixture.installation.running(part)?;
    process.kill().await?;
    process.set("MOTCUA_FAILPOINT", Some(moment));
    process.start().await
}
