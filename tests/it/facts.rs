//! Facts and their roll-up.
