/** What the floor remembers, for a model: one short line of what comes to mind, one of how it stands with who is here. */
import type { SeenBond } from '#core/memory/bonds.ts';
import type { SeenFact } from '#core/memory/recall.ts';
import { numberWords } from '#core/memory/words.ts';
import type { Observation } from '#core/observation.ts';
import { TOLD_ROUNDS } from '../scripted/recollection.ts';

/** At most two lines; none where there is nothing to remember. */
export function factLines(seen: Observation): string[] {
  const { facts = [], bonds = [], company, lookingBack } = seen;
  const remembered = facts
    .filter((fact) => lookingBack || isWorthAWord(fact))
    .map((fact) => `${factText(fact)}, ${agoText(fact.roundsAgo)}.`);
  const standing = [
    ...bonds.flatMap((bond) => bondText(bond, seen)),
    ...company
      .filter(({ trader }) => !bonds.some((bond) => bond.trader === trader))
      .flatMap(({ name, feeling = 0 }) => {
        if (feeling <= GRUDGE) return [`You bear ${name} a grudge.`];
        return feeling >= LIKING ? [`You like ${name}.`] : [];
      }),
  ];
  return [
    ...(remembered.length === 0 ? [] : [`You know: ${remembered.join(' ')}`]),
    ...(standing.length === 0 ? [] : [standing.join(' ')]),
  ];
}

/** What to do about somebody who is here, or was seen walking to another room. */
function bondText({ name, kind, way, room }: SeenBond, { room: mine, rooms }: Observation): string[] {
  if (room === null) return [];
  const here = room === mine;
  if (way === 'shun') return here ? [`You have a feud with ${name}: leave this room.`] : [];
  const who = kind === 'feud' ? `You have a feud with ${name}` : `${name} is your ally`;
  if (here) return [kind === 'feud' ? `${who}: stay and have it out.` : `${who}: stay.`];
  return [`${who}: follow to ${rooms.find(({ id }) => id === room)?.name ?? room}.`];
}

/** News that the trader has not spoken of yet, and what is its own; a word of scorn or comfort shows in how it stands with somebody. */
function isWorthAWord({ kind, part, fresh, toldAgo, roundsAgo }: SeenFact): boolean {
  if (kind === 'mocked' || kind === 'comforted') return false;
  if (toldAgo !== null && toldAgo < TOLD_ROUNDS) return false;
  return fresh || ((part === 'me' || part === 'mine') && roundsAgo <= OWN_ROUNDS);
}

/** Every word is paid for by each trader, every turn: half an episode back is enough. */
const OWN_ROUNDS = 12;

/** From here on a feeling is worth a word; a single joke is not. */
const GRUDGE = -2;
const LIKING = 2;

function agoText(rounds: number): string {
  if (rounds <= 0) return 'just now';
  return `${numberWords(rounds)} ${rounds === 1 ? 'round' : 'rounds'} ago`;
}

/** `Alex was margin-called and has nine hundred dollars left`: in the second person where it is the reader's own. */
function factText(fact: SeenFact): string {
  const { kind, part, about, by, instrument, amount, move, rose, count } = fact;
  const me = part === 'me';
  const who = me ? 'You' : (about?.name ?? 'Somebody');
  const other = part === 'mine' ? 'you' : (by?.name ?? 'somebody');
  const was = me ? 'were' : 'was';
  const rounds = `${numberWords(count ?? 0)} rounds in a row`;
  const went = `${instrument ?? 'it'} ${rose ? 'rose' : 'fell'} ${move ?? 'a little'}`;
  switch (kind) {
    case 'marginCall':
      return `${who} ${was} margin-called with ${amount} left`;
    case 'bankruptcy':
      return `${who} went bankrupt`;
    case 'comeback':
      return `${who} ${was} bailed out with ${amount}`;
    case 'lead':
      return `${who} took the lead from ${other} by ${amount}`;
    case 'chaos':
      return 'Chaos hit the market';
    case 'winningRun':
      return `${who} won ${amount} over ${rounds}`;
    case 'losingRun':
      return `${who} lost ${amount} over ${rounds}`;
    case 'goodCall':
      return `${who} called it right, ${went}`;
    case 'badCall':
      return `${who} called it wrong, ${went}`;
    case 'goodAdvice':
      return `${who} bought ${instrument} on a tip from ${other} and made ${amount}`;
    case 'badAdvice':
      return `${who} bought ${instrument} on a tip from ${other}${fact.betrayed ? ' (who bought something else)' : ''} and lost ${amount}`;
    case 'mocked':
      return `${part === 'mine' ? 'You' : other} mocked ${me ? 'you' : who}`;
    case 'comforted':
      return `${part === 'mine' ? 'You' : other} ${part === 'mine' ? 'were' : 'was'} kind to ${me ? 'you' : who}`;
  }
  return kind satisfies never;
}
