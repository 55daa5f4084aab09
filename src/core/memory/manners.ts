/** Who mocked whom, and who was kind to whom: only those who were there know. */
import type { Content } from '../content.ts';
import type { EventOf } from '../events.ts';
import { hasWord, meaningOf } from '../hearing/hear.ts';
import type { TraderId } from '../vocabulary.ts';
import type { Memory, Noticed } from './fact.ts';

/** Within so many rounds the same again is the same quarrel. */
const SAME_QUARREL = 10;

export function manners({ facts }: Memory, line: EventOf<'spoke'>, { cast }: Content): Noticed[] {
  const { trader: by, text, heardBy, round } = line;
  const shown = mannersOf(text, by, heardBy, cast);
  if (shown === null) return [];
  const { kind, about } = shown;
  const again = facts.some(
    (fact) =>
      fact.kind === kind && fact.about === about && fact.by === by && round - fact.round < SAME_QUARREL,
  );
  return again ? [] : [{ kind, about, by, knownBy: [...heardBy] }];
}

/** Whether a line mocks or comforts one of those who hear it, and whom; null: neither. */
export function mannersOf(
  text: string,
  by: TraderId,
  heardBy: readonly TraderId[],
  cast: Content['cast'],
): { kind: 'mocked' | 'comforted'; about: TraderId } | null {
  const { act } = meaningOf(text, cast);
  const kind = act === 'tease' ? 'mocked' : act === 'kindness' ? 'comforted' : null;
  const about = kind === null ? null : addressed(text, by, heardBy, cast);
  return kind === null || about === null ? null : { kind, about };
}

/** Whom the line names, or the only one who hears it. */
function addressed(
  text: string,
  speaker: TraderId,
  heardBy: readonly TraderId[],
  cast: Content['cast'],
): TraderId | null {
  const others = heardBy.filter((id) => id !== speaker);
  const named = others.filter((id) => hasWord(text, cast.find((persona) => persona.id === id)?.name ?? id));
  if (named.length > 0) return named[0] ?? null;
  return others.length === 1 ? (others[0] ?? null) : null;
}
