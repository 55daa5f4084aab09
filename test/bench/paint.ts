// What pictures cost: npm run bench:paint -- [--rounds 24] [--soak 1000]
//
// Draws the rounds of a real show, each as a GIF and as a PNG. It reports the time and the size of both, for how long the main
// thread was blocked meanwhile, and the memory of this process and its worker over many more pictures. The exit code is 1
// when a bar is missed.
import { readdirSync, readFileSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { openPainter } from '#paint/painter.ts';
import { loadContent } from '#app/content.ts';
import { playSampleShow } from '#tools/sample-show.ts';
import { readArguments } from '#test/support/arguments.ts';
import { silentLog } from '#test/support/theatre.ts';
import { endOnSignals } from './ending.ts';

const BARS = { gifBytes: 400 * 1024, pngBytes: 60 * 1024, gifMs: 1_000, loopDelayMs: 20, growthMiB: 40 };
const KIB = 1024;

const values = readArguments('npm run bench:paint -- [--rounds 24] [--soak 1000]', {
  rounds: { type: 'string', default: '24' },
  soak: { type: 'string', default: '1000' },
});
endOnSignals();
const content = loadContent();
const views = await playSampleShow(content, 7, Number(values.rounds), silentLog);
const painter = openPainter({ office: content.office, cast: content.cast, log: silentLog });
const signal = new AbortController().signal;

interface Sample {
  ms: number;
  bytes: number;
}

async function timed(work: () => Promise<Uint8Array>): Promise<Sample> {
  const began = performance.now();
  const { length } = await work();
  return { ms: performance.now() - began, bytes: length };
}

function quantile(samples: readonly number[], share: number): number {
  const sorted = samples.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

function report(name: string, samples: readonly Sample[]): void {
  const ms = samples.map((one) => one.ms);
  const kib = samples.map((one) => one.bytes / KIB);
  console.log(
    `${name}  p50 ${quantile(ms, 0.5).toFixed(0)} ms  p95 ${quantile(ms, 0.95).toFixed(0)} ms` +
      `  p50 ${quantile(kib, 0.5).toFixed(0)} KiB  largest ${Math.max(...kib).toFixed(0)} KiB`,
  );
}

/** Resident memory of this process and its children in MiB; of this process alone where the system is not Linux. */
function residentMiB(): number {
  const own = process.memoryUsage.rss();
  const pages = childrenOf(process.pid).map((pid) => {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1] ?? 0) * KIB;
  });
  return pages.reduce((sum, bytes) => sum + bytes, own) / KIB / KIB;
}

function childrenOf(pid: number): string[] {
  if (process.platform !== 'linux') return [];
  return readdirSync(`/proc/${pid}/task`).flatMap((task) =>
    readFileSync(`/proc/${pid}/task/${task}/children`, 'utf8').split(' ').filter(Boolean),
  );
}

// The first picture starts the worker, which is not part of a picture's cost.
await painter.portrait({ sprite: 'alice', color: '#777777' });
const delay = monitorEventLoopDelay({ resolution: 1 });
delay.enable();
const gifs: Sample[] = [];
const pngs: Sample[] = [];
for (const view of views) {
  gifs.push(await timed(() => painter.round(view, signal)));
  pngs.push(await timed(() => painter.floor(view, signal)));
}
delay.disable();
report('GIF of a round', gifs);
report('PNG of a floor', pngs);
const loopDelayMs = delay.percentile(99) / 1e6;
console.log(
  `the main thread is blocked for at most ${loopDelayMs.toFixed(1)} ms (p99) while a picture is drawn`,
);

const soak = Number(values.soak);
const memory: number[] = [];
/** Memory is measured twenty times, however long the run is. */
const memoryEvery = Math.max(1, Math.floor(soak / 20));
for (let picture = 0; picture < soak; picture += 1) {
  const view = views[picture % views.length];
  // Mostly stills, to save time; every tenth picture moves.
  if (view) await (picture % 10 === 0 ? painter.round(view, signal) : painter.floor(view, signal));
  if (picture % memoryEvery === memoryEvery - 1) memory.push(residentMiB());
}
await painter.close();
const half = Math.floor(memory.length / 2);
const [first, last] = [memory.slice(0, half), memory.slice(half)].map((part) => quantile(part, 0.5));
const growthMiB = (last ?? 0) - (first ?? 0);
console.log(
  `memory over ${soak} pictures: first half ${(first ?? 0).toFixed(0)} MiB, second half ${(last ?? 0).toFixed(0)} MiB`,
);

const missed = [
  Math.max(...gifs.map((one) => one.bytes)) > BARS.gifBytes && 'a GIF is larger than 400 KiB',
  Math.max(...pngs.map((one) => one.bytes)) > BARS.pngBytes && 'a PNG is larger than 60 KiB',
  quantile(
    gifs.map((one) => one.ms),
    0.5,
  ) > BARS.gifMs && 'a GIF takes longer than 1 s',
  loopDelayMs >= BARS.loopDelayMs && 'the main thread is blocked for more than 20 ms',
  growthMiB > BARS.growthMiB && 'memory grows',
].filter((line) => line !== false);
for (const line of missed) console.log(`MISSED: ${line}`);
process.exitCode = missed.length > 0 ? 1 : 0;
