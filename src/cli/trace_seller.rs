//! The story of a seller: on which days its standing changed, by which rule and numbers, and the orders of one of them.

use super::failure::Failure;
use super::terminal::print;
use crate::engine::{ObservedMarket, OrderStory, World};
use crate::observe::seller_day::SellerDay;
use crate::report::seller_findings::findings;
use crate::report::seller_words::{change, changes, is_held_against_sellers, line, standing};
use crate::report::story_words::{lines, order_id};

/// Whose story is told, and how.
#[derive(Debug)]
pub(super) struct AskedSeller<'a> {
    pub(super) world: &'a World,
    pub(super) replication: u32,
    pub(super) market: u32,
    pub(super) number: u32,
    pub(super) day: Option<i32>,
    pub(super) json: bool,
}

/// Tells the story of a seller from what was observed of it.
pub(super) fn tell(asked: &AskedSeller<'_>, observed: &ObservedMarket) -> Result<(), Failure> {
    let AskedSeller { number, day, world, json, .. } = *asked;
    let days =
        observed.seller_days.iter().find(|(seller, _)| *seller == number).map(|(_, days)| days.as_slice());
    let days = days.unwrap_or_default();
    if let Some(day) = day {
        let at = days.iter().position(|each| each.day.0 == day).ok_or_else(|| {
            let (first, last) = (-(world.warm_up_days as i32), world.days as i32 - 1);
            Failure::Invalid(format!("--day {day} is no day of this run: days are {first} to {last}"))
        })?;
        return if json {
            tell_json(asked, &days[at..=at])
        } else {
            tell_day(asked, eve(days, &days[at]), &days[at], &observed.stories)
        };
    }
    let changed = changes(days);
    if json {
        let days: Vec<SellerDay> = changed.into_iter().copied().collect();
        return tell_json(asked, &days);
    }
    print(&history(asked, days, &changed, segment(asked, &observed.stories)).join("\n"))
}

/// Each day that changed how the seller is treated, with what the rules found that did otherwise than the day before, between how it begins and how
/// it ends.
fn history(
    asked: &AskedSeller<'_>,
    days: &[SellerDay],
    changed: &[&SellerDay],
    segment: &str,
) -> Vec<String> {
    let AskedSeller { world, replication, market, number, .. } = *asked;
    let mut text = vec![format!(
        "# seller {replication}/{market}/{number} ({segment}): after {} of {} days its search weight, a suspension or the rules behind them \
         changed; each follows, and --day D tells of one with its orders",
        changed.len(),
        world.days
    )];
    let measured = || days.iter().filter(|day| day.day.0 >= 0);
    text.extend(measured().next().map(|first| format!("day 0 begins: {}", standing(&first.today))));
    for day in changed {
        let (after, before) = change(day);
        text.push(format!("after day {}: {after}; before: {before}", day.day.0));
        let news = findings(world, eve(days, day), day).into_iter().filter(|finding| finding.is_news);
        text.extend(news.map(|finding| format!("    {}", finding.text)));
    }
    text.extend(measured().next_back().map(|last| {
        let held = standing(&last.tomorrow);
        format!("day {} ends: {held}", last.day.0)
    }));
    text
}

/// The day before a day, if it is known.
fn eve<'a>(days: &'a [SellerDay], day: &SellerDay) -> Option<&'a SellerDay> {
    days.iter().find(|each| each.day.next() == day.day)
}

fn segment<'a>(asked: &AskedSeller<'a>, stories: &[OrderStory]) -> &'a str {
    stories.first().map_or("no orders", |story| asked.world.sellers[story.seller_segment].name.as_str())
}

fn tell_json(asked: &AskedSeller<'_>, days: &[SellerDay]) -> Result<(), Failure> {
    let seller = format!("{}/{}/{}", asked.replication, asked.market, asked.number);
    // A structure of texts and numbers always has a JSON form.
    let text: Vec<String> = days
        .iter()
        .map(|day| serde_json::to_string(&line(seller.clone(), day)).unwrap_or_default())
        .collect();
    if text.is_empty() { Ok(()) } else { print(&text.join("\n")) }
}

/// One day: what each rule finds, and what happened to the seller's orders that can be held against it.
fn tell_day(
    asked: &AskedSeller<'_>,
    before: Option<&SellerDay>,
    day: &SellerDay,
    stories: &[OrderStory],
) -> Result<(), Failure> {
    let AskedSeller { world, replication, market, number, .. } = *asked;
    let (after, was) = change(day);
    let mut text = vec![format!(
        "# seller {replication}/{market}/{number} ({}) after day {}: {after}; before: {was}",
        segment(asked, stories),
        day.day.0,
    )];
    text.extend(findings(world, before, day).into_iter().map(|finding| finding.text));
    let mut events = Vec::new();
    for story in stories {
        let each = story.steps.iter().zip(lines(world, story));
        events.extend(
            each.filter(|(step, _)| step.at.day() == day.day && is_held_against_sellers(step.what))
                .map(|(_, line)| (line.time, order_id(&story.order), line.event)),
        );
    }
    events.sort();
    let count = events.len();
    text.push(match count {
        0 => "nothing happened on this day to its orders that is held against sellers".to_owned(),
        _ => format!("what happened on this day to its orders that can be held against sellers ({count}):"),
    });
    text.extend(events.into_iter().map(|(time, order, event)| format!("    {time}  {order}  {event}")));
    print(&text.join("\n"))
}
