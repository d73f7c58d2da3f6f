//! Shipped scenarios made small, so that two simulators can run each of them many times.

use redress::engine::World;
use redress::scenario::Source;
use std::path::Path;

/// A world under the name that the table of the comparison gives it.
#[derive(Debug)]
pub(crate) struct Entry {
    pub(crate) name: &'static str,
    scenario: &'static str,
    settings: &'static [&'static str],
}

/// One market of a few sellers with enough orders for windows to be judged; a scenario may change it.
const SMALL: &[&str] = &[
    "run.replications=400",
    "run.days=45",
    "run.warm_up_days=35",
    "market.count=1",
    "market.sellers=10",
    "market.buyers=1500",
    "market.orders_per_day=80",
];

/// The worlds of the comparison. Faults are made more frequent than in the shipped files, for rare
/// branches are where two programs differ.
pub(crate) const WORLDS: &[Entry] = &[
    Entry { name: "baseline", scenario: "baseline", settings: &["sellers[*].goodwill=0.5"] },
    Entry {
        name: "reference workload",
        scenario: "reference_workload",
        settings: &["market.count=2", "market.sellers=5", "market.orders_per_day=50"],
    },
    Entry {
        name: "desks in a surge",
        scenario: "support_desk",
        settings: &[
            "market.surges=[{first_day=-10,days=3,multiplier=4},{first_day=9,days=2,multiplier=5}]",
            "sellers[*].defect={beta={alpha=4,beta=16}}",
            "sellers[*].response.desk.service_time={lognormal={median=\"4h\",sigma=1.2}}",
        ],
    },
    Entry {
        name: "desks that finish",
        scenario: "support_desk",
        settings: &[
            "sellers[*].defect=0.25",
            "sellers[*].stock_out=0.1",
            "sellers[*].response.desk.reneging=while_waiting",
            "sellers[*].response.desk.service_time={exponential={mean=\"14h\"}}",
            "sellers.average.response.desk.discipline=earliest_deadline",
            "policy.dispute.silence=platform",
            "policy.cancellation.race=held",
            "run.first_weekday=thursday",
        ],
    },
    Entry {
        name: "offline transfers",
        scenario: "offline_transfers",
        settings: &[
            "sellers[*].attractiveness=1",
            "sellers[*].stock_out=0.03",
            "sellers[*].defect=0.15",
            "policy.offline.detection=0.3",
            "policy.offline.freeze_for=\"4d\"",
            "policy.not_sold.freeze_for=\"2d\"",
            "policy.not_sold.close_at_freeze=5",
            "policy.not_sold.freeze_at=4",
            "policy.not_sold.freeze_share=0.02",
            "buyers[*].keeps_dispute=0.4",
        ],
    },
    Entry {
        name: "steering near a grade",
        scenario: "reason_steering",
        settings: &[
            "sellers[*].steering=0.1",
            "sellers[*].near_grade=1",
            "sellers[*].stock_out=0.05",
            "policy.not_sold.minimum_orders=10",
            "policy.not_sold.demote_at=3",
            "policy.not_sold.hide_at=6",
            "policy.not_sold.freeze_at=8",
            "policy.not_sold.freeze_share=0.05",
            "policy.not_sold.freeze_for=[\"3d\",\"2d\"]",
        ],
    },
    Entry {
        name: "strict threshold",
        scenario: "strict_threshold",
        settings: &[
            "market.search.click_shares=[1.0,0.5,0.3,0.1]",
            "market.search.leaves_market=0.5",
            "market.day_dispersion=0.3",
            "policy.dispute_rate.window=\"10d\"",
            "policy.dispute_rate.penalty={exponential={slope=0.4,floor=0.2}}",
        ],
    },
    Entry {
        name: "last-minute answers",
        scenario: "last_minute_answers",
        settings: &["sellers[*].defect=0.1"],
    },
    Entry {
        name: "Olist",
        scenario: "olist_brazil",
        settings: &["justice.bad_seller_fault=0.10", "policy.dispute_rate.window=\"20d\""],
    },
    Entry {
        name: "quick levels",
        scenario: "baseline",
        settings: &[
            "run.warm_up_days=0",
            "sellers[*].attractiveness=1",
            "policy.dispute_rate.minimum_orders=20",
            "policy.dispute_rate.threshold=0.01",
            "policy.dispute_rate.minimum_disputes=2",
            "policy.dispute_rate.penalty={linear={slope=0.05,floor=0.8}}",
            "policy.service_score.window=\"9d\"",
            "policy.service_score.level_every=\"7d\"",
            "policy.service_score.levels=[{at=80,weight=1.4},{at=75,weight=1.0},{at=0,weight=0.6}]",
            "market.search.position_exponent=0",
            "sellers[*].transit_time={triangular={min=\"1d\",mode=\"3d\",max=\"12d\"}}",
            "sellers[*].promise=\"7d\"",
            "sellers[*].response.never=0.3",
        ],
    },
    Entry {
        name: "eBay",
        scenario: "two_platforms_ebay",
        settings: &[
            "sellers[*].defect={beta={alpha=2,beta=20}}",
            "sellers[*].promise=\"30d\"",
            "policy.dispute_rate.minimum_orders=60",
        ],
    },
    Entry {
        name: "Mercado Libre",
        scenario: "baseline",
        settings: &[
            "policy.preset=mercado_libre",
            "sellers[*].transit_time={weibull={shape=1.4,scale=\"10d\"}}",
            "sellers[*].promise={uniform={min=\"8d\",max=\"20d\"}}",
            "sellers[*].defect=0.08",
        ],
    },
    Entry {
        name: "TikTok Shop",
        scenario: "baseline",
        settings: &[
            "policy.preset=tiktok_shop",
            "sellers[*].transit_time={gamma={shape=3,scale=\"3d\"}}",
            "sellers[*].promise=\"10d\"",
            "policy.points.expire_after=\"21d\"",
            "policy.points.tiers=[{at=3,weight=0.8,freeze_for=\"2d\"},{at=6,weight=0.6},{at=9,weight=0.0,freeze_for=\"12d\"}]",
            "sellers[*].defect=0.06",
        ],
    },
    Entry {
        name: "Shopee",
        scenario: "baseline",
        settings: &[
            "policy.preset=shopee",
            "sellers[*].transit_time={empirical={values=[2,3,3,4,5,8,13,21]}}",
            "sellers[*].promise=\"12d\"",
            "sellers[*].hand_over={hours=\"10:00-16:30\",weekdays=[\"tuesday\",\"friday\"]}",
            "buyers[*].confirmation_delay={exponential={mean=\"3d\"}}",
        ],
    },
    Entry {
        name: "Amazon",
        scenario: "baseline",
        settings: &[
            "policy.preset=amazon",
            "sellers[*].promise=\"20d\"",
            "sellers[*].defect=0.08",
            "policy.dispute_rate.minimum_orders=40",
            "market.search.feedback=false",
            "policy.not_sold.freeze_at=5",
        ],
    },
    Entry {
        name: "Lazada",
        scenario: "baseline",
        settings: &[
            "policy.preset=lazada",
            "sellers[*].attractiveness=1",
            "sellers[*].defect={beta={alpha=2,beta=8}}",
            "buyers[*].notice_delay={exponential={mean=\"4d\"}}",
            "policy.points.expire_after=\"15d\"",
            "policy.points.awards=[{indicator=\"dispute_rate\",window=\"14d\",above=0.1,minimum_count=3,points=6}]",
        ],
    },
    Entry {
        name: "Etsy",
        scenario: "baseline",
        settings: &[
            "policy.preset=etsy",
            "sellers[*].promise=\"18d\"",
            "buyers[*].late_tolerance=[{after=\"0d\",share=0.2},{after=\"4d\",share=0.9}]",
            "policy.cancellation.race=exclusive",
            "buyers[*].shipping_patience={exponential={mean=\"5d\"}}",
            "buyers[*].modifies=0.5",
            "policy.dispute.modifications=2",
        ],
    },
    Entry {
        name: "returns",
        scenario: "baseline",
        settings: &[
            "sellers[*].defect=0.2",
            "buyers[*].asks_return=0.6",
            "buyers[*].modifies=0.2",
            "buyers[*].return_delay={exponential={mean=\"3d\"}}",
            "buyers[*].return_transit={uniform={min=\"1d\",max=\"6d\"}}",
            "sellers[*].return_check={exponential={mean=\"2d\"}}",
            "policy.dispute.modifications=1",
            "policy.dispute_rate.basis=ruled",
            "policy.returns.deadline=\"4d\"",
            "policy.returns.confirmation=\"2 business days\"",
        ],
    },
    Entry {
        name: "appeals",
        scenario: "baseline",
        settings: &[
            "sellers[*].defect=0.25",
            "sellers[*].accept=0.2",
            "sellers[*].promise=\"9d\"",
            "sellers[*].appeals=0.7",
            "sellers[*].appeal_delay={exponential={mean=\"4d\"}}",
            "buyers[*].opportunism=0.05",
            "buyers[*].appeals=0.5",
            "buyers[*].appeal_delay={lognormal={median=\"3d\",sigma=1.0}}",
            "buyers[*].late_tolerance=[{after=\"0d\",share=0.3}]",
            "policy.mediation.accuracy=0.4",
            "policy.mediation.delay={exponential={mean=\"2d\"}}",
            "policy.mediation.partial_share=0.3",
            "policy.dispute.platform_steps_in=\"2d\"",
            "policy.dispute_rate.basis=ruled",
            "policy.appeal.deadline=\"3 business days\"",
            "policy.appeal.delay={exponential={mean=\"3d\"}}",
            "policy.appeal.accuracy=0.8",
        ],
    },
];

impl Entry {
    /// The world, with a seed of its own.
    pub(crate) fn world(&self) -> World {
        self.changed(&[])
    }

    /// The world with more settings.
    pub(crate) fn changed(&self, changes: &[&str]) -> World {
        let place = WORLDS.iter().position(|entry| entry.name == self.name).expect("it is listed");
        let seed = format!("run.seed={}", 1000 + place);
        let mut settings = SMALL.to_vec();
        settings.push(&seed);
        settings.extend(self.settings);
        settings.extend(changes);
        shipped(self.scenario, &settings)
    }
}

/// The world of this name.
pub(crate) fn named(name: &str) -> &'static Entry {
    WORLDS.iter().find(|entry| entry.name == name).unwrap_or_else(|| panic!("no world is called {name}"))
}

/// A shipped scenario with settings as `--set` takes them.
pub(crate) fn shipped(name: &str, settings: &[&str]) -> World {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios").join(format!("{name}.toml"));
    let mut source = Source::read(&path).unwrap_or_else(|errors| panic!("{errors}"));
    for setting in settings {
        source.set(setting).unwrap_or_else(|errors| panic!("{setting}: {errors}"));
    }
    source.resolve().unwrap_or_else(|errors| panic!("{name}: {errors}")).world
}
