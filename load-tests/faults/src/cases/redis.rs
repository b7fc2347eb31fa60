//! Redis that dies, forgets, is away, or is full.

use std::time::Duration;

use anyhow::Result;

use crate::{check::Tolerance, load::Load, say::show, stage::Stage};

const NONE: Tolerance = Tolerance { repeated_mails: false, lost_mails: false };

pub async fn killed_empty(stage: &mut Stage) -> Result<()> {
    let times = if stage.long { 6 } else { 2 };
    stage
        .under_load(NONE, async |stage: &mut Stage, load: &Load| {
            for _ in 0..times {
                show("kill -9 Redis; it comes back empty");
                stage.town.servers.kill_redis().await?;
                load.go_on_for(Duration::from_secs(1)).await?;
                stage.town.servers.start_redis(true).await?;
                load.go_on_for(Duration::from_secs(4)).await?;
            }
            Ok(())
        })
        .await
}

pub async fn flushed(stage: &mut Stage) -> Result<()> {
    let times = if stage.long { 30 } else { 5 };
    stage
        .under_load(NONE, async |stage: &mut Stage, load: &Load| {
            for _ in 0..times {
                stage.town.servers.redis(&["FLUSHALL"]).await?;
                load.go_on_for(Duration::from_millis(1700)).await?;
            }
            Ok(())
        })
        .await
}

pub async fn down(stage: &mut Stage) -> Result<()> {
    let time = stage.seconds(25, 90);
    stage
        .under_load(NONE, async |stage: &mut Stage, load: &Load| {
            show("Redis is away");
            stage.town.servers.kill_redis().await?;
            load.go_on_for(time).await?;
            stage.town.servers.start_redis(false).await?;
            load.go_on_for(Duration::from_secs(5)).await
        })
        .await
}

pub async fn full(stage: &mut Stage) -> Result<()> {
    let time = stage.seconds(12, 60);
    stage
        .under_load(NONE, async |stage: &mut Stage, load: &Load| {
            show("Redis has no memory left");
            stage.town.servers.redis(&["CONFIG", "SET", "maxmemory", "1mb"]).await?;
            load.go_on_for(time).await?;
            stage.town.servers.redis(&["CONFIG", "SET", "maxmemory", "0"]).await?;
            load.go_on_for(Duration::from_secs(3)).await
        })
        .await
}
