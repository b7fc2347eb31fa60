//! One key, many requests; one dossier, many officials.

use std::{collections::BTreeSet, time::Instant};

use anyhow::{Result, ensure};
use futures_util::future::join_all;
use serde_json::json;

use crate::{
    check::Tolerance,
    client::{Ask, Response},
    fixture::Fixture,
    people,
};

const AT_ONCE: usize = 50;

pub async fn fifty_at_once(fixture: &mut Fixture) -> Result<()> {
    let rounds = if fixture.long { 40 } else { 6 };
    let an = people::citizen(&fixture.installation.client, "an@example.vn").await?;
    for round in 0..rounds {
        let wish = json!({"procedure": "2.000635", "agency": "H44.100"});
        let key = format!("fifty-{round}-{}", uuid::Uuid::new_v4());
        let open = Ask::post("/api/v1/dossiers", &key, &wish).by(&an);
        once(fixture, &open, 201).await?;
        let other = Ask::post("/api/v1/dossiers", &key, &json!({"procedure": "2.000635", "agency": "H44.101"}));
        let (refused, _) = fixture.installation.client.insist(&other.by(&an)).await?;
        ensure!(refused.status == 422, "another body under the same key: {}", refused.said());

        let mut walk = fixture.new_walk();
        walk.draft().await?;
        once(fixture, &walk.submission(), 201).await?;
    }
    fixture.notes.push(format!("{rounds} rounds"));
    fixture.judge(&[], Tolerance::default(), Instant::now()).await
}

/// Asks fifty times at once, and once more: one answer, and all others that it is under way.
async fn once(fixture: &Fixture, ask: &Ask, wanted: u16) -> Result<()> {
    let client = &fixture.installation.client;
    let answers = join_all((0..AT_ONCE).map(|_| client.once(ask))).await;
    let mut answers = answers.into_iter().collect::<Result<Vec<Response>>>()?;
    answers.push(client.insist(ask).await?.0);
    let (done, rest): (Vec<_>, Vec<_>) = answers.iter().partition(|answer| answer.status == wanted);
    let bodies: BTreeSet<_> = done.iter().map(|answer| &answer.bytes).collect();
    ensure!(bodies.len() == 1, "{} different answers to one key", bodies.len());
    let unexpected = rest.iter().find(|answer| answer.status != 409);
    ensure!(unexpected.is_none(), "one key at once: {}", unexpected.map(|answer| answer.said()).unwrap_or_default());
    let first = done.iter().filter(|answer| answer.header("idempotency-replayed").is_none()).count();
    ensure!(first == 1, "{first} answers were not said to be replayed");
    Ok(())
}

/// Each under keys of their own, as two officials click at once, one of them twice.
pub async fn two_officials(fixture: &mut Fixture) -> Result<()> {
    let rounds = if fixture.long { 40 } else { 6 };
    for round in 0..rounds {
        let mut walk = fixture.new_walk();
        walk.draft().await?;
        walk.file().await?;
        if walk.record.order.is_some() {
            walk.pay_and_leave().await?;
        }
        let receipt = walk.receipt().await?;
        let client = &fixture.installation.client;
        let clicks = (0..10).map(|click| receipt.clone().under(format!("click-{round}-{}", click / 2)));
        let answers = join_all(clicks.map(async |ask| client.insist(&ask).await)).await;
        let answers = answers.into_iter().map(|answer| Ok(answer?.0)).collect::<Result<Vec<Response>>>()?;
        let (done, refused): (Vec<_>, Vec<_>) = answers.iter().partition(|answer| answer.status == 200);
        let bodies: BTreeSet<_> = done.iter().map(|answer| &answer.bytes).collect();
        ensure!(bodies.len() == 1 && done.len() <= 2, "one dossier was received {} times", done.len());
        let unexpected = refused.iter().find(|answer| !matches!(answer.status, 409 | 412));
        ensure!(unexpected.is_none(), "too late: {}", unexpected.map(|answer| answer.said()).unwrap_or_default());
        walk.be_processed().await?;
    }
    fixture.notes.push(format!("{rounds} rounds"));
    fixture.judge(&[], Tolerance::default(), Instant::now()).await
}
