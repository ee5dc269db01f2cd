//! The bytes of a state: a head, numbers of as few bytes as they need, a checksum.

use crate::error::{Error, ErrorKind};

const MAGIC: [u8; 4] = *b"YSEF";
const VERSION: u8 = 1;
/// Magic, version, kind and fingerprint.
const HEAD: usize = 4 + 1 + 1 + 8;
const CHECKSUM: usize = 4;

/// What a state holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Closed = 0,
    Open = 1,
}

impl Kind {
    fn name(self) -> &'static str {
        match self {
            Self::Closed => "a closed state",
            Self::Open => "an open state",
        }
    }
}

/// Bytes in the making.
pub(super) struct Writer(Vec<u8>);

impl Writer {
    pub(super) fn new(kind: Kind, fingerprint: u64) -> Self {
        let mut bytes = MAGIC.to_vec();
        bytes.extend([VERSION, kind as u8]);
        bytes.extend(fingerprint.to_le_bytes());
        Self(bytes)
    }

    /// Seven bits a byte, the lowest first; the highest bit says that more follow.
    pub(super) fn wide(&mut self, mut number: u128) {
        while number >> 7 != 0 {
            self.0.push(number as u8 | 0x80);
            number >>= 7;
        }
        self.0.push(number as u8);
    }

    pub(super) fn number(&mut self, number: u64) {
        self.wide(number.into());
    }

    pub(super) fn flag(&mut self, flag: bool) {
        self.0.push(flag.into());
    }

    /// Whether it is there, and it if it is.
    pub(super) fn optional<T>(&mut self, value: Option<T>, write: impl FnOnce(&mut Self, T)) {
        self.flag(value.is_some());
        if let Some(value) = value {
            write(self, value);
        }
    }

    /// With the sign in the lowest bit, so that what is close to zero is short.
    pub(super) fn signed(&mut self, number: i128) {
        self.wide((number << 1 ^ number >> 127) as u128);
    }

    pub(super) fn text(&mut self, text: &str) {
        self.number(text.len() as u64);
        self.0.extend(text.bytes());
    }

    pub(super) fn finish(mut self) -> Vec<u8> {
        let checksum = crc32fast::hash(&self.0);
        self.0.extend(checksum.to_le_bytes());
        self.0
    }
}

/// The rest of bytes that are read.
pub(super) struct Reader<'b>(&'b [u8]);

impl<'b> Reader<'b> {
    /// Checks the head and the checksum.
    pub(super) fn new(bytes: &'b [u8], kind: Kind, fingerprint: u64) -> Result<Self, Error> {
        let refuse = |kind, message: String| Err(Error::new(kind, message));
        if !bytes.starts_with(&MAGIC[..bytes.len().min(MAGIC.len())]) {
            let message = "these bytes are no state of an event funnel; give what to_bytes gave";
            return refuse(ErrorKind::Syntax, message.to_owned());
        }
        if let Some(version) = bytes.get(MAGIC.len()).filter(|version| **version != VERSION) {
            let message = format!(
                "a state of version {version}, and {VERSION} is the one that is known; build it again"
            );
            return refuse(ErrorKind::Unknown, message);
        }
        let Some(length) = bytes.len().checked_sub(CHECKSUM).filter(|length| *length >= HEAD)
        else {
            let message = format!("a state that ends after {} bytes; give it whole", bytes.len());
            return refuse(ErrorKind::Syntax, message);
        };
        let (rest, checksum) = bytes.split_at(length);
        if crc32fast::hash(rest).to_le_bytes() != *checksum {
            let message = "a state whose checksum is wrong: bytes are missing or damaged; send it again, or build it again";
            return refuse(ErrorKind::Syntax, message.to_owned());
        }
        let (head, rest) = rest.split_at(HEAD);
        let given = [Kind::Closed, Kind::Open].into_iter().find(|kind| *kind as u8 == head[5]);
        if given != Some(kind) {
            let given = given.map_or("an unknown one", Kind::name);
            let message = format!("{given} where {} is due; keep them apart", kind.name());
            return refuse(ErrorKind::Type, message);
        }
        if head[6..] != fingerprint.to_le_bytes() {
            let message = "a state of another query; read it with the one it was built by";
            return refuse(ErrorKind::Shape, message.to_owned());
        }
        Ok(Self(rest))
    }

    pub(super) fn wide(&mut self) -> Result<u128, Error> {
        let mut number = 0_u128;
        for shift in (0..128).step_by(7) {
            let byte = self.byte()?;
            let bits = u128::from(byte & 0x7f);
            // Bits beyond 128, and zeros that could be left out, are no number of ours.
            if bits << shift >> shift != bits || (byte == 0 && shift > 0) {
                break;
            }
            number |= bits << shift;
            if byte & 0x80 == 0 {
                return Ok(number);
            }
        }
        Err(unlike("a number"))
    }

    pub(super) fn number(&mut self) -> Result<u64, Error> {
        u64::try_from(self.wide()?).map_err(|_| unlike("a number"))
    }

    pub(super) fn flag(&mut self) -> Result<bool, Error> {
        match self.byte()? {
            flag @ (0 | 1) => Ok(flag == 1),
            _ => Err(unlike("a yes or no")),
        }
    }

    pub(super) fn signed(&mut self) -> Result<i128, Error> {
        let number = self.wide()?;
        Ok((number >> 1) as i128 ^ -((number & 1) as i128))
    }

    pub(super) fn time(&mut self) -> Result<i64, Error> {
        i64::try_from(self.signed()?).map_err(|_| unlike("a time"))
    }

    /// How many follow, of which each takes a byte at least: no more than there are bytes.
    pub(super) fn count(&mut self) -> Result<usize, Error> {
        let count = usize::try_from(self.wide()?).ok();
        count.filter(|count| *count <= self.0.len()).ok_or_else(|| unlike("a count"))
    }

    pub(super) fn text(&mut self) -> Result<&'b str, Error> {
        let length = self.count()?;
        std::str::from_utf8(self.bytes(length)?).map_err(|_| unlike("a text"))
    }

    pub(super) fn bytes(&mut self, count: usize) -> Result<&'b [u8], Error> {
        let (taken, rest) = self.0.split_at_checked(count).ok_or_else(|| unlike("the end"))?;
        self.0 = rest;
        Ok(taken)
    }

    fn byte(&mut self) -> Result<u8, Error> {
        Ok(self.bytes(1)?[0])
    }

    /// Nothing follows.
    pub(super) fn finish(self) -> Result<(), Error> {
        if self.0.is_empty() { Ok(()) } else { Err(unlike("the end")) }
    }
}

/// What was written is not what a state holds, though its checksum is right.
pub(super) fn unlike(what: &str) -> Error {
    let message = format!("a state in which {what} is not what it can be; build it again");
    Error::new(ErrorKind::Syntax, message)
}
