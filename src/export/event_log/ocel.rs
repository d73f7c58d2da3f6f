//! OCEL 2.0 in JSON: events with the order, buyer, seller, market and dispute that they concern.

use super::activity::{LoggedOrder, activity, claim, date, details, is_of_dispute, order_id, role};
use crate::engine::{OrderNumber, World};
use crate::market::Step;
use crate::observe::story::{Detail, Event};
use crate::sim::Day;
use serde::Serialize;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::io;

/// The types of objects, and of each the attributes with their types.
const OBJECTS: [(&str, &[(&str, &str)]); 5] = [
    ("order", &[("value_cents", "integer"), ("outcome", "string")]),
    ("buyer", &[("segment", "string")]),
    ("seller", &[("segment", "string")]),
    ("market", &[("number", "integer")]),
    ("dispute", &[("claim", "string"), ("requested_cents", "integer")]),
];

/// The attributes of every event with their types; an event has those that say something of it.
const ATTRIBUTES: [(&str, &str); 7] = [
    ("role", "string"),
    ("amount_cents", "integer"),
    ("rule", "string"),
    ("claim", "string"),
    ("reason", "string"),
    ("attributed_to", "string"),
    ("steered", "string"),
];

/// The stories of orders as OCEL 2.0, some at a time: events first, then the objects that they named, of which all are known in
/// the end only.
pub fn ocel<'a>(
    world: &'a World,
    orders: impl Iterator<Item = io::Result<Vec<LoggedOrder>>> + 'a,
) -> impl Iterator<Item = io::Result<Vec<u8>>> + 'a {
    let mut log =
        Log { world, types: BTreeSet::new(), objects: Vec::new(), shared: BTreeMap::new(), events: 0 };
    let mut parts = orders;
    let mut has_ended = false;
    let rest = std::iter::from_fn(move || {
        Some(match parts.next() {
            Some(Ok(orders)) => Ok(log.events_of(&orders)),
            Some(Err(error)) => Err(error),
            None if has_ended => return None,
            None => {
                has_ended = true;
                Ok(log.end())
            }
        })
    });
    std::iter::once(Ok(b"{\"events\":[".to_vec())).chain(rest)
}

/// A log under way.
#[derive(Debug)]
struct Log<'a> {
    world: &'a World,
    /// The types of events so far.
    types: BTreeSet<&'static str>,
    /// Orders and disputes as they are written.
    objects: Vec<u8>,
    /// Buyers, sellers and markets by their names.
    shared: BTreeMap<String, Value>,
    events: u64,
}

#[derive(Debug, Serialize)]
struct Relation {
    #[serde(rename = "objectId")]
    object: String,
    qualifier: &'static str,
}

fn relation(object: &str, qualifier: &'static str) -> Relation {
    Relation { object: object.to_owned(), qualifier }
}

