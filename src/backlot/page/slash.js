// @ts-check
/**
 * Slash commands as typed text: `/bet trader:Alice chips:50`. Pure: reads a line against the guild's commands, says what
 * may come next at the caret, and what is still missing. A value runs until the next known option's name, so it needs no
 * quotes; text before the first option's name belongs to the first option that can be typed, but for a number at its end where the
 * next one takes a number, `/bet Alice 50`, and all behind a name where the next one needs text: `/whisper Alice Sell Crypto`. If it
 * begins with the name of an option, `/setup language German`, the colon is taken as forgotten, unless the first one takes any text.
 *
 * @typedef {import('discord-api-types/v10').APIApplicationCommand} APIApplicationCommand
 * @typedef {{ name: string, value: string }} Listed what is shown and typed, and what is sent for it
 * @typedef {{ name: string, description: string, type: number, required: boolean, choices: Listed[],
 *   autocomplete: boolean }} Option
 * @typedef {{ path: string, description: string, options: Option[] }} Leaf a command, or one of its subcommands
 * @typedef {{ option: Option, value: string, from: number, to: number }} Given `from` and `to` bound the value
 * @typedef {{ leaf: Leaf, given: Given[], stray: string }} Line
 * @typedef {{ label: string, detail: string, kind: 'command' | 'option' | 'value', required?: boolean,
 *   from: number, to: number, insert: string }} Suggestion
 * @typedef {{ suggestions: Suggestion[], focused: Given | undefined, leaf: Leaf | undefined }} Completion
 * @typedef {(option: Option) => Listed[]} Lists what the guild offers for an option: its choices, members, channels, ...
 */

/** Commands of context menus and activities: nobody types those. @type {ReadonlySet<number>} */
const untypedKinds = new Set([2, 3, 4]);
const subcommandType = 1;
const groupType = 2;
const mostSuggestions = 25;

/** @param {readonly APIApplicationCommand[]} commands @returns {Leaf[]} every one that can be called, by its full path */
export function leavesOf(commands) {
  return commands
    .filter((command) => !untypedKinds.has(command.type))
    .flatMap((command) => leavesUnder(command.name, command.description, command.options ?? []));
}

/**
 * @param {string} path
 * @param {string} description
 * @param {readonly any[]} options as Discord describes them
 * @returns {Leaf[]}
 */
function leavesUnder(path, description, options) {
  const deeper = options.filter(({ type }) => type === subcommandType || type === groupType);
  if (deeper.length > 0) {
    return deeper.flatMap((sub) => leavesUnder(`${path} ${sub.name}`, sub.description, sub.options ?? []));
  }
  const read = options.map((option) => ({
    name: option.name,
    description: option.description,
    type: option.type,
    required: option.required === true,
    choices: (option.choices ?? []).map((/** @type {any} */ choice) => ({
      name: String(choice.name),
      value: String(choice.value),
    })),
    autocomplete: option.autocomplete === true,
  }));
  return [{ path, description, options: read }];
}

/** @param {string} text @param {readonly Leaf[]} leaves @returns {Line | undefined} nothing while the name is unfinished */
export function readLine(text, leaves) {
  const typed = text.slice(1);
  const leaf = leaves
    .filter(({ path }) => typed === path || (typed.startsWith(path) && /\s/.test(typed[path.length] ?? '')))
    .sort((a, b) => b.path.length - a.path.length)[0];
  if (leaf === undefined) return undefined;
  const bodyFrom = 1 + leaf.path.length;
  const keys = [...text.slice(bodyFrom).matchAll(/(^|\s)([\p{L}\p{N}_-]{1,32}):/gu)]
    .map((match) => ({
      option: leaf.options.find((option) => option.name === match[2]?.toLowerCase()),
      keyFrom: bodyFrom + match.index + (match[1]?.length ?? 0),
      valueFrom: bodyFrom + match.index + match[0].length,
    }))
    .filter((key) => key.option !== undefined);
  /** @type {Given[]} */
  const given = keys.map((key, index) =>
    givenAt(text, /** @type {Option} */ (key.option), key.valueFrom, keys[index + 1]?.keyFrom ?? text.length),
  );
  const looseTo = keys[0]?.keyFrom ?? text.length;
  const loose = text.slice(bodyFrom, looseTo).trim();
  const open = leaf.options.filter(
    (option) => option.type !== fileType && given.every((one) => one.option !== option),
  );
  if (loose !== '') given.unshift(...looseGiven(text, open, bodyFrom, looseTo));
  return { leaf, given, stray: open.length > 0 ? '' : loose };
}

