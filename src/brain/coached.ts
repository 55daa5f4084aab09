/** A model that plays with a coach: what it was not trained for comes from the personas' scripts. */
import type { Persona } from '#core/content.ts';
import { SPEECH_MAX, THOUGHT_MAX } from '#core/decision.ts';
import type { Brain } from '#show/ports/brain.ts';
import { lentWalk } from './scripted/bonds.ts';
import { lentDeal, lentLine, lentWord } from './scripted/coach.ts';

/**
 * `lead` answers every turn. In a bounded share of turns its line gives way to one about what the floor remembers, its silence
 * and what it said or began alike of late to the script's line, its Hold to the script's deal and thought, and its walk to a feud's or an alliance's; all else is its own, and `raw` is what it wrote. Closing this brain closes `lead`.
 */
export function withCoach(lead: Brain, { cast, seed }: { cast: readonly Persona[]; seed: number }): Brain {
  return {
    label: lead.label,
    think: async (turn, signal) => {
      const answer = await lead.think(turn, signal);
      const { observation } = turn;
      const decision = { ...answer.decision };
      const line = observation.scene || observation.lookingBack ? null : lentLine(observation, cast, seed);
      if (line) decision.speech = line.speech.slice(0, SPEECH_MAX);
      else decision.speech = lentWord(decision.speech, observation, cast, seed).slice(0, SPEECH_MAX);
      const deal = decision.trade === 'Hold' ? lentDeal(observation, cast, seed) : null;
      if (deal) Object.assign(decision, { ...deal, thought: deal.thought.slice(0, THOUGHT_MAX) });
      decision.location = lentWalk(observation, cast, seed) ?? decision.location;
      return { ...answer, decision };
    },
    close: () => lead.close(),
  };
}
