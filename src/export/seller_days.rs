//! `seller_days`: one row per seller and day of one replication.
//!
//! Sellers may meet at the close of every day, so days come day by day while the table goes seller by seller. In between they are
//! kept in a file of their own ([`KeptSellerDays`]): memory grows neither with the days nor with the sellers.

use super::tables::share;
use super::typed::{Cells, Column, TypedTable};
use crate::engine::{GROUP_SELLERS, SellerDaySink, World};
use crate::experiment::RunResult;
use crate::observe::penalties;
use crate::observe::seller_day::SellerDay;
use crate::sim::Day;
use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Read as _, Seek as _, SeekFrom, Write as _};
use std::ops::Range;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Days of sellers that are in memory together, in each of so many parts of the table at once.
const PART_ROWS: usize = 1 << 16;
const PARTS_TOGETHER: usize = 4;

/// The days of sellers, kept in a file until they are read in the order of sellers.
#[derive(Debug)]
pub struct KeptSellerDays(Mutex<Kept>);

#[derive(Debug)]
struct Kept {
    file: File,
    end: u64,
    /// Where the days of each group of each market are.
    blocks: BTreeMap<(u32, usize), Vec<Range<u64>>>,
    /// Why something could not be kept.
    problem: Option<io::Error>,
}

impl KeptSellerDays {
    /// Keeps days in an empty file.
    pub const fn new(file: File) -> Self {
        Self(Mutex::new(Kept { file, end: 0, blocks: BTreeMap::new(), problem: None }))
    }

    /// Whether everything has been kept so far.
    pub fn is_whole(&self) -> bool {
        self.kept().problem.is_none()
    }

    /// Why something could not be kept, once.
    ///
    /// # Errors
    /// That.
    pub fn check(&self) -> io::Result<()> {
        self.kept().problem.take().map_or(Ok(()), Err)
    }

    /// A thread that panicked has already ended the run.
    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The days of some sellers of a group of so many, in order of days and of a day in that of sellers.
    fn read(
        &self,
        market: u32,
        group: usize,
        of: usize,
        sellers: &Range<usize>,
    ) -> io::Result<Vec<SellerDay>> {
        let blocks = self.kept().blocks.get(&(market, group)).cloned().unwrap_or_default();
        let mut read = Vec::new();
        for block in blocks {
            let mut bytes = vec![0; (block.end - block.start) as usize];
            {
                let file = &mut self.kept().file;
                file.seek(SeekFrom::Start(block.start))?;
                file.read_exact(&mut bytes)?;
            }
            let days: Vec<SellerDay> = postcard::from_bytes(&bytes).map_err(io::Error::other)?;
            read.extend(days.chunks(of).filter_map(|day| day.get(sellers.clone())).flatten());
        }
        Ok(read)
    }
}

impl SellerDaySink for KeptSellerDays {
    fn take(&self, market: u32, group: usize, days: &[SellerDay]) {
        let bytes = postcard::to_allocvec(days).map_err(io::Error::other);
        let mut kept = self.kept();
        let Kept { file, end, blocks, problem } = &mut *kept;
        if problem.is_some() {
            return;
        }
        let written = bytes.and_then(|bytes| {
            file.seek(SeekFrom::Start(*end))?;
            file.write_all(&bytes)?;
            Ok(bytes.len() as u64)
        });
        match written {
            Ok(length) => {
                blocks.entry((market, group)).or_default().push(*end..*end + length);
                *end += length;
            }
            Err(error) => *problem = Some(error),
        }
    }
}

/// `seller_days`: one row per seller and day of the replication whose sellers a result has.
#[derive(Clone, Copy, Debug)]
pub struct SellerDaysTable<'a> {
    /// The world of the run.
    pub world: &'a World,
    /// What came of it, with the sellers of the replication.
    pub result: &'a RunResult,
    /// Their days.
    pub days: &'a KeptSellerDays,
}

impl SellerDaysTable<'_> {
    /// Sellers of a part: those of a group, or some of them where their days are many.
    fn part_sellers(&self) -> usize {
        (PART_ROWS / self.world.days.max(1) as usize).clamp(1, GROUP_SELLERS)
    }

    /// Parts of a market: its groups, and the parts of each.
    fn market_parts(&self) -> (usize, usize) {
        let groups = (self.world.market.sellers as usize).div_ceil(GROUP_SELLERS);
        (groups, GROUP_SELLERS.div_ceil(self.part_sellers()))
    }
}

