//! Screening by elementary effects: M. D. Morris, "Factorial sampling plans for preliminary computational experiments"
//! (Technometrics 33, 1991), with µ* of F. Campolongo, J. Cariboni and A. Saltelli, "An effective screening design for
//! sensitivity analysis of large models" (Environmental Modelling & Software 22, 2007).

use crate::stats::quantile::student_t_quantile;

/// Levels of a factor: 0, 1/3, 2/3 and 1.
pub const LEVELS: u32 = 4;

/// A walk through the unit cube that moves every factor once, by 2/3 up or down.
#[derive(Clone, Debug, PartialEq)]
pub struct Trajectory {
    /// One point more than there are factors.
    pub points: Vec<Vec<f64>>,
    /// The factor that is moved to reach each point after the first.
    pub order: Vec<usize>,
}

impl Trajectory {
    /// Draws one from uniforms in `[0, 1)`: a level of the lower half per factor, then the order, then the directions.
    pub fn draw(dimensions: usize, mut uniform: impl FnMut() -> f64) -> Self {
        let steps = f64::from(LEVELS - 1);
        let step = f64::from(LEVELS) / (2.0 * steps);
        let half = f64::from(LEVELS / 2);
        let low: Vec<f64> = (0..dimensions).map(|_| (uniform() * half).floor() / steps).collect();
        let mut order: Vec<usize> = (0..dimensions).collect();
        for last in (1..dimensions).rev() {
            order.swap(last, (uniform() * (last + 1) as f64) as usize);
        }
        let goes_up: Vec<bool> = (0..dimensions).map(|_| uniform() < 0.5).collect();
        let ends =
            |at: usize| if goes_up[at] { (low[at], low[at] + step) } else { (low[at] + step, low[at]) };
        let mut point: Vec<f64> = (0..dimensions).map(|at| ends(at).0).collect();
        let mut points = vec![point.clone()];
        for &factor in &order {
            point[factor] = ends(factor).1;
            points.push(point.clone());
        }
        Self { points, order }
    }

    /// The effect of each factor, change of output per change of the factor over its whole range, from one output per
    /// point.
    pub fn effects(&self, outputs: &[f64]) -> Vec<f64> {
        let mut effects = vec![0.0; self.order.len()];
        for (at, &factor) in self.order.iter().enumerate() {
            let moved = self.points[at + 1][factor] - self.points[at][factor];
            effects[factor] = (outputs[at + 1] - outputs[at]) / moved;
        }
        effects
    }
}

/// What the effects of one factor say.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Screening {
    /// The mean effect µ: its sign is the direction, where the output is monotone.
    pub mu: f64,
    /// The mean of absolute effects µ*: how much the factor matters. Noise of the outputs adds to it.
    pub mu_star: f64,
    /// An interval of µ*: Student's t over trajectories, not below 0; `None` for one trajectory.
    pub mu_star_interval: Option<(f64, f64)>,
    /// The standard deviation σ of effects: how much the effect depends on where the other factors are, or bends; `None`
    /// for one trajectory.
    pub sigma: Option<f64>,
}

/// Summarises `effects[trajectory][factor]` per factor, with intervals of a confidence in `(0, 1)`; empty without
/// trajectories.
pub fn screenings(effects: &[Vec<f64>], confidence: f64) -> Vec<Screening> {
    let factors = effects.first().map_or(0, Vec::len);
    let of = |factor: usize| {
        let own: Vec<f64> = effects.iter().map(|all| all[factor]).collect();
        let sizes: Vec<f64> = own.iter().map(|effect| effect.abs()).collect();
        let ((mu, sigma), (mu_star, spread)) = (mean_and_std_dev(&own), mean_and_std_dev(&sizes));
        let n = effects.len() as f64;
        let interval = spread.map(|std_dev| {
            let half = student_t_quantile(f64::midpoint(1.0, confidence), n - 1.0) * std_dev / n.sqrt();
            ((mu_star - half).max(0.0), mu_star + half)
        });
        Screening { mu, mu_star, mu_star_interval: interval, sigma }
    };
    (0..factors).map(of).collect()
}

