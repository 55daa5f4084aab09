/** What else the machine does meanwhile. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { end, held } from './ending.ts';

export const LOADS = ['quiet', 'busy'] as const;
export type Load = (typeof LOADS)[number];

/** Ends by itself, too, when its input does: when the benchmark was killed. */
const SPIN = `
process.stdin.resume().on('end', () => process.exit());
const spin = () => {
  const untilMs = performance.now() + 50;
  while (performance.now() < untilMs) Math.sqrt(2);
  setImmediate(spin);
};
console.log('spinning');
spin();
`;

/** `busy`: another process keeps one core to itself while `work` is done. */
export async function under<T>(load: Load, work: () => Promise<T>): Promise<T> {
  if (load === 'quiet') return work();
  const spinner = held(spawn(process.execPath, ['-e', SPIN], { stdio: ['pipe', 'pipe', 'inherit'] }));
  await once(spinner.stdout, 'data');
  try {
    return await work();
  } finally {
    await end(spinner);
  }
}
