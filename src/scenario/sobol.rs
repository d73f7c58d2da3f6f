//! The Sobol sequence.
//!
//! Direction numbers are those of S. Joe and F. Y. Kuo, "Constructing Sobol sequences with better
//! two-dimensional projections" (SIAM J. Sci. Comput. 30, 2008), file `new-joe-kuo-6.21201`.

/// Dimensions with direction numbers.
pub(crate) const MOST_DIMENSIONS: usize = 8;

/// Degree, coefficients and initial numbers of each dimension after the first.
const DIRECTIONS: [(u32, u32, &[u32]); MOST_DIMENSIONS - 1] = [
    (1, 0, &[1]),
    (2, 1, &[1, 3]),
    (3, 1, &[1, 3, 1]),
    (3, 2, &[1, 1, 1]),
    (4, 1, &[1, 1, 3, 3]),
    (4, 4, &[1, 3, 5, 13]),
    (5, 2, &[1, 1, 5, 5, 17]),
];

/// The point number `index`, in Gray-code order; number 0 is the origin.
pub(crate) fn point(index: u32, dimensions: usize) -> Vec<f64> {
    let gray = index ^ (index >> 1);
    (0..dimensions)
        .map(|dimension| {
            let directions = directions(dimension);
            let set = directions.iter().enumerate().filter(|(bit, _)| gray >> bit & 1 == 1);
            f64::from(set.fold(0, |sum, (_, direction)| sum ^ direction)) / 4_294_967_296.0
        })
        .collect()
}

/// The 32 direction numbers of a dimension, scaled to 32 bits.
fn directions(dimension: usize) -> [u32; 32] {
    let mut v = std::array::from_fn(|bit| 1 << (31 - bit));
    let Some(&(degree, coefficients, initial)) = dimension.checked_sub(1).and_then(|at| DIRECTIONS.get(at))
    else {
        return v;
    };
    let degree = degree as usize;
    for bit in 0..32 {
        if bit < degree {
            v[bit] = initial[bit] << (31 - bit);
            continue;
        }
        v[bit] = v[bit - degree] ^ (v[bit - degree] >> degree);
        for k in 1..degree {
            if coefficients >> (degree - 1 - k) & 1 == 1 {
                v[bit] ^= v[bit - k];
            }
        }
    }
    v
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_points_are_the_published_ones() {
        let expected = [
            [0.0, 0.0, 0.0],
            [0.5, 0.5, 0.5],
            [0.75, 0.25, 0.25],
            [0.25, 0.75, 0.75],
            [0.375, 0.375, 0.625],
            [0.875, 0.875, 0.125],
            [0.625, 0.125, 0.875],
            [0.125, 0.625, 0.375],
        ];
        for (index, point_expected) in expected.iter().enumerate() {
            assert_eq!(point(index as u32, 3), point_expected);
        }
    }

    #[test]
    fn every_dimension_visits_each_sixteenth_once_in_sixteen_points() {
        for dimension in 0..MOST_DIMENSIONS {
            let mut cells: Vec<u32> =
                (0..16).map(|i| (point(i, MOST_DIMENSIONS)[dimension] * 16.0) as u32).collect();
            cells.sort_unstable();
            assert_eq!(cells, (0..16).collect::<Vec<_>>(), "dimension {dimension}");
        }
    }
}
