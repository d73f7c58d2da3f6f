//! Finished units on disk: an append-only file of records, each with its length and a checksum.
//!
//! A record that a killed process has left half-written is dropped when the file is opened. In memory is only where each
//! record stands.

use super::unit::{UnitResult, WorldHash};
use super::unit_file::{CHECKSUM, HEAD, Medium, Place, Places, header, is_store, record, scan, units};
use std::collections::BTreeMap;
use std::fs::{OpenOptions, TryLockError};
use std::io::{self, SeekFrom};
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};
use thiserror::Error;

/// A store that cannot be used.
#[derive(Debug, Error)]
pub enum StoreError {
    /// Another process writes to it.
    #[error("{} is in use by another process: wait for it, or choose another folder with --out", path.display())]
    InUse {
        /// The file.
        path: PathBuf,
    },
    /// It holds something else.
    #[error("{} is in the way, and no store of redress: move it away, or choose another folder with --out", path.display())]
    Foreign {
        /// The file.
        path: PathBuf,
    },
    /// It is not what a process of this version has finished.
    #[error("{} is no finished unit of this version of redress: remove it, and run the unit again", path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
    },
    /// It cannot be read or written.
    #[error("cannot use {}: {reason}", path.display())]
    Unusable {
        /// The file.
        path: PathBuf,
        /// Why.
        reason: io::Error,
    },
}

/// Finished units, to be found again by what they depend on. Threads share one; of processes one at a time has the file.
#[derive(Debug)]
pub struct Store {
    path: PathBuf,
    records: Mutex<Records>,
}

#[derive(Debug)]
struct Records {
    medium: Box<dyn Medium>,
    end: u64,
    /// By world, and by the first replication and their number.
    places: Places,
}

impl Store {
    /// A store in memory, gone with the process.
    pub fn in_memory() -> Self {
        let medium = Box::new(io::Cursor::new(Vec::new()));
        let records = Records { medium, end: 0, places: BTreeMap::new() };
        Self { path: PathBuf::new(), records: Mutex::new(records) }
    }

