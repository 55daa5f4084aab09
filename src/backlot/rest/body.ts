import type { IncomingMessage } from 'node:http';
import { refusals } from '../discord-error.ts';

/** The most bytes of a request, and of each of its files (as Discord allows in a guild without boosts). */
const REQUEST_BYTES = 25 * 1024 * 1024;
export const FILE_BYTES = 10 * 1024 * 1024;

export interface UploadedFile {
  /** The n of `files[n]`, by which `attachments` refers to it. */
  index: number;
  name: string;
  contentType: string;
  data: Buffer;
}

export interface RequestBody {
  /** The parsed JSON, of the body itself or of its part `payload_json`; undefined when there was none. */
  json: unknown;
  files: UploadedFile[];
}

/** Throws 50109 for broken JSON, 40005 for too large a body or file. */
export async function readBody(request: IncomingMessage): Promise<RequestBody> {
  const bytes = await readBytes(request);
  if (bytes.length === 0) return { json: undefined, files: [] };
  const contentType = request.headers['content-type'] ?? '';
  if (contentType.startsWith('multipart/form-data')) return readMultipart(bytes, contentType);
  return { json: parseJson(bytes.toString('utf8')), files: [] };
}

async function readBytes(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    if (!Buffer.isBuffer(chunk)) continue;
    size += chunk.length;
    // A body over the limit is read to its end but not kept: the client reads the answer only after it has sent everything.
    if (size <= REQUEST_BYTES) chunks.push(chunk);
  }
  if (size > REQUEST_BYTES) throw refusals.tooLarge();
  return Buffer.concat(chunks);
}

async function readMultipart(bytes: Buffer, contentType: string): Promise<RequestBody> {
  let form: FormData;
  try {
    form = await new Response(new Uint8Array(bytes), { headers: { 'content-type': contentType } }).formData();
  } catch (cause) {
    throw Object.assign(refusals.invalidJson(), { cause });
  }
  const files: UploadedFile[] = [];
  const fields: Record<string, string> = {};
  for (const [name, value] of form) {
    if (typeof value === 'string') {
      fields[name] = value;
      continue;
    }
    const index = /^files?\[(\d+)\]$/.exec(name)?.[1];
    if (value.size > FILE_BYTES) throw refusals.tooLarge();
    files.push({
      index: index === undefined ? files.length : Number(index),
      name: value.name,
      contentType: value.type,
      data: Buffer.from(await value.arrayBuffer()),
    });
  }
  const payload = fields['payload_json'];
  return { json: payload === undefined ? fields : parseJson(payload), files };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw Object.assign(refusals.invalidJson(), { cause });
  }
}
