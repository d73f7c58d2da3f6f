//! How finished units stand in a file.
//!
//! ```text
//! header   one line: what the file is, and which values it holds
//! record   length of the payload (4 bytes), SHA-256 of what a replication depends on (32), number of the first
//!          replication (4), how many (4), the payload, and the first 8 bytes of the SHA-256 of all of that
//! ```

use super::unit::{UnitResult, VALUES, WorldHash};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};

/// Where records stand: by world, and by the first replication and their number.
pub(super) type Places = BTreeMap<WorldHash, BTreeMap<(u32, u32), Place>>;

/// Bytes of a record before its payload.
pub(super) const HEAD: usize = 44;
/// Bytes of its checksum.
pub(super) const CHECKSUM: usize = 8;

/// Where a record's payload stands.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    pub(super) offset: u64,
    pub(super) length: u32,
}

/// What the records are kept in.
pub(super) trait Medium: Read + Write + Seek + Send + std::fmt::Debug {
    /// Drops what follows.
    fn cut(&mut self, length: u64) -> io::Result<()>;
}

impl Medium for File {
    fn cut(&mut self, length: u64) -> io::Result<()> {
        self.set_len(length)
    }
}

impl Medium for io::Cursor<Vec<u8>> {
    fn cut(&mut self, length: u64) -> io::Result<()> {
        self.get_mut().truncate(length as usize);
        Ok(())
    }
}

/// What every store begins with.
pub(super) const MAGIC: &str = "redress units ";

pub(super) fn header() -> String {
    format!("{MAGIC}1, version {}, values {VALUES}\n", env!("CARGO_PKG_VERSION"))
}

/// A unit as it stands in the file.
pub(super) fn record(world: &WorldHash, result: &UnitResult) -> Vec<u8> {
    // Numbers, texts and lists always have such a form.
    let payload = postcard::to_allocvec(result).unwrap_or_default();
    let mut record = Vec::with_capacity(HEAD + payload.len() + CHECKSUM);
    record.extend_from_slice(&(payload.len() as u32).to_le_bytes());
    record.extend_from_slice(world);
    record.extend_from_slice(&result.first.to_le_bytes());
    record.extend_from_slice(&(result.replications.len() as u32).to_le_bytes());
    record.extend_from_slice(&payload);
    let checksum = Sha256::digest(&record);
    record.extend_from_slice(&checksum[..CHECKSUM]);
    record
}

/// Whether a file is a store of any version, or empty. One that was killed in its first line is as good as empty.
pub(super) fn is_store(file: &File) -> io::Result<bool> {
    let mut begin = Vec::new();
    let mut reader = file;
    reader.seek(SeekFrom::Start(0))?;
    reader.take(MAGIC.len() as u64).read_to_end(&mut begin)?;
    reader.seek(SeekFrom::Start(0))?;
    Ok(MAGIC.as_bytes().starts_with(&begin))
}

/// Notes where every whole record stands and gives the place after the last of them.
pub(super) fn scan(file: &File, places: &mut Places) -> io::Result<u64> {
    scan_from(io::BufReader::new(file), file.metadata()?.len(), places)
}

/// The units of a store's bytes; `None` if they are anything but whole records of this version.
pub(super) fn units(bytes: &[u8]) -> Option<Vec<(WorldHash, UnitResult)>> {
    let mut places = Places::new();
    let end = scan_from(bytes, bytes.len() as u64, &mut places).ok()?;
    if end == 0 || end != bytes.len() as u64 {
        return None;
    }
    let unit = |world: WorldHash, Place { offset, length }: Place| {
        let payload = &bytes[offset as usize..][..length as usize];
        Some((world, postcard::from_bytes(payload).ok()?))
    };
    let each =
        places.into_iter().flat_map(|(world, units)| units.into_values().map(move |place| (world, place)));
    each.map(|(world, place)| unit(world, place)).collect()
}

fn scan_from(mut reader: impl Read, size: u64, places: &mut Places) -> io::Result<u64> {
    let mut head = vec![0; header().len()];
    if size < head.len() as u64 {
        return Ok(0);
    }
    reader.read_exact(&mut head)?;
    if head != header().as_bytes() {
        return Ok(0);
    }
    let mut end = head.len() as u64;
    loop {
        let mut record = vec![0; HEAD];
        if size - end < (HEAD + CHECKSUM) as u64 {
            return Ok(end);
        }
        reader.read_exact(&mut record)?;
        let word =
            |at: usize| u32::from_le_bytes([record[at], record[at + 1], record[at + 2], record[at + 3]]);
        let (length, first, count) = (word(0), word(36), word(40));
        let mut world = [0; 32];
        world.copy_from_slice(&record[4..36]);
        let whole = (HEAD + CHECKSUM) as u64 + u64::from(length);
        if size - end < whole {
            return Ok(end);
        }
        record.resize(HEAD + length as usize, 0);
        let mut checksum = [0; CHECKSUM];
        reader.read_exact(&mut record[HEAD..])?;
        reader.read_exact(&mut checksum)?;
        if Sha256::digest(&record)[..CHECKSUM] != checksum {
            return Ok(end);
        }
        let place = Place { offset: end + HEAD as u64, length };
        places.entry(world).or_default().insert((first, count), place);
        end += whole;
    }
}
