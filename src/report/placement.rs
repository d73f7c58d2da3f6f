//! Where labels go so that none covers another.

use super::lettering::{self, Weight};
use super::theme;

/// The centres closest to `wanted` at which labels of the given extents do not overlap between `low` and
/// `high`; `None` when there is no room for all.
///
/// Labels keep the order of what they name. Neighbours that would overlap form a block around their mean.
pub(super) fn spread(wanted: &[f64], extents: &[f64], low: f64, high: f64) -> Option<Vec<f64>> {
    struct Block {
        members: usize,
        extent: f64,
        /// Sum over members of where the block would start if it served that member alone.
        starts: f64,
    }
    if extents.iter().sum::<f64>() > high - low + 1e-9 {
        return None;
    }
    let mut order: Vec<usize> = (0..wanted.len()).collect();
    order.sort_by(|&a, &b| wanted[a].total_cmp(&wanted[b]).then(a.cmp(&b)));
    let start = |block: &Block| (block.starts / block.members as f64).min(high - block.extent).max(low);
    let mut blocks: Vec<Block> = Vec::new();
    for &label in &order {
        let extent = extents[label];
        let mut block = Block { members: 1, extent, starts: wanted[label] - extent / 2.0 };
        while let Some(before) = blocks.pop_if(|before| start(before) + before.extent > start(&block)) {
            block.starts += before.starts - block.members as f64 * before.extent;
            block.members += before.members;
            block.extent += before.extent;
        }
        blocks.push(block);
    }
    let mut centers = vec![0.0; wanted.len()];
    let mut labels = order.into_iter();
    for block in &blocks {
        let mut edge = start(block);
        for label in labels.by_ref().take(block.members) {
            centers[label] = edge + extents[label] / 2.0;
            edge += extents[label];
        }
    }
    Some(centers)
}

/// Which of the labels centred at increasing `positions` to keep so that at least `gap` lies between any two.
pub(super) fn keep_apart(positions: &[f64], widths: &[f64], gap: f64) -> Vec<bool> {
    let mut end = f64::NEG_INFINITY;
    positions
        .iter()
        .zip(widths)
        .map(|(position, width)| {
            let free = position - width / 2.0 >= end + gap;
            if free {
                end = position + width / 2.0;
            }
            free
        })
        .collect()
}

/// A name in a legend, its swatch starting at `x`.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct LegendPlace {
    pub(super) name: String,
    pub(super) x: f64,
    pub(super) row: usize,
}

/// Room for the colour before a name in a legend.
pub(super) const SWATCH_ROOM: f64 = 15.0;

/// Sets names in rows from `left` to `right`, shortening those too long for a third of a row.
pub(super) fn legend(names: &[&str], left: f64, right: f64) -> Vec<LegendPlace> {
    const BETWEEN: f64 = 18.0;
    let longest = (right - left) / 3.0 - SWATCH_ROOM - BETWEEN;
    let (mut x, mut row) = (left, 0);
    names
        .iter()
        .map(|name| {
            let name = lettering::shortened(name, theme::LABEL_SIZE, Weight::Regular, longest);
            let width = SWATCH_ROOM + lettering::width(&name, theme::LABEL_SIZE, Weight::Regular);
            if x + width > right && x > left {
                (x, row) = (left, row + 1);
            }
            let placed = LegendPlace { name, x, row };
            x += width + BETWEEN;
            placed
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn assert_apart(centers: &[f64], extents: &[f64], low: f64, high: f64) {
        let mut spans: Vec<(f64, f64)> =
            centers.iter().zip(extents).map(|(c, e)| (c - e / 2.0, c + e / 2.0)).collect();
        spans.sort_by(|a, b| a.0.total_cmp(&b.0));
        assert!(spans.windows(2).all(|pair| pair[0].1 <= pair[1].0 + 1e-9), "{spans:?}");
        assert!(spans.iter().all(|span| span.0 >= low - 1e-9 && span.1 <= high + 1e-9), "{spans:?}");
    }

    #[test]
    fn labels_of_lines_that_end_together_do_not_collide() {
        let wanted = [100.0, 100.0, 101.0, 99.0, 250.0, 252.0];
        let extents = [14.0; 6];
        let centers = spread(&wanted, &extents, 50.0, 400.0).unwrap();
        assert_apart(&centers, &extents, 50.0, 400.0);
    }

    #[test]
    fn labels_stay_inside_at_both_ends() {
        let wanted = [0.0, 1.0, 2.0, 399.0, 400.0, 400.0];
        let extents = [14.0, 20.0, 14.0, 14.0, 30.0, 14.0];
        let centers = spread(&wanted, &extents, 0.0, 400.0).unwrap();
        assert_apart(&centers, &extents, 0.0, 400.0);
    }

    #[test]
    fn labels_that_have_room_stay_where_they_belong() {
        let centers = spread(&[30.0, 10.0], &[5.0, 5.0], 0.0, 40.0).unwrap();
        assert_eq!(centers, [30.0, 10.0]);
    }

    #[test]
    fn labels_keep_the_order_of_what_they_name() {
        let centers = spread(&[52.0, 50.0, 51.0], &[10.0; 3], 0.0, 100.0).unwrap();
        assert!(centers[1] < centers[2] && centers[2] < centers[0]);
    }

    #[test]
    fn too_many_labels_are_refused() {
        assert_eq!(spread(&[1.0; 10], &[14.0; 10], 0.0, 100.0), None);
    }

    #[test]
    fn ticks_keep_their_distance() {
        let kept = keep_apart(&[0.0, 5.0, 10.0, 30.0], &[8.0; 4], 1.0);
        assert_eq!(kept, [true, false, true, true]);
    }

    #[test]
    fn legend_names_do_not_overlap_and_stay_in_their_rows() {
        let names =
            ["careful", "average", "overloaded desk", "a segment with a very long name indeed, longer"];
        let names: Vec<&str> = names.iter().cycle().take(9).copied().collect();
        let places = legend(&names, 24.0, 776.0);
        let end = |place: &LegendPlace| {
            place.x + SWATCH_ROOM + lettering::width(&place.name, theme::LABEL_SIZE, Weight::Regular)
        };
        for pair in places.windows(2) {
            assert!(pair[0].row < pair[1].row || end(&pair[0]) < pair[1].x);
        }
        assert!(places.iter().all(|place| end(place) <= 776.0));
    }
}