impl Log<'_> {
    fn events_of(&mut self, orders: &[LoggedOrder]) -> Vec<u8> {
        let mut part = Vec::new();
        for order in orders {
            self.events_of_order(order, &mut part);
        }
        part
    }

    fn events_of_order(&mut self, LoggedOrder { story, outcome }: &LoggedOrder, part: &mut Vec<u8>) {
        let world = self.world;
        let OrderNumber { replication, market, seller, .. } = story.order;
        let id = order_id(&story.order);
        let (order, dispute) = (format!("order {id}"), format!("dispute {id}"));
        let buyer = format!("buyer {replication}/{market}/{}", story.buyer);
        let seller = format!("seller {replication}/{market}/{seller}");
        let market = format!("market {replication}/{market}");
        let mut is_disputed = false;
        for step in &story.steps {
            let name = activity(step.what);
            self.types.insert(name);
            let mut related =
                vec![relation(&order, "order"), relation(&buyer, "buyer"), relation(&seller, "seller")];
            if step.what == Event::Placed {
                related.push(relation(&market, "market"));
            }
            if step.what == Event::Step(Step::File) && !is_disputed {
                is_disputed = true;
                let claimed = match step.detail {
                    Some(Detail::Claim(kind)) => claim(kind),
                    _ => "",
                };
                let requested = step.amount.map_or(0, |amount| amount.0);
                let attributes = [("claim", json!(claimed)), ("requested_cents", json!(requested))];
                let object = self.object(&dispute, "dispute", &attributes, &[relation(&order, "of order")]);
                self.add(&object);
            }
            if is_disputed && is_of_dispute(step.what) {
                related.push(relation(&dispute, "dispute"));
            }
            let mut attributes = vec![attribute("role", json!(role(step.actor)))];
            attributes.extend(step.amount.map(|amount| attribute("amount_cents", json!(amount.0))));
            attributes.extend(step.rule().map(|rule| attribute("rule", json!(format!("R{rule}")))));
            attributes.extend(
                details(world, step.detail).into_iter().map(|(key, value)| attribute(key, json!(value))),
            );
            let event = json!({
                "id": format!("e{}", self.events),
                "type": name,
                "time": date(world, step.at),
                "attributes": attributes,
                "relationships": related,
            });
            part.extend_from_slice(if self.events == 0 { b"\n" } else { b",\n" });
            part.extend(event.to_string().into_bytes());
            self.events += 1;
        }
        let attributes = [("value_cents", json!(story.value.0)), ("outcome", json!(outcome))];
        let related = [relation(&buyer, "placed by"), relation(&seller, "sold by")];
        let object = self.object(&order, "order", &attributes, &related);
        self.add(&object);
        let of = [("segment", json!(world.buyers[story.buyer_segment].name))];
        self.share(&buyer, "buyer", &of, &[]);
        let of = [("segment", json!(world.sellers[story.seller_segment].name))];
        self.share(&seller, "seller", &of, &[relation(&market, "trades on")]);
        self.share(&market, "market", &[("number", json!(story.order.market))], &[]);
    }

    /// An object whose attributes hold from the first day of the run on.
    fn object(&self, id: &str, kind: &str, attributes: &[(&str, Value)], related: &[Relation]) -> Value {
        let begin = date(self.world, Day(-(self.world.warm_up_days as i32)).start());
        let attributes: Vec<Value> = attributes
            .iter()
            .map(|(name, value)| json!({ "name": name, "time": begin, "value": value }))
            .collect();
        json!({ "id": id, "type": kind, "attributes": attributes, "relationships": related })
    }

    fn add(&mut self, object: &Value) {
        if !self.objects.is_empty() {
            self.objects.extend(b",\n");
        }
        self.objects.extend(object.to_string().into_bytes());
    }

    fn share(&mut self, id: &str, kind: &str, attributes: &[(&str, Value)], related: &[Relation]) {
        if !self.shared.contains_key(id) {
            let object = self.object(id, kind, attributes, related);
            self.shared.insert(id.to_owned(), object);
        }
    }

    /// The objects and the types, which close the log.
    fn end(&mut self) -> Vec<u8> {
        for object in std::mem::take(&mut self.shared).into_values() {
            self.add(&object);
        }
        let attributes = |all: &[(&str, &str)]| -> Vec<Value> {
            all.iter().map(|(name, kind)| json!({ "name": name, "type": kind })).collect()
        };
        let objects = OBJECTS.map(|(name, of)| json!({ "name": name, "attributes": attributes(of) }));
        let events: Vec<Value> = self
            .types
            .iter()
            .map(|name| json!({ "name": name, "attributes": attributes(&ATTRIBUTES) }))
            .collect();
        let mut part = b"\n],\n\"objects\":[\n".to_vec();
        part.append(&mut self.objects);
        let types =
            format!("\n],\n\"objectTypes\":{},\n\"eventTypes\":{}}}\n", json!(objects), json!(events));
        part.extend(types.into_bytes());
        part
    }
}

fn attribute(name: &str, value: impl Into<Value>) -> Value {
    json!({ "name": name, "value": value.into() })
}
