/** Where a feud or an alliance takes a scripted trader. Pure. */
import { keyedNumbers } from '#core/chance/keyed.ts';
import type { Persona } from '#core/content.ts';
import type { SeenBond } from '#core/memory/bonds.ts';
import type { Observation } from '#core/observation.ts';
import type { Prng } from '#core/chance/prng.ts';
import type { RoomId } from '#core/vocabulary.ts';

/** Of the rounds in which a feud or an alliance points somewhere, so many are walked its way, in basis points. */
const LEAVE_BPS = 7_500;
const STAY_BPS = 8_500;
const FOLLOW_BPS = 6_500;
/** Nobody knows where the other is; at home, perhaps. */
const CALL_AT_HOME_BPS = 2_500;

/** The room that the strongest bond asks for; null where none does, or the trader has other things to do. */
export function bondRoom(
  observation: Observation,
  cast: readonly Persona[],
  prng: Prng,
  roomToShun: (shunned: ReadonlySet<RoomId>) => RoomId,
): RoomId | null {
  for (const bond of byWeight(observation)) {
    const { way, room } = bond;
    const here = room === observation.room;
    if (way === 'shun') {
      if (here && prng.chance(LEAVE_BPS)) return roomToShun(shunnedRooms(observation, cast));
      continue;
    }
    if (here) {
      if (prng.chance(STAY_BPS)) return observation.room;
      continue;
    }
    const there = room ?? homeOf(bond, cast);
    if (there !== null && there !== observation.room && prng.chance(room ? FOLLOW_BPS : CALL_AT_HOME_BPS))
      return there;
  }
  return null;
}

/** Rooms where somebody to be shunned is, or may be. */
export function shunnedRooms({ bonds = [] }: Observation, cast: readonly Persona[]): Set<RoomId> {
  return new Set(
    bonds
      .filter(({ way }) => way === 'shun')
      .flatMap((bond) => [bond.room ?? homeOf(bond, cast) ?? []].flat()),
  );
}

/** Where the script would go for a bond's sake, as a display name, for a model that was not told of it; null: wherever it likes. */
export function lentWalk(observation: Observation, cast: readonly Persona[], seed: number): string | null {
  if ((observation.bonds ?? []).length === 0) return null;
  const prng = keyedNumbers(seed, 'bond', observation.round, observation.trader);
  const to = bondRoom(observation, cast, prng, (shunned) => {
    const others = observation.rooms.filter(({ id }) => id !== observation.room);
    const free = others.filter(({ id }) => !shunned.has(id));
    return prng.pick(free.length > 0 ? free : others)?.id ?? observation.room;
  });
  return observation.rooms.find(({ id }) => id === to)?.name ?? null;
}

/** Who is here counts first, and a feud before an alliance. */
function byWeight({ bonds = [], room }: Observation): SeenBond[] {
  const weight = (bond: SeenBond): number => (bond.room === room ? 2 : 0) + (bond.kind === 'feud' ? 1 : 0);
  return bonds.toSorted((a, b) => weight(b) - weight(a));
}

function homeOf({ trader }: SeenBond, cast: readonly Persona[]): RoomId | null {
  return cast.find(({ id }) => id === trader)?.homeRoom ?? null;
}
