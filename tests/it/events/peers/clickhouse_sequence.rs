//! `sequenceMatch`, `sequenceCount` and `sequenceMatchEvents` of ClickHouse.
//!
//! `(?1)` is an event that meets condition 1, `.` any one event, `.*` any number, `(?t<=5)` lets any
//! events pass until one that is at most 5 seconds after the item before. Events that meet no
//! condition are not seen. As few events as possible are taken by each item; a match can begin
//! anywhere, and the next match begins after the end of the one before.

use super::cases::Hit;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Item {
    Event(usize),
    Any,
    Rest,
    Within(Comparison, i64),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Comparison {
    AtMost,
    Less,
    AtLeast,
    More,
    Exactly,
}

impl Comparison {
    /// The longer names first.
    const SIGNS: [(&'static str, Self); 5] = [
        ("<=", Self::AtMost),
        (">=", Self::AtLeast),
        ("==", Self::Exactly),
        ("<", Self::Less),
        (">", Self::More),
    ];

    fn holds(self, passed: i64, bound: i64) -> bool {
        match self {
            Self::AtMost => passed <= bound,
            Self::Less => passed < bound,
            Self::AtLeast => passed >= bound,
            Self::More => passed > bound,
            Self::Exactly => passed == bound,
        }
    }
}

/// A pattern, which anything may precede. A second is so many units of time.
fn parse(mut text: &str, second: i64) -> Vec<Item> {
    let mut items = vec![Item::Rest];
    while !text.is_empty() {
        if let Some(after) = text.strip_prefix(".*") {
            items.push(Item::Rest);
            text = after;
        } else if let Some(after) = text.strip_prefix('.') {
            items.push(Item::Any);
            text = after;
        } else {
            let (inside, after) = text.strip_prefix("(?").unwrap().split_once(')').unwrap();
            items.push(match inside.strip_prefix('t') {
                Some(condition) => {
                    let mut signs = Comparison::SIGNS.iter();
                    let found = signs.find_map(|(sign, comparison)| {
                        Some((*comparison, condition.strip_prefix(sign)?.parse::<i64>().ok()?))
                    });
                    let (comparison, bound) = found.unwrap();
                    Item::Within(comparison, bound * second)
                }
                None => Item::Event(inside.parse::<usize>().unwrap() - 1),
            });
            text = after;
        }
    }
    items
}

struct Search<'a> {
    items: &'a [Item],
    hits: &'a [Hit],
    /// From where on `.*` is known to lead nowhere, item by item; holds only without times.
    dead: Vec<usize>,
    /// The times of the events that are named, now and at the longest.
    named: Vec<i64>,
    longest: Vec<i64>,
}

impl<'a> Search<'a> {
    fn new(items: &'a [Item], hits: &'a [Hit]) -> Self {
        let dead = vec![usize::MAX; items.len()];
        Self { items, hits, dead, named: Vec::new(), longest: Vec::new() }
    }

    fn timed(&self) -> bool {
        self.items.iter().any(|item| matches!(item, Item::Within(..)))
    }

    /// Where a match of the items from one on ends, which begins at a place; times count from `base`.
    fn end(&mut self, item: usize, place: usize, base: usize) -> Option<usize> {
        let Some(wanted) = self.items.get(item).copied() else {
            return Some(place);
        };
        let Some(hit) = self.hits.get(place).copied() else {
            let nothing = self.items[item..].iter().all(|item| match item {
                Item::Event(_) | Item::Any => false,
                Item::Rest => true,
                Item::Within(comparison, bound) => comparison.holds(0, *bound),
            });
            return nothing.then_some(place);
        };
        match wanted {
            Item::Event(condition) => {
                if !hit.is(condition) {
                    return None;
                }
                self.named.push(hit.time);
                if self.named.len() > self.longest.len() {
                    self.longest.clone_from(&self.named);
                }
                let end = self.end(item + 1, place + 1, place);
                self.named.pop();
                end
            }
            Item::Any => self.end(item + 1, place + 1, place),
            Item::Rest => {
                let untimed = !self.timed();
                for to in place..=self.hits.len() {
                    if untimed && to >= self.dead[item] {
                        break;
                    }
                    let end = self.end(item + 1, to, to);
                    if end.is_some() {
                        return end;
                    }
                }
                self.dead[item] = self.dead[item].min(place);
                None
            }
            Item::Within(comparison, bound) => {
                let since = self.hits[base].time;
                let passes = |to: &usize| comparison.holds(self.hits[*to].time - since, bound);
                let places: Vec<usize> = (place..self.hits.len()).filter(passes).collect();
                places.into_iter().find_map(|to| self.end(item + 1, to, to))
            }
        }
    }
}

/// What the functions see: events that meet a condition, by time.
fn seen(hits: &[Hit]) -> Vec<Hit> {
    let mut seen: Vec<Hit> = hits.iter().filter(|hit| hit.mask != 0).copied().collect();
    seen.sort_by_key(|hit| hit.time);
    seen
}

pub(super) fn matches(hits: &[Hit], pattern: &str, second: i64) -> bool {
    let (items, hits) = (parse(pattern, second), seen(hits));
    Search::new(&items, &hits).end(0, 0, 0).is_some()
}

pub(super) fn count(hits: &[Hit], pattern: &str, second: i64) -> u64 {
    let (items, hits) = (parse(pattern, second), seen(hits));
    let (mut from, mut found) = (0, 0);
    while from < hits.len() {
        let Some(end) = Search::new(&items, &hits[from..]).end(0, 0, 0) else {
            break;
        };
        found += 1;
        from += end.max(1);
    }
    found
}

/// The times of the events that the pattern names, of the longest part of it that was found.
pub(super) fn located(hits: &[Hit], pattern: &str, second: i64) -> Vec<i64> {
    let (items, hits) = (parse(pattern, second), seen(hits));
    let mut search = Search::new(&items, &hits);
    search.end(0, 0, 0);
    search.longest
}
