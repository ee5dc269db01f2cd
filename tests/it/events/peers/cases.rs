//! Cases as the shared folder keeps them.

use std::path::PathBuf;

use serde_json::Value as Json;

/// A worked case of a peer, with the answer that the peer gives.
#[derive(Debug)]
pub(super) struct Case {
    pub(super) file: &'static str,
    json: Json,
}

/// An event of a case: bit i of the mask is condition i.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Hit {
    pub(super) time: i64,
    pub(super) mask: u64,
}

impl Hit {
    pub(super) fn is(&self, condition: usize) -> bool {
        self.mask >> condition & 1 == 1
    }
}

/// An event with a name.
#[derive(Debug, Clone, Copy)]
pub(super) struct Named<'a> {
    pub(super) time: i64,
    pub(super) name: &'a str,
    json: &'a Json,
}

impl<'a> Named<'a> {
    pub(super) fn property(&self, name: &str) -> Option<&'a str> {
        self.json["p"][name].as_str()
    }

    /// Whether it is what a step or an exclusion asks for; without a name, any event will do.
    pub(super) fn is(&self, wanted: &Json) -> bool {
        let named = wanted["event"].as_str().is_none_or(|name| name == self.name);
        let properties = wanted["props"].as_object().into_iter().flatten();
        named && properties.into_iter().all(|(name, value)| self.has(name, value))
    }

    fn has(&self, name: &str, value: &Json) -> bool {
        match value.get("icontains") {
            Some(part) => self.property(name).is_some_and(|text| {
                text.to_lowercase().contains(&part.as_str().unwrap().to_lowercase())
            }),
            None => self.json["p"].get(name) == Some(value),
        }
    }
}

impl Case {
    /// One that is worked out by hand.
    pub(super) fn by_hand(file: &'static str, system: &str, mut json: Json) -> Self {
        json["id"] = "by hand".into();
        json["source"]["system"] = system.into();
        Self { file, json }
    }

    pub(super) fn id(&self) -> &str {
        self.json["id"].as_str().unwrap()
    }

    pub(super) fn system(&self) -> &str {
        self.json["source"]["system"].as_str().unwrap()
    }

    pub(super) fn kind(&self) -> &str {
        self.json["kind"].as_str().unwrap()
    }

    pub(super) fn has(&self, field: &str) -> bool {
        self.json.get(field).is_some()
    }

    pub(super) fn field(&self, name: &str) -> &Json {
        &self.json[name]
    }

    pub(super) fn param(&self, name: &str) -> &Json {
        &self.json["params"][name]
    }

    pub(super) fn expect(&self, name: &str) -> &Json {
        &self.json["expect"][name]
    }

    pub(super) fn modes(&self) -> Vec<&str> {
        texts(self.param("modes"))
    }

    pub(super) fn window(&self) -> u64 {
        self.param("window").as_u64().unwrap()
    }

    pub(super) fn steps(&self) -> usize {
        usize::try_from(self.param("num_steps").as_u64().unwrap()).unwrap()
    }

    /// The events in the order in which they came in.
    pub(super) fn hits(&self) -> Vec<Hit> {
        let Some(events) = self.json["events"].as_array() else {
            return self.generated();
        };
        let hit = |event: &Json| {
            let conditions = event[1].as_array().unwrap().iter().enumerate();
            let mask = conditions.map(|(i, met)| met.as_u64().unwrap() << i).sum();
            Hit { time: event[0].as_i64().unwrap(), mask }
        };
        events.iter().map(hit).collect()
    }

    /// At 0 an A, a B at each second up to a million, and then a C.
    fn generated(&self) -> Vec<Hit> {
        let labels = texts(self.param("condition_labels"));
        let mask_of = |label: &str| {
            let met = labels.iter().enumerate().filter(|(_, wanted)| **wanted == label);
            met.map(|(i, _)| 1 << i).sum()
        };
        let (a, b, c): (u64, u64, u64) = (mask_of("A"), mask_of("B"), mask_of("C"));
        let mut hits: Vec<Hit> = (0..=1_000_000).map(|time| Hit { time, mask: b }).collect();
        hits[0].mask = a;
        hits[1_000_000].mask = c;
        hits
    }

    /// The events of each actor by time, those that tie as they are listed.
    pub(super) fn actors(&self) -> Vec<(&str, Vec<Named<'_>>)> {
        let named = |json| {
            let json: &Json = json;
            Named { time: json["t"].as_i64().unwrap(), name: json["e"].as_str().unwrap(), json }
        };
        let actors = self.json["actors"].as_object().unwrap().iter();
        actors
            .map(|(actor, events)| {
                let mut events: Vec<Named<'_>> =
                    events.as_array().unwrap().iter().map(named).collect();
                events.sort_by_key(|event| event.time);
                (actor.as_str(), events)
            })
            .collect()
    }
}

pub(super) fn texts(list: &Json) -> Vec<&str> {
    list.as_array().into_iter().flatten().map(|text| text.as_str().unwrap()).collect()
}

pub(super) fn numbers(list: &Json) -> Vec<u64> {
    list.as_array().unwrap().iter().map(|number| number.as_u64().unwrap()).collect()
}

/// The files of the shared folder, in their order.
const FILES: [&str; 11] = [
    "clickhouse_probes",
    "clickhouse_sequence",
    "clickhouse_sequence_next_node",
    "clickhouse_window_funnel",
    "doris_window_funnel",
    "duckdb_behavioral",
    "mixpanel_documented_examples",
    "posthog_correlation",
    "posthog_funnels",
    "retention",
    "retentioneering",
];

/// All cases; none where there is no shared folder.
pub(super) fn all() -> Vec<Case> {
    let Some(shared) = std::env::var_os("YARDSTICK_SHARED") else {
        return Vec::new();
    };
    let folder = PathBuf::from(shared).join("oracle/funnel");
    let in_folder = std::fs::read_dir(&folder).unwrap().filter(|entry| {
        entry.as_ref().unwrap().path().extension().is_some_and(|extension| extension == "json")
    });
    assert_eq!(in_folder.count(), FILES.len(), "a file that no test reads");
    let mut cases = Vec::new();
    for file in FILES {
        let text = std::fs::read(folder.join(file).with_extension("json")).unwrap();
        let mut document: Json = serde_json::from_slice(&text).unwrap();
        assert_eq!(document["schema"], "funnel-cases/1");
        let listed = document["cases"].as_array_mut().unwrap().split_off(0);
        assert_eq!(document["count"], listed.len(), "{file}");
        cases.extend(listed.into_iter().map(|json| Case { file, json }));
    }
    cases
}
