// Turns a model's chat template into the frame around a prompt. What stays the same (mark-up, system text) comes first, so that
// it can be a mind's cached prefix; what changes comes after it. Thinking is switched off, because an answer is JSON from its
// first character on. A template is used exactly as it is, or refused.
import path from 'node:path';
import type { LlamaModel } from 'node-llama-cpp';
import { rootCode } from '#lib/error-text.ts';
import { readTextFile } from '#lib/text-file.ts';
import type { Thinking } from '../catalog.ts';
import { answerStartOf, thoughtBefore } from './chat/answer-start.ts';
import { LayoutFault, layoutOf, type Layout } from './chat/conversation.ts';
import { TemplateError } from './errors.ts';
import type { Markup, PromptText } from './prompt-text.ts';

/** A turn with its answer. */
export interface ShownTurn {
  sees: string;
  does: string;
}

export interface ChatFrame {
  /** Which template it is, for the log. */
  kind: 'jinja' | 'plain';
  /** What a person should know about it, as one line; null when there is nothing. */
  note: string | null;
  /** Whether a prompt begins with BOS if the vocabulary asks for it. False where the template itself decides. */
  addBos: boolean;
  /** The start of a prompt: mark-up and the given start of the system text. */
  opening(systemStart: string): PromptText;
  /** What stands behind the system text and before every turn: the turns that are shown, and the mark-up in front of a text. */
  beforeTurn(shown: readonly ShownTurn[]): (string | Markup)[];
  /** A turn: the user's text and the start of the answer. */
  turn(userText: string): PromptText;
}

/** Names under which templates ask whether to think. A name that a template does not use has no effect. */
const NO_THINKING = { enable_thinking: false, thinking: false, reasoning: false, thinking_budget: 0 };

/** The switch that some models look for in the system text (Qwen3, SmolLM3, Nemotron Nano 2). */
const TEXT_SWITCH = '/no_think';

/** The part of a model that a frame needs. */
export type TemplatedModel = Pick<LlamaModel, 'tokens' | 'fileInfo' | 'filename'>;

/**
 * @param chatTemplate the Jinja text in the GGUF; undefined gives a plain script
 * @param thinking how this model's thinking is switched off, if the catalog says so. Default: guessed from the template
 * @throws TemplateError when the template cannot run, leaves no place for a text or ends where the answer does not begin
 */
export function chatFrameOf(
  model: TemplatedModel,
  chatTemplate: string | undefined,
  thinking?: Thinking,
): ChatFrame {
  if (chatTemplate === undefined) return PLAIN_FRAME;
  try {
    const layoutWith = (systemWords: string): Layout =>
      layoutOf(chatTemplate, {
        ...specialTokensOf(model),
        parameters: parametersFor(thinking),
        systemWords,
      });
    const layout =
      thinking === undefined
        ? guessedLayout(chatTemplate, layoutWith)
        : layoutWith(thinking.kind === 'suffix' ? thinking.text : '');
    return frameOf(layout, answerStartOf(layout));
  } catch (error) {
    if (!(error instanceof LayoutFault)) throw error;
    const file = model.filename ?? 'The model';
    throw new TemplateError(
      `${file}: its chat template ${error.message}. Choose another model, or put a template that fits into ` +
        `${ownTemplateOf(model.filename ?? 'model.gguf')} beside it.`,
      { cause: error },
    );
  }
}

/**
 * The chat template that somebody put beside a model's file, in a file of the same name that ends in .jinja; undefined if there
 * is none.
 * @throws TextFileError when it cannot be read
 */
export function templateBeside(modelFile: string): string | undefined {
  try {
    return readTextFile(path.join(path.dirname(modelFile), ownTemplateOf(modelFile)));
  } catch (error) {
    if (rootCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}

function ownTemplateOf(modelFile: string): string {
  return `${path.basename(modelFile).replace(/\.gguf$/i, '')}.jinja`;
}

/** For models without a template: base models and the pocket model. */
export const PLAIN_FRAME: ChatFrame = {
  kind: 'plain',
  note: 'it has no chat template and is asked with a plain script, as base models are; a model made for chat answers better',
  addBos: true,
  opening: (systemStart) => systemStart,
  beforeTurn: (shown) => [...asScript(shown), '\n\n'],
  turn: (userText) => `${userText}\n\n`,
};

/** As text, where there is no mark-up for turns. */
function asScript(turns: readonly ShownTurn[]): string[] {
  return turns.map(({ sees, does }) => `\n\n${sees}\n\n${does}`);
}

function frameOf(layout: Layout, answerStart: string): ChatFrame {
  const { start, middle, trims, foldsSystem, shownStart, shownEnd } = layout;
  const asked = (userText: string): string => {
    const begun = trims.userStart ? userText.trimStart() : userText;
    return trims.userEnd ? begun.trimEnd() : begun;
  };
  return {
    kind: 'jinja',
    note: foldsSystem
      ? "its chat template takes no system text: the rules stand in front of the user's text instead"
      : null,
    addBos: false,
    opening: (systemStart) => [...markup(start), trims.systemStart ? systemStart.trimStart() : systemStart],
    beforeTurn: (shown) => {
      if (shownStart === null || shownEnd === null) return [...asScript(shown), ...markup(middle)];
      return [
        ...markup(middle),
        ...shown.flatMap(({ sees, does }) => [asked(sees), ...markup(shownStart), does, ...markup(shownEnd)]),
      ];
    },
    turn: (userText) => [asked(userText), ...markup(answerStart)],
  };
}

function markup(text: string): Markup[] {
  return text === '' ? [] : [{ markup: text }];
}

function parametersFor(thinking: Thinking | undefined): Record<string, unknown> {
  if (thinking === undefined) return NO_THINKING;
  return thinking.kind === 'template-argument' ? { [thinking.name]: thinking.value } : {};
}

/**
 * With the switch in the system text where that does more against a thought than the template's arguments, or may, because it asks for
 * none. It comes first there, where it is evaluated once: whatever comes after the persona is evaluated again every turn.
 */
function guessedLayout(template: string, layoutWith: (systemWords: string) => Layout): Layout {
  if (!template.includes(TEXT_SWITCH)) return layoutWith('');
  if (!template.includes('enable_thinking')) return layoutWith(TEXT_SWITCH);
  const plain = layoutWith('');
  if (thoughtBefore(plain) === 'closed') return plain;
  const switched = layoutWith(TEXT_SWITCH);
  return QUIET.indexOf(thoughtBefore(switched)) > QUIET.indexOf(thoughtBefore(plain)) ? switched : plain;
}

/** Where an answer may begin, the surest place last. */
const QUIET: readonly ReturnType<typeof thoughtBefore>[] = ['open', 'none', 'closed'];

/** Tokens as the file names them: for one that it does not name, llama.cpp has a number of its own, which means nothing. */
function specialTokensOf({ tokens, fileInfo }: TemplatedModel): { bosToken: string; eosToken: string } {
  const { bos_token_id: bos, eos_token_id: eos, model } = fileInfo.metadata.tokenizer.ggml;
  const isSentencePiece = model === 'llama';
  return {
    bosToken: bos === undefined && !isSentencePiece ? '' : (tokens.bosString ?? ''),
    eosToken: eos === undefined && !isSentencePiece ? '' : (tokens.eosString ?? ''),
  };
}
