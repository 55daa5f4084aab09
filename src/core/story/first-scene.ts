/**
 * The first scene of a new show: in its first round everybody is in one room, and each introduces itself as its persona's data
 * say, whatever brain thinks for it later.
 */
import type { Content, Office, Persona } from '../content.ts';
import { SPEECH_MAX, type Decision } from '../decision.ts';
import type { ShowState } from '../state.ts';
import type { RoomId, TraderId } from '../vocabulary.ts';

/** The room that data/office.json names, or else the one with the most seats, the first of them when there are several. */
export function firstSceneRoom({ rooms, firstSceneRoom: named }: Office): RoomId {
  const [largest] = rooms.toSorted((a, b) => b.seats - a.seats);
  const room = rooms.find(({ id }) => id === named) ?? largest;
  if (!room) throw new Error('the office has no room');
  return room.id;
}

/** What a trader does in the first scene; null in any other round. */
export function debutOf(state: ShowState, content: Content, id: TraderId): Decision | null {
  const persona = content.cast.find((one) => one.id === id);
  const trader = state.traders[id];
  if (state.phase !== 'premiere' || state.phaseRound !== 1 || !persona || !trader) return null;
  const room = content.office.rooms.find((one) => one.id === trader.room);
  const debut = persona.debut ?? { ...selfIntroduction(persona), trade: 'Hold', size: 'Small' };
  return {
    thought: debut.thought,
    trade: debut.trade,
    size: debut.size,
    speech: debut.line,
    location: room?.name ?? trader.room,
  };
}

/** From a character in the second person: "You are loud." becomes "I am loud." */
function selfIntroduction({ name, title, persona }: Persona): { thought: string; line: string } {
  const role = title.replace(/^The\b/u, 'the');
  const sentences = persona.match(/[^.!?]+[.!?]+/gu) ?? [];
  const own = sentences
    .map((sentence) => sentence.trim())
    // The first sentence mostly says the name and the title, which are said already.
    .filter((sentence) => !sentence.includes(name))
    .flatMap((sentence) => inFirstPerson(sentence) ?? []);
  const begun = `${name}, ${role}.`;
  const whole = own.map((sentence) => `${begun} ${sentence}`).find((text) => text.length <= SPEECH_MAX);
  return { thought: 'First day. Let them see who I am.', line: whole ?? begun.slice(0, SPEECH_MAX) };
}

/** Null where the sentence is not about "you" alone: a wrong guess would be worse than a shorter line. */
function inFirstPerson(sentence: string): string | null {
  const [, verb, rest] = /^You (\w+)\b(.*)$/su.exec(sentence) ?? [];
  if (verb === undefined || rest === undefined || /\byou\b/iu.test(rest)) return null;
  const turned = rest.replace(/\byourself\b/giu, 'myself').replace(/\byour\b/giu, 'my');
  return `I ${verb === 'are' ? 'am' : verb}${turned}`;
}
