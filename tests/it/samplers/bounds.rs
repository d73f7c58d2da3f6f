//! How far a tabulated distribution is from the exact one: the bounds that the table's documentation states, without a draw.

use super::tables::families;
use redress::sim::QuantileTable;

/// Laws with a kink or with steps inside a cell.
const ROUGH: [&str; 3] = ["interpolated", "mixture", "triangular"];

/// The largest deviation of the distribution function, looked for at the middle of 2^20 equal parts of the uniform.
#[test]
fn the_distribution_function_of_a_table_errs_by_less_than_its_bound() {
    for (name, law, scale) in families() {
        let table = QuantileTable::new(&law, scale);
        let at_most = if ROUGH.contains(&name) { 1.0 / 1024.0 } else { 2e-4 };
        let parts = 1_u32 << 20;
        let error = (0..parts).fold(0.0_f64, |error, part| {
            let u = part * 4096 + 2048;
            let p = (f64::from(u) + 0.5) / 4_294_967_296.0;
            let value = f64::from(table.at(u));
            // A value stands for all that are rounded down to it.
            let (low, high) = (law.cdf((value - 0.5) / scale), law.cdf((value + 1.5) / scale));
            error.max(low - p).max(p - high)
        });
        assert!(error < at_most, "{name}: {error}");
    }
}

/// Between the ends of cells a table is a straight line, so its mean is a sum over cells: the body's, and those of the
/// tails cut twice.
#[test]
fn the_mean_of_a_table_errs_by_less_than_its_bound() {
    for (name, law, scale) in families() {
        let table = QuantileTable::new(&law, scale);
        let steps =
            |from: u64, to: u64, width: u64| (from..to).step_by(width as usize).map(move |at| (at, width));
        let (body, tail, inner, whole) = (1_u64 << 22, 1_u64 << 14, 1_u64 << 6, 1_u64 << 32);
        let cells = steps(0, tail, inner)
            .chain(steps(tail, body, tail))
            .chain(steps(body, whole - body, body))
            .chain(steps(whole - body, whole - tail, tail))
            .chain(steps(whole - tail, whole, inner));
        let mean: f64 = cells
            .map(|(at, width)| {
                let ends = f64::from(table.at(at as u32)) + f64::from(table.at((at + width - 1) as u32));
                (ends / 2.0 + 0.5) * width as f64 / whole as f64
            })
            .sum();
        let exact = law.mean() * scale;
        // Rounding to whole numbers, and a straight line for a bend.
        assert!((mean - exact).abs() < 0.5 + 5e-4 * exact, "{name}: {mean}, exactly {exact}");
    }
}
