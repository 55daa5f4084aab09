/** The whole way: a show as a process ends a season, and its archive is checked by another process that knows nothing else. */
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { execFile } from 'node:child_process';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { gunzipSync, gzipSync } from 'node:zlib';

const run = promisify(execFile);

async function node(...args: string[]): Promise<{ code: number; out: string }> {
  try {
    const { stdout } = await run(process.execPath, args, { timeout: 60_000 });
    return { code: 0, out: stdout };
  } catch (error) {
    assert.ok(
      error instanceof Error && 'code' in error && 'stdout' in error && 'stderr' in error,
      String(error),
    );
    return { code: Number(error.code), out: `${String(error.stdout)}${String(error.stderr)}` };
  }
}

test('a season that ends leaves an archive beside the show, which anybody can verify', async (t) => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'open-outcry-verify-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const flags = [
    '--brain',
    'scripted',
    '--pace',
    '0',
    '--port',
    '0',
    '--picture-every',
    '0',
    '--data-dir',
    folder,
  ];
  const season = ['--rounds', '9', '--episode-rounds', '4', '--season-episodes', '1', '--show', 'fair'];
  const played = await node('src/main.ts', ...flags, ...season);
  assert.equal(played.code, 0, played.out);
  const archive = path.join(folder, 'archives', 'fair.season-1.jsonl.gz');

  const good = await node('src/tools/verify.ts', archive);
  assert.match(good.out, /^season 1, seed \d+, seal [0-9a-f]{64}\nall agree: 6 rounds/u);
  assert.equal(good.code, 0);

  const other = path.join(folder, 'other.jsonl.gz');
  const text = gunzipSync(readFileSync(archive)).toString();
  writeFileSync(other, gzipSync(text.replace(/("line":"prices","round":2,"cents":\{"Tech":)\d+/u, '$19999')));
  const bad = await node('src/tools/verify.ts', other);
  assert.match(bad.out, /does not agree: round 2: prices Tech 99\.99/u);
  assert.equal(bad.code, 1);

  writeFileSync(other, readFileSync(archive).subarray(0, 300));
  const cut = await node('src/tools/verify.ts', other);
  assert.equal(cut.code, 2, cut.out);
  assert.match(cut.out, /cannot be read to its end/u);
});
