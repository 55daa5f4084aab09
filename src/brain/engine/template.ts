// Turns a model's chat template into the frame around a prompt. What stays the same (mark-up, system text) comes out in
// front, so that it can be a mind's cached prefix; what changes comes behind it. Thinking is switched off: an answer is
// JSON from its first character on.
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
  /** Which template it is, for the log. */
  kind: string;
  /** What a prompt begins with: the mark-up and the given start of the system text. */
  opening(systemStart: string): PromptText;
  /** A turn: the end of the system text's mark-up, the user's text and the start of the answer. */
  turn(userText: string): PromptText;
}

type Piece = string | Markup;

/** Stands for the texts while a template is rendered; nothing that a template would trim, escape or look for. */
const systemMark = 'system-text-f3b1';
const userMark = 'user-text-9c07';

/** Names under which templates ask whether to think; those that a template does not ask for have no effect. */
const noThinking = { enable_thinking: false, thinking: false, reasoning: false, add_generation_prompt: true };

/** Switch that some models are trained to find in the system text (Qwen3, SmolLM3, Nemotron Nano 2). */
const textSwitch = '/no_think';

const thoughtTags: readonly [open: string, close: string][] = [
  ['<think>', '</think>'],
  ['<thinking>', '</thinking>'],
  ['<thought>', '</thought>'],
  ['<reasoning>', '</reasoning>'],
  ['<seed:think>', '</seed:think>'],
  ['[THINK]', '[/THINK]'],
  ['<|START_THINKING|>', '<|END_THINKING|>'],
];

/**
 * @param chatTemplate the Jinja text of the GGUF; undefined gives a plain format with headings
 * @param thinking how this model's thinking is switched off, where the catalog says so; guessed from the template otherwise
 * @throws TemplateError when the template leaves no place for the texts or would take the answer for a thought
 */
export function chatFrameOf(
  model: LlamaModel,
  chatTemplate: string | undefined,
  thinking: Thinking = { kind: 'none' },
): ChatFrame {
  if (chatTemplate === undefined) return plainFrame;
  const { kind, pieces } = render(model, chatTemplate, parametersFor(thinking));
  const words = thinkingWords(chatTemplate, thinking);
  const [start, rest] = splitAt(pieces, systemMark);
  const [middle, answerStart] = splitAt(rest, userMark);
  const end = closeThought(answerStart);
  return {
    kind,
    opening: (systemStart) => [...start, words === null ? systemStart : `${words}\n${systemStart}`],
    turn: (userText) => [...middle, userText, ...end],
  };
}

/** For models without a template: base models and the pocket model. */
export const plainFrame: ChatFrame = {
  kind: 'plain',
  opening: (systemStart) => systemStart,
  turn: (userText) => `\n\n${userText}\n\n`,
};

function parametersFor(thinking: Thinking): Record<string, boolean | string> {
  return thinking.kind === 'template-argument'
    ? { ...noThinking, [thinking.name]: thinking.value }
    : noThinking;
}

/** What is to stand in the system text so that the model does not think; null where nothing is. */
function thinkingWords(template: string, thinking: Thinking): string | null {
  if (thinking.kind === 'suffix') return thinking.text;
  const guessed =
    thinking.kind === 'none' && template.includes(textSwitch) && !/enable_thinking/.test(template);
  return guessed ? textSwitch : null;
}

function render(
  model: LlamaModel,
  template: string,
  parameters: Record<string, boolean | string>,
): { kind: string; pieces: Piece[] } {
  const history = [
    { type: 'system', text: systemMark },
    { type: 'user', text: userMark },
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
    // What the library knows of well-known families, where it cannot run the template itself.
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
    if (value.value === 'BOS') return []; // the engine begins every prefix with it where the model wants it
    const text =
      value.value === 'EOS' ? model.tokens.eosString : value.value === 'EOT' ? model.tokens.eotString : '\n';
    return text === null ? [] : [{ markup: text }];
  });
}

/** The pieces before and behind the mark, which is in a piece of plain text. */
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

/** A template that opens a thought whatever it is asked would take the JSON for that thought: it is closed, empty. */
function closeThought(answerStart: Piece[]): Piece[] {
  const text = answerStart.map((piece) => (typeof piece === 'string' ? piece : piece.markup)).join('');
  if (/<\|channel\|>\s*\w*$/.test(text.trimEnd())) {
    throw new TemplateError(
      `The model's chat template begins every answer in a channel. Choose another model.`,
    );
  }
  for (const [open, close] of thoughtTags) {
    const opened = text.lastIndexOf(open);
    if (opened < 0 || opened < text.lastIndexOf(close)) continue;
    const begun = text.slice(opened + open.length);
    return [...answerStart, { markup: `${begun.endsWith('\n') ? '' : '\n'}\n${close}\n\n` }];
  }
  return answerStart;
}
