/** What a person at the terminal is told while a model is loaded. */
import type { LoadProgress } from '#brain/llama.ts';

export interface Loading {
  title: string;
  /** Whether it ships with the project: then it is there in a moment, and a line is due only if it is not. */
  shipped: boolean;
  /** The row of the catalog that lends its settings to a file that it does not name; null where there is none. */
  askedAs: string | null;
  say: (line: string) => void;
  nowMs: () => number;
}

const LINE_EVERY_MS = 1_000;

/**
 * Says that the model is being loaded, and how far that is, at most once a second. Until the first word of progress nothing is said:
 * a file that is refused is not loaded.
 */
export function loadingLines(loading: Loading): (progress: LoadProgress) => void {
  const { title, say, nowMs } = loading;
  let first = firstLine(loading);
  let saidMs = nowMs();
  return (progress) => {
    const line = first ?? (nowMs() - saidMs < LINE_EVERY_MS ? null : howFar(progress));
    if (line === null) return;
    first = null;
    saidMs = nowMs();
    say(`${title}: ${line}`);
  };
}

function firstLine({ shipped, askedAs }: Loading): string | null {
  if (askedAs !== null) return `loading, asked as ${askedAs} of the catalog`;
  return shipped ? null : 'loading';
}

function howFar(progress: LoadProgress): string {
  if (progress.stage === 'weights') return `loading, ${Math.floor(progress.share * 100)} %`;
  const what = { prompts: 'reading who it plays', habits: 'measuring what it tends to choose' }[
    progress.stage
  ];
  return `${what}, ${progress.done} of ${progress.of}`;
}
