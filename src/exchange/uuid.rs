//! Identifiers of reports: UUID version 7 (RFC 9562), whose texts sort by the time they were made.
//!
//! The time and the random bytes come from outside.

/// The 48 bits that a version 7 UUID has for the time.
const MOST_MILLIS: i64 = (1 << 48) - 1;

/// The text of a version 7 UUID made at `millis` since 1970 from sixteen random bytes. A time before 1970 or past
/// the 48 bits, which only a clock set wrongly gives, is held at the edge; the random part still keeps ids apart.
pub fn uuid_v7(millis: i64, random: [u8; 16]) -> String {
    let time = u128::from(millis.clamp(0, MOST_MILLIS).unsigned_abs());
    let noise = u128::from_be_bytes(random);
    let (version, variant) = (0x7_u128, 0b10_u128);
    let high_noise = (noise >> 64) & 0xfff;
    let low_noise = noise & ((1 << 62) - 1);
    let hex = format!("{:032x}", time << 80 | version << 76 | high_noise << 64 | variant << 62 | low_noise);
    let mut text = String::with_capacity(36);
    for (at, digit) in hex.chars().enumerate() {
        if matches!(at, 8 | 12 | 16 | 20) {
            text.push('-');
        }
        text.push(digit);
    }
    text
}

/// Whether a text is a UUID of any version in lower case. Upper case is refused: one report has one id.
pub fn is_uuid(text: &str) -> bool {
    text.len() == 36
        && text.bytes().enumerate().all(|(at, byte)| match at {
            8 | 13 | 18 | 23 => byte == b'-',
            _ => matches!(byte, b'0'..=b'9' | b'a'..=b'f'),
        })
}
