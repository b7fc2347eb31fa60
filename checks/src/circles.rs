//! Circles among things that know each other.

use std::collections::{BTreeMap, BTreeSet};

/// The groups of which each member leads to each other one, smallest names first.
pub fn circles<T: Ord + Clone>(arrows: &BTreeSet<(T, T)>) -> Vec<BTreeSet<T>> {
    let mut reached: BTreeMap<&T, BTreeSet<&T>> = BTreeMap::new();
    for (from, _) in arrows {
        let mut open = vec![from];
        let mut seen = BTreeSet::new();
        while let Some(one) = open.pop() {
            let next = arrows.iter().filter(|(from, _)| from == one).map(|(_, to)| to);
            open.extend(next.filter(|to| seen.insert(*to)));
        }
        reached.insert(from, seen);
    }
    let meets = |one: &T, other: &T| reached.get(one).is_some_and(|seen| seen.contains(other));
    let mut circles = BTreeSet::new();
    for one in reached.keys() {
        let mutual: BTreeSet<T> = reached
            .keys()
            .filter(|other| meets(one, other) && meets(other, one))
            .map(|other| (*other).clone())
            .collect();
        if mutual.len() > 1 {
            circles.insert(mutual);
        }
    }
    circles.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_who_comes_back_is_in_a_circle() {
        let arrows = BTreeSet::from([('a', 'b'), ('b', 'c'), ('c', 'b'), ('c', 'd')]);
        assert_eq!(circles(&arrows), [BTreeSet::from(['b', 'c'])]);
    }
}
