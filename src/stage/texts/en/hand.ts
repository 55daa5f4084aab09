/** What members do to the show beside betting: tips on the phone, thoughts that they have read out. */
import type { PledgeRefusal, WhisperRefusal } from '#show/results.ts';
import type { Facts } from '../counted.ts';
import { counted } from './counted.ts';

export const hand = {
  hand: {
    whisper: {
      command: {
        description: "Puts a tip into a trader's ear for 100 chips, once an episode",
        options: {
          trader: { name: 'trader', description: 'Whose phone rings' },
          tip: {
            name: 'tip',
            description:
              'At most 80 characters. No other trader hears it; at the bell all read it, without your name',
          },
        },
      },
      button: (chips: string) => `☎️ Whisper (${chips})`,
      form: {
        title: (name: string) => `Whisper to ${name}`,
        tip: 'Your tip',
        hint: 'Heard in the next turn, as what somebody on the phone says.',
        placeholder: 'Buy Bonds before the bell',
      },
      given: (name: string, tip: string, balance: string) =>
        `☎️ ${name}'s phone will ring: “${tip}”. It is heard in the next turn; if the bell comes first, your chips come back. You hold ${counted(`**${balance}**`, 'chip')}. What came of it is told at the bell.`,
      holdsNone: (name: string, instrument: string) => `${name} holds no ${instrument}.`,
      refusals: {
        unknown_trader: () => 'No trader has that name. Pick one from the list.',
        show_not_running: () => 'The show is not running. Try again when it goes on.',
        market_shut: () => 'The market is shut, and nobody could act on it. Whisper after the opening bell.',
        intern_cannot_trade: () => 'That trader is the intern and may not trade. Whisper to somebody else.',
        line_is_busy: () =>
          'The line is busy until the bell: too many tips wait already. Whisper to somebody else.',
        whispered_already: () => 'You have whispered in this episode. Once is enough; the next one is yours.',
        not_enough_chips: (facts: Facts) =>
          `A whisper costs ${facts['price'] ?? 100} chips, and you hold ${facts['chips'] ?? 0}.`,
        text_too_long: (facts: Facts) => `That is too long: ${facts['most'] ?? 80} characters at most.`,
        text_blocked: () => 'That is on the blocklist (links, invites, slurs). Word it differently.',
        text_empty: () => 'Nothing readable is left of that. Use plain words.',
      } satisfies Record<WhisperRefusal, (facts: Facts) => string>,
    },
    leak: {
      button: (missing: string) => `📢 Leak it (${missing} missing)`,
      chipIn: '📢 Chip in',
      ask: (name: string, round: number, missing: string) =>
        `${counted(`**${missing}**`, 'chip is', 'chips are')} missing until ${name}'s thought of round ${round} is read out in the room. Put in any sum; without enough by the closing bell everything returns.`,
      sum: (chips: string) => counted(chips, 'chip'),
      rest: (chips: string) => `All that is missing: ${chips}`,
      opened: (name: string, round: number, price: string) =>
        `📢 Somebody wants ${name}'s thought of round ${round} read out aloud. At **${price}** chips it is.`,
      pledged: (chips: string, missing: string, balance: string) =>
        `Your ${counted(chips, 'chip is', 'chips are')} in; ${missing} to go. You hold ${counted(`**${balance}**`, 'chip')}.`,
      told: (name: string, chips: string, balance: string) =>
        `📢 That was all that was missing (${counted(chips, 'chip')}): ${name}'s thought is read out, and the others in the room hear it. You hold ${counted(`**${balance}**`, 'chip')}.`,
      refusals: {
        unknown_trader: () => 'No trader has that name. Pick one from the list.',
        no_such_thought: () => 'There is no such thought to read out.',
        thought_too_old: () => 'That thought is too old to move anybody. Take a newer one.',
        told_already: () => 'That thought has been read out already.',
        pledge_too_small: () => 'Put in at least one chip.',
        not_enough_chips: (facts: Facts) => `You hold ${counted(facts['chips'] ?? 0, 'chip')}. Put in less.`,
      } satisfies Record<PledgeRefusal, (facts: Facts) => string>,
    },
    phoneRings: (name: string) => `📞 ${name}'s phone rings.`,
    title: (episode: number) => `🖐️ The audience's hand in episode ${episode}`,
    tip: {
      followed: (name: string, tip: string, sum: string) =>
        `☎️ Somebody told ${name} “${tip}”: followed, **${sum}** by the bell.`,
      ignored: (name: string, tip: string) => `☎️ Somebody told ${name} “${tip}”: ignored.`,
      idle: (name: string, tip: string) => `☎️ Somebody told ${name} “${tip}”: nothing to follow there.`,
    },
    leaked: (name: string, round: number, thought: string) =>
      `📢 Read out for all to hear, ${name} in round ${round}: *${thought}*`,
    more: (count: string) => `…and ${count} more.`,
  },
};