    /// Opens a file, or makes it. Records of another version of the program are dropped: they hold other values.
    ///
    /// # Errors
    /// If another process has it open, or it cannot be read or written.
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        let failed = |error| StoreError::Unusable { path: path.to_owned(), reason: error };
        // A link is not followed: what it leads to is not this program's.
        if path.symlink_metadata().is_ok_and(|found| !found.is_file()) {
            return Err(StoreError::Foreign { path: path.to_owned() });
        }
        let file = OpenOptions::new().read(true).write(true).create(true).truncate(false).open(path);
        let file = file.map_err(failed)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(StoreError::InUse { path: path.to_owned() }),
            Err(TryLockError::Error(error)) => return Err(failed(error)),
        }
        if !is_store(&file).map_err(failed)? {
            return Err(StoreError::Foreign { path: path.to_owned() });
        }
        let mut places = BTreeMap::new();
        let end = scan(&file, &mut places).map_err(failed)?;
        file.set_len(end).map_err(failed)?;
        let mut records = Records { medium: Box::new(file), end, places };
        if end == 0 {
            records.put(header().as_bytes()).map_err(failed)?;
        }
        Ok(Self { path: path.to_owned(), records: Mutex::new(records) })
    }

    /// Reads a file that is finished, and leaves it as it is.
    ///
    /// # Errors
    /// If it is anything but whole records of this version, or cannot be read.
    pub fn read(path: &Path) -> Result<Self, StoreError> {
        let failed = |error| StoreError::Unusable { path: path.to_owned(), reason: error };
        if path.symlink_metadata().is_ok_and(|found| !found.is_file()) {
            return Err(StoreError::Damaged { path: path.to_owned() });
        }
        let file = OpenOptions::new().read(true).open(path).map_err(failed)?;
        let mut places = BTreeMap::new();
        let end = scan(&file, &mut places).map_err(failed)?;
        if end == 0 || end != file.metadata().map_err(failed)?.len() {
            return Err(StoreError::Damaged { path: path.to_owned() });
        }
        let records = Records { medium: Box::new(file), end, places };
        Ok(Self { path: path.to_owned(), records: Mutex::new(records) })
    }

    /// Forgets everything.
    ///
    /// # Errors
    /// If the file cannot be written.
    pub fn clear(&self) -> Result<(), StoreError> {
        let mut records = self.lock();
        records.places.clear();
        records.end = 0;
        records.put(header().as_bytes()).map_err(|error| self.unusable(error))?;
        records.medium.cut(header().len() as u64).map_err(|error| self.unusable(error))
    }

    /// Where the file is; empty for a store in memory.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Adds a finished unit.
    ///
    /// # Errors
    /// If it cannot be written in full; the store is then as it was.
    pub fn append(&self, world: &WorldHash, result: &UnitResult) -> Result<(), StoreError> {
        let record = record(world, result);
        let (first, count) = (result.first, result.replications.len() as u32);
        let length = (record.len() - HEAD - CHECKSUM) as u32;
        let mut records = self.lock();
        let place = Place { offset: records.end + HEAD as u64, length };
        records.put(&record).map_err(|error| self.unusable(error))?;
        records.places.entry(*world).or_default().insert((first, count), place);
        Ok(())
    }

    /// Adds the units of another store's bytes, such as a worker on another machine has sent: those that it has are left out.
    ///
    /// # Errors
    /// If the bytes are no store of this version, in which case nothing is added, or if it cannot be written.
    pub fn absorb(&self, bytes: &[u8]) -> Result<(), StoreError> {
        let unfit = || self.unusable(io::Error::other("what a worker sent is no unit of this version"));
        for (world, unit) in units(bytes).ok_or_else(unfit)? {
            if !self.known(&world, unit.range())?.1.is_empty() {
                self.append(&world, &unit)?;
            }
        }
        Ok(())
    }

    /// What is known of some replications of a world, in order, and which of them are not.
    ///
    /// # Errors
    /// If a record cannot be read again.
    pub fn known(
        &self,
        world: &WorldHash,
        wanted: Range<u32>,
    ) -> Result<(Vec<UnitResult>, Vec<Range<u32>>), StoreError> {
        let mut records = self.lock();
        let (mut found, mut missing, mut next) = (Vec::new(), Vec::new(), wanted.start);
        let places = records.places.get(world).cloned().unwrap_or_default();
        while next < wanted.end {
            // The longest record that begins here and asks for no more than is wanted.
            let here = places.range((next, 0)..=(next, wanted.end - next)).next_back();
            if let Some((&(_, count), &place)) = here {
                let result = records.get(place).map_err(|error| self.unusable(error))?;
                found.push(result);
                next += count;
                continue;
            }
            let later = places.range((next, u32::MAX)..(wanted.end, 0));
            let later = later.map(|(&(first, count), _)| (first, count));
            let end =
                later.filter(|(first, count)| first + count <= wanted.end).map(|(first, _)| first).next();
            missing.push(next..end.unwrap_or(wanted.end));
            next = end.unwrap_or(wanted.end);
        }
        Ok((found, missing))
    }

    /// A store's file with what is known of these replications of these worlds, in their order: the head, and then record
    /// after record. Its bytes do not depend on the order in which units were finished.
    pub fn export<'s>(
        &'s self,
        wanted: impl Iterator<Item = (WorldHash, Range<u32>)> + 's,
    ) -> impl Iterator<Item = io::Result<Vec<u8>>> + 's {
        let records = wanted.flat_map(|(world, range)| match self.known(&world, range) {
            Ok((parts, _)) => parts.iter().map(|part| Ok(record(&world, part))).collect::<Vec<_>>(),
            Err(error) => vec![Err(io::Error::other(error))],
        });
        std::iter::once(Ok(header().into_bytes())).chain(records)
    }

    /// How many units there are.
    pub fn len(&self) -> usize {
        self.lock().places.values().map(BTreeMap::len).sum()
    }

    /// Whether nothing is known.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    fn unusable(&self, reason: io::Error) -> StoreError {
        StoreError::Unusable { path: self.path.clone(), reason }
    }

    fn lock(&self) -> MutexGuard<'_, Records> {
        // A thread that panicked has already ended the run.
        self.records.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Records {
    /// Writes at the end; what was written of it is taken back if it is not all.
    fn put(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.medium.seek(SeekFrom::Start(self.end))?;
        self.medium.write_all(bytes)?;
        self.end += bytes.len() as u64;
        Ok(())
    }

    fn get(&mut self, place: Place) -> io::Result<UnitResult> {
        let mut payload = vec![0; place.length as usize];
        self.medium.seek(SeekFrom::Start(place.offset))?;
        self.medium.read_exact(&mut payload)?;
        postcard::from_bytes(&payload).map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error))
    }
}

#[cfg(test)]
#[allow(
    clippy::single_range_in_vec_init,
    reason = "what is missing is a list of ranges, of which there may be one"
)]
mod tests {
    use super::*;
    use crate::experiment::Replication;
    use crate::stats::Observation;

    fn unit(range: Range<u32>) -> UnitResult {
        let replication = |number: u32| Replication {
            world: vec![Some(Observation::Value(f64::from(number))), None],
            ..Replication::default()
        };
        UnitResult {
            first: range.start,
            replications: range.map(replication).collect(),
            orders: 7,
            ..UnitResult::default()
        }
    }

    const WORLD: WorldHash = [3; 32];

    #[test]
    fn what_was_stored_is_found_again_and_what_was_not_is_named() {
        let store = Store::in_memory();
        for range in [0..5, 5..10, 20..22] {
            store.append(&WORLD, &unit(range)).unwrap();
        }
        let known = |wanted| store.known(&WORLD, wanted).unwrap();
        assert_eq!(known(0..10), (vec![unit(0..5), unit(5..10)], vec![]));
        assert_eq!(known(5..25), (vec![unit(5..10), unit(20..22)], vec![10..20, 22..25]));
        assert_eq!(
            known(0..3),
            (vec![], Vec::from([0..3])),
            "a record of more than is wanted is of other sums"
        );
        assert_eq!(store.known(&[4; 32], 0..3).unwrap(), (vec![], Vec::from([0..3])));
    }

