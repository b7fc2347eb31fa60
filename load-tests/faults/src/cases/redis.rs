//! Redis that dies, forgets, is away, or is full.

use std::time::Duration;

use anyhow::Result;

use crate::{check::Tolerance, fixture::Fixture, load::Load, say::show};

const NONE: Tolerance = Tolerance { repeated_mails: false, lost_mails: false };

pub async fn killed_empty(fixture: &mut Fixture) -> Result<()> {
    let times = if fixture.long { 6 } else { 2 };
    fixture
        .under_load(NONE, async |fixture: &mut Fixture, load: &Load| {
            for _ in 0..times {
                show("kill -9 Redis; it comes back empty");
                fixture.installation.servers.kill_redis().await?;
                load.go_on_for(Duration::from_secs(1)).await?;
                fixture.installation.servers.start_redis(true).await?;
                load.go_on_for(Duration::from_secs(4)).await?;
            }
            Ok(())
        })
        .await
}

pub async fn flushed(fixture: &mut Fixture) -> Result<()> {
    let times = if fixture.long { 30 } else { 5 };
    fixture
        .under_load(NONE, async |fixture: &mut Fixture, load: &Load| {
            for _ in 0..times {
                fixture.installation.servers.redis(&["FLUSHALL"]).await?;
                load.go_on_for(Duration::from_millis(1700)).await?;
            }
            Ok(())
        })
        .await
}

pub async fn down(fixture: &mut Fixture) -> Result<()> {
    let time = fixture.seconds(25, 90);
    fixture
        .under_load(NONE, async |fixture: &mut Fixture, load: &Load| {
            show("Redis is away");
            fixture.installation.servers.kill_redis().await?;
            load.go_on_for(time).await?;
            fixture.installation.servers.start_redis(false).await?;
            load.go_on_for(Duration::from_secs(5)).await
        })
        .await
}

pub async fn full(fixture: &mut Fixture) -> Result<()> {
    let time = fixture.seconds(12, 60);
    fixture
        .under_load(NONE, async |fixture: &mut Fixture, load: &Load| {
            show("Redis has no memory left");
            fixture.installation.servers.redis(&["CONFIG", "SET", "maxmemory", "1mb"]).await?;
            load.go_on_for(time).await?;
            fixture.installation.servers.redis(&["CONFIG", "SET", "maxmemory", "0"]).await?;
            load.go_on_for(Duration::from_secs(3)).await
        })
        .await
}
