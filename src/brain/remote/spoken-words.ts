/**
 * What is said of what a server's model wrote: not what it does meanwhile, not who speaks, no mark of either. In this process a guard
 * keeps a model from writing such things; no guard stands over a server's.
 */
import { wordsOf } from '#lib/words.ts';
import { landed } from '../lines/landing.ts';

/** A text may be as long as an answer: what lies beyond so many times the room for it is not looked at. */
const LOOKED_AT = 8;
/** `*grins*`, `_grins_`, `**grins**`, `[grins]`, `{grins}`. A mark inside a word is none. */
const MARKED =
  /(?<![\p{L}\p{N}*_])[*_]+(?=\S)([^*_]+)(?<=\S)[*_]+(?![\p{L}\p{N}*_])|\[([^[\]{}]*)\]|\{([^[\]{}]*)\}/gu;
const NO_WORD_YET = /^[^\p{L}\p{N}]*$/u;
const SENTENCE_ENDS = /[.!?…]["'”’)]*\s*$/u;
const PUNCTUATION = /^[.,;:!?]*/;
/** `leans in`, `grinning widely`, `slowly turns`; not `let's go`. */
const BEGINS_LIKE_AN_ACTION = /(?:[^s']s|ing|ly)$/;
/** They end like an action, and begin what is said. */
const SAID = new Set(
  (
    'this is was has does his hers its ours yours theirs us yes always sometimes perhaps unless ' +
    'nothing everything anything something only really hardly rarely nearly finally honestly exactly ' +
    'bonds buying selling holding losses gains profits prices stocks markets traders'
  ).split(' '),
);
/** They are done and hardly ever stressed: one alone is an action, too, and so is one that ends an open sentence. */
const GESTURES = new Set(
  (
    'adjusts beams blinks blushes bows cackles chuckles claps coughs cringes crosses facepalms folds frowns gasps ' +
    'giggles glances glares grimaces grins groans grumbles grunts gulps hums laughs leans mumbles mutters nods pauses ' +
    'pouts raises rolls rubs scoffs shakes shrugs sighs slams smiles smirks sneers snickers snorts squints stares taps ' +
    'whispers whistles winces winks yawns ahem facepalm gasp groan shrug sigh'
  ).split(' '),
);
/** Names of the form, which a model may write before what belongs there. */
const FIELDS = ['speech', 'thought'];
const LABEL = /^[^\p{L}\p{N}]*(\p{L}[^:]{0,39}?)["'”*_\s]*:/u;
const JOINING_MARKS = /(?<=[\p{L}\p{N}])[*_~]+(?=[\p{L}\p{N}])/gu;
const MARKS = /[*_~]+/g;
/** What a full stop may follow. */
const UNENDED = /[\p{L}\p{N}%'’]$/u;

/** The landed words of a text that a server was asked to write in `max` characters. One within its limit was ended by its speaker. */
export function landedWords(text: string, max: number, speaker: string): string {
  const begun = text.slice(0, LOOKED_AT * max);
  // An action may stand before the name, too.
  const words = withoutLabel(withoutMarks(withoutLabel(begun, speaker)), speaker).trim();
  const cut = stopsAt(max, text) || begun.length < text.length || words.length >= max;
  const spoken = words.slice(0, max);
  return landed(!cut && UNENDED.test(spoken) ? `${spoken}.` : spoken, { cut });
}

/** Whether the limit may have ended the text: a server counts code points or UTF-16 code units, and one that keeps no limit goes on. */
const stopsAt = (max: number, text: string): boolean => text.length >= max && Array.from(text).length <= max;

/** Without `Mike:` before what Mike says. */
function withoutLabel(text: string, speaker: string): string {
  const [label = '', who = ''] = LABEL.exec(text) ?? [];
  return [speaker.toLowerCase(), ...FIELDS].includes(who.toLowerCase()) ? text.slice(label.length) : text;
}

/** What is done is left out; of what is only stressed the words stay. */
function withoutMarks(text: string): string {
  let said = '';
  let from = 0;
  for (const { 0: marked, 1: stressed, 2: squared, 3: curled, index } of text.matchAll(MARKED)) {
    said += text.slice(from, index);
    from = index + marked.length;
    const words = (stressed ?? squared ?? curled ?? '').trim();
    const after = text.slice(from);
    if (isDone(words, said, after)) {
      said = `${said.trimEnd()} `;
      // Where no sentence is to be ended, it belonged to what was done.
      if (beginsSentence(said)) from += PUNCTUATION.exec(after)?.[0].length ?? 0;
    } else said += stressed ?? marked;
  }
  return `${said}${text.slice(from)}`
    .replace(JOINING_MARKS, ' ')
    .replace(MARKS, '')
    .replace(/ +(?=[.,;:!?]+(?:\s|$))/g, '');
}

const beginsSentence = (before: string): boolean => NO_WORD_YET.test(before) || SENTENCE_ENDS.test(before);

/**
 * Whether marked words tell of something done: they begin like an action, stand before a sentence or after one, and do not begin it
 * themselves; or they end the line. Words that are only stressed end a line, too, or are alone: there no more than a gesture is done.
 * Who leaves out a stressed `never` says the opposite, so what is doubtful is said.
 */
function isDone(words: string, before: string, after: string): boolean {
  const [first = '', second] = wordsOf(words);
  const isGesture = GESTURES.has(first);
  const isSmall = /^\p{Ll}/u.test(words);
  if (!beginsSentence(before)) return isGesture && isSmall && after.replace(PUNCTUATION, '').trim() === '';
  const isAction = second !== undefined && BEGINS_LIKE_AN_ACTION.test(first) && !SAID.has(first);
  return (isGesture || isAction) && (isSmall || /^[\s"“'‘(]*\p{Lu}/u.test(after));
}
