/**
 * What the news is about, for a model too small to quote a headline: its prompt and its answer hold a mark, which is
 * replaced by the subject after the model has answered.
 */
import type { HeadlinesContent } from '#core/content.ts';
import type { Observation } from '#core/observation.ts';
import { cleanQuote } from './quote.ts';

/** Stands for the subject in such a model's prompt and answer. */
export const SUBJECT_MARK = '#';

/** The subject of each headline, by the headline's text. */
export type Subjects = ReadonlyMap<string, string>;

type Headline = Observation['headlines'][number];

/** A clause of at most so many characters is short enough to be called out whole. */
const CLAUSE_MAX = 32;
/** What replaces the mark where no headline has a subject, or where the subject does not fit. */
const ANY_NEWS = 'News';

export function subjectsOf({ wire, chaos }: HeadlinesContent): Subjects {
  return new Map(
    [...wire, ...chaos].flatMap(({ text, subject }) => (subject === undefined ? [] : [[text, subject]])),
  );
}

/** The first headline that has a subject: the one in the data, else its first clause if that is short. */
export function newsWithSubject(
  headlines: readonly Headline[],
  subjects: Subjects,
): { headline: Headline; subject: string } | null {
  for (const headline of headlines) {
    const subject = subjects.get(headline.text) ?? shortClause(headline.text);
    if (subject !== null) return { headline, subject };
  }
  return null;
}

/** A producer's own words have no subject in the data. */
function shortClause(text: string): string | null {
  const clause = cleanQuote(text.split(/[;:,.!?]/, 1)[0] ?? '');
  if (clause === '' || clause.length > CLAUSE_MAX) return null;
  return clause.charAt(0).toUpperCase() + clause.slice(1);
}

/** The text with the subject in place of the mark, at most `max` code points long. */
export function withSubject(text: string, subject: string | null, max: number): string {
  if (!text.includes(SUBJECT_MARK)) return text;
  for (const words of [subject ?? ANY_NEWS, ANY_NEWS]) {
    const filled = text.replaceAll(SUBJECT_MARK, words);
    if (Array.from(filled).length <= max) return filled;
  }
  return text.replaceAll(SUBJECT_MARK, '').trim();
}
