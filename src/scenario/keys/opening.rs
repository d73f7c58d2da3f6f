//! When somebody is at work.

use crate::scenario::kinds::times::{ALL_DAY, Hours, Weekdays};
use crate::scenario::reading::section::Section;
use crate::sim::{Weekday, WorkCalendar};

/// Hours and weekdays of work.
pub(crate) fn opening(s: &mut Section<'_>, day_zero: Weekday) -> WorkCalendar {
    let (from, until) = s.or("hours", &Hours, ALL_DAY);
    let open = s.or("weekdays", &Weekdays, [true; 7]);
    WorkCalendar { day_zero, open, from, until }
}