/** Discord's types of options that take a number. @type {ReadonlySet<number>} */
const numberTypes = new Set([4, 10]);
const textType = 3;

/**
 * @param {string} text
 * @param {readonly Option[]} open those that can be typed and have no value, in their order
 * @param {number} from
 * @param {number} to
 * @returns {Given[]}
 */
function looseGiven(text, open, from, to) {
  const [first, second] = open;
  if (!first) return [];
  const name = takesAnyText(first) ? null : /^\s*(\S+)\s+(?=\S)/.exec(text.slice(from, to));
  const named = open.find((option) => option.name === name?.[1]?.toLowerCase());
  if (!name || !named) return inOrder(text, first, second, from, to);
  const valueFrom = from + name[0].length;
  return named === first
    ? inOrder(text, first, second, valueFrom, to)
    : [givenAt(text, named, valueFrom, to)];
}

/**
 * @param {string} text
 * @param {Option} first
 * @param {Option | undefined} second
 * @param {number} from
 * @param {number} to
 * @returns {Given[]}
 */
function inOrder(text, first, second, from, to) {
  const length = second ? lengthOfFirst(text.slice(from, to), first, second) : null;
  if (length === null || !second) return [givenAt(text, first, from, to)];
  return [givenAt(text, first, from, from + length), givenAt(text, second, from + length, to)];
}

/**
 * How much of it belongs to the first of two options; null: all.
 *
 * @param {string} loose
 * @param {Option} first
 * @param {Option} second
 * @returns {number | null}
 */
function lengthOfFirst(loose, first, second) {
  /** @type {RegExpExecArray | null} */
  let split = null;
  if (numberTypes.has(second.type) && !numberTypes.has(first.type)) split = /\S\s+(?=-?\d+\s*$)/.exec(loose);
  else if (isNamed(first) && second.type === textType && second.required) split = /\S\s+(?=\S)/.exec(loose);
  return split && split.index + split[0].length;
}

/** Whether its value is a name off a list. @param {Option} option */
const isNamed = (option) => option.autocomplete || option.choices.length > 0;

/** @param {Option} option */
const takesAnyText = (option) => option.type === textType && !isNamed(option);

/** @param {string} text @param {Option} option @param {number} from @param {number} to @returns {Given} */
function givenAt(text, option, from, to) {
  const raw = text.slice(from, to);
  const lead = raw.length - raw.trimStart().length;
  return { option, value: raw.trim(), from: from + Math.min(lead, raw.length), to };
}

/**
 * What may be put at the caret.
 *
 * @param {string} text
 * @param {number} caret
 * @param {readonly Leaf[]} leaves
 * @param {Lists} lists
 * @returns {Completion}
 */
export function complete(text, caret, leaves, lists) {
  const line = readLine(text, leaves);
  if (line === undefined || caret <= line.leaf.path.length + 1) return completeName(text, leaves, line?.leaf);
  const { leaf, given } = line;
  const focused = given.find((one) => caret >= one.from && caret <= one.to);
  const open = leaf.options.filter((option) => given.every((one) => one.option !== option));
  if (focused === undefined) {
    return { suggestions: open.map((option) => keySuggestion(option, caret, caret)), focused, leaf };
  }
  const values = lists(focused.option);
  const wanted = focused.value.toLowerCase();
  const settled =
    values.some(({ name }) => name.toLowerCase() === wanted) && /\s$/.test(text.slice(0, caret));
  const matching = settled ? [] : values.filter(({ name }) => name.toLowerCase().includes(wanted));
  /** @type {Suggestion[]} */
  const suggestions = matching.slice(0, mostSuggestions).map(({ name }) => ({
    label: name,
    detail: '',
    kind: 'value',
    from: focused.from,
    to: focused.to,
    insert: `${name} `,
  }));
  // The last word may be the beginning of another option's name.
  const lastWord = /(?<=\s)\S*$/.exec(text.slice(focused.from - 1, caret))?.[0] ?? '';
  if (focused.value !== '' && (settled || lastWord !== focused.value)) {
    const from = caret - lastWord.length;
    const keys = open.filter((option) => option.name.startsWith(lastWord.toLowerCase()));
    suggestions.push(...keys.map((option) => keySuggestion(option, from, caret)));
  }
  return { suggestions, focused, leaf };
}

