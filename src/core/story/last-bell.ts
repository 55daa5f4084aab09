/** What is recalled of the last closing bell. */
import type { Standings } from '../trading/standings.ts';
import type { Answer, LastBell, Question } from './story.ts';

/** `standings` best gain first. */
export function recallBell(
  { season, episode, fallen }: Pick<LastBell, 'season' | 'episode' | 'fallen'>,
  standings: readonly Standings[],
  question: Question,
  answer: Answer,
  before: LastBell | null,
): LastBell | null {
  const [best, worst] = [standings[0], standings.at(-1)];
  if (!best || !worst) return null;
  const again = before?.winner === best.trader && before.season === season;
  return {
    season,
    episode,
    winner: best.trader,
    winnerGainCents: best.episodeGainCents,
    loser: worst.trader,
    loserGainCents: worst.episodeGainCents,
    wins: again ? before.wins + 1 : 1,
    fallen,
    question,
    answer,
  };
}
