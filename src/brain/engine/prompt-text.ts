import type { LlamaModel } from 'node-llama-cpp';

/** Mark-up of a chat template: names of control tokens in it become these tokens. In plain text they never do. */
export interface Markup {
  markup: string;
}

export type PromptText = string | readonly (string | Markup)[];

export function pieces(text: PromptText): readonly (string | Markup)[] {
  return typeof text === 'string' ? [text] : text;
}

export function tokenizePrompt(model: LlamaModel, text: PromptText): number[] {
  return pieces(text).flatMap((piece): number[] =>
    typeof piece === 'string'
      ? model.tokenize(piece, false, 'trimLeadingSpace')
      : model.tokenize(piece.markup, true, 'trimLeadingSpace'),
  );
}
