//! Which inputs matter: screening by elementary effects, then shares of variance.
//!
//! `morris` finds with few points the factors that can be left out, `sobol_indices` says with many points how much of the
//! variance is due to each of the others. Both take factors in `[0, 1]`.

pub mod morris;
pub mod sobol_indices;

/// The function of Ishigami and Homma with a = 7 and b = 0.1, of three factors in `[0, 1]` that stand for `[-π, π]`.
#[cfg(test)]
fn ishigami(point: &[f64]) -> f64 {
    let x: Vec<f64> = point.iter().map(|u| (2.0 * u - 1.0) * std::f64::consts::PI).collect();
    x[0].sin() + 7.0 * x[1].sin().powi(2) + 0.1 * x[2].powi(4) * x[0].sin()
}
