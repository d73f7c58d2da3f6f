//! Fewer points where there are too many to draw.

/// The most points that a chart draws; an SVG of them stays near 200 kB.
pub(super) const MOST_POINTS: usize = 2_000;

/// How many points to keep of groups of these sizes so that no more than `most` remain in all: of each
/// group the same share, and of a group that is not empty at least one.
pub(super) fn quotas(sizes: &[usize], most: usize) -> Vec<usize> {
    let total: usize = sizes.iter().sum();
    if total <= most {
        return sizes.to_vec();
    }
    let mut quotas: Vec<usize> =
        sizes.iter().map(|&size| (size * most / total).max(usize::from(size > 0))).collect();
    // Rounding leaves a few places; they go to the groups in order until the cap is met exactly.
    let mut spare = most.saturating_sub(quotas.iter().sum());
    for (quota, &size) in quotas.iter_mut().zip(sizes) {
        let given = spare.min(size - *quota);
        *quota += given;
        spare -= given;
    }
    quotas
}

/// `kept` of `points` at equal distances in their order, the same every time.
pub(super) fn evenly<T: Copy>(points: &[T], kept: usize) -> Vec<T> {
    (0..kept.min(points.len())).map(|index| points[index * points.len() / kept]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_points_are_all_kept() {
        assert_eq!(quotas(&[3, 2], 2_000), [3, 2]);
        assert_eq!(evenly(&[1, 2, 3], 3), [1, 2, 3]);
    }

    #[test]
    fn many_points_are_thinned_to_the_cap_in_proportion() {
        let kept = quotas(&[15_000, 4_999, 1], 2_000);
        assert_eq!(kept.iter().sum::<usize>(), 2_000);
        assert!(kept[0] >= 1_499 && kept[2] == 1);
    }

    #[test]
    fn thinning_takes_different_points_from_the_whole_range() {
        let points: Vec<usize> = (0..20_000).collect();
        let kept = evenly(&points, 2_000);
        assert_eq!(kept.len(), 2_000);
        assert!(kept.windows(2).all(|pair| pair[0] < pair[1]));
        assert!(kept[1_999] >= 19_990);
    }
}
