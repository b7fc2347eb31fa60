//! Migrations as services/MIGRATIONS.md wants them: a version beside the next one goes on working, and none holds many locks.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use checks::crates::crates;

/// What takes something from the version before, which is still at work.
const TAKES_AWAY: [&str; 8] =
    ["drop table", "drop column", "rename to", "rename column", " type ", "set not null", "truncate", "drop function"];
/// What a migration says in its first line that takes away what nobody reads any more.
const CONTRACTS: &str = "-- contract: ";

/// One migration.
struct Migration {
    folder: PathBuf,
    text: String,
    /// Without comments and the bodies of functions, in small letters, a statement each.
    statements: Vec<String>,
}

impl Migration {
    fn read(folder: PathBuf) -> Self {
        let text = fs::read_to_string(folder.join("up.sql")).unwrap_or_default();
        let statements = statements(&text);
        Self { folder, text, statements }
    }

    fn name(&self) -> String {
        self.folder.file_name().unwrap_or_default().to_string_lossy().into_owned()
    }

    /// The tables that statements which begin so are about.
    fn tables(&self, begin: &[&str], before: &str) -> BTreeSet<String> {
        let about = self.statements.iter().filter(|statement| begin.iter().any(|begin| statement.starts_with(begin)));
        about.filter_map(|statement| name_after(statement, before)).collect()
    }

    fn created(&self) -> BTreeSet<String> {
        self.tables(&["create table"], "table")
    }

    /// Tables whose locks it needs against writers.
    fn locked(&self) -> BTreeSet<String> {
        let mut locked = self.tables(&["alter table", "drop table", "truncate"], "table");
        locked.extend(
            self.tables(&["create index", "create unique index", "create trigger", "create constraint trigger"], "on"),
        );
        &locked - &self.created()
    }
}

fn statements(text: &str) -> Vec<String> {
    let lines = text.lines().map(|line| line.split("--").next().unwrap_or_default());
    let text = lines.collect::<Vec<_>>().join(" ").to_lowercase();
    let outside: String = text.split("$$").step_by(2).collect::<Vec<_>>().join(" ");
    let statements = outside.split(';').map(|one| one.split_whitespace().collect::<Vec<_>>().join(" "));
    statements.filter(|one| !one.is_empty()).collect()
}

fn name_after(statement: &str, word: &str) -> Option<String> {
    let mut words = statement.split([' ', '(']).skip_while(|one| *one != word).skip(1);
    let name = words.find(|word| !matches!(*word, "if" | "not" | "exists" | "only"))?;
    Some(name.trim_end_matches(',').to_owned())
}

/// The migrations of each crate, in order.
fn sets() -> Vec<Vec<Migration>> {
    let folders = crates().into_iter().map(|one| one.folder.join("migrations")).filter(|folder| folder.exists());
    let set = |folder: PathBuf| {
        let mut all: Vec<_> = fs::read_dir(folder).expect("a set").flatten().map(|entry| entry.path()).collect();
        all.retain(|path| path.is_dir());
        all.sort();
        all.into_iter().map(Migration::read).collect()
    };
    folders.map(set).collect()
}

fn none(wrong: Vec<String>) {
    assert!(wrong.is_empty(), "see services/MIGRATIONS.md:\n{}", wrong.join("\n"));
}

#[test]
fn each_goes_up_and_down_under_a_number_of_its_own() {
    let mut wrong = Vec::new();
    for set in sets() {
        for (at, one) in set.iter().enumerate() {
            let (name, number) = (one.name(), format!("{:04}_", at + 1));
            let fits = name.starts_with(&number) || name.get(1..).is_some_and(|rest| rest.starts_with(&number));
            if !fits {
                wrong.push(format!("{} should begin with {number}", one.folder.display()));
            }
            let is_missing = |file: &&str| fs::metadata(one.folder.join(file)).is_ok_and(|file| file.len() > 0);
            let missing = ["up.sql", "down.sql"].into_iter().filter(|file| !is_missing(file));
            wrong.extend(missing.map(|file| format!("{} has no {file}", one.folder.display())));
        }
    }
    none(wrong);
}

#[test]
fn none_takes_away_what_the_version_before_needs() {
    let mut wrong = Vec::new();
    for one in sets().iter().flatten().filter(|one| !one.text.starts_with(CONTRACTS)) {
        let created = one.created();
        for statement in one.statements.iter().filter(|one| one.starts_with("alter table") || one.starts_with("drop")) {
            let own = name_after(statement, "table").is_some_and(|table| created.contains(&table));
            let taken = TAKES_AWAY.iter().filter(|what| statement.contains(*what) && !own);
            wrong.extend(taken.map(|what| format!("{}: {what}", one.folder.display())));
            wrong.extend(unmet(one, statement).map(|why| format!("{}: {why}", one.folder.display())));
        }
    }
    none(wrong);
}

/// A column that the version before does not fill, a constraint or an index that goes and does not come back.
fn unmet(one: &Migration, statement: &str) -> Option<String> {
    let empty = statement.split(',').filter(|part| part.contains("add column") && part.contains("not null"));
    if let Some(part) = empty.into_iter().find(|part| !part.contains("default")) {
        return Some(format!("{part}: not null without a default, which the version before cannot write"));
    }
    let makes_index = |other: &String| other.starts_with("create index") || other.starts_with("create unique index");
    if statement.starts_with("drop index") && !one.statements.iter().any(makes_index) {
        return Some("an index goes and none comes in its place".to_owned());
    }
    let dropped = name_after(statement, "constraint").filter(|_| statement.contains("drop constraint"))?;
    let back = format!("add constraint {dropped}");
    (!one.statements.iter().any(|other| other.contains(&back)))
        .then(|| format!("{dropped} goes and does not come back"))
}

#[test]
fn each_changes_one_existing_table_at_most() {
    let wrong = sets().into_iter().flatten().filter(|one| one.locked().len() > 1);
    none(
        wrong
            .map(|one| format!("{}: {}", one.folder.display(), one.locked().into_iter().collect::<Vec<_>>().join(", ")))
            .collect(),
    );
}

#[test]
fn statements_are_read_without_comments_and_bodies() {
    let text = "create table a (b text); -- drop table c;\ncreate function f() as $$ begin delete from d; end $$;\ncreate index i on a (b);";
    assert_eq!(statements(text), ["create table a (b text)", "create function f() as", "create index i on a (b)"]);
    let one = Migration { folder: Path::new("x").to_owned(), text: text.to_owned(), statements: statements(text) };
    assert!(one.locked().is_empty());
}
