//! Lines between the services and their servers that are slow, break, or swallow everything.

use std::time::Duration;

use anyhow::Result;
use rand::Rng;

use crate::{check::Tolerance, fixture::Fixture, load::Load, proxy::Line, say::show};

const BROKEN: Tolerance = Tolerance { repeated_mails: true, lost_mails: false };

pub async fn slow(fixture: &mut Fixture) -> Result<()> {
    let time = fixture.seconds(10, 40);
    fixture
        .under_load(BROKEN, async |fixture: &mut Fixture, load: &Load| {
            show("every line is late by 50 ms");
            let late = Line { delay: Duration::from_millis(50), ..Line::default() };
            for proxy in [
                &fixture.installation.to_postgres,
                &fixture.installation.to_redis,
                &fixture.installation.to_provider,
                &fixture.installation.to_mail,
            ] {
                proxy.set(late);
            }
            load.go_on_for(time).await?;
            show("every line carries single bytes");
            let bytes = Line { slice: 1, ..Line::default() };
            for proxy in
                [&fixture.installation.to_redis, &fixture.installation.to_provider, &fixture.installation.to_mail]
            {
                proxy.set(bytes);
            }
            fixture.installation.to_postgres.set(Line { slice: 7, ..Line::default() });
            load.go_on_for(time).await
        })
        .await
}

pub async fn cut(fixture: &mut Fixture) -> Result<()> {
    let times = if fixture.long { 60 } else { 12 };
    fixture
        .under_load(BROKEN, async |fixture: &mut Fixture, load: &Load| {
            for _ in 0..times {
                let installation = &fixture.installation;
                let lines = [
                    &installation.to_postgres,
                    &installation.to_redis,
                    &installation.to_provider,
                    &installation.to_mail,
                ];
                lines[fixture.random.random_range(0..lines.len())].cut();
                load.go_on_for(Duration::from_millis(fixture.random.random_range(300..1_500))).await?;
            }
            Ok(())
        })
        .await
}

pub async fn dead(fixture: &mut Fixture) -> Result<()> {
    let time = fixture.seconds(20, 35);
    fixture
        .under_load(BROKEN, async |fixture: &mut Fixture, load: &Load| {
            let hole = Line { black_hole: true, ..Line::default() };
            let half_open = Line { half_open: true, ..Line::default() };
            for (what, line) in [("swallows everything", hole), ("is half open", half_open)] {
                show(&format!("the line to Redis {what}"));
                fixture.installation.to_redis.set(line);
                load.go_on_for(time).await?;
                fixture.installation.mend_lines();
                load.go_on_for(Duration::from_secs(5)).await?;
                show(&format!("the line to PostgreSQL {what}"));
                fixture.installation.to_postgres.set(line);
                load.go_on_for(time).await?;
                fixture.installation.mend_lines();
                load.go_on_for(Duration::from_secs(5)).await?;
            }
            Ok(())
        })
        .await
}
