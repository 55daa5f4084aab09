/** A program that stands for another, as a script of the shell. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { TestContext } from 'node:test';

/** Its file, which is gone when the test ends. */
export function program(t: TestContext, script: string): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'program-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const file = path.join(folder, 'peer');
  writeFileSync(file, `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  return file;
}
