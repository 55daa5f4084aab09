// Turns a model's chat template into the frame around a prompt. What stays the same (mark-up, system text) comes first, so that
// it can be a mind's cached prefix; what changes comes after it. Thinking is switched off, because an answer is JSON from its
// first character on.
import {
  JinjaTemplateChatWrapper,
  resolveChatWrapper,
  type LlamaModel,
  type LlamaTextJSON,
} from 'node-llama-cpp';
import { errorText } from '#lib/error-text.ts';
import type { Thinking } from '../catalog.ts';
import { TemplateError } from './errors.ts';
import type { Markup, PromptText } from './prompt-text.ts';

export interface ChatFrame {
  /** How the template was understood, for the log: `jinja`, `plain`, or the library's name of the family. */
  kind: string;
  /** The start of a prompt: mark-up and the given start of the system text. */
  opening(systemStart: string): PromptText;
  /** A turn: the end of the system text's mark-up, the user's text and the start of the answer. */
  turn(userText: string): PromptText;
}

type Piece = string | Markup;

/** These stand for the texts while a template is rendered: nothing that a template would trim, escape or look for. */
const SYSTEM_MARK = 'system-text-f3b1';
const USER_MARK = 'user-text-9c07';

/** Names under which templates ask whether to think. A name that a template does not use has no effect. */
const NO_THINKING = {
  enable_thinking: false,
  thinking: false,
  reasoning: false,
  add_generation_prompt: true,
};

/** The switch that some models look for in the system text (Qwen3, SmolLM3, Nemotron Nano 2). */
const TEXT_SWITCH = '/no_think';

const THOUGHT_TAGS: readonly [open: string, close: string][] = [
  ['<think>', '</think>'],
  ['<thinking>', '</thinking>'],
  ['<thought>', '</thought>'],
  ['<reasoning>', '</reasoning>'],
  ['<seed:think>', '</seed:think>'],
  ['[THINK]', '[/THINK]'],
  ['<|START_THINKING|>', '<|END_THINKING|>'],
];

/**
 * @param chatTemplate the Jinja text in the GGUF; undefined gives {@link PLAIN_FRAME}
 * @param thinking how this model's thinking is switched off, if the catalog says so; otherwise guessed from the template
 * @throws TemplateError when the template leaves no place for the texts or would take the answer for a thought
 */
export function chatFrameOf(
  model: LlamaModel,
  chatTemplate: string | undefined,
  thinking: Thinking = { kind: 'none' },
): ChatFrame {
  if (chatTemplate === undefined) return PLAIN_FRAME;
  const { kind, pieces } = render(model, chatTemplate, parametersFor(thinking));
  const words = thinkingWords(chatTemplate, thinking);
  const [start, rest] = splitAt(pieces, SYSTEM_MARK);
  const [middle, answerStart] = splitAt(rest, USER_MARK);
  const end = closeThought(answerStart);
  return {
    kind,
    opening: (systemStart) => [...start, words === null ? systemStart : `${words}\n${systemStart}`],
    turn: (userText) => [...middle, userText, ...end],
  };
}

/** For models without a template: base models and the pocket model. */
export const PLAIN_FRAME: ChatFrame = {
  kind: 'plain',
  opening: (systemStart) => systemStart,
  turn: (userText) => `\n\n${userText}\n\n`,
};

function parametersFor(thinking: Thinking): Record<string, boolean | string> {
  return thinking.kind === 'template-argument'
    ? { ...NO_THINKING, [thinking.name]: thinking.value }
    : NO_THINKING;
}

/** The words in the system text that keep the model from thinking; null when there are none. */
function thinkingWords(template: string, thinking: Thinking): string | null {
  if (thinking.kind === 'suffix') return thinking.text;
  const guessed =
    thinking.kind === 'none' && template.includes(TEXT_SWITCH) && !/enable_thinking/.test(template);
  return guessed ? TEXT_SWITCH : null;
}

function render(
  model: LlamaModel,
  template: string,
  parameters: Record<string, boolean | string>,
): { kind: string; pieces: Piece[] } {
  const history = [
    { type: 'system', text: SYSTEM_MARK },
    { type: 'user', text: USER_MARK },
  ] as const;
  let jinjaFault: unknown;
  try {
    const wrapper = new JinjaTemplateChatWrapper({
      template,
      reasoning: false,
      additionalRenderParameters: parameters,
    });
    const { contextText } = wrapper.generateContextState({ chatHistory: [...history] });
    return { kind: 'jinja', pieces: piecesOf(model, contextText.toJSON()) };
  } catch (error) {
    jinjaFault = error;
  }
  try {
    // The library knows well-known families, even where it cannot run their template.
    const wrapper = resolveChatWrapper(model, { noJinja: true });
    const { contextText } = wrapper.generateContextState({
      chatHistory: [...history, { type: 'model', response: [] }],
    });
    return { kind: wrapper.wrapperName, pieces: piecesOf(model, contextText.toJSON()) };
  } catch {
    const cause = errorText(jinjaFault);
    throw new TemplateError(`The model's chat template cannot be used (${cause}). Choose another model.`, {
      cause: jinjaFault,
    });
  }
}

function piecesOf(model: LlamaModel, json: LlamaTextJSON): Piece[] {
  const values = typeof json === 'string' ? [json] : json;
  return values.flatMap((value): Piece[] => {
    if (typeof value === 'string') return [value];
    if (value.type === 'specialTokensText') return [{ markup: value.value }];
    if (value.value === 'BOS') return []; // the engine puts it before every prefix if the model wants it
    const text =
      value.value === 'EOS' ? model.tokens.eosString : value.value === 'EOT' ? model.tokens.eotString : '\n';
    return text === null ? [] : [{ markup: text }];
  });
}

/** The pieces before and after the mark, which must be in a piece of plain text. */
function splitAt(pieces: readonly Piece[], mark: string): [before: Piece[], behind: Piece[]] {
  const index = pieces.findIndex((piece) => typeof piece === 'string' && piece.includes(mark));
  const piece = pieces[index];
  if (typeof piece !== 'string') {
    throw new TemplateError(
      `The model's chat template drops the ${mark.split('-')[0]} text. Choose another model.`,
    );
  }
  const at = piece.indexOf(mark);
  const filled = (text: string): Piece[] => (text === '' ? [] : [text]);
  return [
    [...pieces.slice(0, index), ...filled(piece.slice(0, at))],
    [...filled(piece.slice(at + mark.length)), ...pieces.slice(index + 1)],
  ];
}

/** Some templates open a thought whatever they are told, and the JSON would be taken for it. It is closed, empty. */
function closeThought(answerStart: Piece[]): Piece[] {
  const text = answerStart.map((piece) => (typeof piece === 'string' ? piece : piece.markup)).join('');
  if (/<\|channel\|>\s*\w*$/.test(text.trimEnd())) {
    throw new TemplateError(
      `The model's chat template begins every answer in a channel. Choose another model.`,
    );
  }
  for (const [open, close] of THOUGHT_TAGS) {
    const opened = text.lastIndexOf(open);
    if (opened < 0 || opened < text.lastIndexOf(close)) continue;
    const begun = text.slice(opened + open.length);
    return [...answerStart, { markup: `${begun.endsWith('\n') ? '' : '\n'}\n${close}\n\n` }];
  }
  return answerStart;
}
