//! The table of sellers and days, for which a replication is simulated once more.

use super::args::Running;
use super::failure::Failure;
use super::interruption::is_interrupted;
use super::session::{expected_orders, simulate};
use super::terminal::remark;
use crate::engine::{Tables, World};
use crate::experiment::RunResult;
use crate::experiment::seller_days::tell_replication;
use crate::export::seller_days::{KeptSellerDays, SellerDaysTable};
use crate::export::{ExportError, RunDirectory};

/// The name of the table.
pub(super) const NAME: &str = "seller_days";

/// Writes the table of the first replication of a result; false if it was interrupted, which is said, and there is none.
pub(super) fn write(
    directory: &RunDirectory,
    running: &Running,
    world: &World,
    result: &RunResult,
) -> Result<bool, Failure> {
    if !is_interrupted() {
        let days = KeptSellerDays::new(directory.scratch_file()?);
        let one = World { replications: 1, ..world.clone() };
        let expected = expected_orders(std::iter::once(&one));
        let (is_done, _) = simulate(running.threads, running.shows_progress(), expected, |watch| {
            let goes_on = |orders| watch(orders) && days.is_whole();
            tell_replication(&Tables::new(world), result.first_replication, &days, &goes_on)
        })?;
        days.check().map_err(|error| ExportError::new(&directory.target().join(NAME), &error))?;
        if is_done {
            directory.write_table(&SellerDaysTable { world, result, days: &days })?;
            return Ok(true);
        }
    }
    remark(&format!("interrupted: the table {NAME} is not written; all else is"));
    Ok(false)
}
