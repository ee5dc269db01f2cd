//! The line of a text that a place lies in, with carets under the place.

use std::ops::Range;

/// The most characters of a line that are shown.
const WIDTH: usize = 100;
/// What stands for the part of a line that is not shown.
const CUT: &str = "...";

/// The line that holds the bytes `place` of `text`, and blanks and carets to stand under it; `None`
/// where there is nothing to see in it.
///
/// A line has no breaks and no tabs: each blank and each control character is shown as one blank. A
/// long one is cut around the place. A place behind the end has one caret; one on a line without
/// anything moves up behind the last character of the text. One of several lines is shown on its
/// first.
pub(crate) fn excerpt(text: &str, place: Range<usize>) -> Option<(String, String)> {
    let is_break = |c: &char| matches!(c, '\n' | '\r');
    let chars: Vec<char> = text.chars().collect();
    let starts = || text.char_indices().map(|(start, _)| start);
    let ends = text.char_indices().map(|(start, c)| start + c.len_utf8());
    let mut first = ends.take_while(|end| *end <= place.start).count();
    let mut last = starts().take_while(|start| *start < place.end).count();
    let filled = chars.iter().rposition(|c| !c.is_whitespace()).map_or(0, |at| at + 1);
    if filled == 0 {
        return None;
    }
    if first > filled && chars[filled..first].iter().any(is_break) {
        (first, last) = (filled, filled);
    }
    let start = chars[..first].iter().rposition(is_break).map_or(0, |at| at + 1);
    let end = chars[first..].iter().position(is_break).map_or(chars.len(), |at| first + at);
    last = last.min(end).max(first + 1);

    let around = WIDTH.saturating_sub(last - first) / 2;
    let to = (first.saturating_sub(around).max(start) + WIDTH).min(end);
    let from = to.saturating_sub(WIDTH).max(start);
    let shown = |c: &char| match *c {
        c if c.is_whitespace() => ' ',
        c if c.is_control() => char::REPLACEMENT_CHARACTER,
        c => c,
    };
    let middle: String = chars[from..to].iter().map(shown).collect();
    let before = if from > start { CUT } else { "" };
    let behind = if to < end { CUT } else { "" };
    let blanks = before.len() + first - from;
    let carets = last.min(to).saturating_sub(first).max(1);
    Some((
        format!("{before}{middle}{behind}"),
        format!("{}{}", " ".repeat(blanks), "^".repeat(carets)),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn shows(text: &str, place: Range<usize>, line: &str, carets: &str) {
        assert_eq!(excerpt(text, place), Some((line.to_owned(), carets.to_owned())), "{text:?}");
    }

    #[test]
    fn carets_stand_under_the_place() {
        shows("a + bc / d", 4..6, "a + bc / d", "    ^^");
        shows("a", 0..1, "a", "^");
        shows("a + ", 4..4, "a + ", "    ^");
        shows("a b", 1..1, "a b", " ^");
    }

    #[test]
    fn characters_count_and_not_bytes() {
        shows("é + ü", 5..7, "é + ü", "    ^");
        // Inside of a character and behind the end.
        shows("éé", 1..3, "éé", "^^");
        shows("é", 9..12, "é", " ^");
    }

    #[test]
    fn a_line_is_one_line() {
        shows("a\n\t+ b c\nd", 7..8, " + b c", "     ^");
        shows("a +\r\n  (b\r\n  c)", 7..14, "  (b", "  ^^");
        shows("a + \n \n", 7..7, "a + ", "   ^");
        shows("a\u{2028}b\u{7}", 4..5, "a b\u{fffd}", "  ^");
        assert_eq!(excerpt("", 0..0), None);
        assert_eq!(excerpt(" \n", 2..2), None);
    }

    #[test]
    fn a_long_line_is_cut_around_the_place() {
        let text: String = (b'a'..=b'z').map(char::from).collect::<String>().repeat(10);
        for start in 0..=text.len() {
            for length in [0, 1, 7, 99, 100, 150] {
                let (line, carets) = excerpt(&text, start..(start + length)).unwrap();
                let length = length.min(text.len() - start);
                let blanks = carets.find('^').unwrap();
                let count = carets.len() - blanks;
                assert_eq!(count, length.clamp(1, 100), "{start} {length}");
                assert!(carets.len() <= line.len() + 1);
                let under = line.get(blanks..(blanks + count).min(line.len())).unwrap();
                assert!(text[start..].starts_with(under), "{start} {length}");
                assert_eq!(line.trim_matches('.').len(), 100);
            }
        }
        let (line, carets) = excerpt(&text, 130..131).unwrap();
        assert_eq!(line.find("...").map(|_| line.len()), Some(106));
        assert_eq!(carets.find('^'), Some(3 + 49));
    }
}
