//! What a cloud of points says about one factor: a smooth curve, and means over parts of its range.

use super::quantile::student_t_quantile;

/// A local straight line through `points` at each place of `grid`, weighted by the tricube of the distance among the
/// nearest `span` (in `(0, 1]`) of the points, at least three; `None` where there is no point.
///
/// W. S. Cleveland, "Robust locally weighted regression and smoothing scatterplots" (Journal of the American Statistical
/// Association 74, 1979), of degree 1 and without robustness steps. Where all near points are at one place it is their
/// mean.
pub fn loess(points: &[(f64, f64)], grid: &[f64], span: f64) -> Vec<Option<f64>> {
    let near = ((span * points.len() as f64).ceil() as usize).max(3).min(points.len());
    grid.iter().map(|&at| local_line(points, at, near)).collect()
}

fn local_line(points: &[(f64, f64)], at: f64, near: usize) -> Option<f64> {
    let mut distances: Vec<f64> = points.iter().map(|point| (point.0 - at).abs()).collect();
    let reach = *distances.select_nth_unstable_by(near.checked_sub(1)?, f64::total_cmp).1;
    let weight = |x: f64| {
        let u = (x - at).abs() / reach;
        if reach > 0.0 { (1.0 - u.powi(3)).max(0.0).powi(3) } else { f64::from(x.total_cmp(&at).is_eq()) }
    };
    let (mut total, mut sum_x, mut sum_y) = (0.0, 0.0, 0.0);
    for &(x, y) in points {
        let w = weight(x);
        total += w;
        sum_x += w * (x - at);
        sum_y += w * y;
    }
    if total <= 0.0 {
        // The nearest points are all at the same distance, where the tricube is 0: their mean.
        let nearest: Vec<f64> =
            points.iter().filter(|point| (point.0 - at).abs() <= reach).map(|point| point.1).collect();
        return Some(nearest.iter().sum::<f64>() / nearest.len() as f64);
    }
    let (mean_x, mean_y) = (sum_x / total, sum_y / total);
    let (mut squares, mut products) = (0.0, 0.0);
    for &(x, y) in points {
        let (w, from_mean) = (weight(x), x - at - mean_x);
        squares += w * from_mean * from_mean;
        products += w * from_mean * (y - mean_y);
    }
    let is_one_place = squares <= 1e-12 * total * reach * reach;
    Some(if is_one_place { mean_y } else { mean_y - products / squares * mean_x })
}

/// The mean output over one part of a factor's range.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BinMean {
    /// The smallest and the largest value of the factor in it.
    pub range: (f64, f64),
    /// The mean of the factor.
    pub at: f64,
    /// The mean of the output.
    pub mean: f64,
    /// Standard deviation (n - 1) of the output; `None` of one point.
    pub std_dev: Option<f64>,
    /// How many points it has.
    pub count: usize,
}

impl BinMean {
    /// Half the width of Student's 95 % interval of the mean, for points that were drawn independently; `None` of one point.
    pub fn half_width(&self) -> Option<f64> {
        let count = self.count as f64;
        self.std_dev.map(|spread| student_t_quantile(0.975, count - 1.0) * spread / count.sqrt())
    }
}

/// The main effect of a factor: `(factor, output)` points in order of the factor, in at most `bins` parts of as equal
/// numbers of points as can be. Points of equal value stay together, so that categories make a part each.
pub fn main_effect(points: &[(f64, f64)], bins: usize) -> Vec<BinMean> {
    let mut sorted = points.to_vec();
    sorted.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut parts = Vec::new();
    let mut from = 0;
    for bin in 0..bins {
        let mut until = (sorted.len() * (bin + 1) / bins).max(from);
        while until > 0 && until < sorted.len() && sorted[until].0.total_cmp(&sorted[until - 1].0).is_eq() {
            until += 1;
        }
        let part = &sorted[from..until];
        let (Some(first), Some(last)) = (part.first(), part.last()) else { continue };
        let mean = |value: fn(&(f64, f64)) -> f64| part.iter().map(value).sum::<f64>() / part.len() as f64;
        let (at, mean) = (mean(|point| point.0), mean(|point| point.1));
        let squares = part.iter().map(|point| (point.1 - mean).powi(2)).sum::<f64>();
        let std_dev = (part.len() > 1).then(|| (squares / (part.len() - 1) as f64).sqrt());
        parts.push(BinMean { range: (first.0, last.0), at, mean, std_dev, count: part.len() });
        from = until;
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(found: Option<f64>, expected: f64) -> bool {
        found.is_some_and(|found| (found - expected).abs() < 1e-9)
    }

    #[test]
    fn a_line_is_its_own_smooth_also_beyond_its_ends() {
        let points: Vec<_> = (0..40).map(|at| (f64::from(at) * 0.1, 3.0 - 0.2 * f64::from(at))).collect();
        for (at, found) in
            [-0.5, 0.0, 1.234, 3.9].into_iter().zip(loess(&points, &[-0.5, 0.0, 1.234, 3.9], 0.4))
        {
            assert!(close(found, 3.0 - 2.0 * at), "{at}: {found:?}");
        }
    }

    /// Weights 27/64 · 27/64 … by hand: with points at 0, 1, 2, 3 and a reach of 2 around 1 the weights are
    /// (343/512, 1, 343/512, 0), symmetric, so that the line at 1 is their weighted mean.
    #[test]
    fn a_bend_is_smoothed_by_tricube_weights() {
        let w = 343.0 / 512.0;
        let found = loess(&[(0.0, 1.0), (1.0, 4.0), (2.0, 1.0), (3.0, 9.0)], &[1.0], 1.0)[0];
        assert!(close(found, (2.0 * w + 4.0) / (2.0 * w + 1.0)), "{found:?}");
    }

    #[test]
    fn points_at_one_place_give_their_mean_and_none_give_nothing() {
        assert!(close(loess(&[(2.0, 1.0), (2.0, 3.0)], &[2.0], 0.5)[0], 2.0));
        assert!(close(loess(&[(2.0, 1.0), (2.0, 3.0)], &[5.0], 0.5)[0], 2.0));
        assert_eq!(loess(&[], &[1.0], 0.5), [None]);
    }

    #[test]
    fn bins_have_equal_counts_and_the_means_of_their_points() {
        let points: Vec<_> = (0..10).rev().map(|at| (f64::from(at), f64::from(at * at))).collect();
        let found = main_effect(&points, 2);
        // Sums of squares about 6 and 51: 36 + 25 + 4 + 9 + 100 and 676 + 225 + 4 + 169 + 900.
        let bin = |range, at, mean, squares: f64| BinMean {
            range,
            at,
            mean,
            std_dev: Some((squares / 4.0).sqrt()),
            count: 5,
        };
        assert_eq!(found[0], bin((0.0, 4.0), 2.0, 6.0, 174.0));
        assert_eq!(found[1], bin((5.0, 9.0), 7.0, 51.0, 1974.0));
        // Student's t of 4 degrees of freedom is 2.776445 at 97.5 %.
        let half = 2.776_445 * (174.0_f64 / 4.0 / 5.0).sqrt();
        assert!((found[0].half_width().unwrap() - half).abs() < 1e-5);
    }

    #[test]
    fn equal_values_stay_in_one_bin() {
        let points = [(1.0, 1.0), (1.0, 2.0), (1.0, 3.0), (2.0, 9.0)];
        let counts: Vec<_> = main_effect(&points, 4).into_iter().map(|bin| bin.count).collect();
        assert_eq!(counts, [3, 1]);
        assert_eq!(main_effect(&[], 3), []);
    }
}
