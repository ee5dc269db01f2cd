//! What of a document could not be read, so that it is told once and where it stands.

use std::collections::BTreeMap;

use super::read::{Field, Object};
use crate::error::{Error, ErrorKind};

/// What was read of each list, and the names of what was not.
#[derive(Default)]
pub(super) struct Unread {
    /// For each list the places of the objects that were read, in the document.
    read: BTreeMap<&'static str, Vec<usize>>,
    /// Lists, and names of objects that are there but were not read.
    names: Vec<(&'static str, String)>,
}

impl Unread {
    /// The objects of a list that could be read.
    pub(super) fn list<T>(
        &mut self,
        object: &mut Object<'_>,
        list: &'static str,
        mut read: impl FnMut(&mut Object<'_>) -> Option<T>,
    ) -> Vec<T> {
        let fields = object.get(list).and_then(|field| field.list()).unwrap_or_default();
        let (mut objects, mut places) = (Vec::new(), Vec::new());
        for (place, field) in fields.iter().enumerate() {
            match field.object(&mut read) {
                Some(object) => {
                    objects.push(object);
                    places.push(place);
                }
                None => self.names.extend(Field::name(field).map(|name| (list, name.to_owned()))),
            }
        }
        self.read.insert(list, places);
        objects
    }

    /// Whether a problem is only that something is unknown which is there, but was not read.
    pub(super) fn explains(&self, problem: &Error) -> bool {
        // In `kpi "cac": unknown name "leads" at 0..5 in "leads / 2"; known are ...`
        let unknown = problem.message().split_once("unknown ");
        let unknown = unknown.filter(|_| problem.kind() == ErrorKind::Unknown);
        let Some((what, rest)) = unknown.and_then(|(_, rest)| rest.split_once(" \"")) else {
            return false;
        };
        let name = rest.split('"').next().unwrap_or_default();
        let name = name.strip_prefix("kpi.").unwrap_or(name);
        let lists: &[&str] = match what {
            "name" | "metric" => &["measures", "kpis"],
            "measure" | "distinct measure" => &["measures"],
            "baseline" => &["baselines"],
            "funnel" => &["funnels"],
            "target" => &["targets"],
            _ => &[],
        };
        self.names.iter().any(|(list, unread)| lists.contains(list) && unread == name)
    }

    /// The same problem at its place in the document, which has more objects than were read.
    pub(super) fn placed(&self, problem: Error) -> Error {
        let place = problem.path().and_then(|path| {
            let (list, rest) = path.split_once('[')?;
            let (index, behind) = rest.split_once(']')?;
            let place = self.read.get(list)?.get(index.parse::<usize>().ok()?)?;
            Some(format!("{list}[{place}]{behind}"))
        });
        match place {
            Some(path) => problem.with_path(path),
            None => problem,
        }
    }
}
