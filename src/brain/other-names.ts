/**
 * A model that knows some things by other names: it is told, and answers, in these, and whoever asks it notices nothing. For the lab,
 * which asks how much of a choice hangs on what a thing is called.
 */
import type { Mind, PromptText } from './engine/engine.ts';
import type { AnswerRequest } from './engine/mind.ts';
import type { AskedMind } from './minds/minds.ts';

type Renames = (text: string) => string;

export class OtherNames {
  readonly names: readonly (readonly [word: string, other: string])[];
  readonly #there: Renames;
  readonly #back: Renames;

  /** @param names pairs of a word and the one that stands for it, which is said of nothing else; as long at least, so that no line grows on the way back */
  constructor(names: readonly (readonly [word: string, other: string])[]) {
    this.names = names;
    this.#there = renaming(names);
    this.#back = renaming(names.map(([word, other]) => [other, word]));
  }

  /** The same prompt in the other names; mark-up stays. */
  told<T extends PromptText>(text: T): T;
  told(text: PromptText): PromptText {
    if (typeof text === 'string') return this.#there(text);
    return text.map((piece) => (typeof piece === 'string' ? this.#there(piece) : piece));
  }

  of(mind: Mind): AskedMind {
    const back = this.#back;
    return {
      id: mind.id,
      answer: async (request) => {
        const { json, fields, ...rest } = await mind.answer({ ...request, ...this.#asked(request) });
        return { ...rest, json: back(json), fields: mapped(fields, back) };
      },
      write: async (request) => {
        const { text, ...rest } = await mind.write({ ...request, text: this.told(request.text) });
        return { ...rest, text: back(text) };
      },
    };
  }

  #asked({ text, schema, sampler, guard, choose, favoured, given, begun }: AnswerRequest): AnswerRequest {
    const [there, back] = [this.#there, this.#back];
    const { repetition } = sampler;
    return {
      text: this.told(text),
      schema: schema.map((field) =>
        field.kind === 'enum' ? { ...field, values: field.values.map(there) } : field,
      ),
      sampler: {
        ...sampler,
        ...(repetition && { repetition: { ...repetition, lines: (repetition.lines ?? []).map(there) } }),
      },
      guard: guard && {
        judge: (field, words, closes) => guard.judge(field, back(words), closes),
        mustEnd: (field, words) => guard.mustEnd(field, back(words)),
        pull: (field, words) => guard.pull(field, back(words)),
      },
      choose:
        choose &&
        ((field, ways) =>
          choose(
            field,
            ways.map((way) => ({ ...way, values: way.values.map(back) })),
          )),
      favoured:
        favoured &&
        Object.fromEntries(
          Object.entries(favoured).map(([field, words]) => [
            field,
            new Map([...words].map(([word, bias]) => [there(word), bias])),
          ]),
        ),
      given: given && mapped(given, there),
      begun: begun && mapped(begun, there),
    };
  }
}

function mapped(texts: Readonly<Record<string, string>>, by: Renames): Record<string, string> {
  return Object.fromEntries(Object.entries(texts).map(([key, text]) => [key, by(text)]));
}

/** Whole words, in the case in which they stand. */
function renaming(pairs: readonly (readonly [string, string])[]): Renames {
  const other = new Map(pairs.map(([from, to]) => [from.toLowerCase(), to]));
  const pattern = new RegExp(`\\b(?:${pairs.map(([from]) => from).join('|')})\\b`, 'giu');
  return (text) =>
    text.replace(pattern, (word) => {
      const to = other.get(word.toLowerCase()) ?? word;
      if (word === word.toUpperCase()) return to.toUpperCase();
      return word === word.toLowerCase() ? to.toLowerCase() : to;
    });
}
