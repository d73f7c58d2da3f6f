//! How a number is written, on axes and beside what it measures.

/// From here on digits would fill the chart.
const HUGE: f64 = 1e12;

/// What a number measures, hence how it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// A share in `[0, 1]`, written in percent: 0.03 is "3 %".
    Percent,
    /// Things counted, with thousands separators: "12,345"; from a million on "1.23 M".
    Count,
    /// An amount in the unit given, in thousands or millions: "1.2 M".
    Money,
    /// A duration in hours: "120 h".
    Hours,
    /// A duration in days: "5 d".
    Days,
    /// A number without a unit, such as a search weight: "0.85".
    Ratio,
}

impl Unit {
    /// `value` with three significant digits and its unit; a dash when it is missing.
    pub fn value(self, value: f64) -> String {
        if !value.is_finite() {
            return "–".to_owned();
        }
        let (scale, suffix) = self.scale(value.abs());
        let shown = value * scale;
        let text = match shown.abs() {
            0.0 => "0".to_owned(),
            tiny if tiny < 0.001 => scientific(shown),
            huge if huge >= HUGE => scientific(shown),
            size => {
                let decimals = if size >= 99.95 { 0 } else { (2 - size.log10().floor() as i32).max(0) };
                trimmed(&grouped(shown, decimals as usize))
            }
        };
        text + suffix
    }

    /// `value` as a tick of an axis with ticks every `step` up to `largest`: as many decimals as the step
    /// needs, and the same suffix all along the axis.
    pub fn tick(self, value: f64, step: f64, largest: f64) -> String {
        let (scale, suffix) = self.scale(largest.abs());
        // Sums of steps leave a residue where the tick is zero, which would be written as "−0".
        if value.abs() < step.abs() * 1e-6 {
            let zero_suffix = if scale < 1.0 { "" } else { suffix };
            return format!("0{zero_suffix}");
        }
        if (step * scale).abs() < 1e-5 || (value * scale).abs() >= HUGE {
            return scientific(value * scale) + suffix;
        }
        grouped(value * scale, decimals_of(step * scale)) + suffix
    }

    /// What a number of this size is multiplied by, and what is written after it.
    fn scale(self, size: f64) -> (f64, &'static str) {
        match self {
            Unit::Percent => (100.0, " %"),
            Unit::Hours => (1.0, " h"),
            Unit::Days => (1.0, " d"),
            Unit::Count | Unit::Money if size >= 0.999_5e9 => (1e-9, " bn"),
            Unit::Count | Unit::Money if size >= 0.999_5e6 => (1e-6, " M"),
            Unit::Money if size >= 999.5 => (1e-3, " k"),
            Unit::Count | Unit::Money | Unit::Ratio => (1.0, ""),
        }
    }
}

/// A whole number with thousands separators.
pub fn count(number: usize) -> String {
    Unit::Ratio.tick(number as f64, 1.0, number as f64)
}

/// The fewest decimals that write `step` exactly, six at most.
fn decimals_of(step: f64) -> usize {
    let mut scaled = step.abs();
    for decimals in 0..6 {
        if (scaled - scaled.round()).abs() < 1e-6 * scaled.max(1.0) && scaled.round() >= 1.0 {
            return decimals;
        }
        scaled *= 10.0;
    }
    6
}

fn scientific(value: f64) -> String {
    format!("{value:.1e}").replace(".0e", "e").replace('-', "−")
}

fn grouped(value: f64, decimals: usize) -> String {
    let plain = format!("{:.decimals$}", value.abs());
    let (whole, fraction) = plain.split_once('.').unwrap_or((&plain, ""));
    let mut text = String::new();
    if value < 0.0 && plain.chars().any(|digit| ('1'..='9').contains(&digit)) {
        text.push('−');
    }
    for (place, digit) in whole.chars().enumerate() {
        if place > 0 && (whole.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    if !fraction.is_empty() {
        text.push('.');
        text.push_str(fraction);
    }
    text
}

fn trimmed(text: &str) -> String {
    if text.contains('.') {
        text.trim_end_matches('0').trim_end_matches('.').to_owned()
    } else {
        text.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_carry_three_significant_digits_and_their_unit() {
        assert_eq!(Unit::Percent.value(0.03), "3 %");
        assert_eq!(Unit::Percent.value(0.031_26), "3.13 %");
        assert_eq!(Unit::Percent.value(1.0), "100 %");
        assert_eq!(Unit::Percent.value(3e-7), "3e−5 %");
        assert_eq!(Unit::Money.value(1_234_567.0), "1.23 M");
        assert_eq!(Unit::Money.value(999_900.0), "1 M");
        assert_eq!(Unit::Money.value(12_500.0), "12.5 k");
        assert_eq!(Unit::Count.value(12_345.0), "12,345");
        assert_eq!(Unit::Count.value(-1_234.0), "−1,234");
        assert_eq!(Unit::Days.value(5.0), "5 d");
        assert_eq!(Unit::Hours.value(120.0), "120 h");
        assert_eq!(Unit::Ratio.value(0.85), "0.85");
        assert_eq!(Unit::Count.value(0.0), "0");
    }

    #[test]
    fn a_missing_value_is_a_dash() {
        assert_eq!(Unit::Count.value(f64::NAN), "–");
    }

    #[test]
    fn ticks_have_the_decimals_of_their_step() {
        assert_eq!(Unit::Percent.tick(0.03, 0.01, 0.05), "3 %");
        assert_eq!(Unit::Percent.tick(0.03, 0.005, 0.05), "3.0 %");
        assert_eq!(Unit::Percent.tick(0.0, 0.005, 0.05), "0 %");
        assert_eq!(Unit::Count.tick(15_000.0, 5_000.0, 20_000.0), "15,000");
        assert_eq!(Unit::Ratio.tick(-0.000_000_000_1, 0.25, 1.0), "0");
    }

    #[test]
    fn all_ticks_of_an_axis_share_a_suffix() {
        let tick = |value: f64| Unit::Money.tick(value, 500_000.0, 1_500_000.0);
        assert_eq!([0.0, 5e5, 1e6, 1.5e6].map(tick), ["0", "0.5 M", "1.0 M", "1.5 M"]);
        assert_eq!(Unit::Count.tick(-2e6, 1e6, 2e6), "−2 M");
    }

    #[test]
    fn counts_are_separated_by_thousands() {
        assert_eq!(count(20_000), "20,000");
        assert_eq!(count(7), "7");
    }
}
