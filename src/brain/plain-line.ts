/**
 * What a model wrote, as one line that a person may read. A model may spell out mark-up, write on after its turn is over, or
 * break lines. None of that belongs in a thought or a remark.
 */

/** Mark-up that ends a turn or begins another one: what follows it was not meant for anybody. */
const TURN_MARKUP =
  /<[|\uFF5C][^<>|\uFF5C]{0,60}[|\uFF5C]?>|<[|\uFF5C][^<>]*$|<\/?(?:s|bos|eos|pad|unk|(?:start|end)_of_(?:turn|text)|start_of_image)>|<\/?s$|<<\/?SYS>>|\[\/?(?:INST|SYS|SYSTEM_PROMPT|TOOL_CALLS|TOOL_RESULTS|AVAILABLE_TOOLS)\]/giu;
/** Any other tag, such as `<think>` or `<b>`, but not a heart: `<3`. */
const TAG = /<\/?[a-z][\w:-]{0,30}\s*\/?>|\[\/?THINK\]/giu;
const FENCE = /`{3,}\w*/gu;
/** Format characters may reverse a line or hide in it. The joiner stays: it holds an emoji together. */
const UNSEEN = /(?!\u200D)[\p{Cf}\p{Co}\p{Cn}\uFFFD]/gu;
const WHITE_SPACE = /[\s\p{Cc}\p{Zl}\p{Zp}]+/gu;
/** What the rest of the JSON around a string is made of that was closed too late, and what of it may stand before the first brace. */
const CLOSING = ' "\',}]';
const BEFORE_BRACE = ' "\',';

/** One line without control characters, line breaks or mark-up. It is never longer than the text, and may be empty. */
export function plainLine(text: string): string {
  const said = text
    .toWellFormed()
    .replace(UNSEEN, '') // first, because it may hide mark-up
    .split(TURN_MARKUP)
    .find((part) => part.trim() !== '');
  const line = (said ?? '').replace(TAG, ' ').replace(FENCE, ' ').replace(WHITE_SPACE, ' ').trim();
  return line.includes('{') ? line : withoutClosing(line);
}

/** Each character is looked at once: a server may send tens of thousands of braces. */
function withoutClosing(line: string): string {
  const end = trimmedLength(line, CLOSING);
  const brace = line.indexOf('}', end);
  return brace < 0 ? line : line.slice(0, trimmedLength(line.slice(0, brace), BEFORE_BRACE));
}

/** The length of the line without those characters at its end. */
function trimmedLength(line: string, characters: string): number {
  let length = line.length;
  while (length > 0 && characters.includes(line.charAt(length - 1))) length -= 1;
  return length;
}
