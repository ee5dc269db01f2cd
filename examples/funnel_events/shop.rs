//! A shop whose visitors do what is set down beforehand, so that every answer is known.

use std::collections::BTreeMap;

use yardstick::events::Stopped;

pub(crate) const STEPS: [&str; 4] = ["visit", "product", "cart", "order"];
/// Bits beside those of the steps.
pub(crate) const CANCELS: u32 = 4;
pub(crate) const SUBSCRIBES: u32 = 5;
pub(crate) const OPENS_APP: u32 = 6;

pub(crate) const CHANNELS: [&str; 3] = ["search", "social", "mail"];
pub(crate) const WEEKS: u64 = 8;
pub(crate) const WINDOW_DAYS: u64 = 7;

const MINUTE: u64 = 60;
const HOUR: u64 = 60 * MINUTE;
const DAY: u64 = 24 * HOUR;
const WEEK: u64 = 7 * DAY;
/// The beginning of Monday, 2024-01-01, in seconds since 1970.
pub(crate) const BEGIN: u64 = 1_704_067_200;
const END: u64 = BEGIN + WEEKS * WEEK - 1;

/// Events as columns, in the order of their times.
#[derive(Default)]
pub(crate) struct Columns {
    pub(crate) visitors: Vec<u32>,
    pub(crate) times: Vec<i64>,
    pub(crate) masks: Vec<u8>,
    pub(crate) channels: Vec<u32>,
    pub(crate) cents: Vec<i64>,
}

/// What the events were made from.
#[derive(Default)]
pub(crate) struct Known {
    /// Visitors that came to each step.
    pub(crate) reached: [u64; 4],
    /// Those that did not come to a step, by the reason.
    pub(crate) stopped: BTreeMap<(u32, Stopped), u64>,
    /// What the orders within the window are worth.
    pub(crate) cents: i64,
    /// Seconds from visit to order.
    pub(crate) seconds: Vec<u64>,
    /// By channel: visitors, and orders.
    pub(crate) channels: BTreeMap<u32, [u64; 2]>,
    /// Subscribers among those that ordered, and among the others.
    pub(crate) subscribers: [u64; 2],
    /// By week of the first visit: visitors, and those that opened the app so many weeks later.
    pub(crate) weeks: BTreeMap<u64, (u64, BTreeMap<u64, u64>)>,
}

/// SplitMix64.
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut word = self.0;
        word = (word ^ (word >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        word = (word ^ (word >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        word ^ (word >> 31)
    }

    /// From `least` to `most`.
    fn between(&mut self, least: u64, most: u64) -> u64 {
        least + self.next() % (most - least + 1)
    }

    fn percent(&mut self, percent: u64) -> bool {
        self.between(1, 100) <= percent
    }
}

/// So many visitors; the same ones for the same seed.
pub(crate) fn shop(visitors: u32, seed: u64) -> (Columns, Known) {
    let mut chance = Chance(seed);
    let mut known = Known::default();
    let mut rows = Vec::new();
    for visitor in 0..visitors {
        let channel = [0, 0, 0, 1, 1, 2][chance.between(0, 5) as usize];
        for (time, mask, cents) in story(&mut chance, channel, &mut known) {
            rows.push((time as i64, visitor, mask, channel, cents));
        }
    }
    rows.sort_unstable();
    let mut columns = Columns::default();
    for (time, visitor, mask, channel, cents) in rows {
        columns.times.push(time);
        columns.visitors.push(visitor);
        columns.masks.push(mask);
        columns.channels.push(channel);
        columns.cents.push(cents);
    }
    (columns, known)
}

/// Time, mask and cents of all that one visitor does.
fn story(chance: &mut Chance, channel: u32, known: &mut Known) -> Vec<(u64, u8, i64)> {
    let bit = |bit: u32| 1_u8 << bit;
    // Eleven days are left, so that every story has its time; but some begin late and leave early.
    let late = chance.percent(8);
    let visit = match late {
        false => chance.between(BEGIN, END - 11 * DAY),
        true => chance.between(END - 5 * DAY, END - DAY),
    };
    let product = visit + chance.between(MINUTE, 3 * HOUR);
    let cart = product + chance.between(MINUTE, DAY);
    let order = cart + chance.between(MINUTE, 2 * DAY);
    let cents = chance.between(999, 19_999) as i64;
    let mut events = vec![(visit, bit(0), 0)];
    let mail_buys = if channel == 2 { 18 } else { 8 };
    // How far it comes, and why no further.
    let (reached, reason) = match chance.between(1, 100) {
        kind if late && kind <= 60 => (1, Some(Stopped::EndOfObservation)),
        _ if late => {
            events.push((product, bit(1), 0));
            (2, Some(Stopped::EndOfObservation))
        }
        1..=4 => {
            // Came by a link to a product, and was never seen at the entrance.
            events = vec![(product, bit(1), 0)];
            (0, Some(Stopped::NeverEntered))
        }
        5..=40 => (1, Some(Stopped::Absent)),
        41..=65 => {
            events.push((product, bit(1), 0));
            (2, Some(Stopped::Absent))
        }
        kind => {
            events.extend([(product, bit(1), 0), (cart, bit(2), 0)]);
            match kind - 65 {
                kind if kind <= mail_buys => {
                    events.push((order, bit(3), cents));
                    (4, None)
                }
                19..=22 => {
                    let order = visit + WINDOW_DAYS * DAY + chance.between(1, 3 * DAY);
                    events.push((order, bit(3), cents));
                    (3, Some(Stopped::Window))
                }
                23..=25 => {
                    events.extend([(cart + 30, bit(CANCELS), 0), (order, bit(3), cents)]);
                    (3, Some(Stopped::Exclusion))
                }
                26..=28 => {
                    // By telephone, before the cart.
                    events.push((visit + 30, bit(3), cents));
                    (3, Some(Stopped::Order))
                }
                _ => (3, Some(Stopped::Absent)),
            }
        }
    };
    let bought = reached == 4;
    known.reached.iter_mut().take(reached).for_each(|count| *count += 1);
    if let Some(reason) = reason {
        *known.stopped.entry((reached as u32, reason)).or_default() += 1;
    }
    if bought {
        known.cents += cents;
        known.seconds.push(order - visit);
    }
    if reached > 0 {
        let of_channel = known.channels.entry(channel).or_default();
        of_channel[0] += 1;
        of_channel[1] += u64::from(bought);
    }
    if chance.percent(if bought { 45 } else { 20 }) {
        events.push((product + 1, bit(SUBSCRIBES), 0));
        known.subscribers[usize::from(!bought)] += 1;
    }
    if reached > 0 {
        events.extend(comes_back(chance, visit, bought, known));
    }
    events
}

/// Opens of the app, fewer every week.
fn comes_back(
    chance: &mut Chance,
    visit: u64,
    bought: bool,
    known: &mut Known,
) -> Vec<(u64, u8, i64)> {
    let week = (visit - BEGIN) / WEEK;
    let (size, opened) = known.weeks.entry(week).or_default();
    *size += 1;
    let mut events = Vec::new();
    for later in 1..WEEKS - week {
        if chance.percent((if bought { 60 } else { 40 }) / (later + 1)) {
            let begin = BEGIN + (week + later) * WEEK;
            for _ in 0..chance.between(1, 3) {
                events.push((chance.between(begin, begin + WEEK - 1), 1 << OPENS_APP, 0));
            }
            *opened.entry(later).or_default() += 1;
        }
    }
    events
}

/// The last moment that was observed.
pub(crate) fn last() -> i64 {
    END as i64
}
