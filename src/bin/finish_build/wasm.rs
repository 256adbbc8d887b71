//! Taking out of the program what only a debugger reads: about a tenth of what would be sent.

use crate::FinishError;

/// Custom sections that nothing reads at run time.
const UNREAD: [&[u8]; 2] = [b"name", b"producers"];

/// The module without the sections that name its functions and the tools that made it.
pub fn without_names(module: &[u8]) -> Result<Vec<u8>, FinishError> {
    let (header, mut rest) = module.split_at_checked(8).ok_or(FinishError::NotWasm)?;
    if !header.starts_with(b"\0asm") {
        return Err(FinishError::NotWasm);
    }
    let mut kept = header.to_vec();
    while let Some((id, after_id)) = rest.split_first() {
        let (size, content) = number(after_id)?;
        let (content, next) = content.split_at_checked(size).ok_or(FinishError::NotWasm)?;
        let section = rest.get(..rest.len() - next.len()).ok_or(FinishError::NotWasm)?;
        if *id != 0 || !UNREAD.contains(&custom_name(content)?) {
            kept.extend_from_slice(section);
        }
        rest = next;
    }
    Ok(kept)
}

fn custom_name(content: &[u8]) -> Result<&[u8], FinishError> {
    let (length, rest) = number(content)?;
    rest.get(..length).ok_or(FinishError::NotWasm)
}

/// An unsigned number in LEB128, as WebAssembly writes sizes: at most five bytes, seven bits each.
fn number(bytes: &[u8]) -> Result<(usize, &[u8]), FinishError> {
    let mut value = 0_usize;
    for (at, byte) in bytes.iter().enumerate().take(5) {
        value |= usize::from(byte & 0x7f) << (7 * at);
        if byte & 0x80 == 0 {
            return Ok((value, bytes.get(at + 1..).unwrap_or_default()));
        }
    }
    Err(FinishError::NotWasm)
}
