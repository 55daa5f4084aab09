/**
 * Known weaknesses of the packages that the program runs with, as the registry lists them. Exit code 1 for a high or critical one;
 * 0, with a line that says so, where the registry does not answer.
 */
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { z } from 'zod';

const LIMIT_MS = 60_000;
const GRAVE = new Set(['high', 'critical']);

const reportSchema = z.object({
  vulnerabilities: z.record(
    z.string(),
    z.object({ name: z.string(), severity: z.string(), range: z.string() }),
  ),
});

const { stdout } = spawnSync('npm', ['audit', '--omit=dev', '--json'], {
  cwd: path.resolve(import.meta.dirname, '..'),
  encoding: 'utf8',
  timeout: LIMIT_MS,
  shell: process.platform === 'win32',
});
const report = reportSchema.safeParse(parsed(stdout));
if (report.success) {
  const found = Object.values(report.data.vulnerabilities).filter(({ severity }) => GRAVE.has(severity));
  for (const { name, severity, range } of found) console.error(`${name} ${range}: ${severity}`);
  console.log(`audit: ${found.length} packages with a high or critical weakness`);
  process.exitCode = found.length === 0 ? 0 : 1;
} else console.log('audit: not done, the registry does not answer it');

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null; // npm prints no JSON when it cannot reach a registry
  }
}
