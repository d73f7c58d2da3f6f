//! A smooth surface through noisy means: Gaussian process regression with known noise.
//!
//! The covariance is Matérn 5/2 with a length per dimension, plus that of a quadratic whose coefficients are normal, plus on
//! the diagonal the variance of each mean, as in stochastic kriging (B. Ankenman, B. L. Nelson and J. Staum, "Stochastic
//! kriging for simulation metamodeling", Operations Research 58, 2010). The quadratic has the surface see a bowl through
//! noise that hides it from neighbours alone. The constant trend is estimated by generalised least squares; lengths and
//! variances maximise the likelihood on a grid, with lengths that are as likely as a lognormal quantity with median 0.6 and
//! shape 1, because the likelihood of few points is flat.

/// A mean at a point of the unit cube.
#[derive(Clone, Debug, PartialEq)]
pub struct NoisyMean {
    /// The point.
    pub point: Vec<f64>,
    /// The mean there.
    pub mean: f64,
    /// The variance of its noise.
    pub noise: f64,
}

/// What the likelihood chooses.
#[derive(Clone, Debug, PartialEq)]
struct Shape {
    lengths: Vec<f64>,
    variance: f64,
    /// Variance of the quadratic at the centre of the cube.
    bowl: f64,
}

impl Shape {
    /// The logarithm of how likely its lengths are beforehand, but for a constant.
    fn belief(&self) -> f64 {
        self.lengths.iter().map(|length| -(length / 0.6).ln().powi(2) / 2.0).sum()
    }
}

/// A surface that was fitted.
#[derive(Clone, Debug)]
pub struct Surface {
    shape: Shape,
    data: Vec<NoisyMean>,
    /// What outputs were standardised by: centre and scale.
    scale: (f64, f64),
    /// Lower triangle, row by row.
    factor: Vec<Vec<f64>>,
    trend: f64,
    /// The inverse covariance times the distances from the trend.
    weights: Vec<f64>,
}

const LENGTHS: [f64; 6] = [0.1, 0.2, 0.4, 0.8, 1.6, 3.2];
/// Variances are in those of the means that are fitted.
const VARIANCES: [f64; 4] = [0.05, 0.25, 1.0, 4.0];
const BOWLS: [f64; 3] = [0.0, 0.3, 3.0];

impl Surface {
    /// Fits a surface; `None` from less than two means or if none of the shapes has a covariance that can be factored.
    pub fn fit(data: &[NoisyMean]) -> Option<Self> {
        if data.len() < 2 {
            return None;
        }
        let dimensions = data[0].point.len();
        let n = data.len() as f64;
        let centre = data.iter().map(|at| at.mean).sum::<f64>() / n;
        let spread = (data.iter().map(|at| (at.mean - centre).powi(2)).sum::<f64>() / (n - 1.0)).sqrt();
        let scale = (centre, if spread > 0.0 { spread } else { 1.0 });
        let mut best: Option<(f64, Self)> = None;
        let mut consider = |shape: Shape| {
            let Some((likelihood, surface)) = Self::with_shape(data, scale, shape) else { return false };
            let is_better = best.as_ref().is_none_or(|(most, _)| likelihood > *most);
            if is_better {
                best = Some((likelihood, surface));
            }
            is_better
        };
        let mut shape = Shape { lengths: vec![LENGTHS[2]; dimensions], variance: 1.0, bowl: 0.0 };
        for at in 0..LENGTHS.len() * VARIANCES.len() * BOWLS.len() {
            let (length, at) = (LENGTHS[at % LENGTHS.len()], at / LENGTHS.len());
            let (variance, bowl) = (VARIANCES[at % VARIANCES.len()], BOWLS[at / VARIANCES.len()]);
            let next = Shape { lengths: vec![length; dimensions], variance, bowl };
            if consider(next.clone()) {
                shape = next;
            }
        }
        for _ in 0..2 {
            for at in 0..dimensions {
                for by in [0.5, 2.0] {
                    let mut next = shape.clone();
                    next.lengths[at] = (next.lengths[at] * by).clamp(0.05, 6.4);
                    if consider(next.clone()) {
                        shape = next;
                    }
                }
            }
        }
        best.map(|(_, surface)| surface)
    }

