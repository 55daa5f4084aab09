/**
 * Renders a model's own chat template, by the rules of the library that such templates are written for, and finds the places
 * of the texts in the result. No template is replaced: the error says what is wrong with one that cannot be used.
 */
import { Template } from '@huggingface/jinja';
import { errorLine } from '#lib/error-text.ts';

/** What a template writes in one turn, without the texts themselves; control tokens are written by their names. */
export interface Layout {
  /** Before the system text. */
  start: string;
  /** Between the system text and the user's. */
  middle: string;
  /** After the user's text when an answer is requested. */
  answerStart: string;
  /** After the user's text when an earlier answer follows; null when the template does not say. */
  shownStart: string | null;
  /** After an earlier answer, up to the user's next text; null when the template does not say. */
  shownEnd: string | null;
  /** Whether the template removes the white space around a text. */
  trims: { systemStart: boolean; userStart: boolean; userEnd: boolean };
  /** Whether the template accepts no system text, which then comes before the user's text. */
  foldsSystem: boolean;
}

/** What is wrong with a template; the message continues "its chat template". */
export class LayoutFault extends Error {}

export interface RenderValues {
  bosToken: string;
  eosToken: string;
  /** What else the template may ask for. */
  parameters: Readonly<Record<string, unknown>>;
  /** Words to put before the system text; none when empty. */
  systemWords: string;
}

/** These stand for the texts. A template that escapes, splits or rewrites a text does not write them as they are. */
const MARK = {
  system: 'system\n"text" <f3b1> & it\'s',
  user: 'user\n"text" <9c07> & it\'s',
  answer: 'answer-4d2a',
  next: 'next-7e91',
};
/** White space around them, to see whether the template removes it. */
const PAD = '\t\n\t';

/**
 * What `strftime_now` writes, by its directives: templates tell the model today's date, and a fixed prompt with that in it would be
 * another one each day. It is the date that Llama's own template falls back on.
 */
const FIXED_DATE: Readonly<Record<string, string>> = {
  Y: '2024',
  y: '24',
  m: '07',
  B: 'July',
  b: 'Jul',
  d: '26',
  A: 'Friday',
  a: 'Fri',
  H: '12',
  M: '00',
  S: '00',
  '%': '%',
};

const fixedDate = (format: string): string =>
  format.replace(/%([a-z%])/giu, (directive, name: string) => FIXED_DATE[name] ?? directive);

/** The library has a clock of its own and takes no other, but a template may set whatever it likes. */
const WITH_FIXED_DATE = new Template('{% set strftime_now = fixed_date %}').parsed.body;

/** The ways in which templates want a conversation, the usual one first. */
const SHAPES: readonly { typed: boolean; folded: boolean }[] = [
  { typed: false, folded: false },
  { typed: true, folded: false },
  { typed: false, folded: true },
  { typed: true, folded: true },
];

interface Message {
  role: 'system' | 'user' | 'assistant';
  text: string;
}

/** @throws LayoutFault when the template cannot run, or leaves no place for a text */
export function layoutOf(source: string, values: RenderValues): Layout {
  let template: Template;
  try {
    template = new Template(source);
    template.parsed.body.unshift(...WITH_FIXED_DATE);
  } catch (error) {
    throw new LayoutFault(`cannot be read (${errorLine(error)})`, { cause: error });
  }
  let firstFault: LayoutFault | undefined;
  let refused = true;
  for (const { typed, folded } of SHAPES) {
    // Only a template that says that it accepts no system text gets none: one that silently drops it is refused.
    if (folded && !refused) break;
    const render = (messages: readonly Message[], isQuestion: boolean): string =>
      template.render({
        tools: null,
        documents: null,
        ...values.parameters,
        fixed_date: fixedDate,
        bos_token: values.bosToken,
        eos_token: values.eosToken,
        add_generation_prompt: isQuestion,
        messages: messages.map(({ role, text }) => ({
          role,
          content: typed ? [{ type: 'text', text }] : text,
        })),
      });
    const question = conversation(folded, values.systemWords);
    try {
      const asked = partsOf(render(question, true));
      return { ...asked, ...shownPartsOf(render, question, asked), foldsSystem: folded };
    } catch (error) {
      const isDropped = error instanceof LayoutFault;
      if (isDropped) refused = false;
      firstFault ??= isDropped
        ? error
        : new LayoutFault(`cannot run (${errorLine(error)})`, { cause: error });
    }
  }
  throw firstFault ?? new LayoutFault('cannot run');
}

function conversation(folded: boolean, systemWords: string): Message[] {
  const words = systemWords === '' ? '' : `${systemWords}\n`;
  const user = `${MARK.user}${PAD}`;
  if (folded) return [{ role: 'user', text: `${PAD}${words}${MARK.system}\n\n${user}` }];
  return [
    { role: 'system', text: `${PAD}${words}${MARK.system}${PAD}` },
    { role: 'user', text: `${PAD}${user}` },
  ];
}

function partsOf(rendered: string): Omit<Layout, 'shownStart' | 'shownEnd' | 'foldsSystem'> {
  const [start, rest] = splitAt(rendered, 'system');
  const [middle, answerStart] = splitAt(rest, 'user');
  const without = (text: string): string => text.replaceAll(PAD, '');
  return {
    start: without(start),
    middle: without(middle),
    answerStart: without(answerStart),
    trims: {
      systemStart: !start.includes(PAD),
      userStart: !middle.endsWith(PAD),
      userEnd: !answerStart.startsWith(PAD),
    },
  };
}

function splitAt(rendered: string, which: 'system' | 'user'): [before: string, behind: string] {
  const [before, behind, ...more] = rendered.split(MARK[which]);
  if (before === undefined || behind === undefined)
    throw new LayoutFault(`drops or rewrites the ${which} text`);
  if (more.length > 0) throw new LayoutFault(`writes the ${which} text more than once`);
  return [before, behind];
}

function shownPartsOf(
  render: (messages: readonly Message[], isQuestion: boolean) => string,
  question: readonly Message[],
  { start: systemStart, middle }: Pick<Layout, 'start' | 'middle'>,
): Pick<Layout, 'shownStart' | 'shownEnd'> {
  const answered: Message[] = [...question, { role: 'assistant', text: MARK.answer }];
  const shown = renderedOrNull(() => render(answered, false));
  const [, behindUser] = shown?.split(MARK.user) ?? [];
  const [start, end] = behindUser?.split(MARK.answer) ?? [];
  if (start === undefined || end === undefined) return { shownStart: null, shownEnd: null };
  const shownStart = start.replaceAll(PAD, '');
  const next = `${MARK.next}${PAD}`;
  const asked = renderedOrNull(() => render([...answered, { role: 'user', text: next }], true));
  const [beforeFirst, behindFirst] = asked?.split(MARK.user) ?? [];
  const [again, behindAnswer] = behindFirst?.split(MARK.answer) ?? [];
  const [between, rest] = behindAnswer?.split(MARK.next) ?? [];
  // A template that shows an earlier answer in another way than the last one is not one to show turns in, nor is one that moves the
  // system text, as Mistral's do, which write it before the last user's text.
  const isSame =
    again?.replaceAll(PAD, '') === shownStart &&
    beforeFirst?.replaceAll(PAD, '') === `${systemStart}${MARK.system}${middle}`;
  const isWhole = between !== undefined && rest !== undefined && !between.includes(MARK.system);
  return { shownStart, shownEnd: isSame && isWhole ? between : null };
}

/** Null from a template that is made for one question only, or for other roles. */
function renderedOrNull(render: () => string): string | null {
  try {
    return render();
  } catch {
    return null;
  }
}
