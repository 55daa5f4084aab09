/** The name of an episode's thread: which one it is, and what it asks. */
import type { Question } from '#core/story/story.ts';
import type { Wording } from '../wording.ts';
import { questionText } from './story.ts';

/** Discord's limit. */
const NAME_MAX = 100;

export function threadName(
  season: number,
  episode: number,
  question: Question | null,
  wording: Wording,
): string {
  const asked = question ? questionText(question, wording) : null;
  return wording.plain(wording.texts.recap.thread(season, episode, asked), NAME_MAX);
}