impl TypedTable for SellerDaysTable<'_> {
    fn name(&self) -> &'static str {
        "seller_days"
    }

    fn columns(&self) -> Vec<Column> {
        let head = [
            Column::whole("market", "number of the market, from 0"),
            Column::whole("seller", "number of the seller in its market, from 0"),
            Column::text("segment", "name of the seller segment"),
            Column::whole("day", "day of the observation period, from 0"),
            Column::number("weight", "search weight on the day, of the attractiveness"),
            Column::whole("is_demoted", "1 if demoted or hidden on the day, and not suspended"),
            Column::whole("is_frozen", "1 if suspended or closed on the day"),
        ];
        let causes = self.world.penalties().map(|penalty| {
            Column::whole(
                penalties::cause(penalty),
                "1 if under this penalty on the day, alone or with others",
            )
        });
        let close = [
            Column::whole("window_disputes", "numerator of the trailing dispute rate at the close"),
            Column::whole("window_orders", "its denominator"),
            Column::number("window_dispute_rate", "trailing dispute rate at the close"),
            Column::whole("is_above_threshold", "1 if that is assessed and above the threshold"),
            Column::number("dispute_weight", "factor of the search weight by the dispute rate"),
            Column::whole(
                "window_not_sold",
                "trailing seller-fault cancellations, before a freeze settles them",
            ),
            Column::whole("window_placed", "orders placed in that window"),
            Column::number("window_not_sold_rate", "their share"),
            Column::text("grade", "grade by them: none, demoted, hidden or frozen"),
            Column::number("service_score", "service score of the day, in points"),
            Column::number("level_weight", "factor of the search weight by the level of the score"),
            Column::whole("points", "valid penalty points"),
            Column::whole("tier", "tier of the points, from 1; 0 is none"),
            Column::whole("is_found_offline", "1 if an offline transfer was found out on the day"),
            Column::number("weight_next", "search weight on the day after"),
            Column::whole("frozen_until", "first day on which a suspended seller trades again"),
            Column::whole("is_closed", "1 if closed for good"),
        ];
        head.into_iter().chain(causes).chain(close).collect()
    }

    fn parts(&self) -> usize {
        let (groups, parts) = self.market_parts();
        self.world.market.count as usize * groups * parts
    }

    fn parts_together(&self) -> usize {
        PARTS_TOGETHER
    }

    fn fill<C: Cells>(&self, part: usize, cells: &mut C) -> io::Result<()> {
        let (groups, parts) = self.market_parts();
        let (market, group, part) = (part / (groups * parts), part / parts % groups, part % parts);
        let first = group * GROUP_SELLERS;
        let of = (self.world.market.sellers as usize - first).min(GROUP_SELLERS);
        let sellers = (part * self.part_sellers()).min(of)..((part + 1) * self.part_sellers()).min(of);
        if sellers.is_empty() {
            return Ok(());
        }
        let days = self.days.read(market as u32, group, of, &sellers)?;
        for (place, number) in (first + sellers.start..first + sellers.end).enumerate() {
            let seller = self.result.sellers_by_market.get(market).and_then(|sellers| sellers.get(number));
            let segment = seller.map_or("", |seller| self.world.sellers[seller.segment].name.as_str());
            for day in days.iter().skip(place).step_by(sellers.len()) {
                cells.whole(market as u64);
                cells.whole(number as u64);
                cells.text(segment);
                self.fill_day(day, cells);
                cells.end_row();
            }
        }
        Ok(())
    }
}

impl SellerDaysTable<'_> {
    fn fill_day(&self, day: &SellerDay, cells: &mut impl Cells) {
        let is = |holds: bool| u64::from(holds);
        let policy = &self.world.policy;
        cells.whole(day.day.0 as u64);
        cells.number(Some(day.today.weight));
        cells.whole(is(day.today.is_demoted));
        cells.whole(is(day.today.frozen_until.is_some()));
        for penalty in self.world.penalties() {
            cells.whole(is(day.today.is_under(penalty)));
        }
        cells.whole(u64::from(day.disputes));
        cells.whole(u64::from(day.orders));
        cells.number(share((day.disputes, day.orders)));
        cells.whole(is(policy.dispute_rate.is_above(day.disputes, day.orders)));
        cells.number(Some(day.dispute_weight));
        cells.whole(u64::from(day.not_sold));
        cells.whole(u64::from(day.placed));
        cells.number(share((day.not_sold, day.placed)));
        cells.text(day.grade.name());
        cells.number(day.score);
        cells.number(Some(day.level_weight));
        cells.maybe_whole(policy.points.as_ref().map(|_| u64::from(day.points)));
        cells.maybe_whole(policy.points.as_ref().map(|_| day.tier as u64));
        cells.whole(is(day.was_found_offline));
        let until = day.tomorrow.frozen_until;
        cells.number(Some(day.tomorrow.weight));
        cells.maybe_whole(until.filter(|until| !until.is_never()).map(|until| until.0 as u64));
        cells.whole(is(until.is_some_and(Day::is_never)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::observe::seller_day::examples::UNTROUBLED;

    /// Days of so many sellers, each told by its points.
    fn days(days: Range<i32>, sellers: u32) -> Vec<SellerDay> {
        let day = |day, points| SellerDay { day: Day(day), points, ..UNTROUBLED };
        days.flat_map(|number| (0..sellers).map(move |seller| day(number, seller))).collect()
    }

    #[test]
    fn days_are_read_group_by_group_however_they_came() {
        let kept = KeptSellerDays::new(tempfile::tempfile().unwrap());
        kept.take(0, 1, &days(0..2, 3));
        kept.take(0, 0, &days(0..1, 5));
        kept.take(0, 1, &days(2..3, 3));
        let read = kept.read(0, 1, 3, &(1..3)).unwrap();
        let read: Vec<_> = read.iter().map(|day| (day.day.0, day.points)).collect();
        assert_eq!(read, [(0, 1), (0, 2), (1, 1), (1, 2), (2, 1), (2, 2)]);
        assert!(kept.is_whole() && kept.check().is_ok());
    }

    #[test]
    fn what_cannot_be_kept_is_told_once_the_run_has_stopped() {
        let file = tempfile::NamedTempFile::new().unwrap();
        let kept = KeptSellerDays::new(File::open(file.path()).unwrap());
        kept.take(0, 0, &days(0..1, 3));
        assert!(!kept.is_whole());
        assert!(kept.check().is_err());
    }
}