    /// The surface of the same shape after one more mean; `None` if its covariance cannot be factored.
    pub fn with(&self, more: NoisyMean) -> Option<Self> {
        let mut data = self.data.clone();
        data.push(more);
        Self::with_shape(&data, self.scale, self.shape.clone()).map(|(_, surface)| surface)
    }

    /// The mean of the surface at a point, and its variance.
    pub fn predict(&self, point: &[f64]) -> (f64, f64) {
        let near: Vec<f64> = self.data.iter().map(|at| covariance(&self.shape, &at.point, point)).collect();
        let mean = self.trend + near.iter().zip(&self.weights).map(|(k, weight)| k * weight).sum::<f64>();
        let explained: f64 = forward(&self.factor, &near).iter().map(|z| z * z).sum();
        let (centre, scale) = self.scale;
        let own = covariance(&self.shape, point, point);
        (centre + scale * mean, scale * scale * (own - explained).max(0.0))
    }

    /// The log-likelihood with the belief in its lengths, but for a constant, and the surface.
    fn with_shape(data: &[NoisyMean], scale: (f64, f64), shape: Shape) -> Option<(f64, Self)> {
        let covariances = data.iter().enumerate().map(|(row, one)| {
            let others = data[..row].iter().map(|other| covariance(&shape, &one.point, &other.point));
            let own = covariance(&shape, &one.point, &one.point) * (1.0 + 1e-8);
            let own = own + one.noise / (scale.1 * scale.1);
            others.chain([own]).collect()
        });
        let factor = cholesky(covariances.collect())?;
        let outputs: Vec<f64> = data.iter().map(|at| (at.mean - scale.0) / scale.1).collect();
        let (white, ones) = (forward(&factor, &outputs), forward(&factor, &vec![1.0; data.len()]));
        let trend = dot(&ones, &white) / dot(&ones, &ones);
        let rest: Vec<f64> = white.iter().zip(&ones).map(|(white, one)| white - trend * one).collect();
        let determinant: f64 = factor.iter().filter_map(|row| row.last()).map(|diagonal| diagonal.ln()).sum();
        let weights = backward(&factor, &rest);
        let likelihood = shape.belief() - 0.5 * dot(&rest, &rest) - determinant;
        let data = data.to_vec();
        likelihood.is_finite().then_some((likelihood, Self { shape, data, scale, factor, trend, weights }))
    }
}

