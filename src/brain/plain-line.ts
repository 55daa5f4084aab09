/**
 * What a model wrote, as one line that a person may read. A model spells mark-up out, ends a string only after its turn was
 * over, or breaks lines, and none of that belongs into a thought or a remark.
 */

/** Mark-up behind which a turn is over, or another one begins: what follows it was not meant for anybody. */
const TURN_MARKUP =
  /<[|\uFF5C][^<>|\uFF5C]{0,60}[|\uFF5C]?>|<[|\uFF5C][^<>]*$|<\/?(?:s|bos|eos|pad|unk|(?:start|end)_of_(?:turn|text)|start_of_image)>|<\/?s$|<<\/?SYS>>|\[\/?(?:INST|SYS|SYSTEM_PROMPT|TOOL_CALLS|TOOL_RESULTS|AVAILABLE_TOOLS)\]/giu;
/** Any other tag, as `<think>` or `<b>`. A heart, `<3`, is none. */
const TAG = /<\/?[a-z][\w:-]{0,30}\s*\/?>|\[\/?THINK\]/giu;
const FENCE = /`{3,}\w*/gu;
/** Format characters may turn a line around or hide in it; a joiner holds an emoji together. */
const UNSEEN = /(?!\u200D)[\p{Cf}\p{Co}\p{Cn}\uFFFD]/gu;
const WHITE_SPACE = /[\s\p{Cc}\p{Zl}\p{Zp}]+/gu;
/** What is left of the JSON around a string that was closed too late. */
const CLOSING_BRACES = /["'\s,]*\}[\s"'}\],]*$/u;

/** One line without control characters, line breaks and mark-up, never longer than the text; may be empty. */
export function plainLine(text: string): string {
  const said = text
    .toWellFormed()
    .replace(UNSEEN, '') // first, for it may hide mark-up
    .split(TURN_MARKUP)
    .find((part) => part.trim() !== '');
  const line = (said ?? '').replace(TAG, ' ').replace(FENCE, ' ').replace(WHITE_SPACE, ' ').trim();
  return line.includes('{') ? line : line.replace(CLOSING_BRACES, '');
}
