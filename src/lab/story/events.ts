/** Whether what happened is spoken of, and whether what is spoken of happened. */
import type { Persona } from '#core/content.ts';
import type { Fact } from '#core/memory/fact.ts';
import { subjectsOf, tells } from '#core/memory/telling.ts';
import { PUBLIC_KINDS, type PublicEvent, type StoryShow, type StoryTurn } from './transcript.ts';

/** So many rounds after its own an event counts as named in time. */
const NAMED_WITHIN = 2;

/** Each event, and whether another trader named it in time. */
export function namedEvents(
  { turns, events }: StoryShow,
  cast: readonly Persona[],
): { event: PublicEvent; named: boolean }[] {
  const byRound = Map.groupBy(
    turns.filter(({ speech }) => speech !== ''),
    ({ round }) => round,
  );
  return events.map((event) => {
    const lines = Array.from(
      { length: NAMED_WITHIN + 1 },
      (_, later) => byRound.get(event.round + later) ?? [],
    );
    const named = lines
      .flat()
      .some((turn) => turn.trader !== event.about && tells(lineOf(turn), asFact(event), cast));
    return { event, named };
  });
}

/** Lines that tell of a public event which nobody has had: what is told of chaos cannot be told from talk of any crash. */
export function falseLines({ turns, events }: StoryShow, cast: readonly Persona[]): StoryTurn[] {
  return turns.filter((turn) => {
    if (turn.speech === '') return false;
    if (turn.source !== null && !isTrue(turn.source, events)) return true;
    return PUBLIC_KINDS.some((kind) => {
      if (kind === 'chaos') return false;
      return subjectsOf(lineOf(turn), kind, cast).some(
        (who) => who !== null && !happened(events, kind, who, turn.round),
      );
    });
  });
}

/** The fact that a line was made from is in the log, on its date. */
function isTrue(source: NonNullable<StoryTurn['source']>, events: readonly PublicEvent[]): boolean {
  if (!PUBLIC_KINDS.some((kind) => kind === source.kind)) return true;
  return events.some(
    ({ kind, round, about, by }) =>
      kind === source.kind && round === source.round && about === source.about && by === source.by,
  );
}

function happened(
  events: readonly PublicEvent[],
  kind: PublicEvent['kind'],
  who: string,
  round: number,
): boolean {
  return events.some(
    (event) => event.kind === kind && event.round <= round && (event.about === who || event.by === who),
  );
}

const lineOf = ({ speech, trader, heardBy }: StoryTurn) => ({ text: speech, speaker: trader, heardBy });

function asFact({ kind, round, about, by }: PublicEvent): Fact {
  return {
    kind,
    round,
    about,
    by,
    instrument: null,
    amountCents: null,
    moveBps: null,
    count: null,
    knownBy: null,
    told: {},
  };
}