/// Matérn 5/2, and a quadratic around the centre of the cube.
fn covariance(shape: &Shape, one: &[f64], other: &[f64]) -> f64 {
    let squared: f64 = one
        .iter()
        .zip(other)
        .zip(&shape.lengths)
        .map(|((a, b), length)| ((a - b) / length) * ((a - b) / length))
        .sum();
    let r = (5.0 * squared).sqrt();
    let product: f64 = one.iter().zip(other).map(|(a, b)| (a - 0.5) * (b - 0.5)).sum();
    shape.variance * (1.0 + r + r * r / 3.0) * (-r).exp() + shape.bowl * (1.0 + 4.0 * product).powi(2)
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

/// The lower triangle `L` with `L Lᵀ` as given, in place; `None` if that is not positive definite.
fn cholesky(mut rows: Vec<Vec<f64>>) -> Option<Vec<Vec<f64>>> {
    for i in 0..rows.len() {
        let (above, own) = rows.split_at_mut(i);
        let own = &mut own[0];
        for j in 0..i {
            own[j] = (own[j] - dot(&own[..j], &above[j][..j])) / above[j][j];
        }
        let square = own[i] - dot(&own[..i], &own[..i]);
        if square.is_nan() || square <= 0.0 {
            return None;
        }
        own[i] = square.sqrt();
    }
    Some(rows)
}

/// Solves `L x = b`.
fn forward(factor: &[Vec<f64>], b: &[f64]) -> Vec<f64> {
    let mut x: Vec<f64> = Vec::with_capacity(b.len());
    for (row, b) in factor.iter().zip(b) {
        let i = x.len();
        x.push((b - dot(&row[..i], &x)) / row[i]);
    }
    x
}

/// Solves `Lᵀ x = b`.
fn backward(factor: &[Vec<f64>], b: &[f64]) -> Vec<f64> {
    let mut x = b.to_vec();
    for i in (0..x.len()).rev() {
        x[i] /= factor[i][i];
        for j in 0..i {
            x[j] -= factor[i][j] * x[i];
        }
    }
    x
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sine(count: u32, noise: f64) -> Vec<NoisyMean> {
        let point = |at: u32| f64::from(at) / f64::from(count - 1);
        let swing = |at: u32| (f64::from(at * at) * 12.9898).sin() * (2.0 * noise).sqrt();
        let mean = |at: u32| 10.0 + 3.0 * (6.0 * point(at)).sin() + swing(at);
        (0..count).map(|at| NoisyMean { point: vec![point(at)], mean: mean(at), noise }).collect()
    }

    #[test]
    fn a_surface_without_noise_goes_through_its_means_and_knows_so() {
        let surface = Surface::fit(&sine(9, 0.0)).unwrap();
        let (mean, variance) = surface.predict(&[0.5]);
        assert!((mean - 10.0 - 3.0 * 3.0_f64.sin()).abs() < 1e-4 && variance < 1e-4, "{mean} {variance}");
        let (mean, variance) = surface.predict(&[0.4375]);
        assert!((mean - 10.0 - 3.0 * 2.625_f64.sin()).abs() < 0.1 && variance > 1e-6, "{mean} {variance}");
    }

    #[test]
    fn noise_is_smoothed_away_by_its_neighbours() {
        let data = sine(60, 1.0);
        let surface = Surface::fit(&data).unwrap();
        let truth = |x: f64| 10.0 + 3.0 * (6.0 * x).sin();
        let of = |value: &dyn Fn(&NoisyMean) -> f64| {
            data.iter().map(|at| (value(at) - truth(at.point[0])).powi(2)).sum::<f64>() / 60.0
        };
        let (raw, smooth) = (of(&|at| at.mean), of(&|at| surface.predict(&at.point).0));
        assert!(smooth < 0.25 * raw, "{smooth} against {raw}");
    }

    #[test]
    fn outputs_that_never_vary_give_a_level_surface() {
        let data: Vec<_> = (0..5_u8)
            .map(|at| NoisyMean { point: vec![f64::from(at) / 4.0], mean: 7.0, noise: 0.0 })
            .collect();
        assert!((Surface::fit(&data).unwrap().predict(&[0.3]).0 - 7.0).abs() < 1e-9);
        assert!(Surface::fit(&data[..1]).is_none());
    }

    #[test]
    fn a_factor_times_itself_is_what_was_factored() {
        let given = vec![vec![4.0], vec![2.0, 5.0], vec![1.0, 3.0, 6.0]];
        let factor = cholesky(given.clone()).unwrap();
        for (i, row) in given.iter().enumerate() {
            for (j, value) in row.iter().enumerate() {
                assert!((dot(&factor[i][..=j], &factor[j][..=j]) - value).abs() < 1e-12);
            }
        }
        let x = backward(&factor, &forward(&factor, &[1.0, 2.0, 3.0]));
        assert!((4.0 * x[0] + 2.0 * x[1] + x[2] - 1.0).abs() < 1e-12);
        assert!(cholesky(vec![vec![1.0], vec![2.0, 1.0]]).is_none());
    }
}
