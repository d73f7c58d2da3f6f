//! Estimates against reference values that another library computed (`SciPy` 1.16): Student's t over replications,
//! for one scenario, for two under common random numbers, and for two that share nothing.

use redress::stats::Estimate;
use redress::stats::estimate::{student_t_cdf, student_t_quantile};

const X: [f64; 10] = [3.1, 2.7, 3.8, 4.4, 2.9, 3.3, 3.0, 4.1, 3.6, 2.5];
const Y: [f64; 10] = [3.4, 2.9, 3.9, 4.9, 3.0, 3.9, 3.1, 4.2, 4.0, 2.6];

fn assert_close(found: f64, expected: f64) {
    assert!((found - expected).abs() <= 1e-9 * expected.abs(), "{found}, expected {expected}");
}

#[test]
fn ten_values_have_the_mean_deviation_and_interval_of_the_reference() {
    let estimate = Estimate::new(&X).unwrap();
    assert_close(estimate.mean, 3.34);
    assert_close(estimate.std_dev.unwrap(), 0.620_394_139_953_698_2);
    let (low, high) = estimate.interval.unwrap();
    assert_close((high - low) / 2.0, 0.443_803_232_439_609);
    assert_close(f64::midpoint(low, high), 3.34);
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
    let differences: Vec<f64> = Y.iter().zip(X).map(|(y, x)| y - x).collect();
    let estimate = Estimate::new(&differences).unwrap();
    let (low, high) = estimate.interval.unwrap();
    assert_close(estimate.mean, 0.25);
    assert_close(low, 0.114_061_272_606_215_65);
    assert_close(high, 0.385_938_727_393_784_43);
    let t = estimate.mean / (estimate.std_dev.unwrap() / 10_f64.sqrt());
    assert_close(t, 4.160_251_471_689_221);
    assert_close(2.0 * student_t_cdf(-t, 9.0), 0.002_446_798_374_307_827);
}

/// Without common random numbers (Welch) the degrees of freedom are no whole number, and the same difference is
/// not significant.
#[test]
fn quantiles_at_fractional_freedom_give_the_welch_interval_of_the_reference() {
    let (x, y) = (Estimate::new(&X).unwrap(), Estimate::new(&Y).unwrap());
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
