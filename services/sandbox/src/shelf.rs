//! A bounded, numbered store in memory: the newest things of one kind, the oldest fall off.

use std::{
    collections::VecDeque,
    sync::{Mutex, MutexGuard, PoisonError},
};

use chrono::{DateTime, Utc};

const CAPACITY: usize = 10_000;

/// A shelf shared by all conversations; open it, use it, let go before any await.
pub(crate) struct Shelf<T>(Mutex<Pile<T>>);

/// What lies on an open shelf.
pub(crate) struct Pile<T> {
    next_number: u64,
    items: VecDeque<T>,
}

impl<T> Shelf<T> {
    pub(crate) fn numbered_from(first: u64) -> Self {
        Self(Mutex::new(Pile { next_number: first, items: VecDeque::new() }))
    }

    /// For numbers that a provider gives out. They must not repeat after a restart, for merchants remember them:
    /// milliseconds since 1970 fit VNPAY's 15 digits and outrun any counter.
    pub(crate) fn numbered_by_time(now: DateTime<Utc>) -> Self {
        Self::numbered_from(u64::try_from(now.timestamp_millis()).unwrap_or(1))
    }

    pub(crate) fn open(&self) -> MutexGuard<'_, Pile<T>> {
        // Each change is one push, edit or clear, so a panicking holder leaves nothing half done.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<T> Pile<T> {
    pub(crate) fn take_number(&mut self) -> u64 {
        let number = self.next_number;
        self.next_number += 1;
        number
    }

    pub(crate) fn put(&mut self, item: T) {
        if self.items.len() == CAPACITY {
            self.items.pop_front();
        }
        self.items.push_back(item);
    }

    pub(crate) fn newest_first(&self) -> impl Iterator<Item = &T> {
        self.items.iter().rev()
    }

    pub(crate) fn newest_first_mut(&mut self) -> impl Iterator<Item = &mut T> {
        self.items.iter_mut().rev()
    }

    pub(crate) fn clear(&mut self) {
        self.items.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_shelf_drops_the_oldest_and_keeps_counting() {
        let shelf = Shelf::numbered_from(1);
        let mut pile = shelf.open();
        for _ in 0..=CAPACITY {
            let number = pile.take_number();
            pile.put(number);
        }
        assert_eq!(pile.newest_first().count(), CAPACITY);
        assert_eq!(pile.newest_first().next(), Some(&(CAPACITY as u64 + 1)));
        assert_eq!(pile.newest_first().last(), Some(&2));
    }
}
