/** How far a download is, as numbers and as one line for people. */

export interface Progress {
  receivedBytes: number;
  /** Null when nobody said how much there is. */
  totalBytes: number | null;
  /** Since this run began; what an earlier run brought does not count. */
  bytesPerSecond: number;
  secondsLeft: number | null;
}

export type OnProgress = (progress: Progress) => void;

/** Reports are at least this far apart, but for the last. */
const REPORT_EVERY_MS = 250;

/** Counts bytes and reports, now and then. `already` bytes were there before. */
export class Meter {
  readonly #startedMs = performance.now();
  readonly #already: number;
  readonly #total: number | null;
  readonly #report: OnProgress;
  #received: number;
  #reportedMs = 0;

  constructor(already: number, total: number | null, report: OnProgress) {
    this.#already = already;
    this.#received = already;
    this.#total = total;
    this.#report = report;
  }

  add(bytes: number): void {
    this.#received += bytes;
    const nowMs = performance.now();
    if (nowMs - this.#reportedMs < REPORT_EVERY_MS) return;
    this.#reportedMs = nowMs;
    this.#report(this.read());
  }

  end(): void {
    this.#report(this.read());
  }

  read(): Progress {
    const seconds = Math.max(0.001, (performance.now() - this.#startedMs) / 1_000);
    const bytesPerSecond = (this.#received - this.#already) / seconds;
    const known = this.#total !== null && bytesPerSecond > 0;
    const secondsLeft = known ? ((this.#total ?? 0) - this.#received) / bytesPerSecond : null;
    return { receivedBytes: this.#received, totalBytes: this.#total, bytesPerSecond, secondsLeft };
  }
}

/** "MiniCPM5-1B: 120 of 657 MB, 8.2 MB/s, 1 min 5 s left" */
export function progressLine(title: string, progress: Progress): string {
  const total = progress.totalBytes === null ? '' : ` of ${megabytes(progress.totalBytes)}`;
  const speed = (progress.bytesPerSecond / 1_000_000).toFixed(1);
  const left = progress.secondsLeft === null ? '' : `, ${duration(progress.secondsLeft)} left`;
  return `${title}: ${megabytes(progress.receivedBytes)}${total} MB, ${speed} MB/s${left}`;
}

export const megabytes = (bytes: number): string => String(Math.round(bytes / 1_000_000));

function duration(seconds: number): string {
  const whole = Math.ceil(seconds);
  return whole < 60 ? `${whole} s` : `${Math.floor(whole / 60)} min ${whole % 60} s`;
}
