/** Names the code that a world is played by, so that a report can say so: the version of the project moves too seldom for it. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const SOURCE = fileURLToPath(new URL('../../', import.meta.url));
/** What decides and what comes of it; not what judges it afterwards. */
const PLAYS = [
  'brain',
  'core',
  'lib',
  'lab/arms',
  'lab/baselines',
  'lab/runs',
  'lab/worlds',
  'tools/lab/open-model.ts',
  'tools/lab/rows.ts',
];

/** The first twelve hex digits of a SHA-256 of names and contents. */
export function programHash(): string {
  const hash = createHash('sha256');
  for (const file of PLAYS.flatMap(filesIn).toSorted())
    hash.update(`${file}\n`).update(readFileSync(path.join(SOURCE, file)));
  return hash.digest('hex').slice(0, 12);
}

function filesIn(name: string): string[] {
  if (name.endsWith('.ts')) return [name];
  return readdirSync(path.join(SOURCE, name), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => path.relative(SOURCE, path.join(entry.parentPath, entry.name)));
}
