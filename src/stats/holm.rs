//! Several tests at once: p-values adjusted by Holm's step-down method.

/// Adjusted p-values in the order of those given; missing ones, and those that are no number, stay out of the family.
///
/// With the p-values in increasing order the one numbered `i` from 1 of `m` becomes the largest of
/// `min(1, (m - j + 1) p_j)` over `j <= i`. Whoever rejects what is adjusted to at most α rejects any true hypothesis
/// with a probability of at most α, however the tests depend on each other (S. Holm, "A simple sequentially rejective
/// multiple test procedure", Scandinavian Journal of Statistics 6, 1979).
pub fn holm(p_values: &[Option<f64>]) -> Vec<Option<f64>> {
    let mut family: Vec<(f64, usize)> = p_values
        .iter()
        .enumerate()
        .filter_map(|(place, p)| p.filter(|p| !p.is_nan()).map(|p| (p, place)))
        .collect();
    family.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut adjusted = vec![None; p_values.len()];
    let mut largest: f64 = 0.0;
    for (rank, &(p, place)) in family.iter().enumerate() {
        largest = largest.max((family.len() - rank) as f64 * p).min(1.0);
        adjusted[place] = Some(largest);
    }
    adjusted
}

#[cfg(test)]
mod tests {
    use super::*;

    const P: [f64; 10] = [0.001, 0.008, 0.039, 0.041, 0.042, 0.060, 0.074, 0.205, 0.212, 0.216];
    const ADJUSTED: [f64; 10] = [0.01, 0.072, 0.312, 0.312, 0.312, 0.312, 0.312, 0.615, 0.615, 0.615];

    #[test]
    fn ten_p_values_are_adjusted_to_the_reference_values_in_any_order() {
        for turn in 0..10 {
            let given: Vec<Option<f64>> = (0..10).map(|at| Some(P[(at * 3 + turn) % 10])).collect();
            for (at, found) in holm(&given).into_iter().enumerate() {
                assert!((found.unwrap() - ADJUSTED[(at * 3 + turn) % 10]).abs() < 1e-12);
            }
        }
    }

    #[test]
    fn missing_p_values_are_no_part_of_the_family() {
        let found = holm(&[None, Some(0.01), Some(f64::NAN), Some(0.03)]);
        assert_eq!(found, [None, Some(0.02), None, Some(0.03)]);
        assert_eq!(holm(&[]), []);
    }

    #[test]
    fn an_adjusted_p_value_is_at_most_one() {
        assert_eq!(holm(&[Some(0.7), Some(0.9)]), [Some(1.0), Some(1.0)]);
    }
}
