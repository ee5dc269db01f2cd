//! A number for a query, the same on every platform and in every version that reads the same states.

use crate::events::length::Length;
use crate::events::query::{EventFunnel, Exclusion, QueryStep};

/// Fowler, Noll and Vo's hash (1a, 64 bits) of all settings one after another.
struct Fingerprint(u64);

impl Fingerprint {
    fn byte(&mut self, byte: u8) {
        self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
    }

    fn number(&mut self, number: u64) {
        number.to_le_bytes().into_iter().for_each(|byte| self.byte(byte));
    }

    fn text(&mut self, text: &str) {
        self.number(text.len() as u64);
        text.bytes().for_each(|byte| self.byte(byte));
    }

    /// A number for whether it is there, and it if it is.
    fn optional<T>(&mut self, value: Option<T>, mut write: impl FnMut(&mut Self, T)) {
        self.number(value.is_some().into());
        if let Some(value) = value {
            write(self, value);
        }
    }

    fn length(&mut self, length: Option<Length>) {
        self.optional(length, |to, length| {
            to.number(length.amount());
            to.text(length.unit().name());
        });
    }
}

pub(super) fn fingerprint(query: &EventFunnel) -> u64 {
    let EventFunnel {
        steps,
        window,
        anchor,
        order,
        strict_times,
        entry,
        open,
        counting,
        exclusions,
        effect,
        holds,
        segments,
        trend,
        between,
        reasons,
        correlated,
    } = query;
    let mut to = Fingerprint(0xcbf2_9ce4_8422_2325);
    to.number(steps.len() as u64);
    for QueryStep { name, owner, least, most, optional } in steps {
        to.text(name);
        to.text(owner.name());
        to.length(*least);
        to.length(*most);
        to.number((*optional).into());
    }
    to.length(*window);
    to.text(anchor.name());
    to.text(order.name());
    to.number((*strict_times).into());
    to.text(entry.name());
    to.number((*open).into());
    to.text(counting.name());
    to.number(exclusions.len() as u64);
    for Exclusion { from, to: end, bit } in exclusions {
        [*from, *end, *bit].into_iter().for_each(|number| to.number(number.into()));
    }
    to.text(effect.name());
    to.number((*holds).into());
    to.optional(*segments, |to, (attribution, step)| {
        to.text(attribution.name());
        to.number(step.into());
    });
    to.optional(*trend, |to, grain| to.text(grain.name()));
    to.number(between.len() as u64);
    for (from, end) in between {
        to.number((*from).into());
        to.number((*end).into());
    }
    to.number((*reasons).into());
    to.number(correlated.len() as u64);
    correlated.iter().for_each(|bit| to.number((*bit).into()));
    to.0
}
