//! Lines between the services and their servers that are slow, break, or swallow everything.

use std::time::Duration;

use anyhow::Result;
use rand::Rng;

use crate::{check::Tolerance, load::Load, proxy::Line, say::show, stage::Stage};

const BROKEN: Tolerance = Tolerance { repeated_mails: true, lost_mails: false };

pub async fn slow(stage: &mut Stage) -> Result<()> {
    let time = stage.seconds(10, 40);
    stage
        .under_load(BROKEN, async |stage: &mut Stage, load: &Load| {
            show("every line is late by 50 ms");
            let late = Line { delay: Duration::from_millis(50), ..Line::default() };
            for proxy in [&stage.town.to_postgres, &stage.town.to_redis, &stage.town.to_provider, &stage.town.to_mail] {
                proxy.set(late);
            }
            load.go_on_for(time).await?;
            show("every line carries single bytes");
            let bytes = Line { slice: 1, ..Line::default() };
            for proxy in [&stage.town.to_redis, &stage.town.to_provider, &stage.town.to_mail] {
                proxy.set(bytes);
            }
            stage.town.to_postgres.set(Line { slice: 7, ..Line::default() });
            load.go_on_for(time).await
        })
        .await
}

pub async fn cut(stage: &mut Stage) -> Result<()> {
    let times = if stage.long { 60 } else { 12 };
    stage
        .under_load(BROKEN, async |stage: &mut Stage, load: &Load| {
            for _ in 0..times {
                let town = &stage.town;
                let lines = [&town.to_postgres, &town.to_redis, &town.to_provider, &town.to_mail];
                lines[stage.random.random_range(0..lines.len())].cut();
                load.go_on_for(Duration::from_millis(stage.random.random_range(300..1_500))).await?;
            }
            Ok(())
        })
        .await
}

pub async fn dead(stage: &mut Stage) -> Result<()> {
    let time = stage.seconds(20, 35);
    stage
        .under_load(BROKEN, async |stage: &mut Stage, load: &Load| {
            let hole = Line { black_hole: true, ..Line::default() };
            let half_open = Line { half_open: true, ..Line::default() };
            for (what, line) in [("swallows everything", hole), ("is half open", half_open)] {
                show(&format!("the line to Redis {what}"));
                stage.town.to_redis.set(line);
                load.go_on_for(time).await?;
                stage.town.mend_lines();
                load.go_on_for(Duration::from_secs(5)).await?;
                show(&format!("the line to PostgreSQL {what}"));
                stage.town.to_postgres.set(line);
                load.go_on_for(time).await?;
                stage.town.mend_lines();
                load.go_on_for(Duration::from_secs(5)).await?;
            }
            Ok(())
        })
        .await
}
