//! What a chart shows, and what a reader should beware of.

use super::super::Chart;

/// The words below a chart.
#[derive(Clone, Copy, Debug)]
pub(super) struct Caption {
    pub(super) shows: &'static str,
    pub(super) beware: &'static str,
}

/// The caption of a chart, by its name and else by its kind.
pub(super) fn caption(name: &str, chart: &Chart) -> Caption {
    let (shows, beware) = match (name, chart) {
        ("daily_rates", _) => (
            "the rates over trailing windows at each day's close, over all sellers together.",
            "a trailing window remembers, so neighbouring days share most of their orders and a change appears only as it fills \
             the window. A threshold judges each seller by itself: some are above it while this line is below.",
        ),
        ("sellers", _) => (
            "one dot per seller of the first replication: its dispute rate in the last window by which the rule judges, and its mean \
             search weight over the whole period, where 1 means no penalty.",
            "one replication is no mean, and the rate of a seller with few orders is mostly chance. The weight is of all \
             days and all rules: a dot beyond the threshold may have had few days of penalty, one before it many.",
        ),
        ("roc", _) => (
            "which share of bad sellers and which of good ones a penalty finds, as the length from which a penalty counts is varied.",
            "the diagonal is what tossing a coin finds. The area says how well penalties rank sellers, not whether a threshold is fair. \
             It is over the sellers of all replications together; penalty AUC elsewhere is the mean of one area a replication, with the \
             interval of that mean, so the two differ a little.",
        ),
        ("precision_recall", _) => (
            "of the sellers that a penalty finds how many are bad, against how many of the bad it finds.",
            "precision depends on how many sellers are bad at all, which the dashed line shows; it does not carry over to another mix.",
        ),
        (_, Chart::Lines(_)) => (
            "values day by day.",
            "neighbouring days share most of what they count, so a wave that lasts for days can be chance.",
        ),
        (_, Chart::StackedArea(_)) => (
            "how many there were of each kind in each week; the height of a layer is its number, the upper edge their sum.",
            "only the lowest layer stands on a level line: read the others by pointing at them. What has not ended by the end of the \
             run is in no layer.",
        ),
        (_, Chart::Histogram(_)) => (
            "how long answers took, as shares of all requests; the dashed line is the deadline.",
            "bars do not add up to 100 % where some requests are never answered in time: their share stands at the deadline.",
        ),
        (_, Chart::Scatter(_)) => (
            "one dot per observation.",
            "single observations vary by chance; many dots may lie on one another.",
        ),
        (_, Chart::Flow(_)) => (
            "what became of each unit of money that buyers paid.",
            "every bar has the same length, however much its group paid: compare shares between bars, not amounts. The enlarged panel \
             has a scale of its own. What is held at the end has not been decided.",
        ),
        (_, Chart::Forest(_)) => (
            "the difference of each figure in percent of the baseline's mean, with its paired 95 % interval.",
            "a whisker is about one figure by itself, the colour about all of them together (adjusted p). A small percentage of a \
             large figure can matter more than a large one of a small figure.",
        ),
        (_, Chart::ResponseCurve(_)) => (
            "the mean of each output at each level, with its 95 % interval.",
            "each panel has a scale of its own, which need not begin at 0. Levels share their random numbers, so the difference of \
             two is surer than their intervals suggest: title and finding judge by differences in pairs, adjusted over all that is \
             compared (Holm), at the levels of the other factors that the subtitle names. Between the levels nothing was simulated.",
        ),
        (_, Chart::HeatMap(_)) => (
            "the mean of each output at each pair of levels.",
            "colours span at least a quarter of the largest value, so that small differences look small; a grey map does not \
             differ beyond chance between the ends of either factor or opposite corners. Neighbouring cells of any map differ by chance \
             as well: read the numbers.",
        ),
        (_, Chart::Ladder(_)) => (
            "each candidate's mean with its interval.",
            "intervals are of each candidate by itself; which of them is best follows from their paired differences, and is said above.",
        ),
        (_, Chart::Plane(_)) => (
            "two measured outputs against each other, with the intervals of both.",
            "a dot whose intervals overlap another's is not told from it by this picture alone.",
        ),
        (_, Chart::Tornado(_)) => (
            "the mean of the output where a factor is in the lowest and in the highest fifth of its range, all other factors varied.",
            "the ends depend on the ranges that the study gives. A factor that matters only together with others has short bars.",
        ),
        (name, Chart::Bars(_)) if name.starts_with("indices") => (
            "which share of the variance of the output a factor explains alone, and with its interactions, with 95 % intervals.",
            "shares depend on the ranges that the study gives. Totals overlap, so they may add up to more than 100 %. A total below the share alone is \
             an error of estimation, within the intervals.",
        ),
        ("penalties", _) => (
            "on how many seller-days each rule held a penalty, with the 95 % interval of the mean over replications.",
            "a seller may be under several demotions on one day, so that the bars add up to more than the seller-days demoted. A day counts as above the \
             threshold at its own close, but a demotion holds from the next day on and on no suspended day: the two numbers differ.",
        ),
        (_, Chart::Bars(_)) => (
            "a bar per group, with the 95 % interval of its mean over replications.",
            "groups differ in size, so a longer bar may be a larger group. Orders that one seller loses others receive.",
        ),
    };
    Caption { shows, beware }
}
