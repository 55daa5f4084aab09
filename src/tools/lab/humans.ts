/** `npm run lab -- humans SHOW`: what members decided in the chairs of a show, beside those who sat there, turn by turn. */
import type { Content } from '#core/content.ts';
import { fumbledDecision } from '#core/decision.ts';
import { BASELINES, type Baseline } from '#lab/baselines/policies.ts';
import { MEASURES } from '#lab/families/all.ts';
import type { JudgedRow } from '#lab/families/measure.ts';
import { compared, figuresOf } from '#lab/report/judge.ts';
import { number, withInterval } from '#lab/report/text.ts';
import { askOf } from '#lab/runs/ask-of.ts';
import type { PlayedTurn } from '#lab/runs/records.ts';
import { seatedTurn } from '#lab/runs/seated.ts';
import { InputError } from '#lib/input-error.ts';
import { textTable } from '#lib/text-table.ts';
import type { HumanTurn } from '#show/ports/hand.ts';
import { AskedStates } from '#show/views/asked-states.ts';
import { readRecording, type Recording } from '../recording.ts';

/** Fewer tell nothing. */
const LEAST = 30;

/** Measures of a single choice: the others need words, or who decided in the rounds before. */
const CHOICES = new Set([
  'regret',
  'regret-bull',
  'regret-bear',
  'in-persona-trades',
  'all-in',
  'refused-orders',
  'disposition',
  'herding',
]);
const OF_CHOICES = MEASURES.filter(({ id }) => CHOICES.has(id));

/** Policies that are asked for the same turns. */
const BESIDE = ['hold', 'momentum', 'policy-oracle'] as const satisfies Baseline[];

interface Seats {
  humans: PlayedTurn[];
  stage: PlayedTurn[];
  /** One of each policy, in its order. */
  beside: PlayedTurn[][];
}

/** The text of the comparison. Throws InputError where there are too few decisions. */
export function humansRow(name: string, folder: string | undefined): string {
  return readRecording(name, folder, (recording) => told(name, recording));
}

function told(name: string, recording: Recording): string {
  const kept = recording.store.humanTurns();
  if (kept.length < LEAST)
    throw new InputError(
      `${name}: ${kept.length} decisions of members from /chair are kept so far; a row takes ${LEAST}`,
    );
  const { humans, stage, beside } = seatsOf(recording, kept);
  if (humans.length < LEAST)
    throw new InputError(
      `${name}: of ${kept.length} decisions of members, ${humans.length} lie in the rounds that the recording still holds; a row takes ${LEAST}`,
    );
  const [one, other] = [rowOf(humans, recording.content), rowOf(stage, recording.content)];
  const judged = [one, other, ...beside.map((turns) => rowOf(turns, recording.content))].map((row) =>
    figuresOf(row, undefined, OF_CHOICES),
  );
  const { differences } = compared(
    { name: 'members', row: one },
    { name: 'stage', row: other },
    undefined,
    OF_CHOICES,
  );
  const rows = OF_CHOICES.map(({ id, title, unit, chance }) => {
    const [members, traders, ...policies] = judged.map((figures) => {
      const figure = figures.find(({ measure }) => measure === id);
      return figure ? withInterval(figure) : '-';
    });
    const difference = differences.find(({ measure }) => measure === id);
    return [
      `${title}, ${unit}`,
      members ?? '-',
      traders ?? '-',
      difference ? withInterval({ estimate: difference.difference, interval: difference.interval }) : '-',
      chance === null ? '' : number(chance),
      ...policies,
    ];
  });
  return [
    `${humans.length} decisions of members in the chairs of ${name}, from ${one.worlds.length} regimes, and what those on stage and three policies did in the same turns`,
    textTable([['measure', 'members [95 %]', 'on stage [95 %]', 'difference', 'chance', ...BESIDE], ...rows]),
    'Members see what the trader sees; they choose for one turn and live with no book of their own. Regimes and traders are drawn anew. Who sat there is not kept: thirty choices of one member are a row of that member.',
  ].join('\n');
}

/** The turns in which somebody sat in a chair, decided once by the member and once by the trader. */
function seatsOf({ founding, content, steps }: Recording, kept: readonly HumanTurn[]): Seats {
  const byTurn = Map.groupBy(kept, ({ round, trader }) => `${round}:${trader}`);
  const seats: Seats = { humans: [], stage: [], beside: BESIDE.map(() => []) };
  let before = founding;
  const askedStates = new AskedStates();
  for (const step of steps()) {
    const { action, state } = step;
    if (action.type === 'takeTurn') {
      const sat = byTurn.get(`${before.round}:${action.trader}`) ?? [];
      // Members see what the brain was asked about, not what came while it thought.
      const ask = askOf(askedStates.of(action, before), action.trader, content, '');
      for (const { decision } of sat) {
        seats.humans.push(seatedTurn(ask, before, decision));
        seats.stage.push(
          seatedTurn(ask, before, action.decision ?? fumbledDecision(ask.observation.roomName)),
        );
        for (const [at, name] of BESIDE.entries())
          seats.beside[at]?.push(seatedTurn(ask, before, BASELINES[name].policy(ask, 0)));
      }
    }
    askedStates.note(step, state);
    before = state;
  }
  return seats;
}

function rowOf(turns: readonly PlayedTurn[], content: Content): JudgedRow {
  // Rounds of one regime share their luck: whatever fits it gains in all of them.
  const regimes = Map.groupBy(turns, ({ round, roundsInRegime }) => round - roundsInRegime);
  return { content, worlds: [...regimes].map(([began, its]) => ({ seed: began, turns: its })) };
}
