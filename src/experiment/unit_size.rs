//! How the replications of a design are cut into units of about the same length.

use std::ops::Range;

/// Some replications of a point.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnitPart {
    /// The number of the point.
    pub point: usize,
    /// The numbers of the replications.
    pub replications: Range<u32>,
}

/// Cuts points, each with its replications and the seconds of one thread that all of them take, into units of about so many
/// seconds: long points into parts of equally many replications, short ones several to a unit. A replication is never cut.
pub fn cut(points: &[(u32, f64)], seconds: f64) -> Vec<Vec<UnitPart>> {
    let mut units = Vec::new();
    let (mut open, mut taken) = (Vec::new(), 0.0);
    for (point, &(replications, length)) in points.iter().enumerate() {
        let pieces = ((length / seconds).round() as u32).clamp(1, replications.max(1));
        if taken > 0.0 && (pieces > 1 || taken + length > seconds * 1.5) {
            units.push(std::mem::take(&mut open));
            taken = 0.0;
        }
        if pieces > 1 {
            let end = |piece: u32| (u64::from(replications) * u64::from(piece) / u64::from(pieces)) as u32;
            let part = |piece| vec![UnitPart { point, replications: end(piece)..end(piece + 1) }];
            units.extend((0..pieces).map(part));
            continue;
        }
        open.push(UnitPart { point, replications: 0..replications });
        taken += length;
        if taken >= seconds {
            units.push(std::mem::take(&mut open));
            taken = 0.0;
        }
    }
    if !open.is_empty() {
        units.push(open);
    }
    units
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lengths(points: &[(u32, f64)], units: &[Vec<UnitPart>]) -> Vec<f64> {
        let length = |part: &UnitPart| {
            let (replications, seconds) = points[part.point];
            seconds * part.replications.len() as f64 / f64::from(replications)
        };
        units.iter().map(|unit| unit.iter().map(length).sum()).collect()
    }

    #[test]
    fn every_replication_is_in_one_unit_in_the_order_of_the_points() {
        for length in [0.01, 0.4, 3.0, 5.1, 14.0, 1e3] {
            let points: Vec<(u32, f64)> =
                (1..40).map(|number| (number, length * f64::from(number % 7 + 1))).collect();
            let parts: Vec<UnitPart> = cut(&points, 5.0).concat();
            let replications = parts
                .iter()
                .flat_map(|part| part.replications.clone().map(|replication| (part.point, replication)));
            let all = points
                .iter()
                .enumerate()
                .flat_map(|(point, &(count, _))| (0..count).map(move |replication| (point, replication)));
            assert!(replications.eq(all), "{length}");
        }
    }

    #[test]
    fn units_are_about_as_long_as_asked_for() {
        for points in [vec![(10, 0.4); 100], vec![(10, 4.9); 20], vec![(50, 60.0); 3]] {
            let units = cut(&points, 5.0);
            let lengths = lengths(&points, &units);
            assert!(
                lengths[..units.len() - 1].iter().all(|&length| (2.0..=10.0).contains(&length)),
                "{lengths:?}"
            );
        }
    }

    #[test]
    fn a_replication_is_not_cut_however_long_it_is() {
        assert_eq!(cut(&[(2, 1e4)], 5.0).len(), 2);
        assert_eq!(cut(&[(1, 1e4)], 5.0), [[UnitPart { point: 0, replications: 0..1 }]]);
    }
}
