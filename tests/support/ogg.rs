//! Ogg files that are broken inside of their pages: a page says by a checksum
//! whether it came whole, and a reader passes over one that did not.

/// Where in a page its checksum stands (RFC 3533, section 6).
const SUM: std::ops::Range<usize> = 22..26;

/// Sets the checksum of each page anew, as far as pages follow one another.
pub(crate) fn seal(file: &mut [u8]) {
    let mut rest = file;
    while rest.starts_with(b"OggS") {
        let Some(len) = page(rest) else { return };
        let (page, after) = rest.split_at_mut(len);
        page[SUM].fill(0);
        let sum = checksum(page).to_le_bytes();
        page[SUM].copy_from_slice(&sum);
        rest = after;
    }
}

/// How long the page is with which this begins: its head, the table of its
/// segments, and these.
fn page(bytes: &[u8]) -> Option<usize> {
    let count = usize::from(*bytes.get(26)?);
    let segments = bytes.get(27..27 + count)?;
    let len = 27 + count + segments.iter().map(|&len| usize::from(len)).sum::<usize>();
    (len <= bytes.len()).then_some(len)
}

/// CRC-32 by the polynomial 0x04c11db7, from 0, nothing reflected or inverted.
fn checksum(bytes: &[u8]) -> u32 {
    bytes.iter().fold(0, |sum, &byte| {
        (0..8).fold(sum ^ u32::from(byte) << 24, |sum, _| {
            let over = sum >> 31;
            (sum << 1) ^ (over * 0x04c1_1db7)
        })
    })
}
