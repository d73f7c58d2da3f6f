//! Estimates against reference values that another library computed (`SciPy` 1.16): Student's t over replications,
//! for one scenario, for two under common random numbers, and for two that share nothing.

use redress::stats::paired::difference;
use redress::stats::quantile::{student_t_cdf, student_t_quantile};
use redress::stats::{Estimate, Estimator, Observation};

const X: [f64; 10] = [3.1, 2.7, 3.8, 4.4, 2.9, 3.3, 3.0, 4.1, 3.6, 2.5];
const Y: [f64; 10] = [3.4, 2.9, 3.9, 4.9, 3.0, 3.9, 3.1, 4.2, 4.0, 2.6];

fn assert_close(found: f64, expected: f64) {
    assert!((found - expected).abs() <= 1e-9 * expected.abs(), "{found}, expected {expected}");
}

fn estimate(values: &[f64]) -> Estimate {
    let observed: Vec<Observation> = values.iter().copied().map(Observation::Value).collect();
    Estimate::new(Estimator::ANY_MEAN, &observed).expect("there are values")
}

/// Student's interval of the same mean and deviation lies inside, and is nearly as wide: what is added is for skewness.
fn assert_encloses_student((low, high): (f64, f64), (student_low, student_high): (f64, f64)) {
    let rounding = 1e-9;
    assert!(low <= student_low + rounding && high >= student_high - rounding, "{low} to {high}");
    assert!((high - low) < 1.1 * (student_high - student_low), "{low} to {high}");
}

#[test]
fn ten_values_have_the_mean_deviation_and_interval_of_the_reference() {
    let estimate = estimate(&X);
    assert_close(estimate.mean, 3.34);
    assert_close(estimate.std_dev.unwrap(), 0.620_394_139_953_698_2);
    let half = 0.443_803_232_439_609;
    assert_close(student_t_quantile(0.975, 9.0) * estimate.std_dev.unwrap() / 10_f64.sqrt(), half);
    assert_encloses_student(estimate.interval.ends().unwrap(), (3.34 - half, 3.34 + half));
}

#[test]
fn quantiles_of_student_agree_with_the_reference() {
    for (p, freedom, expected) in [
        (0.975, 1.0, 12.706_204_736_174_694),
        (0.975, 4.0, 2.776_445_105_197_793_4),
        (0.975, 9.0, 2.262_157_162_798_205),
        (0.975, 19.0, 2.093_024_054_408_308_7),
        (0.975, 29.0, 2.045_229_642_132_703),
        (0.975, 99.0, 1.984_216_951_586_417_4),
        (0.95, 4.0, 2.131_846_786_326_649_5),
        (0.95, 9.0, 1.833_112_932_656_237),
        (0.95, 19.0, 1.729_132_811_521_368_2),
    ] {
        assert_close(student_t_quantile(p, freedom), expected);
    }
}

/// Paired under common random numbers: the estimate of the differences is the paired t interval.
#[test]
fn differences_of_pairs_have_the_paired_interval_of_the_reference() {
    let observed = |values: [f64; 10]| values.map(|value| Some(Observation::Value(value)));
    let found = difference(Estimator::ANY_MEAN, &observed(X), &observed(Y)).unwrap();
    assert_close(found.mean, 0.25);
    assert_encloses_student(
        found.interval.ends().unwrap(),
        (0.114_061_272_606_215_65, 0.385_938_727_393_784_43),
    );
    let t = found.mean / (found.std_dev.unwrap() / 10_f64.sqrt());
    assert_close(t, 4.160_251_471_689_221);
    let student = 2.0 * student_t_cdf(-t, 9.0);
    assert_close(student, 0.002_446_798_374_307_827);
    let p_value = found.p_value.unwrap();
    assert!(p_value > student * (1.0 - 1e-9) && p_value < 2.0 * student, "{p_value}");
}

/// Without common random numbers (Welch) the degrees of freedom are no whole number, and the same difference is
/// not significant.
#[test]
fn quantiles_at_fractional_freedom_give_the_welch_interval_of_the_reference() {
    let (x, y) = (estimate(&X), estimate(&Y));
    let squared_error = |estimate: &Estimate| estimate.std_dev.unwrap().powi(2) / 10.0;
    let (vx, vy) = (squared_error(&x), squared_error(&y));
    let freedom = (vx + vy).powi(2) / ((vx.powi(2) + vy.powi(2)) / 9.0);
    assert_close(freedom, 17.686_014_518_655_56);
    let error = (vx + vy).sqrt();
    let t = (y.mean - x.mean) / error;
    assert_close(t, 0.838_892_587_389_192_8);
    assert_close(2.0 * student_t_cdf(-t, freedom), 0.412_725_093_420_929_7);
    let half = student_t_quantile(0.975, freedom) * error;
    assert_close(y.mean - x.mean - half, -0.376_897_528_664_107_75);
    assert_close(y.mean - x.mean + half, 0.876_897_528_664_109_5);
}
