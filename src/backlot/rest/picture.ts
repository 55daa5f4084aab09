import type { Picture } from '../guild/webhooks.ts';
import type { Form } from './form.ts';

const DATA_URI = /^data:image\/(?:png|jpe?g|gif|webp);base64,([A-Za-z0-9+/]+=*)$/;

/** Reads a picture that is given as a data URI (webhooks' avatars, emojis). */
export function readPicture(form: Form, key: string): Picture | undefined {
  const uri = form.text(key);
  if (uri === undefined) return undefined;
  const data = Buffer.from(DATA_URI.exec(uri)?.[1] ?? '', 'base64');
  // Clients guess the type (discord.js writes image/jpg for everything), so the bytes say what it is.
  const contentType = pictureType(data);
  if (contentType !== undefined) return { contentType, data };
  form.fail(key, 'BASE_TYPE_INVALID_IMAGE', 'Invalid image data');
  return undefined;
}

function pictureType(data: Buffer): string | undefined {
  const head = data.subarray(0, 12).toString('latin1');
  if (head.startsWith('\u0089PNG')) return 'image/png';
  if (head.startsWith('GIF8')) return 'image/gif';
  if (head.startsWith('\u00FF\u00D8')) return 'image/jpeg';
  return head.startsWith('RIFF') && head.endsWith('WEBP') ? 'image/webp' : undefined;
}

export interface PictureSize {
  width: number;
  height: number;
}

/** Width and height in pixels of a PNG, GIF or JPEG; undefined for anything else. */
export function pictureSize(data: Buffer): PictureSize | undefined {
  if (data.length >= 24 && data.subarray(1, 4).toString('latin1') === 'PNG') {
    return { width: data.readUInt32BE(16), height: data.readUInt32BE(20) };
  }
  if (data.length >= 10 && data.subarray(0, 3).toString('latin1') === 'GIF') {
    return { width: data.readUInt16LE(6), height: data.readUInt16LE(8) };
  }
  return data.length >= 4 && data.readUInt16BE(0) === 0xff_d8 ? jpegSize(data) : undefined;
}

/** A JPEG is a chain of segments; the frame header (SOF0 to SOF3) holds the size. */
function jpegSize(data: Buffer): PictureSize | undefined {
  let offset = 2;
  while (offset + 9 < data.length && data[offset] === 0xff) {
    const marker = data[offset + 1] ?? 0;
    if (marker >= 0xc0 && marker <= 0xc3) {
      return { width: data.readUInt16BE(offset + 7), height: data.readUInt16BE(offset + 5) };
    }
    offset += 2 + data.readUInt16BE(offset + 2);
  }
  return undefined;
}
