//! The Sobol sequence.
//!
//! Direction numbers are those of S. Joe and F. Y. Kuo, "Constructing Sobol sequences with better
//! two-dimensional projections" (SIAM J. Sci. Comput. 30, 2008), file `new-joe-kuo-6.21201`.

/// Dimensions with direction numbers.
pub const MOST_DIMENSIONS: usize = 64;

/// Degree, coefficients and initial numbers of each dimension after the first.
#[rustfmt::skip]
const DIRECTIONS: [(u32, u32, &[u32]); MOST_DIMENSIONS - 1] = [
    (1, 0, &[1]),
    (2, 1, &[1, 3]),
    (3, 1, &[1, 3, 1]),
    (3, 2, &[1, 1, 1]),
    (4, 1, &[1, 1, 3, 3]),
    (4, 4, &[1, 3, 5, 13]),
    (5, 2, &[1, 1, 5, 5, 17]),
    (5, 4, &[1, 1, 5, 5, 5]),
    (5, 7, &[1, 1, 7, 11, 19]),
    (5, 11, &[1, 1, 5, 1, 1]),
    (5, 13, &[1, 1, 1, 3, 11]),
    (5, 14, &[1, 3, 5, 5, 31]),
    (6, 1, &[1, 3, 3, 9, 7, 49]),
    (6, 13, &[1, 1, 1, 15, 21, 21]),
    (6, 16, &[1, 3, 1, 13, 27, 49]),
    (6, 19, &[1, 1, 1, 15, 7, 5]),
    (6, 22, &[1, 3, 1, 15, 13, 25]),
    (6, 25, &[1, 1, 5, 5, 19, 61]),
    (7, 1, &[1, 3, 7, 11, 23, 15, 103]),
    (7, 4, &[1, 3, 7, 13, 13, 15, 69]),
    (7, 7, &[1, 1, 3, 13, 7, 35, 63]),
    (7, 8, &[1, 3, 5, 9, 1, 25, 53]),
    (7, 14, &[1, 3, 1, 13, 9, 35, 107]),
    (7, 19, &[1, 3, 1, 5, 27, 61, 31]),
    (7, 21, &[1, 1, 5, 11, 19, 41, 61]),
    (7, 28, &[1, 3, 5, 3, 3, 13, 69]),
    (7, 31, &[1, 1, 7, 13, 1, 19, 1]),
    (7, 32, &[1, 3, 7, 5, 13, 19, 59]),
    (7, 37, &[1, 1, 3, 9, 25, 29, 41]),
    (7, 41, &[1, 3, 5, 13, 23, 1, 55]),
    (7, 42, &[1, 3, 7, 3, 13, 59, 17]),
    (7, 50, &[1, 3, 1, 3, 5, 53, 69]),
    (7, 55, &[1, 1, 5, 5, 23, 33, 13]),
    (7, 56, &[1, 1, 7, 7, 1, 61, 123]),
    (7, 59, &[1, 1, 7, 9, 13, 61, 49]),
    (7, 62, &[1, 3, 3, 5, 3, 55, 33]),
    (8, 14, &[1, 3, 1, 15, 31, 13, 49, 245]),
    (8, 21, &[1, 3, 5, 15, 31, 59, 63, 97]),
    (8, 22, &[1, 3, 1, 11, 11, 11, 77, 249]),
    (8, 38, &[1, 3, 1, 11, 27, 43, 71, 9]),
    (8, 47, &[1, 1, 7, 15, 21, 11, 81, 45]),
    (8, 49, &[1, 3, 7, 3, 25, 31, 65, 79]),
    (8, 50, &[1, 3, 1, 1, 19, 11, 3, 205]),
    (8, 52, &[1, 1, 5, 9, 19, 21, 29, 157]),
    (8, 56, &[1, 3, 7, 11, 1, 33, 89, 185]),
    (8, 67, &[1, 3, 3, 3, 15, 9, 79, 71]),
    (8, 70, &[1, 3, 7, 11, 15, 39, 119, 27]),
    (8, 84, &[1, 1, 3, 1, 11, 31, 97, 225]),
    (8, 97, &[1, 1, 1, 3, 23, 43, 57, 177]),
    (8, 103, &[1, 3, 7, 7, 17, 17, 37, 71]),
    (8, 115, &[1, 3, 1, 5, 27, 63, 123, 213]),
    (8, 122, &[1, 1, 3, 5, 11, 43, 53, 133]),
    (9, 8, &[1, 3, 5, 5, 29, 17, 47, 173, 479]),
    (9, 13, &[1, 3, 3, 11, 3, 1, 109, 9, 69]),
    (9, 16, &[1, 1, 1, 5, 17, 39, 23, 5, 343]),
    (9, 22, &[1, 3, 1, 5, 25, 15, 31, 103, 499]),
    (9, 25, &[1, 1, 1, 11, 11, 17, 63, 105, 183]),
    (9, 44, &[1, 1, 5, 11, 9, 29, 97, 231, 363]),
    (9, 47, &[1, 1, 5, 15, 19, 45, 41, 7, 383]),
    (9, 52, &[1, 3, 7, 7, 31, 19, 83, 137, 221]),
    (9, 55, &[1, 1, 1, 3, 23, 15, 111, 223, 83]),
    (9, 59, &[1, 1, 5, 13, 31, 15, 55, 25, 161]),
    (9, 62, &[1, 1, 3, 13, 25, 47, 39, 87, 257]),
];

