/** A model that plays with a coach: what it was not trained for comes from the personas' scripts. */
import type { Persona } from '#core/content.ts';
import { SPEECH_MAX, THOUGHT_MAX } from '#core/decision.ts';
import type { Brain } from '#show/ports/brain.ts';
import { Openers } from './lines/openers.ts';
import { lentWalk } from './scripted/bonds.ts';
import { lentDeal, lentLine, lentWord } from './scripted/coach.ts';

interface Coaching {
  cast: readonly Persona[];
  rooms: readonly { name: string }[];
  seed: number;
}

/**
 * `lead` answers every turn. In a bounded share of turns its line gives way to one about what the floor remembers, its silence,
 * and what it said of late or what too many lines began like, to the script's line; its Hold, and its order for what it may not have
 * more of, to the script's deal and thought; its walk to a feud's or an alliance's. All else is its own, and `raw` is what it wrote.
 * Closing this brain closes `lead`.
 */
export function withCoach(lead: Brain, { cast, rooms, seed }: Coaching): Brain {
  const openers = new Openers(cast, rooms);
  return {
    label: lead.label,
    think: async (turn, signal) => {
      const answer = await lead.think(turn, signal);
      const { observation, floor = '' } = turn;
      const decision = { ...answer.decision };
      const line = observation.scene || observation.lookingBack ? null : lentLine(observation, cast, seed);
      if (line) decision.speech = line.speech.slice(0, SPEECH_MAX);
      else
        decision.speech = lentWord(decision.speech, observation, cast, seed, (said) =>
          openers.isWornOut(said, floor),
        ).slice(0, SPEECH_MAX);
      if (turn.aside !== true) openers.remember(decision.speech, floor);
      const deal = lentDeal(decision.trade, observation, cast, seed);
      if (deal) Object.assign(decision, { ...deal, thought: deal.thought.slice(0, THOUGHT_MAX) });
      decision.location = lentWalk(observation, cast, seed) ?? decision.location;
      return { ...answer, decision };
    },
    close: () => lead.close(),
  };
}
