/**
 * Renders a model's own chat template, by the rules of the library that such templates are written for, and finds the places
 * of the texts in what it writes. Nothing is put in a template's place: one that cannot be used is told by what is wrong with it.
 */
import { Template } from '@huggingface/jinja';
import { errorLine } from '#lib/error-text.ts';

/** A template as one turn of a conversation shows it: all but the texts themselves, with the names of control tokens. */
export interface Layout {
  /** Before the system text. */
  start: string;
  /** Between the system text and the user's. */
  middle: string;
  /** Behind the user's text when an answer is asked for. */
  answerStart: string;
  /** Behind the user's text where an answer that was given stands; null when the template does not say. */
  shownStart: string | null;
  /** Whether the template takes the white space around a text away. */
  trims: { systemStart: boolean; userStart: boolean; userEnd: boolean };
  /** Whether it takes no system text, so that this stands in front of the user's. */
  foldsSystem: boolean;
}

/** What is wrong with a template, to follow on "its chat template". */
export class LayoutFault extends Error {}

export interface RenderValues {
  bosToken: string;
  eosToken: string;
  /** What else the template may ask for. */
  parameters: Readonly<Record<string, unknown>>;
  /** Words to stand in front of the system text; none when empty. */
  systemWords: string;
}

/** Stand for the texts. A template that escapes, splits or rewrites a text in any way does not write them whole. */
const MARK = {
  system: 'system\n"text" <f3b1> & it\'s',
  user: 'user\n"text" <9c07> & it\'s',
  answer: 'answer-4d2a',
};
/** Stands around them, to see whether it is taken away. */
const PAD = '\t\n\t';

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
  } catch (error) {
    throw new LayoutFault(`cannot be read (${errorLine(error)})`, { cause: error });
  }
  let firstFault: LayoutFault | undefined;
  let refused = true;
  for (const { typed, folded } of SHAPES) {
    // Only a template that says that it takes no system text is asked without: one that drops it in silence is refused.
    if (folded && !refused) break;
    const render = (messages: readonly Message[], isQuestion: boolean): string =>
      template.render({
        tools: null,
        documents: null,
        ...values.parameters,
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
      return { ...asked, shownStart: shownStartOf(render, question), foldsSystem: folded };
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

function partsOf(rendered: string): Omit<Layout, 'shownStart' | 'foldsSystem'> {
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

function shownStartOf(
  render: (messages: readonly Message[], isQuestion: boolean) => string,
  question: readonly Message[],
): string | null {
  let shown: string;
  try {
    shown = render([...question, { role: 'assistant', text: MARK.answer }], false);
  } catch {
    return null; // made for one question only: it does not say where an answer stands
  }
  const [, behindUser] = shown.split(MARK.user);
  const [start, rest] = behindUser?.split(MARK.answer) ?? [];
  return start === undefined || rest === undefined ? null : start.replaceAll(PAD, '');
}
