/** Where a scripted trader goes: to breaking news, where a feud or an alliance takes it, after friends, away from rivals, home. Pure. */
import type { Persona } from '#core/content.ts';
import type { Observation } from '#core/observation.ts';
import type { Prng } from '#core/chance/prng.ts';
import type { Temperament } from '#core/script.ts';
import type { RoomId } from '#core/vocabulary.ts';
import { bondRoom, shunnedRooms } from './bonds.ts';
import type { Heard } from './ear.ts';

const FRIEND = 30;
const RIVAL = -40;
const FOLLOW_BPS = 4_500;
const AVOID_BPS = 3_500;
/** With this many others a room is crowded, and a quieter one has its charm. */
const CROWD = 2;
const LEAVE_CROWD_BPS = 5_000;
const TALK_ON_BPS = 5_000;
const SEEK_COMPANY_BPS = 4_000;
const GO_HOME_BPS = 4_000;

/** The display name of the room to be in when the round closes. */
export function walk(
  observation: Observation,
  persona: Persona,
  temperament: Temperament,
  cast: readonly Persona[],
  heard: readonly Heard[],
  prng: Prng,
): string {
  const to = destination(observation, persona, temperament, cast, heard, prng);
  return observation.rooms.find((room) => room.id === to)?.name ?? observation.roomName;
}

function destination(
  observation: Observation,
  persona: Persona,
  temperament: Temperament,
  cast: readonly Persona[],
  heard: readonly Heard[],
  prng: Prng,
): RoomId {
  const { company, headlines, justLeft, room } = observation;
  const feels = (id: string) => temperament.feelings[id] ?? 0;
  if (headlines.length > 0 && room !== temperament.newsRoom && prng.chance(temperament.newsRunBps))
    return temperament.newsRoom;
  const shunned = shunnedRooms(observation, cast);
  const away = () => wander(observation, temperament, prng, shunned);
  const drawn = bondRoom(observation, cast, prng, away);
  if (drawn !== null) return drawn;

  const friend = cast.find((other) => justLeft.includes(other.name) && feels(other.id) >= FRIEND);
  if (friend && friend.homeRoom !== room && prng.chance(FOLLOW_BPS)) return friend.homeRoom;

  const provoked = heard.some((line) => line.act === 'tease' && feels(line.from.trader) <= RIVAL);
  if (provoked && prng.chance(AVOID_BPS)) return away();
  if (heard.some((line) => line.toMe) && prng.chance(TALK_ON_BPS)) return room;
  if (
    company.length < CROWD &&
    company.some((other) => feels(other.trader) >= FRIEND) &&
    prng.chance(TALK_ON_BPS)
  )
    return room;

  const home = shunned.has(persona.homeRoom) ? room : persona.homeRoom;
  if (observation.phase === 'episode' && observation.roundsLeft <= 1 && prng.chance(GO_HOME_BPS)) return home;
  if (company.length === 0 && prng.chance(SEEK_COMPANY_BPS)) return away();
  if (company.length >= CROWD && prng.chance(LEAVE_CROWD_BPS)) {
    return room === home || prng.chance(5_000) ? away() : home;
  }
  return prng.chance(temperament.roamBps) ? away() : room;
}

/** Another room, drawn by the pull that each has on the trader; a shunned one only where there is no other. */
function wander(
  observation: Observation,
  temperament: Temperament,
  prng: Prng,
  shunned: ReadonlySet<RoomId>,
): RoomId {
  const all = observation.rooms.filter((room) => room.id !== observation.room);
  const free = all.filter(({ id }) => !shunned.has(id));
  const others = free.length > 0 ? free : all;
  const pulls = others.map((room) => temperament.rooms[room.id] ?? 1);
  let rest = prng.uniform() * pulls.reduce((sum, pull) => sum + pull, 0);
  const index = pulls.findIndex((pull) => (rest -= pull) < 0);
  return others[index]?.id ?? observation.room;
}
