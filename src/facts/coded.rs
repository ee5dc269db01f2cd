//! Texts of which many are alike, as codes into a dictionary.

use std::borrow::Cow;
use std::collections::HashMap;

use crate::error::{Error, ErrorKind};

/// A text for each row, by its place among the different ones.
#[derive(Debug, Clone)]
pub(crate) struct Coded<'a> {
    pub(crate) codes: Cow<'a, [u32]>,
    pub(crate) dictionary: Vec<String>,
}

impl<'a> Coded<'a> {
    /// Those of texts, numbered as they come.
    pub(crate) fn of_texts<S: AsRef<str>>(values: &[S]) -> Self {
        let mut known: HashMap<&str, u32> = HashMap::new();
        let mut dictionary: Vec<String> = Vec::new();
        let mut codes = Vec::with_capacity(values.len());
        // The code last seen for each ending, so that most texts need no hash.
        let mut recent = vec![0_u32; 1 << ENDING_BITS];
        for value in values {
            let value = value.as_ref();
            let recent = &mut recent[ending(value)];
            if dictionary.get(*recent as usize).is_none_or(|text| text != value) {
                *recent = *known.entry(value).or_insert_with(|| {
                    dictionary.push(value.to_owned());
                    dictionary.len() as u32 - 1
                });
            }
            codes.push(*recent);
        }
        Self { codes: Cow::Owned(codes), dictionary }
    }

    /// Borrowed codes, each within the dictionary, whose texts differ.
    pub(crate) fn of_codes<S: AsRef<str>>(
        codes: &'a [u32],
        dictionary: &[S],
    ) -> Result<Self, Error> {
        let size = dictionary.len();
        let bad = codes.iter().position(|code| *code as usize >= size);
        let mut seen = HashMap::new();
        let twice = dictionary.iter().enumerate().find_map(|(i, text)| {
            seen.insert(text.as_ref(), i).map(|first| (text.as_ref(), first, i))
        });
        match (bad, twice) {
            (Some(row), _) => {
                let code = codes[row];
                let message = format!(
                    "code {code} is beyond the {size} values of the dictionary; codes count from 0"
                );
                Err(Error::new(ErrorKind::Shape, message).at_row(row))
            }
            (_, Some((text, first, second))) => Err(Error::new(
                ErrorKind::Duplicate,
                format!(
                    "\"{text}\" is in the dictionary twice, at {first} and {second}; give each value one code"
                ),
            )),
            _ => Ok(Self {
                codes: Cow::Borrowed(codes),
                dictionary: dictionary.iter().map(|text| text.as_ref().to_owned()).collect(),
            }),
        }
    }
}

const ENDING_BITS: u32 = 10;

/// A number below `2^ENDING_BITS` for the last bytes of a text, spread so that texts of a dictionary
/// seldom share one.
fn ending(text: &str) -> usize {
    let last = text.bytes().rev().take(8).fold(0, |word, byte| word << 8 | u64::from(byte));
    (last.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> (64 - ENDING_BITS)) as usize
}
