/** Where an answer begins: what a template writes before it must not leave it inside a thought, or end before its place. */
import { LayoutFault, type Layout } from './conversation.ts';

const THOUGHT_TAGS: readonly [open: string, close: string][] = [
  ['<think>', '</think>'],
  ['<thinking>', '</thinking>'],
  ['<thought>', '</thought>'],
  ['<reasoning>', '</reasoning>'],
  ['<seed:think>', '</seed:think>'],
  ['<mm:think>', '</mm:think>'],
  ['<|channel>thought', '<channel|>'],
  ['[THINK]', '[/THINK]'],
  ['<|START_THINKING|>', '<|END_THINKING|>'],
];

/** Marks after which the answer must come. A template tells its model about them in words. */
const FINAL_MARKS = ['[BEGIN FINAL RESPONSE]'];

const SHOWN_MAX = 60;

/**
 * What comes before an answer that is JSON from its first character on: whatever the template writes there when it requests an
 * answer; a thought that it opens is closed again.
 * @throws LayoutFault when the template ends where no answer begins
 */
export function answerStartOf({ start, middle, answerStart, shownStart }: Layout): string {
  checkChannel(answerStart);
  const final = FINAL_MARKS.find((mark) => `${start}${middle}`.includes(mark));
  if (final !== undefined && !answerStart.includes(final)) throw endsShort(final);
  if (shownStart !== null) {
    checkPlace(answerStart, shownStart);
    // The template itself shows the empty thought that stands in front of an answer.
    if (shownStart.startsWith(answerStart) && endsThought(shownStart.slice(answerStart.length)))
      return shownStart;
  }
  return closeThought(answerStart);
}

/** Some models answer in one of several channels, and only one of them is the answer's. */
function checkChannel(answerStart: string): void {
  const opened = /<\|channel\|>\s*(?<channel>\w*)(?:<\|message\|>)?\s*$/.exec(answerStart);
  const channel = opened?.groups?.['channel'];
  if (opened && channel !== 'final')
    throw new LayoutFault(`begins every answer in a channel of its own (${shown(opened[0])})`);
}

/** Checks that a requested answer begins where an earlier answer does, thoughts left out. Throws LayoutFault when not. */
function checkPlace(answerStart: string, shownStart: string): void {
  const asked = withoutThoughts(answerStart).trimEnd();
  const given = withoutThoughts(shownStart).trimEnd();
  if (asked === given) return;
  if (given.startsWith(asked)) throw endsShort(given.slice(asked.length));
  if (asked.startsWith(given)) {
    throw new LayoutFault(
      `ends where the answer does not begin: it begins with other words, ${shown(asked.slice(given.length))}`,
    );
  }
}

function endsShort(missing: string): LayoutFault {
  return new LayoutFault(`ends where the answer does not begin: answers stand behind ${shown(missing)}`);
}

/** Where a requested answer begins: within a thought, behind one that is closed, or where there is none. */
export function thoughtBefore({ answerStart }: Layout): 'open' | 'closed' | 'none' {
  const last = THOUGHT_TAGS.map(([open, close]) => ({
    opened: answerStart.lastIndexOf(open),
    closed: answerStart.lastIndexOf(close),
  })).find(({ opened, closed }) => opened >= 0 || closed >= 0);
  if (last === undefined) return 'none';
  return last.closed > last.opened ? 'closed' : 'open';
}

function withoutThoughts(text: string): string {
  let rest = text;
  for (const [open, close] of THOUGHT_TAGS) {
    for (let end = rest.indexOf(close); end >= 0; end = rest.indexOf(close)) {
      const begin = rest.lastIndexOf(open, end);
      rest = rest.slice(0, begin < 0 ? end : begin) + rest.slice(end + close.length);
    }
    const opened = rest.lastIndexOf(open);
    if (opened >= 0) rest = rest.slice(0, opened);
  }
  return rest;
}

function endsThought(text: string): boolean {
  return THOUGHT_TAGS.some(([, close]) => text.includes(close)) && withoutThoughts(text).trim() === '';
}

/**
 * Some templates open a thought whatever they are told, and the JSON would be taken for it: it is closed, empty. A thought that
 * already has words in it goes on in a way that only its model knows.
 */
function closeThought(text: string): string {
  for (const [open, close] of THOUGHT_TAGS) {
    const opened = text.lastIndexOf(open);
    if (opened < 0 || opened < text.lastIndexOf(close)) continue;
    const begun = text.slice(opened + open.length);
    if (begun.trim() !== '') throw new LayoutFault(`begins every answer with a thought, ${shown(begun)}`);
    return `${text}${begun.endsWith('\n') ? '' : '\n'}\n${close}\n\n`;
  }
  return text;
}

function shown(text: string): string {
  const line = JSON.stringify(text.trim());
  return line.length <= SHOWN_MAX ? line : `${line.slice(0, SHOWN_MAX)}..."`;
}
