//! How many decimals a number between numbers needs, so that no two that differ read alike.

/// Decimals that are always shown, and the most.
const FEWEST: usize = 2;
const MOST: usize = 9;

/// Decimals of some numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Digits(usize);

impl Digits {
    /// As few decimals, and at least two, as tell these numbers from one another, from 0 and from 1.
    pub(super) fn telling_apart(numbers: &[f64]) -> Self {
        let all: Vec<f64> = numbers.iter().copied().chain([0.0, 1.0]).collect();
        let tells = |digits: &usize| {
            let is_told = |one: f64, other: f64| {
                one.to_bits() == other.to_bits() || Self(*digits).of(one) != Self(*digits).of(other)
            };
            all.iter().all(|&one| all.iter().all(|&other| is_told(one, other)))
        };
        Self((FEWEST..MOST).find(tells).unwrap_or(MOST))
    }

    /// A number with so many decimals.
    pub(super) fn of(self, number: f64) -> String {
        format!("{number:.*}", self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_close_to_1_or_to_0_or_to_another_has_the_decimals_that_tell_them_apart() {
        let shown = |numbers: &[f64]| {
            let digits = Digits::telling_apart(numbers);
            numbers.iter().map(|&number| digits.of(number)).collect::<Vec<_>>()
        };
        assert_eq!(shown(&[1.0]), ["1.00"]);
        assert_eq!(shown(&[0.5]), ["0.50"]);
        assert_eq!(shown(&[0.999]), ["0.999"]);
        assert_eq!(shown(&[0.9996]), ["0.9996"]);
        assert_eq!(shown(&[0.0004]), ["0.0004"]);
        assert_eq!(shown(&[0.951, 0.9512]), ["0.9510", "0.9512"]);
        assert_eq!(shown(&[1.001, 1.0]), ["1.001", "1.000"]);
        assert_eq!(shown(&[1.0 - 1e-12]), ["1.000000000"]);
    }
}
