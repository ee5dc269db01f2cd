//! What an event costs as events become more: at their worst, in every order and by every entry.

use std::hint::black_box;
use std::time::Instant;

use yardstick::events::{Entry, EventFunnel, EventFunnelBuilder, Events, Order};
use yardstick::funnel::TimeUnit;

use crate::harness::Numbers;
use crate::shop::milliseconds;

struct Shape {
    name: &'static str,
    steps: u32,
    /// Entity, time and mask of a row.
    row: fn(row: usize, numbers: &mut Numbers) -> (u32, i64, u64),
}

const SHAPES: [Shape; 4] = [
    Shape {
        name: "one entity that never converts",
        steps: 5,
        // The last step never comes.
        row: |row, numbers| (0, row as i64, 1 << numbers.below(4)),
    },
    Shape {
        name: "an event an entity",
        steps: 5,
        row: |row, numbers| (row as u32, 0, 1 << numbers.below(5)),
    },
    Shape {
        name: "64 steps, ten events an entity",
        steps: 64,
        row: |row, numbers| ((row / 10) as u32, (row % 10) as i64, 1 << numbers.below(64)),
    },
    Shape {
        name: "all times tied, several bits each",
        steps: 5,
        row: |_, numbers| (0, 0, numbers.below(1 << 4)),
    },
];

const SETTINGS: [(Order, Entry); 8] = [
    (Order::Ordered, Entry::Best),
    (Order::Ordered, Entry::First),
    (Order::Ordered, Entry::Latest),
    (Order::Strict, Entry::Best),
    (Order::Strict, Entry::First),
    (Order::Strict, Entry::Latest),
    (Order::Any, Entry::Best),
    (Order::Any, Entry::First),
];

struct Rows {
    entities: Vec<u32>,
    times: Vec<i64>,
    masks: Vec<u64>,
}

impl Rows {
    fn new(shape: &Shape, events: usize) -> Self {
        let mut numbers = Numbers(7);
        let rows = (0..events).map(|row| (shape.row)(row, &mut numbers));
        let (mut entities, mut times, mut masks) = (Vec::new(), Vec::new(), Vec::new());
        for (entity, time, mask) in rows {
            entities.push(entity);
            times.push(time);
            masks.push(mask);
        }
        Self { entities, times, masks }
    }

    fn events(&self) -> Events<'_> {
        let events = Events::sorted(&self.entities, &self.times, &self.masks).unwrap();
        events.unit(TimeUnit::Millisecond)
    }
}

fn query(shape: &Shape, order: Order, entry: Entry) -> EventFunnelBuilder {
    EventFunnel::builder(shape.steps).window(milliseconds(100)).order(order).entry(entry)
}

/// Nanoseconds an event: of counts, and of chains.
fn cost(rows: &Rows, query: EventFunnelBuilder) -> [f64; 2] {
    let events = rows.events();
    let (counts, chains) = (query.clone(), query.time_between(0, 1));
    [counts, chains].map(|query| {
        let query = query.build().unwrap();
        least(events.len(), || query.compute(black_box(&events)).unwrap())
    })
}

/// Nanoseconds an event, the least of several times: what others on the machine do comes on top.
fn least<T>(events: usize, work: impl Fn() -> T) -> f64 {
    let times = (0..(10_000_000 / events).clamp(7, 30)).map(|_| {
        let start = Instant::now();
        black_box(work());
        start.elapsed()
    });
    times.min().unwrap().as_secs_f64() * 1e9 / events as f64
}

/// Nanoseconds an event of only reading the columns.
fn read(rows: &Rows) -> f64 {
    let columns = || rows.entities.iter().zip(&rows.times).zip(&rows.masks);
    let sum = |sum: u64, ((entity, time), mask): ((&u32, &i64), &u64)| {
        sum.wrapping_add(u64::from(*entity)).wrapping_add(*time as u64).wrapping_add(*mask)
    };
    least(rows.times.len(), || columns().fold(0, sum))
}

/// Everything once.
pub(crate) fn run(events: usize) {
    for shape in &SHAPES {
        let rows = Rows::new(shape, events);
        for (order, entry) in SETTINGS {
            for query in [query(shape, order, entry), query(shape, order, entry).time_between(0, 1)]
            {
                let result = query.build().unwrap().compute(&rows.events()).unwrap();
                let last = shape.steps as usize - 1;
                assert_eq!(result.total().counts()[last], 0, "{}", shape.name);
            }
        }
    }
}

/// The cost of an event among 10^5, 10^6 and 10^7, and the largest as a multiple of the smallest. Only
/// reading the columns tells what of that is the memory's: the fewer events are in a cache.
pub(crate) fn table() {
    println!("Nanoseconds an event among 10^5, 10^6 and 10^7, and the largest over the smallest:");
    let mut worst = 0_f64;
    for shape in &SHAPES {
        println!("{}, {} steps", shape.name, shape.steps);
        let sizes = [100_000, 1_000_000, 10_000_000].map(|events| Rows::new(shape, events));
        line("only reading the columns:", sizes.each_ref().map(read));
        for (order, entry) in SETTINGS {
            let costs = sizes.each_ref().map(|rows| cost(rows, query(shape, order, entry)));
            for (i, what) in ["counts", "chains"].into_iter().enumerate() {
                let costs = costs.map(|cost| cost[i]);
                let name = format!("{:>7} {:>6} {what}:", order.name(), entry.name());
                worst = worst.max(line(&name, costs));
            }
        }
    }
    println!("The largest of all: {worst:.2}");
}

/// Prints costs, and gives the largest as a multiple of the smallest.
fn line(name: &str, costs: [f64; 3]) -> f64 {
    let least = costs.iter().copied().fold(f64::INFINITY, f64::min);
    let most = costs.iter().copied().fold(0.0, f64::max);
    let [few, more, many] = costs;
    println!("  {name:25} {few:8.2} {more:8.2} {many:8.2}  {:.2}", most / least);
    most / least
}