/// The mean, and the sample standard deviation of two values or more.
fn mean_and_std_dev(values: &[f64]) -> (f64, Option<f64>) {
    let n = values.len() as f64;
    let mean = values.iter().sum::<f64>() / n;
    let squares: f64 = values.iter().map(|value| (value - mean).powi(2)).sum();
    (mean, (values.len() > 1).then(|| (squares / (n - 1.0)).sqrt()))
}

#[cfg(test)]
mod tests {
    use super::super::ishigami;
    use super::*;

    /// Uniforms that any language reproduces.
    fn uniforms() -> impl FnMut() -> f64 {
        let mut draw = 0.0;
        move || {
            draw += 1.0;
            draw * draw * 0.618_033_988_749_894_9 % 1.0
        }
    }

    fn trajectories(count: usize, dimensions: usize) -> Vec<Trajectory> {
        let mut uniform = uniforms();
        (0..count).map(|_| Trajectory::draw(dimensions, &mut uniform)).collect()
    }

    fn close(found: f64, expected: f64) -> bool {
        (found - expected).abs() < 1e-12
    }

    /// From `SALib` 1.6.0, `analyze.morris` on the points of these six trajectories.
    #[test]
    fn effects_of_the_ishigami_function_agree_with_the_reference_values() {
        let effects: Vec<_> = trajectories(6, 3)
            .iter()
            .map(|walk| walk.effects(&walk.points.iter().map(|point| ishigami(point)).collect::<Vec<_>>()))
            .collect();
        let found = screenings(&effects, 0.95);
        for (factor, (mu, mu_star, sigma)) in REFERENCE.into_iter().enumerate() {
            let screening = &found[factor];
            assert!(close(screening.mu, mu), "{screening:?}");
            assert!(close(screening.mu_star, mu_star), "{screening:?}");
            assert!(close(screening.sigma.unwrap(), sigma), "{screening:?}");
        }
    }

    const REFERENCE: [(f64, f64, f64); 3] = [
        (9.786_986_146_037_478, 9.786_986_146_037_478, 6.453_728_864_547_993),
        (2.624_999_999_999_997_3, 7.875, 8.133_265_027_035_575),
        (2.082_932_034_444_372_7, 10.414_660_172_221_863, 12.287_533_679_790_55),
    ];

    #[test]
    fn every_factor_moves_once_by_two_thirds_between_levels() {
        for walk in trajectories(50, 6) {
            let mut moved = walk.order.clone();
            moved.sort_unstable();
            assert_eq!(moved, [0, 1, 2, 3, 4, 5]);
            for (pair, &factor) in walk.points.windows(2).zip(&walk.order) {
                for (at, (before, after)) in pair[0].iter().zip(&pair[1]).enumerate() {
                    assert!(close((after - before).abs(), if at == factor { 2.0 / 3.0 } else { 0.0 }));
                    assert!(close((after * 3.0).round(), after * 3.0) && (0.0..=1.0).contains(after));
                }
            }
        }
    }

    #[test]
    fn a_linear_output_has_its_coefficients_as_effects_and_no_deviation() {
        let effects: Vec<_> = trajectories(5, 2)
            .iter()
            .map(|walk| {
                walk.effects(&walk.points.iter().map(|at| 3.0 * at[0] - 2.0 * at[1]).collect::<Vec<_>>())
            })
            .collect();
        let found = screenings(&effects, 0.95);
        assert!(close(found[0].mu, 3.0) && close(found[1].mu, -2.0) && close(found[1].mu_star, 2.0));
        assert!(found[0].sigma.unwrap() < 1e-12);
        let (low, high) = found[1].mu_star_interval.unwrap();
        assert!(close(low, 2.0) && close(high, 2.0));
    }

    #[test]
    fn one_trajectory_has_no_interval() {
        let found = screenings(&[vec![1.0]], 0.95);
        assert_eq!((found[0].sigma, found[0].mu_star_interval), (None, None));
        assert_eq!(screenings(&[], 0.95), []);
    }
}
