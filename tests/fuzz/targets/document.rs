#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| yardstick_fuzz::document(data));
