/**
 * What a trader sees who looks back on an episode, alone and before the camera: the one thing of it that concerns it most, and
 * itself. Pure.
 */
import type { Content } from '../content.ts';
import { knows, type Fact } from '../memory/fact.ts';
import { seenFact } from '../memory/recall.ts';
import { worth } from '../memory/remember.ts';
import type { Observation } from '../observation.ts';
import { observe } from '../observe.ts';
import type { ShowState } from '../state.ts';
import type { TraderId } from '../vocabulary.ts';

/** As the episode's last round closes. Null where the floor remembers nothing of the episode that the trader did or suffered. */
export function lookingBack(state: ShowState, trader: TraderId, content: Content): Observation | null {
  const fact = mostTelling(state, trader);
  if (!fact) return null;
  const { scene: _scene, phone: _phone, ...seen } = observe(state, trader, content);
  // It is still news to whoever is told of it now, however often it was spoken of on the floor.
  const asked = { ...seenFact(fact, trader, state.round, content), fresh: true, toldAgo: null };
  return { ...seen, company: [], justLeft: [], headlines: [], facts: [asked], lookingBack: true };
}

function mostTelling(state: ShowState, trader: TraderId): Fact | undefined {
  const since = state.round - state.rules.episodeRounds;
  return (state.memory?.facts ?? [])
    .filter((fact) => fact.round > since && knows(fact, trader))
    .filter(({ about, by }) => about === trader || by === trader)
    .toSorted((a, b) => worth(b, state.round) - worth(a, state.round) || b.round - a.round)[0];
}
