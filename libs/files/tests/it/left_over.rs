//! Files that may be left over.

use std::{
    collections::BTreeSet,
    fs::{self, File},
    time::{Duration, SystemTime},
};

use files::{Found, Turn};

use crate::fixture::Fixture;

const DAY: Duration = Duration::from_secs(24 * 3600);

/// Files of 48 folders, and an upload that never ended; all of them two days old, but one.
fn laid() -> Fixture {
    let fixture = Fixture::open();
    let file = |key: &str, age: Duration| {
        let path = fixture.folder.join(key);
        fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        fs::write(&path, "four").expect("written");
        File::options().write(true).open(path).expect("there").set_modified(now() - age).expect("dated");
    };
    for number in 0..48 {
        file(&format!("dossiers/folder-{number}/paper"), 2 * DAY);
    }
    file("dossiers/folder-1/upload#1", 2 * DAY);
    file("dossiers/folder-1/young", DAY / 2);
    fixture
}

fn now() -> SystemTime {
    runtime::machine_time()
}

async fn found(fixture: &Fixture, turn: Turn) -> Vec<Found> {
    let mut all = Vec::new();
    let take = async |found| {
        all.extend::<Vec<Found>>(found);
        Ok(())
    };
    fixture.files.older_than((now() - DAY).into(), turn, take).await.expect("looked through");
    all
}

#[tokio::test]
async fn old_files_are_found_and_young_ones_are_not() {
    let fixture = laid();
    let all = found(&fixture, Turn::All).await;
    assert_eq!(all.len(), 49);
    let upload = all.iter().find(|file| file.key == "dossiers/folder-1/upload#1").expect("an upload that never ended");
    assert_eq!(upload.size, 4);
    for _ in 0..2 {
        fixture.files.remove(upload).await.expect("gone, however often");
    }
    assert_eq!(found(&fixture, Turn::All).await.len(), 48);
}

#[tokio::test]
async fn each_folder_has_its_turn_once_a_day() {
    let fixture = laid();
    let mut keys = BTreeSet::new();
    let mut most = 0;
    for hour in 0..24 {
        let of_hour = found(&fixture, Turn::OfHour(hour)).await;
        most = most.max(of_hour.len());
        for file in of_hour {
            assert!(keys.insert(file.key), "twice");
        }
    }
    assert_eq!(keys.len(), 49);
    assert!(most < 49, "not all at once");
}
