//! Figures that others have printed, as they printed them: of other programs, textbooks and tables. What the sources
//! printed without their own formula's error, `docs/verification.md` lists with what cannot be expressed.

use super::case::{Case, Statistic, metric, sum, sum_of_products};
use super::exposure;
use super::patience::overtaken_world;
use super::settings::{AT_ONCE, Desk, exponential_desk, settings};
use super::theory::schedules::{Rates, response_from_empty};

pub(super) fn cases() -> Vec<Case> {
    [
        erlang(),
        textbooks(),
        copiers(),
        vec![transient(), call_centre()],
        scans(),
        constant_services(),
        clicks(),
    ]
    .concat()
}

/// Mean responses in hours.
fn response() -> Statistic {
    Statistic::mean("response_delay_mean")
}

/// 100 calls in half an hour, 14 agents, services of 3 and patience of 5 minutes. A case leaves this desk in service too,
/// so that answers take 7.5 minutes and whichever comes first of answer and patience 3; of those who are not lost in the
/// queue `3 / 5` are lost in service. And 10 calls offered to 14 agents: the mean wait is the probability of waiting
/// over the four agents that remain.
fn erlang() -> Vec<Case> {
    let row = (200.0, 20.0, 12.0, 14);
    let abandoned = 0.013_984;
    let calls = [overtaken_world(row), vec!["run.warm_up_days=1".into()]].concat();
    let offered = exponential_desk(14, "always").settings(10.0 / 14.0, "never");
    let desks = 60.0;
    let one_day = settings(
        &["run.warm_up_days=0", "run.days=1"],
        &[format!("market.sellers={desks}"), format!("market.orders_per_day={}", 24.0 * 200.0 * desks)],
    );
    let abandonment = "pyworkforce, test_abandonment.py (Erlang-A)";
    let waiting = sum_of_products(&[(4.0, &["response_delay_mean"]), (-4.0, &[])]);
    vec![
        Case::new(
            "overtaken, 100 calls in 30 min, 14 agents",
            abandonment,
            &calls,
            Statistic::ratio("cancels_overtaken", "cancels_requested"),
            abandoned + (1.0 - abandoned) * 3.0 / 5.0,
        ),
        Case::new(
            "calls in the system, 100 in 30 min, 14 agents",
            abandonment,
            &[calls.clone(), one_day].concat(),
            Statistic::Mean(sum(&[(1.0 / desks, "cancels_open")])),
            10.0932,
        ),
        Case::new(
            "probability of waiting, 14 agents, 10 calls offered",
            "pyworkforce documentation (Erlang-C)",
            &[offered, vec!["run.warm_up_days=6".into()]].concat(),
            Statistic::Mean(waiting),
            0.174_131_9,
        )
        .repeated(10),
    ]
}

/// Three servers of 20 minutes for six an hour, in minutes; and a queue of Lindley at half its capacity, whose wait is the
/// response less the service.
fn textbooks() -> Vec<Case> {
    let clinic = Desk {
        agents: 3,
        service_time: "{ exponential = { mean = \"20m\" } }",
        mean_hours: 1.0 / 3.0,
        reneging: "always",
    };
    let minutes = sum(&[(60.0, "response_delay_mean")]);
    let wait = sum_of_products(&[(1.0, &["response_delay_mean"]), (-0.5, &[])]);
    let lindley = Desk {
        agents: 1,
        service_time: "{ exponential = { mean = \"30m\" } }",
        mean_hours: 0.5,
        reneging: "always",
    };
    vec![
        Case::new(
            "mean minutes, M/M/3, 6 an hour, 20 minutes",
            "Gross et al., Fundamentals of Queueing Theory, p. 72",
            &clinic.settings(2.0 / 3.0, "never"),
            Statistic::Mean(minutes),
            28.8889,
        ),
        Case::new(
            "mean wait, M/M/1, 1 an hour, 30 minutes",
            "SSJ, QueueLindley",
            &lindley.settings(0.5, "never"),
            Statistic::Mean(wait),
            0.5,
        ),
    ]
}

/// Copiers for 0.5 customers per hour, 1.75 hours each: less than four are there with what the probability of four or more
/// leaves. An hour is ten minutes here. One copier forgets how it started in three days, several in an hour.
fn copiers() -> Vec<Case> {
    [(1_u16, 12, 0.586_182), (2, 3, 0.050_972), (3, 2, 0.019_034), (4, 2, 0.013_022)]
        .map(|(copiers, days, four_or_more)| {
            let world = settings(
                &[&AT_ONCE[..], &["sellers[*].defect=1", "policy.dispute.response_deadline=never"]].concat(),
                &[
                    "market.count=720".to_owned(),
                    "market.orders_per_day=72".into(),
                    format!("run.days={days}"),
                    format!(
                        "sellers[*].response={{ desk = {{ agents = {copiers}, service_time = {{ exponential = {{ \
                         mean = \"1050s\" }} }} }} }}"
                    ),
                ],
            );
            let name = format!("fewer than 4 at {copiers} copiers");
            let fewer = Statistic::AtMost(metric("orders_open"), 3.0);
            Case::new(name, "Rossetti, simulation book, copier", &world, fewer, 1.0 - four_or_more)
        })
        .to_vec()
}

