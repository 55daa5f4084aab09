/** What a person at the terminal is told while a model is loaded. */
import type { LoadProgress } from '#brain/llama.ts';

export interface Loading {
  title: string;
  /** Whether it ships with the project: then it is there in a moment, and a line is due only if it is not. */
  shipped: boolean;
  say: (line: string) => void;
  nowMs: () => number;
}

const LINE_EVERY_MS = 1_000;

/** Says that the model is being loaded, and how far that is, at most once a second. */
export function loadingLines({ title, shipped, say, nowMs }: Loading): (progress: LoadProgress) => void {
  let saidMs = nowMs();
  if (!shipped) say(`${title}: loading`);
  return (progress) => {
    if (nowMs() - saidMs < LINE_EVERY_MS) return;
    saidMs = nowMs();
    say(`${title}: ${howFar(progress)}`);
  };
}

function howFar(progress: LoadProgress): string {
  if (progress.stage === 'weights') return `loading, ${Math.floor(progress.share * 100)} %`;
  const what = { prompts: 'reading who it plays', habits: 'measuring what it tends to choose' }[
    progress.stage
  ];
  return `${what}, ${progress.done} of ${progress.of}`;
}
