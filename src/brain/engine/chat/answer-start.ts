/** Where an answer begins: what a template writes in front of it must not leave it inside a thought or short of its place. */
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

/** Marks behind which alone an answer stands, that models are told of in words. */
const FINAL_MARKS = ['[BEGIN FINAL RESPONSE]'];

const SHOWN_MAX = 60;

/**
 * What stands in front of an answer that is JSON from its first character on: what the template writes there when it asks for
 * one, with a thought that it opens closed again.
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

/** An answer that was given stands where one that is asked for begins, thoughts left out; if not, one of them is not an answer. */
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
 * A template that opens a thought whatever it is asked would take the JSON for that thought: it is closed, empty. One that has
 * words in it already goes on in a way that only its model knows.
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
