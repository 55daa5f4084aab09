/**
 * The texts that a PNG carries beside its picture. Only plain chunks are read: nothing is ever inflated, neither pixels nor
 * compressed texts, so a picture that would be huge when unpacked costs no more than its bytes.
 */

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
/** Length, type and checksum of a chunk. */
const AROUND_DATA = 12;
const KEYWORD_MAX = 79;
/** A picture has some thousands of chunks at most; more are somebody's joke. */
const CHUNKS_MAX = 20_000;

export function isPng(bytes: Uint8Array): boolean {
  return SIGNATURE.every((byte, at) => bytes[at] === byte);
}

/**
 * The text chunk of a keyword, as its bytes: `tEXt` holds Latin-1. Null where there is none. A length that leaves the file ends
 * the reading, as if the file ended there.
 */
export function pngText(bytes: Uint8Array, keyword: string): string | null {
  if (!isPng(bytes)) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = SIGNATURE.length;
  for (let chunk = 0; chunk < CHUNKS_MAX && at + AROUND_DATA <= bytes.length; chunk += 1) {
    const length = view.getUint32(at);
    const data = bytes.subarray(at + 8, at + 8 + length);
    if (data.length !== length || at + AROUND_DATA + length > bytes.length) return null;
    if (latin1(bytes.subarray(at + 4, at + 8)) === 'tEXt') {
      const end = data.subarray(0, KEYWORD_MAX + 1).indexOf(0);
      if (end > 0 && latin1(data.subarray(0, end)).toLowerCase() === keyword)
        return latin1(data.subarray(end + 1));
    }
    at += AROUND_DATA + length;
  }
  return null;
}

const PIECE = 8_192;

function latin1(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += PIECE)
    text += String.fromCharCode(...bytes.subarray(at, at + PIECE));
  return text;
}
