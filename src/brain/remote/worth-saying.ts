/**
 * Of a server's model, lines that landed and still say nothing. In this process a guard keeps a model from writing them; no guard
 * stands over a server's.
 */
import type { Persona } from '#core/content.ts';
import type { Decision } from '#core/decision.ts';
import { wordsOf } from '#lib/words.ts';
import { landed } from '../lines/landing.ts';

const CLOSED_BY: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };
const BRACKETS = /[()[\]{}]/g;

/** A decision's texts without brackets that close nothing; empty where they have no words, or only names. */
export function worthSaying(cast: readonly Persona[]): (decision: Decision) => Decision {
  const names = new Set(cast.flatMap(({ name }) => wordsOf(name)));
  const said = (text: string): string => {
    const line = areInOrder(text) ? text : landed(text.replaceAll(BRACKETS, ''), { cut: false });
    const saysSomething = /\p{L}/u.test(line) && wordsOf(line).some((word) => !names.has(word));
    return saysSomething ? line : '';
  };
  return (decision) => ({ ...decision, thought: said(decision.thought), speech: said(decision.speech) });
}

/** Whether each bracket closes the one that was opened last. */
function areInOrder(line: string): boolean {
  const open: string[] = [];
  for (const [bracket] of line.matchAll(BRACKETS)) {
    const closing = CLOSED_BY[bracket];
    if (closing !== undefined) open.push(closing);
    else if (open.pop() !== bracket) return false;
  }
  return open.length === 0;
}
