//! A mean and a variance, value by value.

/// Mean and sum of squares by the recurrence of Welford, which loses no digits where the mean is large.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Moments {
    count: u32,
    mean: f64,
    squares: f64,
}

impl Moments {
    pub(super) fn add(&mut self, value: f64) {
        self.count += 1;
        let from_mean = value - self.mean;
        self.mean += from_mean / f64::from(self.count);
        self.squares += from_mean * (value - self.mean);
    }

    pub(super) const fn mean(&self) -> f64 {
        self.mean
    }

    /// The sample variance; 0 before the second value.
    pub(super) fn variance(&self) -> f64 {
        if self.count < 2 { 0.0 } else { self.squares / f64::from(self.count - 1) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_agree_with_those_of_all_values_at_once() {
        let values: Vec<f64> = (0..50).map(|at| 1e6 + f64::from(at).sin()).collect();
        let mut moments = Moments::default();
        for &value in &values {
            moments.add(value);
        }
        assert!((moments.mean() - super::super::mean(&values)).abs() < 1e-8);
        assert!((moments.variance() - super::super::variance(&values)).abs() < 1e-8);
    }
}
