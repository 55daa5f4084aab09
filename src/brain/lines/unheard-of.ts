/** Whether a line tells of a blow or a triumph that its speaker knows nothing of: a model likes the words, whatever happened. */
import type { Persona } from '#core/content.ts';
import { subjectsOf } from '#core/memory/telling.ts';
import type { FactKind } from '#core/memory/fact.ts';
import type { Observation } from '#core/observation.ts';

/** Talk of chaos and of crashes is talk of the weather. */
const KINDS = ['marginCall', 'bankruptcy', 'comeback', 'lead'] as const satisfies FactKind[];

/**
 * For one turn: whether the words so far name such an event of somebody to whom it did not happen, by what comes to the trader's mind,
 * by what it is, and by what it hears. Rather too strict: what it once knew and thinks of no more counts as unheard of.
 */
export function unheardOf(
  { trader, standing, company, facts = [] }: Observation,
  cast: readonly Persona[],
): (text: string) => boolean {
  const heardBy = [trader, ...company.map((other) => other.trader)];
  const isTold = (kind: FactKind, who: string): boolean =>
    company.some(({ trader: speaker, said }) =>
      subjectsOf({ text: said ?? '', speaker, heardBy }, kind, cast).includes(who),
    );
  const happened = (kind: FactKind, who: string): boolean =>
    facts.some((fact) => fact.kind === kind && (fact.about?.trader === who || fact.by?.trader === who)) ||
    (kind === 'bankruptcy' && who === trader && standing === 'intern') ||
    isTold(kind, who);
  return (text) => {
    const line = { text, speaker: trader, heardBy };
    return KINDS.some((kind) =>
      subjectsOf(line, kind, cast).some((who) => who !== null && !happened(kind, who)),
    );
  };
}