/** @param {string} text @param {readonly Leaf[]} leaves @param {Leaf | undefined} leaf @returns {Completion} */
function completeName(text, leaves, leaf) {
  const wanted = text.slice(1).trim().toLowerCase();
  const sorted = leaves.toSorted((a, b) => (a.path < b.path ? -1 : 1));
  const starting = sorted.filter(({ path }) => path.startsWith(wanted));
  const holding = sorted.filter(({ path }) => !path.startsWith(wanted) && path.includes(wanted));
  const found = [...starting, ...holding].slice(0, mostSuggestions);
  return { suggestions: found.map((one) => nameSuggestion(one, text.length)), focused: undefined, leaf };
}

/** @param {Leaf} leaf @param {number} to @returns {Suggestion} */
function nameSuggestion({ path, description, options }, to) {
  const required = options.find((option) => option.required);
  const insert = required ? `/${path} ${required.name}:` : `/${path} `;
  return { label: `/${path}`, detail: description, kind: 'command', from: 0, to, insert };
}

/** @param {Option} option @param {number} from @param {number} to @returns {Suggestion} */
const keySuggestion = (option, from, to) => ({
  label: option.name,
  detail: option.description,
  kind: 'option',
  required: option.required,
  from,
  to,
  insert: `${option.name}:`,
});

/**
 * The line as it is sent, or what is wrong with it.
 *
 * @param {string} text
 * @param {readonly Leaf[]} leaves
 * @param {Lists} lists
 * @returns {{ name: string, options: Record<string, string> } | { error: string }}
 */
export function toCall(text, leaves, lists) {
  const line = readLine(text.trimEnd(), leaves);
  if (line === undefined) return { error: unknownCommand(text, leaves) };
  const { leaf, given, stray } = line;
  if (stray !== '') return { error: `/${leaf.path} does not know what to do with “${stray}”.` };
  const missing = leaf.options.find(
    (option) => option.required && !given.some((one) => one.option === option && one.value !== ''),
  );
  if (missing) return { error: `/${leaf.path} needs ${missing.name}: ${missing.description}` };
  /** @type {Record<string, string>} */
  const options = {};
  for (const { option, value } of given) {
    if (value === '') continue;
    const chosen = choose(option, lists(option), value);
    if (chosen === undefined) {
      const names = lists(option).map(({ name }) => name);
      if (option.type === fileType)
        return { error: `${option.name} takes a file: choose one with the clip.` };
      return { error: `${option.name} must be one of: ${names.join(', ')}.` };
    }
    options[option.name] = chosen;
  }
  return { name: leaf.path, options };
}

const booleanType = 5;
const fileType = 11;

/**
 * The value for what was typed. Only where nothing else is allowed must it be on the list; there, an unmistakable part
 * of a name will do.
 *
 * @param {Option} option
 * @param {Listed[]} listed
 * @param {string} typed
 */
function choose(option, listed, typed) {
  const lower = typed.toLowerCase();
  const exact = listed.find(({ name }) => name.toLowerCase() === lower);
  const closed = option.choices.length > 0 || option.type === booleanType || option.type === fileType;
  if (exact || !closed) return exact?.value ?? typed;
  const near = listed.filter(({ name }) => name.toLowerCase().startsWith(lower));
  return near.length === 1 ? near[0]?.value : listed.find(({ value }) => value === typed)?.value;
}

/** @param {string} text @param {readonly Leaf[]} leaves */
function unknownCommand(text, leaves) {
  if (leaves.length === 0) return 'The bot has no commands yet. Wait until it is online, then try again.';
  const name = text.trim().split(/\s/)[0] ?? text;
  const subs = leaves.filter(({ path }) => path.startsWith(`${name.slice(1)} `));
  if (subs.length > 0)
    return `${name} needs one of: ${subs.map(({ path }) => path.split(' ').at(-1)).join(', ')}.`;
  return `There is no command ${name}. Type / to see them all.`;
}
