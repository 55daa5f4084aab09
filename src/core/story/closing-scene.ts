/**
 * After the closing bell the episode's winner and loser are sent to one room, alone, and stay for up to two rounds: long enough
 * for each to answer the other, whoever thinks for them.
 */
import type { Draft } from '../actions/draft.ts';
import type { Content, Office } from '../content.ts';
import type { ShowState } from '../state.ts';
import type { Standings } from '../trading/standings.ts';
import type { Trader } from '../trading/trader.ts';
import type { RoomId, TraderId } from '../vocabulary.ts';

export type SceneEvent =
  | { type: 'walked'; round: number; trader: TraderId; from: RoomId; to: RoomId }
  | {
      type: 'sceneOpened';
      room: RoomId;
      winner: TraderId;
      winnerGainCents: number;
      loser: TraderId;
      loserGainCents: number;
    };

const SCENE_ROUNDS = 2;

/** The room that data/office.json names, or else the second. */
export function closingSceneRoom({ rooms, closingSceneRoom: named }: Office): RoomId {
  const room = rooms.find(({ id }) => id === named) ?? rooms[1] ?? rooms[0];
  if (!room) throw new Error('the office has no room');
  return room.id;
}

/** `standings` best gain first. */
export function openClosingScene(draft: Draft<SceneEvent>, standings: readonly Standings[]): void {
  const { state, content, tell } = draft;
  const [best, worst] = [standings[0], standings.at(-1)];
  if (!best || !worst || best.trader === worst.trader) return;
  const room = closingSceneRoom(content.office);
  const players = new Set([best.trader, worst.trader]);
  for (const trader of Object.values(state.traders)) {
    if (players.has(trader.id)) send(draft, trader, room);
    else if (trader.room === room) send(draft, trader, elsewhere(state, content, trader, room));
  }
  const rounds = Math.min(SCENE_ROUNDS, state.rules.intermissionRounds);
  state.scene = { room, winner: best.trader, loser: worst.trader, rounds };
  tell({
    type: 'sceneOpened',
    room,
    winner: best.trader,
    winnerGainCents: best.episodeGainCents,
    loser: worst.trader,
    loserGainCents: worst.episodeGainCents,
  });
}

/** True while the trader has to stay for the scene. */
export function isHeld({ scene }: ShowState, id: TraderId): boolean {
  return scene !== undefined && (scene.winner === id || scene.loser === id);
}

/** As a round closes. */
export function endClosingScene(state: ShowState): void {
  if (state.scene && (state.phase !== 'intermission' || state.phaseRound >= state.scene.rounds))
    delete state.scene;
}

function send({ state, tell }: Draft<SceneEvent>, trader: Trader, to: RoomId): void {
  if (trader.room === to) return;
  tell({ type: 'walked', round: state.round, trader: trader.id, from: trader.room, to });
  trader.cameFrom = trader.room;
  trader.room = to;
  trader.walkedInRound = state.round + 1;
}

/** Home, or the first other room with a free seat; with no seat free anywhere, the trader stays and looks on. */
function elsewhere(state: ShowState, { office, cast }: Content, { id }: Trader, room: RoomId): RoomId {
  const home = cast.find((persona) => persona.id === id)?.homeRoom;
  const free = office.rooms.filter(
    (other) =>
      other.id !== room &&
      Object.values(state.traders).filter((trader) => trader.room === other.id).length < other.seats,
  );
  return (free.find((other) => other.id === home) ?? free[0])?.id ?? room;
}
