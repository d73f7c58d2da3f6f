//! Designs: which combinations of factors a study runs.

use crate::sim::Key;
use crate::stats::design::sobol;

/// How the points of a study are chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Design {
    /// Every combination of the factors' values.
    Grid,
    /// A Latin hypercube: each factor's range in as many equal parts as there are points, each part once.
    Lhs,
    /// The Sobol sequence with the direction numbers of Joe and Kuo, without its first point.
    Sobol,
    /// The first values of all factors together, then the second ones, and so on.
    List,
    /// The same with values from the columns of a CSV file.
    Csv,
}

/// The number of the stream that Latin hypercubes are drawn from, apart from those of worlds.
const LHS_STREAM: u64 = 0x4C48_5300;

/// The indices of combination `number` of factors with so many `levels`; the last factor varies fastest.
pub(crate) fn place_in_grid(levels: &[usize], number: usize) -> Vec<usize> {
    let mut rest = number;
    let mut place: Vec<usize> = levels
        .iter()
        .rev()
        .map(|&count| {
            let index = rest % count;
            rest /= count;
            index
        })
        .collect();
    place.reverse();
    place
}

/// `count` points of a Latin hypercube in `[0, 1)`.
pub(crate) fn latin_hypercube(count: usize, dimensions: usize, seed: u64) -> Vec<Vec<f64>> {
    let mut points = vec![Vec::with_capacity(dimensions); count];
    for dimension in 0..dimensions {
        let key = Key::root(seed).child(LHS_STREAM).child(dimension as u64);
        let mut cells: Vec<usize> = (0..count).collect();
        for last in (1..count).rev() {
            let bits = u128::from(key.child(0).bits(last as u64));
            cells.swap(last, ((bits * (last as u128 + 1)) >> 64) as usize);
        }
        for (index, point) in points.iter_mut().enumerate() {
            let inside = f64::from(key.child(1).uniform(index as u64)) / 4_294_967_296.0;
            point.push((cells[index] as f64 + inside) / count as f64);
        }
    }
    points
}

/// `count` points of the Sobol sequence; `None` if it has fewer dimensions.
pub(crate) fn sobol_points(count: usize, dimensions: usize) -> Option<Vec<Vec<f64>>> {
    (dimensions <= sobol::MOST_DIMENSIONS)
        .then(|| (1..=count).map(|index| sobol::point(index as u32, dimensions)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_grid_has_every_combination_once() {
        let grid: Vec<Vec<usize>> = (0..6).map(|number| place_in_grid(&[2, 3], number)).collect();
        assert_eq!(grid, [[0, 0], [0, 1], [0, 2], [1, 0], [1, 1], [1, 2]]);
    }

    #[test]
    fn a_latin_hypercube_has_one_point_in_each_part_of_each_range() {
        let points = latin_hypercube(20, 3, 7);
        for dimension in 0..3 {
            let mut cells: Vec<usize> =
                points.iter().map(|point| (point[dimension] * 20.0) as usize).collect();
            cells.sort_unstable();
            assert_eq!(cells, (0..20).collect::<Vec<_>>());
        }
        assert_eq!(points, latin_hypercube(20, 3, 7));
        assert_ne!(points, latin_hypercube(20, 3, 8));
    }
}
