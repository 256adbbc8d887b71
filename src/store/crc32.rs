//! The checksum of stored records: CRC-32 as zip and PNG have it (FORMAT.md, section 2.2).
//!
//! It is taken four bits at a time from a table of sixteen numbers. The usual tables are faster and weigh 16 kB, which
//! no compression makes smaller; the largest record takes a few milliseconds this way.

/// The polynomial, lowest bit first.
const POLYNOMIAL: u32 = 0xEDB8_8320;

/// What four bits that leave at the low end bring in.
const TABLE: [u32; 16] = table();

#[expect(clippy::indexing_slicing, reason = "evaluated while compiling, over the sixteen entries")]
const fn table() -> [u32; 16] {
    let mut table = [0; 16];
    let mut nibble = 0;
    while nibble < 16 {
        let mut rest = nibble as u32;
        let mut bit = 0;
        while bit < 4 {
            rest = if rest & 1 == 1 { (rest >> 1) ^ POLYNOMIAL } else { rest >> 1 };
            bit += 1;
        }
        table[nibble] = rest;
        nibble += 1;
    }
    table
}

/// The checksum of several parts as if they were one text.
pub(super) fn crc32(parts: &[&[u8]]) -> u32 {
    let bytes = parts.iter().flat_map(|part| part.iter());
    !bytes.fold(u32::MAX, |check, byte| step(step(check ^ u32::from(*byte))))
}

#[expect(clippy::indexing_slicing, reason = "four bits are below sixteen")]
fn step(check: u32) -> u32 {
    (check >> 4) ^ TABLE[(check & 15) as usize]
}