/// 200 customers on average from an empty start, five minutes apart where a service takes ten and there are three servers; a
/// minute is 86.4 seconds here, so that they come within a day. Ciw prints 13.558 minutes of 500 trials with 200
/// customers each, with an interval of 0.252 either way.
fn transient() -> Case {
    let minute = 0.024;
    let rates = Rates { arrivals: 0.2 / minute, service: 0.1 / minute, agents: 3 };
    let world = settings(
        &[
            &AT_ONCE[..],
            &[
                "run.days=5",
                "market.surges=[{ first_day = 1, days = 4, multiplier = 0 }]",
                "market.sellers=200",
                "market.orders_per_day=40000",
                "sellers[*].defect=1",
                "policy.dispute.response_deadline=never",
                "sellers[*].response={ desk = { agents = 3, service_time = { exponential = { mean = \"864s\" } } } }",
            ],
        ]
        .concat(),
        &[],
    );
    let stay = sum_of_products(&[(1.0 / minute, &["response_delay_mean", "disputes_answered"])]);
    Case::new(
        "mean minutes of 200 customers from empty, M/M/3",
        "Kolmogorov equations; Ciw documentation, M/M/3",
        &world,
        Statistic::Ratio(stay, metric("disputes_answered")),
        response_from_empty(rates, 24.0) / minute,
    )
}

/// 1,660 calls per day on average, times a gamma number of variance 0.0025. Of a sample of 10,000 days SSJ prints a variance of
/// 8,764.756, with a standard error of 124.
fn call_centre() -> Case {
    let (mean, dispersion) = (1660.0, 0.0025);
    let world = settings(
        &["run.days=1", "market.count=900"],
        &[format!("market.orders_per_day={mean}"), format!("market.day_dispersion={dispersion}")],
    );
    Case::new(
        "orders of a day, variance, 1660 and gamma 0.0025",
        "mixed Poisson variance; SSJ, CallCenter.res",
        &world,
        Statistic::Variance(metric("orders_placed"), mean),
        mean + dispersion * mean * mean,
    )
}

/// Whether six events ever fall into one window: five agents who each need a window for a case have none for the sixth, and
/// only then a case misses a deadline that is as long.
fn scans() -> Vec<Case> {
    let case = |name: &str, windows: u32, mean: f64, statistic: Statistic, theory: f64| {
        let days = windows / 2;
        let world = settings(
            &[
                &AT_ONCE[..],
                &[
                    "market.count=400",
                    "sellers[*].defect=1",
                    "policy.dispute.response_deadline=12h",
                    "sellers[*].response={ desk = { agents = 5, service_time = \"12h\", reneging = \"while_waiting\" } }",
                ],
            ]
            .concat(),
            &[
                format!("market.orders_per_day={}", 2.0 * mean),
                format!("run.days={}", days + 2),
                format!("market.surges=[{{ first_day = {days}, days = 2, multiplier = 0 }}]"),
            ],
        );
        Case::new(name, "scan statistic (Naus 1982; ptools)", &world, statistic, theory)
    };
    let any = Statistic::AtMost(sum(&[(-1.0, "disputes_auto_executed")]), -1.0);
    let none = Statistic::AtMost(metric("disputes_auto_executed"), 0.0);
    vec![
        case("six in a window, 260 windows of mean 1", 260, 1.0, any, 0.4869),
        case("never six in a window, 208 windows of mean 0.6", 208, 0.6, none, 1.0 - 0.039_02),
    ]
}

/// Mean responses of constant services, in services.
fn constant_services() -> Vec<Case> {
    [(2_u16, 0.9, 3.1469), (4, 0.9, 2.0), (10, 0.8, 1.1098)]
        .map(|(agents, load, theory)| {
            let desk = Desk { agents, service_time: "\"1h\"", mean_hours: 1.0, reneging: "always" };
            let name = format!("mean response, M/D/{agents}, load {load}");
            Case::new(name, "M/D/c (Crommelin 1932)", &desk.settings(load, "never"), response(), theory)
        })
        .to_vec()
}

/// Clicks on the first ten places of the AOL log; the tenth has more than the ninth.
const CLICKS: [f64; 10] = [
    8_220_278.0,
    2_316_738.0,
    1_640_751.0,
    1_171_642.0,
    943_667.0,
    774_718.0,
    655_914.0,
    579_206.0,
    549_196.0,
    577_325.0,
];

/// Ten sellers of falling attractiveness at these places.
fn clicks() -> Vec<Case> {
    let whole: f64 = CLICKS.iter().sum();
    let attractiveness: Vec<f64> = (1..=10).rev().map(f64::from).collect();
    let table = format!("market.search.click_shares={CLICKS:?}");
    let world = exposure::market(&attractiveness, &[&table]);
    [1_usize, 2, 9, 10]
        .map(|place| {
            let name = format!("orders by clicks of AOL, place {place}");
            exposure::case(name, "AOL click log of 2006", &world, place - 1, CLICKS[place - 1] / whole)
        })
        .to_vec()
}
