//! Keys of `market`.

use crate::engine::{MarketSpec, Surge};
use crate::policy::exposure::Exposure;
use crate::scenario::kinds::distribution::{AMOUNTS, in_cents};
use crate::scenario::kinds::empirical::Numbers;
use crate::scenario::kinds::plain::{Flag, Number, SHARE, Whole};
use crate::scenario::reading::section::Section;

/// Reads the table.
pub(crate) fn read(s: &mut Section<'_>) -> MarketSpec {
    let count = s.or("count", &Whole { min: 1, max: 100_000 }, 1) as u32;
    let sellers = s.required("sellers", &Whole { min: 1, max: 1_000_000 }) as u32;
    let buyers = s.or("buyers", &Whole { min: 1, max: 4_000_000_000 }, 100_000) as u32;
    let orders = Number::above(0.0, 1e8, "a number above 0, up to 100000000", 1000.0);
    let orders_per_day = s.required("orders_per_day", &orders);
    let order_value = in_cents(s.required("order_value", &AMOUNTS));
    let weekday_profile = weekday_profile(s);
    let day_dispersion =
        s.or("day_dispersion", &Number::from(0.0, 100.0, "a number from 0 to 100", 0.1), 0.0);
    let example = "[{ first_day = 300, days = 3, multiplier = 2.0 }]";
    let surges = s.records("surges", Some("[]"), example, surge);
    busiest_day(s, orders_per_day, &weekday_profile, &surges);
    let (exposure, feedback, leaves_market) = s.table("search", |s| {
        (exposure(s), s.or("feedback", &Flag, true), s.or("leaves_market", &SHARE, 0.0))
    });
    MarketSpec {
        count,
        sellers,
        buyers,
        orders_per_day,
        order_value,
        weekday_profile,
        day_dispersion,
        surges,
        exposure,
        feedback,
        leaves_market,
    }
}

/// Demand by weekday, scaled to mean 1.
fn weekday_profile(s: &mut Section<'_>) -> [f64; 7] {
    let numbers = Numbers { words: "7 numbers from 0, Monday first" };
    let given = s.or("weekday_profile", &numbers, vec![1.0; 7]);
    let mean = given.iter().sum::<f64>() / 7.0;
    let mut profile = [1.0; 7];
    if given.len() != 7 {
        let path = s.path_of("weekday_profile");
        s.report("weekday_profile", format!("{path} has {} numbers: expected 7, Monday first", given.len()));
    } else if !(mean > 0.0 && mean.is_finite()) {
        let path = s.path_of("weekday_profile");
        s.report("weekday_profile", format!("{path} is 0 on every day: expected orders on some day"));
    } else {
        for (scaled, number) in profile.iter_mut().zip(given) {
            *scaled = number / mean;
        }
    }
    profile
}

/// The most orders that a market may have on average on a day.
const MOST_ORDERS: f64 = 1e9;

/// Reports demand that no day can hold.
fn busiest_day(s: &mut Section<'_>, orders_per_day: f64, profile: &[f64; 7], surges: &[Surge]) {
    // Each multiplier comes on its first day and goes behind its last: as a logarithm, and what is 0 as a number of them.
    let part = |multiplier: f64| if multiplier > 0.0 { (multiplier.ln(), 0) } else { (0.0, 1) };
    let mut changes: Vec<(i64, f64, i32)> = Vec::new();
    for surge in surges {
        let ((logarithm, zeros), first) = (part(surge.multiplier), i64::from(surge.first_day));
        changes.push((first, logarithm, zeros));
        changes.push((first + i64::from(surge.days), -logarithm, -zeros));
    }
    changes.sort_by_key(|change| change.0);
    let (mut logarithm, mut zeros, mut surged) = (0.0_f64, 0, 1.0_f64);
    for day in changes.chunk_by(|one, other| one.0 == other.0) {
        for change in day {
            logarithm += change.1;
            zeros += change.2;
        }
        surged = surged.max(if zeros > 0 { 0.0 } else { logarithm.exp() });
    }
    let orders = orders_per_day * profile.iter().copied().fold(0.0, f64::max) * surged;
    if orders > MOST_ORDERS {
        s.report(
            "orders_per_day",
            format!(
                "market.orders_per_day, weekday_profile and surges make {orders:.3e} orders per day: expected at most {MOST_ORDERS:e}"
            ),
        );
    }
}

fn surge(s: &mut Section<'_>) -> Surge {
    Surge {
        first_day: s.required("first_day", &Whole { min: -5_000, max: 20_000 }) as i32,
        days: s.required("days", &Whole { min: 1, max: 25_000 }) as u32,
        multiplier: s.required("multiplier", &Number::from(0.0, 1000.0, "a number from 0 to 1000", 2.0)),
    }
}

/// Exposure by position, from an exponent or from a table.
fn exposure(s: &mut Section<'_>) -> Exposure {
    s.rivals("click_shares", "position_exponent");
    let clicks = s.optional("click_shares", &Numbers { words: "an array of numbers from 0" });
    if let Some(clicks) = clicks
        && !s.is_recording()
    {
        if clicks[0] <= 0.0 {
            s.report("click_shares", "market.search.click_shares begins with 0: expected a number above 0");
        }
        s.declare_only("position_exponent");
        return Exposure::Clicks(clicks);
    }
    let exponent = s.or("position_exponent", &Number::from(0.0, 10.0, "a number from 0 to 10", 1.0), 0.0);
    if exponent > 0.0 { Exposure::Position { exponent } } else { Exposure::Proportional }
}