/// The point number `index` in `[0, 1)`, in Gray-code order; number 0 is the origin. At most [`MOST_DIMENSIONS`].
pub fn point(index: u32, dimensions: usize) -> Vec<f64> {
    (0..dimensions).map(|dimension| fraction(bits(index, dimension))).collect()
}

/// Points number 0 to `count - 1` after a digital shift: the bits of dimension `d` are turned over where those of
/// `shifts[d]` are set. As many dimensions as shifts.
///
/// Shifts that are drawn make every point uniform by itself, the first one included, and keep what makes the sequence even
/// (A. B. Owen, "On dropping the first Sobol' point", Monte Carlo and Quasi-Monte Carlo Methods 2020). Shifts of 0 give
/// the sequence itself.
pub fn shifted_points(count: u32, shifts: &[u32]) -> Vec<Vec<f64>> {
    let tables: Vec<[u32; 32]> = (0..shifts.len()).map(directions).collect();
    let sides = || tables.iter().zip(shifts);
    let point = |index| sides().map(|(table, shift)| fraction(bits_from(table, index) ^ shift)).collect();
    (0..count).map(point).collect()
}

fn fraction(bits: u32) -> f64 {
    f64::from(bits) / 4_294_967_296.0
}

fn bits(index: u32, dimension: usize) -> u32 {
    bits_from(&directions(dimension), index)
}

fn bits_from(directions: &[u32; 32], index: u32) -> u32 {
    let gray = index ^ (index >> 1);
    let set = directions.iter().enumerate().filter(|(bit, _)| gray >> bit & 1 == 1);
    set.fold(0, |sum, (_, direction)| sum ^ direction)
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

    /// From `scipy.stats.qmc.Sobol` without scrambling, which has the same direction numbers.
    #[test]
    fn later_dimensions_agree_with_the_reference_values() {
        let found = point(1000, MOST_DIMENSIONS);
        for (dimension, expected) in [
            (8, 0.500_976_562_5),
            (9, 0.069_335_937_5),
            (20, 0.522_460_937_5),
            (33, 0.592_773_437_5),
            (49, 0.479_492_187_5),
            (63, 0.446_289_062_5),
        ] {
            assert!(
                (found[dimension] - expected).abs() < 1e-12,
                "dimension {dimension}: {}",
                found[dimension]
            );
        }
    }

    #[test]
    fn a_shift_of_zero_changes_nothing_and_any_other_moves_the_origin() {
        let plain: Vec<_> = (0..9).map(|index| point(index, 3)).collect();
        assert_eq!(shifted_points(9, &[0; 3]), plain);
        assert_eq!(shifted_points(1, &[1 << 31, 3 << 30]), [[0.5, 0.75]]);
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
