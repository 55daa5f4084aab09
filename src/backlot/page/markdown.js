// @ts-check
/**
 * Discord's markdown as a tree. Pure: text in, nodes out, and whatever is not understood stays text, so that no message
 * can put anything but text on the page.
 *
 * @typedef {{ kind: 'text', text: string }
 *   | { kind: 'bold' | 'italic' | 'underline' | 'strike' | 'spoiler', children: Node[] }
 *   | { kind: 'code', text: string }
 *   | { kind: 'codeBlock', text: string }
 *   | { kind: 'heading', level: 1 | 2 | 3, children: Node[] }
 *   | { kind: 'subtext' | 'quote', children: Node[] }
 *   | { kind: 'list', ordered: boolean, start: number, items: { depth: number, children: Node[] }[] }
 *   | { kind: 'link', url: string, children: Node[] }
 *   | { kind: 'time', unix: number, style: string }
 *   | { kind: 'channel' | 'user' | 'role', id: string }
 *   | { kind: 'everyone' | 'command', text: string }
 *   | { kind: 'emoji', id: string, name: string }} Node
 */

/** Deeper than this, markup stays text: nobody nests so far but to do harm. */
const deepest = 8;

/** @param {string} source @returns {Node[]} */
export function parseMarkdown(source) {
  return parseBlocks(source.replaceAll('\r\n', '\n'), 0);
}

/** @param {string} source @param {number} depth @returns {Node[]} */
function parseBlocks(source, depth) {
  /** @type {Node[]} */
  const nodes = [];
  let at = 0;
  for (const fence of source.matchAll(/```(?:[\w+-]*\n)?([\s\S]+?)```\n?/g)) {
    nodes.push(...parseLines(source.slice(at, fence.index), depth));
    nodes.push({ kind: 'codeBlock', text: (fence[1] ?? '').replace(/\n$/, '') });
    at = fence.index + fence[0].length;
  }
  nodes.push(...parseLines(source.slice(at), depth));
  return nodes;
}

