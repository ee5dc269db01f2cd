//! Retention of more rows than a block has: what passes by blocks is as what each entity is alone.

use yardstick::events::{Events, Retention, RetentionBuilder, RetentionMatrix, days};
use yardstick::{Grain, funnel::TimeUnit};

struct Rows {
    entities: Vec<u32>,
    times: Vec<i64>,
    masks: Vec<u8>,
}

/// By entity and time, many of which tie; starts are bit 0, returns bit 1, and some rows are neither.
fn rows(many: usize, per_entity: u64) -> Rows {
    let mut rows: Vec<(u32, i64, u8)> = Vec::new();
    let mut x = 1_u64;
    for entity in 0.. {
        if rows.len() >= many {
            break;
        }
        x = x.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(entity.into());
        let begin = rows.len();
        for row in 0..(x >> 40) % per_entity {
            let y = (x >> 7).wrapping_add(row).wrapping_mul(0x9e37_79b9_7f4a_7c15);
            rows.push((entity, (y >> 50) as i64 % 12 * 8 - 40, (y >> 33) as u8 % 4));
        }
        rows[begin..].sort_unstable();
        // Not by mask where times tie.
        rows[begin..].sort_by_key(|row| (row.1, row.2 % 3));
    }
    Rows {
        entities: rows.iter().map(|row| row.0).collect(),
        times: rows.iter().map(|row| row.1).collect(),
        masks: rows.iter().map(|row| row.2).collect(),
    }
}

impl Rows {
    fn sorted(&self, retention: &Retention) -> RetentionMatrix {
        let events = Events::sorted(&self.entities, &self.times, &self.masks).unwrap();
        retention.compute(&events.unit(TimeUnit::Day)).unwrap()
    }

    fn unsorted(&self, retention: &Retention) -> RetentionMatrix {
        let events = Events::unsorted(&self.entities, &self.times, &self.masks).unwrap();
        retention.compute(&events.unit(TimeUnit::Day)).unwrap()
    }
}

fn queries() -> impl Iterator<Item = Retention> {
    let kinds: [fn(RetentionBuilder) -> RetentionBuilder; 4] = [
        |query| query.on().intervals(9),
        |query| query.on_or_after().intervals(62),
        |query| query.streak().intervals(3),
        |query| query.brackets([0..=0, 1..=5, 2..=30]),
    ];
    let sets: [fn(RetentionBuilder) -> RetentionBuilder; 4] = [
        |query| query.every(days(7)),
        |query| query.every(days(2)).returns(1),
        |query| query.every(days(9)).start(1).returns(0).cohorts_by(Grain::Week),
        |query| query.every(days(4)).returns(1).cohorts_every(days(5)),
    ];
    kinds
        .into_iter()
        .flat_map(move |kind| sets.map(|set| kind(set(Retention::builder())).build().unwrap()))
}

#[test]
fn many_rows_by_blocks() {
    // A few an entity, and so many that it has several blocks.
    for (many, per_entity) in [(9_000, 14), (20_000, 9_000)] {
        let rows = rows(many, per_entity);
        for retention in queries() {
            let matrix = rows.sorted(&retention);
            assert_eq!(matrix, rows.unsorted(&retention), "{retention:?}");
            assert!(matrix.cohorts().iter().any(|cohort| cohort.size() > 0));
        }
    }
}

#[cfg(feature = "parallel")]
#[test]
fn threads_do_not_show() {
    let rows = rows(300_000, 14);
    for retention in queries() {
        let alone = rows.sorted(&retention);
        for threads in [1, 2, 3] {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
            assert_eq!(pool.install(|| rows.sorted(&retention)), alone, "{threads}");
        }
    }
}
