//! Tables kept between worlds that share distributions.

use super::distribution::Distribution;
use super::quantile_table::QuantileTable;
use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// So many tables are kept at most, 16 KiB each.
const MOST_TABLES: usize = 512;

/// Quantile tables by distribution and scale: making one takes up to some milliseconds, and the worlds of a study differ in few
/// distributions. Whether a table was kept or made anew changes nothing but the time that it takes.
#[derive(Debug, Default)]
pub struct TableCache {
    kept: Mutex<Kept>,
}

#[derive(Debug, Default)]
struct Kept {
    tables: BTreeMap<(String, u64), (u64, QuantileTable)>,
    /// Counts what was asked for, to know what was not for the longest time.
    asked: u64,
}

impl TableCache {
    /// [`QuantileTable::new`], kept or made anew.
    pub fn table(&self, distribution: &Distribution, scale: f64) -> QuantileTable {
        if !is_kept(distribution) {
            return QuantileTable::new(distribution, scale);
        }
        // Numbers are shown in the fewest digits that read back as the same number.
        let key = (format!("{distribution:?}"), scale.to_bits());
        if let Some(table) = self.lock().get(&key) {
            return table;
        }
        // Others go on meanwhile; if two make the same table, they make the same.
        let table = QuantileTable::new(distribution, scale);
        self.lock().keep(key, table.clone());
        table
    }

    fn lock(&self) -> MutexGuard<'_, Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Kept {
    fn get(&mut self, key: &(String, u64)) -> Option<QuantileTable> {
        self.asked += 1;
        let (asked, table) = self.tables.get_mut(key)?;
        *asked = self.asked;
        Some(table.clone())
    }

    fn keep(&mut self, key: (String, u64), table: QuantileTable) {
        if self.tables.len() >= MOST_TABLES {
            let oldest = self.tables.iter().min_by_key(|(_, (asked, _))| *asked).map(|(key, _)| key.clone());
            oldest.and_then(|key| self.tables.remove(&key));
        }
        self.tables.insert(key, (self.asked, table));
    }
}

/// Constants are made at once, and observed values are too many to be told apart by.
fn is_kept(distribution: &Distribution) -> bool {
    match distribution {
        Distribution::Constant(_) | Distribution::Empirical(_) => false,
        Distribution::Mixture(parts) => {
            parts.iter().all(|(_, part)| part.constant().is_some() || is_kept(part))
        }
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kept_table_is_the_one_that_would_be_made() {
        let cache = TableCache::default();
        for scale in [1.0, 86_400.0] {
            for distribution in
                [Distribution::Exponential { mean: 3.0 }, Distribution::Gamma { shape: 0.7, scale: 3.0 }]
            {
                let made = QuantileTable::new(&distribution, scale);
                assert_eq!(
                    (cache.table(&distribution, scale), cache.table(&distribution, scale)),
                    (made.clone(), made)
                );
            }
        }
        assert_eq!(cache.lock().tables.len(), 4);
    }

    #[test]
    fn what_was_not_asked_for_the_longest_makes_room() {
        let cache = TableCache::default();
        let distribution = |mean: usize| Distribution::Uniform { min: 0.0, max: mean as f64 };
        for mean in 1..=MOST_TABLES {
            cache.table(&distribution(mean), 1.0);
        }
        cache.table(&distribution(1), 1.0);
        cache.table(&distribution(MOST_TABLES + 1), 1.0);
        let has = |mean| {
            cache.lock().tables.contains_key(&(format!("{:?}", distribution(mean)), 1.0_f64.to_bits()))
        };
        assert_eq!([1, 2, 3, MOST_TABLES + 1].map(has), [true, false, true, true]);
    }
}
