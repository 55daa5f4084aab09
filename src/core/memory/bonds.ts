/**
 * A feud or an alliance of two traders: both know what it comes from, so one's grudge makes both seek or shun each other's room,
 * as each persona says in its data, and one's liking draws both together.
 */
import type { Content } from '../content.ts';
import type { ShowState } from '../state.ts';
import type { RoomId, TraderId } from '../vocabulary.ts';
import { feelingBetween } from './feelings.ts';
import type { FeudWay } from './feud-ways.ts';

/** From this grudge or liking on; a single joke, or a single call that came true, is neither. */
export const BOND_FROM = 2;

export type BondKind = 'feud' | 'alliance';

/** A bond as one of the two sees it. */
export interface SeenBond {
  trader: TraderId;
  name: string;
  kind: BondKind;
  /** What it does about the other's room: allies seek it. */
  way: FeudWay;
  /** Where the other is, if it is here or was seen walking out as the last round closed; null: not known. */
  room: RoomId | null;
}

export function bondBetween(state: ShowState, one: TraderId, other: TraderId): BondKind | null {
  const feelings = [feelingBetween(state, one, other), feelingBetween(state, other, one)];
  const [worst, best] = [Math.min(...feelings), Math.max(...feelings)];
  if (worst <= -BOND_FROM) return 'feud';
  return best >= BOND_FROM && worst >= 0 ? 'alliance' : null;
}

/** In the cast's order. */
export function bondsOf(state: ShowState, me: TraderId, { cast }: Content): SeenBond[] {
  const way = cast.find(({ id }) => id === me)?.feud ?? 'shun';
  return cast.flatMap(({ id: trader, name }): SeenBond[] => {
    if (trader === me || !state.traders[trader]) return [];
    const kind = bondBetween(state, me, trader);
    if (kind === null) return [];
    return [
      { trader, name, kind, way: kind === 'alliance' ? 'seek' : way, room: roomSeen(state, me, trader) },
    ];
  });
}

function roomSeen({ traders, round }: ShowState, me: TraderId, other: TraderId): RoomId | null {
  const [mine, theirs] = [traders[me], traders[other]];
  if (!mine || !theirs) return null;
  if (theirs.room === mine.room) return mine.room;
  const leftMe =
    theirs.cameFrom === mine.room && theirs.walkedInRound === round && mine.walkedInRound !== round;
  return leftMe ? theirs.room : null;
}
