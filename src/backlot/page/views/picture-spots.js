// @ts-check
/**
 * Spots in a picture that can be pressed. A file may hold a comment (GIF) or a text chunk `Comment` (PNG) of the form
 * `{"spots":[{"name":"Alex","box":[x,y,width,height]}]}`, in parts of the picture's width and height; a press there presses the
 * button of the same message whose label begins with that name.
 *
 * @typedef {{ name: string, box: number[] }} Spot
 */

const keptMax = 64;
const gifIntroducer = 0x21;
const gifComment = 0xfe;
const gifImage = 0x2c;
const pngHeadBytes = 8;

/** @type {Map<string, Promise<Spot[]>>} */
const known = new Map();

/** The spots of a picture, whose file is read when somebody first asks. @param {string} url @returns {Promise<readonly Spot[]>} */
export function spotsIn(url) {
  const spots = known.get(url) ?? read(url);
  known.set(url, spots);
  for (const [first] of known) if (known.size > keptMax) known.delete(first);
  return spots;
}

/** @param {string} url @returns {Promise<Spot[]>} */
async function read(url) {
  try {
    const answer = await fetch(url);
    return answer.ok ? spotsOf(new Uint8Array(await answer.arrayBuffer())) : [];
  } catch {
    return []; // that the picture is missing is seen
  }
}

/** @param {Uint8Array} bytes of a GIF or a PNG @returns {Spot[]} */
export function spotsOf(bytes) {
  const comment = bytes[0] === 0x47 ? commentOfGif(bytes) : commentOfPng(bytes);
  if (!comment.startsWith('{"spots":')) return [];
  try {
    return JSON.parse(comment).spots.filter(isSpot);
  } catch {
    return []; // a comment of somebody else
  }
}

/** @param {any} spot */
const isSpot = (spot) =>
  typeof spot?.name === 'string' &&
  Array.isArray(spot.box) &&
  spot.box.length === 4 &&
  spot.box.every(Number.isFinite);

/** @param {Uint8Array} bytes */
function commentOfGif(bytes) {
  let at = 13 + tableBytes(bytes[10] ?? 0);
  while (at < bytes.length) {
    const kind = bytes[at];
    if (kind === gifIntroducer) {
      const [text, end] = subBlocks(bytes, at + 2);
      if (bytes[at + 1] === gifComment) return text;
      at = end;
    } else if (kind === gifImage) {
      at = subBlocks(bytes, at + 11 + tableBytes(bytes[at + 9] ?? 0))[1];
    } else return '';
  }
  return '';
}

/** @param {number} packed a byte that says whether a table of colours follows, and how large */
const tableBytes = (packed) => (packed & 0x80 ? 3 << ((packed & 7) + 1) : 0);

/** @param {Uint8Array} bytes @param {number} from @returns {[text: string, end: number]} */
function subBlocks(bytes, from) {
  let text = '';
  let at = from;
  for (let length = bytes[at] ?? 0; length > 0; length = bytes[at] ?? 0) {
    text += textOf(bytes.subarray(at + 1, at + 1 + length));
    at += 1 + length;
  }
  return [text, at + 1];
}

/** @param {Uint8Array} bytes */
function commentOfPng(bytes) {
  const numbers = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const keyword = 'Comment\0';
  for (let at = pngHeadBytes; at + 12 <= bytes.length;) {
    const length = numbers.getUint32(at);
    const text = textOf(bytes.subarray(at + 4, at + 8 + Math.min(length, 65_536)));
    if (text.startsWith(`tEXt${keyword}`)) return text.slice(4 + keyword.length);
    at += 12 + length;
  }
  return '';
}

/** @param {Uint8Array} bytes */
const textOf = (bytes) => Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');

/**
 * The spot under the pointer.
 *
 * @param {readonly Spot[]} spots
 * @param {HTMLImageElement} image drawn whole in its box, in the middle
 * @param {{ clientX: number, clientY: number }} pointer
 */
export function spotUnder(spots, image, { clientX, clientY }) {
  const box = image.getBoundingClientRect();
  const { naturalWidth, naturalHeight } = image;
  if (naturalWidth === 0 || box.width === 0) return undefined;
  const scale = Math.min(box.width / naturalWidth, box.height / naturalHeight);
  const place = getComputedStyle(image).objectPosition.startsWith('50%') ? 0.5 : 0;
  const x = (clientX - box.left - (box.width - naturalWidth * scale) * place) / (naturalWidth * scale);
  const y = (clientY - box.top - (box.height - naturalHeight * scale) / 2) / (naturalHeight * scale);
  return spots.findLast(
    ({ box: [left = 0, top = 0, width = 0, height = 0] }) =>
      x >= left && x <= left + width && y >= top && y <= top + height,
  );
}