    #[test]
    fn a_record_cut_off_anywhere_is_dropped_and_the_ones_before_it_stay() {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("units");
        let store = Store::open(&path).unwrap();
        store.append(&WORLD, &unit(0..2)).unwrap();
        let kept = std::fs::metadata(&path).unwrap().len();
        store.append(&WORLD, &unit(2..4)).unwrap();
        drop(store);
        let whole = std::fs::read(&path).unwrap();
        for length in kept..whole.len() as u64 {
            std::fs::write(&path, &whole[..length as usize]).unwrap();
            let store = Store::open(&path).unwrap();
            assert_eq!(
                store.known(&WORLD, 0..4).unwrap(),
                (vec![unit(0..2)], Vec::from([2..4])),
                "at {length}"
            );
            store.append(&WORLD, &unit(2..4)).unwrap();
            drop(store);
            assert_eq!(std::fs::read(&path).unwrap(), whole);
        }
    }

    #[test]
    fn a_damaged_record_is_not_believed() {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("units");
        let store = Store::open(&path).unwrap();
        store.append(&WORLD, &unit(0..2)).unwrap();
        drop(store);
        let mut bytes = std::fs::read(&path).unwrap();
        let last = bytes.len() - CHECKSUM - 1;
        bytes[last] ^= 1;
        std::fs::write(&path, &bytes).unwrap();
        assert!(Store::open(&path).unwrap().is_empty());
    }

    #[test]
    fn a_second_process_is_told_that_the_store_is_in_use() {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("units");
        let _first = Store::open(&path).unwrap();
        assert!(matches!(Store::open(&path), Err(StoreError::InUse { .. })));
    }

    #[test]
    fn a_file_that_is_no_store_is_left_as_it_is() {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("units");
        std::fs::write(&path, "mine").unwrap();
        assert!(matches!(Store::open(&path), Err(StoreError::Foreign { .. })));
        assert_eq!(std::fs::read(&path).unwrap(), b"mine");
    }

    #[test]
    fn what_is_exported_is_a_store_whose_bytes_do_not_depend_on_the_order_of_finishing() {
        let home = tempfile::tempdir().unwrap();
        let export = |ranges: &[Range<u32>]| -> Vec<u8> {
            let store = Store::in_memory();
            for range in ranges {
                store.append(&WORLD, &unit(range.clone())).unwrap();
            }
            store.export([(WORLD, 0..4)].into_iter()).flat_map(Result::unwrap).collect()
        };
        let bytes = export(&[0..2, 2..4]);
        assert_eq!(bytes, export(&[2..4, 0..2]));
        let path = home.path().join("units");
        std::fs::write(&path, bytes).unwrap();
        assert_eq!(
            Store::open(&path).unwrap().known(&WORLD, 0..4).unwrap(),
            (vec![unit(0..2), unit(2..4)], vec![])
        );
    }

    #[test]
    fn units_of_another_store_are_taken_over_once_and_damaged_ones_are_not() {
        let (store, other) = (Store::in_memory(), Store::in_memory());
        other.append(&WORLD, &unit(0..2)).unwrap();
        let bytes: Vec<u8> = other.export([(WORLD, 0..2)].into_iter()).flat_map(Result::unwrap).collect();
        (0..2).for_each(|_| store.absorb(&bytes).unwrap());
        assert_eq!((store.known(&WORLD, 0..2).unwrap().0, store.len()), (vec![unit(0..2)], 1));
        for wrong in [&bytes[..bytes.len() - 1], b"mine", b""] {
            assert!(store.absorb(wrong).is_err() && store.len() == 1);
        }
    }

    #[test]
    fn what_is_read_is_whole_and_left_as_it_is() {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("unit");
        let store = Store::in_memory();
        store.append(&WORLD, &unit(0..2)).unwrap();
        let bytes: Vec<u8> = store.export([(WORLD, 0..2)].into_iter()).flat_map(Result::unwrap).collect();
        std::fs::write(&path, &bytes).unwrap();
        assert_eq!(Store::read(&path).unwrap().known(&WORLD, 0..2).unwrap(), (vec![unit(0..2)], vec![]));
        for wrong in [&bytes[..bytes.len() - 1], b"mine", b"", &[&bytes[..], b"x"].concat()] {
            std::fs::write(&path, wrong).unwrap();
            assert!(matches!(Store::read(&path), Err(StoreError::Damaged { .. })));
            assert_eq!(std::fs::read(&path).unwrap(), wrong);
        }
    }

    #[test]
    fn units_of_another_version_are_dropped() {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("units");
        std::fs::write(&path, "redress units 0, version 0.0.0, values 0     \nsomething").unwrap();
        assert!(Store::open(&path).unwrap().is_empty());
    }
}
