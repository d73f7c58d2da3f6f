//! Absorbing Markov chains, by the fundamental matrix (Kemeny and Snell, Finite Markov Chains, 1960, chapter III).

use super::counts::poisson;

/// A chain given by its arrows: a state that none leaves is an end.
#[derive(Clone, Debug, Default)]
pub struct Chain {
    names: Vec<String>,
    arrows: Vec<(usize, usize, f64)>,
}

impl Chain {
    /// A chain of no states.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds the arrow from one state to another with its probability.
    pub fn arrow(&mut self, from: &str, to: &str, probability: f64) {
        let (from, to) = (self.place_or_new(from), self.place_or_new(to));
        self.arrows.push((from, to, probability));
    }

    fn place(&self, name: &str) -> Option<usize> {
        self.names.iter().position(|other| other == name)
    }

    fn place_or_new(&mut self, name: &str) -> usize {
        self.place(name).unwrap_or_else(|| {
            self.names.push(name.to_owned());
            self.names.len() - 1
        })
    }

    /// How often the chain that starts in `from` visits states whose names end with `to`, on average; of ends, the
    /// probability of ending there. Not a number if there is no such state.
    pub fn visits(&self, from: &str, to: &str) -> f64 {
        let Some(from) = self.place(from) else { return f64::NAN };
        let mut steps = vec![vec![0.0; self.names.len()]; self.names.len()];
        for &(from, to, probability) in &self.arrows {
            steps[from][to] += probability;
        }
        let visits = expected_visits(&steps, from);
        let of_states = self.names.iter().zip(visits).filter(|(name, _)| name.ends_with(to));
        of_states.map(|(_, visits)| visits).reduce(|sum, visits| sum + visits).unwrap_or(f64::NAN)
    }

    /// The states that are left with another probability than 1 or 0.
    pub fn leaks(&self) -> Vec<&str> {
        let left_by = |state: usize| -> f64 {
            self.arrows.iter().filter(|arrow| arrow.0 == state).map(|arrow| arrow.2).sum()
        };
        let leaks = |&(state, _): &(usize, &String)| {
            let sum = left_by(state);
            sum > 1e-12 && (sum - 1.0).abs() > 1e-12
        };
        self.names.iter().enumerate().filter(leaks).map(|(_, name)| name.as_str()).collect()
    }
}

/// The row of the fundamental matrix `(I - Q)^-1` that belongs to the state `from`: the solution of `v (I - Q) = e`, by
/// elimination with the largest pivot.
fn expected_visits(steps: &[Vec<f64>], from: usize) -> Vec<f64> {
    let n = steps.len();
    let unit = |row: usize, column: usize| if row == column { 1.0 } else { 0.0 };
    let mut rows: Vec<Vec<f64>> = (0..n)
        .map(|row| {
            let left = (0..n).map(|column| unit(row, column) - steps[column][row]);
            left.chain([unit(row, from)]).collect()
        })
        .collect();
    for column in 0..n {
        let largest = (column..n).max_by(|&a, &b| rows[a][column].abs().total_cmp(&rows[b][column].abs()));
        rows.swap(column, largest.unwrap_or(column));
        let pivot = rows[column].clone();
        for (place, row) in rows.iter_mut().enumerate() {
            let factor = if place == column { 0.0 } else { row[column] / pivot[column] };
            row.iter_mut().zip(&pivot).for_each(|(value, pivot)| *value -= factor * pivot);
        }
    }
    (0..n).map(|place| rows[place][n] / rows[place][place]).collect()
}

/// Days until independent Poisson counts of mean `mean` a day first sum to `count`, that day included: the expected
/// number of steps of the chain of sums below `count`.
pub fn days_to_count(mean: f64, count: u32) -> f64 {
    let step = |from: u32, to: u32| if to < from { 0.0 } else { poisson(mean, to - from) };
    days_below(count, step)
}

/// The same if only the sum of two consecutive days counts, and nothing is known of the day before the first: the chain
/// of yesterday's counts.
pub fn days_to_count_in_two(mean: f64, count: u32) -> f64 {
    let step =
        |yesterday: u32, today: u32| if yesterday + today < count { poisson(mean, today) } else { 0.0 };
    days_below(count, step)
}

/// Steps from state 0 until the chain leaves the states below `count`.
fn days_below(count: u32, step: impl Fn(u32, u32) -> f64) -> f64 {
    let steps: Vec<Vec<f64>> = (0..count).map(|from| (0..count).map(|to| step(from, to)).collect()).collect();
    expected_visits(&steps, 0).iter().sum()
}

#[cfg(test)]
mod tests {
    use super::super::counts::poisson_at_most;
    use super::*;

    /// The chain of a case with four states and two ends: probabilities and visits from the first state.
    #[test]
    fn a_chain_has_its_reference_values() {
        let mut chain = Chain::new();
        let steps = [[0.0, 0.6, 0.3, 0.0], [0.0, 0.0, 0.5, 0.2], [0.0, 0.0, 0.0, 0.25], [0.0, 0.0, 0.4, 0.0]];
        let ends = [[0.1, 0.0], [0.2, 0.1], [0.45, 0.3], [0.1, 0.5]];
        for from in 0..4 {
            (0..4).for_each(|to| chain.arrow(&from.to_string(), &to.to_string(), steps[from][to]));
            (0..2).for_each(|to| chain.arrow(&from.to_string(), ["a", "b"][to], ends[from][to]));
        }
        let expected = [("a", 0.574), ("b", 0.426), ("0", 1.0), ("1", 0.6), ("2", 0.72), ("3", 0.3)];
        for (state, visits) in expected {
            assert!(
                (chain.visits("0", state) - visits).abs() < 1e-12,
                "{state}: {}",
                chain.visits("0", state)
            );
        }
        assert!(chain.leaks().is_empty());
        chain.arrow("3", "a", 0.1);
        assert_eq!(chain.leaks(), ["3"]);
        assert!(chain.visits("0", "nowhere").is_nan());
    }

    /// `E N = sum over n >= 0 of P(N > n)`, and the sum of n days is below the count with a Poisson probability.
    #[test]
    fn days_to_a_count_are_a_sum_of_poisson_probabilities() {
        for (mean, count) in [(2.0, 10), (0.3, 4), (7.0, 3)] {
            let sum: f64 = (0..400).map(|days| poisson_at_most(mean * f64::from(days), count - 1)).sum();
            assert!((days_to_count(mean, count) - sum).abs() < 1e-9, "{mean} {count}");
        }
    }

    /// A count of 1 is reached on the first day with anything; and a window that forgets takes longer.
    #[test]
    fn a_short_window_takes_longer() {
        let first = 1.0 / (1.0 - (-0.4_f64).exp());
        assert!((days_to_count(0.4, 1) - first).abs() < 1e-12);
        assert!((days_to_count_in_two(0.4, 1) - first).abs() < 1e-12);
        assert!(days_to_count_in_two(2.0, 8) > 1.1 * days_to_count(2.0, 8));
    }
}