const heading = /^(#{1,3}) +(.+)$/;
const listItem = /^( *)(?:[-*]|(\d{1,4})\.) +(.+)$/;

/** @param {string} source @param {number} depth @returns {Node[]} */
function parseLines(source, depth) {
  /** @type {Node[]} */
  const nodes = [];
  /** @type {string[]} */
  let paragraph = [];
  const flush = () => {
    if (paragraph.length > 0) nodes.push(...parseInline(paragraph.join('\n'), depth));
    paragraph = [];
  };
  const lines = source === '' ? [] : source.split('\n');
  for (let index = 0; index < lines.length; index++) {
    const line = lines[index] ?? '';
    const head = heading.exec(line);
    if (head) {
      flush();
      const level = /** @type {1 | 2 | 3} */ (head[1]?.length);
      nodes.push({ kind: 'heading', level, children: parseInline(head[2] ?? '', depth + 1) });
    } else if (line.startsWith('-# ')) {
      flush();
      nodes.push({ kind: 'subtext', children: parseInline(line.slice(3), depth + 1) });
    } else if (depth === 0 && line.startsWith('>>> ')) {
      flush();
      const rest = [line.slice(4), ...lines.slice(index + 1)].join('\n');
      nodes.push({ kind: 'quote', children: parseLines(rest, depth + 1) });
      index = lines.length;
    } else if (depth === 0 && line.startsWith('> ')) {
      flush();
      const end = endOfRun(lines, index, (next) => next.startsWith('> '));
      const quoted = lines.slice(index, end).map((next) => next.slice(2));
      nodes.push({ kind: 'quote', children: parseLines(quoted.join('\n'), depth + 1) });
      index = end - 1;
    } else if (listItem.test(line)) {
      flush();
      const ordered = isOrdered(line);
      const end = endOfRun(
        lines,
        index,
        (next) => listItem.test(next) && (next.startsWith(' ') || isOrdered(next) === ordered),
      );
      nodes.push(listOf(lines.slice(index, end), depth));
      index = end - 1;
    } else paragraph.push(line);
  }
  flush();
  return nodes;
}

/**
 * @param {string[]} lines
 * @param {number} from
 * @param {(line: string) => boolean} belongs
 */
function endOfRun(lines, from, belongs) {
  const end = lines.findIndex((line, index) => index > from && !belongs(line));
  return end === -1 ? lines.length : end;
}

/** @param {string} line a list item */
const isOrdered = (line) => listItem.exec(line)?.[2] !== undefined;

/** @param {string[]} lines each a list item @param {number} depth @returns {Node} */
function listOf(lines, depth) {
  const parts = lines.map((line) => listItem.exec(line));
  const number = parts[0]?.[2];
  return {
    kind: 'list',
    ordered: number !== undefined,
    start: Number(number ?? 1),
    items: parts.map((part) => ({
      depth: Math.min(3, Math.floor((part?.[1]?.length ?? 0) / 2)),
      children: parseInline(part?.[3] ?? '', depth + 1),
    })),
  };
}

/**
 * What may begin at a position, tried in this order. Each returns a node and where it ends, or nothing.
 *
 * @type {{ starts: string, pattern: RegExp, make: (match: RegExpExecArray, depth: number) => Node | undefined }[]}
 */
const inline = [
  { starts: '\\', pattern: /\\([\\*_~|`>#<:[\](){}.!+-])/y, make: (m) => text(m[1]) },
  {
    starts: '`',
    pattern: /(`+)([^`](?:[\s\S]*?[^`])??)\1(?!`)/y,
    make: (m) => ({ kind: 'code', text: m[2] ?? '' }),
  },
  {
    starts: '*',
    pattern: /\*\*\*(?=\S)([\s\S]*?\S)\*\*\*(?!\*)/y,
    make: (m, d) => wrap('bold', [wrap('italic', parseInline(m[1] ?? '', d))]),
  },
  {
    starts: '*',
    pattern: /\*\*(?=\S)([\s\S]*?\S\**)\*\*(?!\*)/y,
    make: (m, d) => wrap('bold', parseInline(m[1] ?? '', d)),
  },
  {
    starts: '*',
    pattern: /\*(?=[^\s*])((?:\*\*|[^*])*?[^\s*]|(?=\*\*)(?:\*\*|[^*])+?)\*(?!\*)/y,
    make: (m, d) => wrap('italic', parseInline(m[1] ?? '', d)),
  },
  {
    starts: '_',
    pattern: /__(?=\S)([\s\S]*?\S_*)__(?!_)/y,
    make: (m, d) => wrap('underline', parseInline(m[1] ?? '', d)),
  },
  {
    starts: '_',
    pattern: /_(?=[^\s_])((?:__|[^_])*?[^\s_])_(?![\w])/y,
    make: (m, d) => wrap('italic', parseInline(m[1] ?? '', d)),
  },
  {
    starts: '~',
    pattern: /~~(?=\S)([\s\S]*?\S)~~/y,
    make: (m, d) => wrap('strike', parseInline(m[1] ?? '', d)),
  },
  {
    starts: '|',
    pattern: /\|\|([\s\S]+?)\|\|/y,
    make: (m, d) => wrap('spoiler', parseInline(m[1] ?? '', d)),
  },
  {
    starts: '<',
    pattern: /<t:(-?\d{1,13})(?::([tTdDfFR]))?>/y,
    make: (m) => ({ kind: 'time', unix: Number(m[1]), style: m[2] ?? 'f' }),
  },
  { starts: '<', pattern: /<#(\d{15,21})>/y, make: (m) => ({ kind: 'channel', id: m[1] ?? '' }) },
  { starts: '<', pattern: /<@!?(\d{15,21})>/y, make: (m) => ({ kind: 'user', id: m[1] ?? '' }) },
  { starts: '<', pattern: /<@&(\d{15,21})>/y, make: (m) => ({ kind: 'role', id: m[1] ?? '' }) },
  {
    starts: '<',
    pattern: /<(\/[\w -]{1,100}):\d{15,21}>/y,
    make: (m) => ({ kind: 'command', text: m[1] ?? '' }),
  },
  {
    starts: '<',
    pattern: /<a?:(\w{2,32}):(\d{15,21})>/y,
    make: (m) => ({ kind: 'emoji', name: m[1] ?? '', id: m[2] ?? '' }),
  },
  { starts: '<', pattern: /<(https?:\/\/[^\s<>]+)>/y, make: (m) => link(m[1] ?? '') },
  {
    starts: '[',
    pattern: /\[([^[\]\n]+)\]\(<?(https?:\/\/[^\s<>)]+)>?(?: +"[^"\n]*")?\)/y,
    make: (m, d) => ({ kind: 'link', url: m[2] ?? '', children: parseInline(m[1] ?? '', d) }),
  },
  { starts: 'h', pattern: /https?:\/\/[^\s<>]*[^\s<>.,:;"'\])!?*_~|`]/y, make: (m) => link(m[0]) },
  { starts: '@', pattern: /@(?:everyone|here)\b/y, make: (m) => ({ kind: 'everyone', text: m[0] }) },
];

/** @param {string | undefined} content @returns {Node} */
const text = (content) => ({ kind: 'text', text: content ?? '' });

/** @param {string} url @returns {Node} */
const link = (url) => ({ kind: 'link', url, children: [text(url)] });

/**
 * @param {'bold' | 'italic' | 'underline' | 'strike' | 'spoiler'} kind
 * @param {Node[]} children
 * @returns {Node}
 */
const wrap = (kind, children) => ({ kind, children });

/** @param {string} source @param {number} depth @returns {Node[]} */
function parseInline(source, depth) {
  if (depth > deepest) return [text(source)];
  /** @type {Node[]} */
  const nodes = [];
  let plain = '';
  for (let at = 0; at < source.length;) {
    const found = inlineAt(source, at, depth);
    if (found === undefined) {
      plain += source[at];
      at += 1;
      continue;
    }
    if (plain !== '') nodes.push(text(plain));
    plain = '';
    nodes.push(found.node);
    at = found.end;
  }
  if (plain !== '') nodes.push(text(plain));
  return nodes;
}

/** @param {string} source @param {number} at @param {number} depth */
function inlineAt(source, at, depth) {
  const letter = source[at];
  for (const { starts, pattern, make } of inline) {
    if (letter !== starts) continue;
    // An underscore inside a word (snake_case) is no markup.
    if (letter === '_' && source[at + 1] !== '_' && /\w/.test(source[at - 1] ?? ' ')) continue;
    pattern.lastIndex = at;
    const match = pattern.exec(source);
    const node = match ? make(match, depth + 1) : undefined;
    if (match && node) return { node, end: at + match[0].length };
  }
  return undefined;
}
