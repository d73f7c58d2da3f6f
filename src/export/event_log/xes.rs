//! XES (IEEE 1849-2016): a trace per order, with the extensions for concepts, time, lifecycle and organisation.

use super::activity::{LoggedOrder, activity, date, details, order_id, role};
use crate::engine::World;
use std::fmt::Write as _;
use std::io;

const HEAD: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<log xes.version="1849-2016" xes.features="" xmlns="http://www.xes-standard.org/">
<extension name="Concept" prefix="concept" uri="http://www.xes-standard.org/concept.xesext"/>
<extension name="Time" prefix="time" uri="http://www.xes-standard.org/time.xesext"/>
<extension name="Lifecycle" prefix="lifecycle" uri="http://www.xes-standard.org/lifecycle.xesext"/>
<extension name="Organizational" prefix="org" uri="http://www.xes-standard.org/org.xesext"/>
<global scope="trace">
<string key="concept:name" value="order"/>
</global>
<global scope="event">
<string key="concept:name" value="event"/>
<date key="time:timestamp" value="2024-01-01T00:00:00Z"/>
<string key="lifecycle:transition" value="complete"/>
<string key="org:role" value="platform"/>
</global>
<classifier name="Activity" keys="concept:name"/>
"#;

/// The stories of orders as XES, some at a time.
pub fn xes<'a>(
    world: &'a World,
    name: &str,
    orders: impl Iterator<Item = io::Result<Vec<LoggedOrder>>> + 'a,
) -> impl Iterator<Item = io::Result<Vec<u8>>> + 'a {
    let mut head = HEAD.to_owned();
    text(&mut head, "concept:name", name);
    let parts = orders.map(move |orders| {
        let mut part = String::new();
        orders?.iter().for_each(|order| trace(&mut part, world, order));
        Ok(part.into_bytes())
    });
    std::iter::once(Ok(head.into_bytes())).chain(parts).chain(std::iter::once(Ok(b"</log>\n".to_vec())))
}

fn trace(part: &mut String, world: &World, LoggedOrder { story, outcome }: &LoggedOrder) {
    part.push_str("<trace>\n");
    text(part, "concept:name", &order_id(&story.order));
    text(part, "outcome", outcome);
    text(part, "buyer_segment", &world.buyers[story.buyer_segment].name);
    text(part, "seller_segment", &world.sellers[story.seller_segment].name);
    whole(part, "buyer", i64::from(story.buyer));
    whole(part, "seller", i64::from(story.order.seller));
    whole(part, "market", i64::from(story.order.market));
    whole(part, "value_cents", story.value.0);
    for step in &story.steps {
        part.push_str("<event>\n");
        text(part, "concept:name", activity(step.what));
        // Writing to memory does not fail.
        let _ = writeln!(part, "<date key=\"time:timestamp\" value=\"{}\"/>", date(world, step.at));
        text(part, "lifecycle:transition", "complete");
        text(part, "org:role", role(step.actor));
        if let Some(amount) = step.amount {
            whole(part, "amount_cents", amount.0);
        }
        if let Some(rule) = step.rule() {
            text(part, "rule", &format!("R{rule}"));
        }
        for (key, value) in details(world, step.detail) {
            text(part, key, &value);
        }
        part.push_str("</event>\n");
    }
    part.push_str("</trace>\n");
}

fn whole(part: &mut String, key: &str, value: i64) {
    let _ = writeln!(part, "<int key=\"{key}\" value=\"{value}\"/>");
}

fn text(part: &mut String, key: &str, value: &str) {
    let _ = write!(part, "<string key=\"{key}\" value=\"");
    escape(part, value);
    part.push_str("\"/>\n");
}

/// The text as the value of an attribute; characters that no XML may hold become U+FFFD.
fn escape(part: &mut String, value: &str) {
    for letter in value.chars() {
        match letter {
            '&' => part.push_str("&amp;"),
            '<' => part.push_str("&lt;"),
            '>' => part.push_str("&gt;"),
            '"' => part.push_str("&quot;"),
            '\t' | '\n' | '\r' => {
                let _ = write!(part, "&#{};", letter as u32);
            }
            '\u{0}'..='\u{1F}' | '\u{FFFE}' | '\u{FFFF}' => part.push('\u{FFFD}'),
            other => part.push(other),
        }
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn what_xml_means_itself_is_escaped_and_what_it_may_not_hold_is_replaced() {
        let mut part = String::new();
        super::escape(&mut part, "a<b> & \"c\"\n\u{1}é");
        assert_eq!(part, "a&lt;b&gt; &amp; &quot;c&quot;&#10;\u{FFFD}é");
    }
}
