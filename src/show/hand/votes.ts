/** What members vote on in an intermission: a bankrupt trader's loan, and which of two headlines runs first after the bell. */
import { ballotHeadlines, wireHeadline } from '#core/ballot.ts';
import type { HandStore } from '../ports/hand.ts';
import type { Vote, VoteQuestion } from '../ports/hand-views.ts';
import type { Recorder } from '../recorder.ts';
import { accepted, refused, type Result, type VoteRefusal } from '../results.ts';

/** A message has five rows of buttons: one for the headlines, the others for loans. */
const LOANS_MAX = 4;

export interface VotesDeps {
  recorder: Recorder;
  hand: HandStore;
  poolOfEpisode: () => { id: string; episode: number };
}

export class Votes {
  readonly #deps: VotesDeps;

  constructor(deps: VotesDeps) {
    this.#deps = deps;
  }

  /**
   * Once an intermission; told of `afterMs` into the round of the closing bell. `opensMs`: when the doors open, where they are closed.
   * Within the bell's transaction.
   */
  open(afterMs: number, opensMs: number | null): void {
    const { recorder, hand, poolOfEpisode } = this.#deps;
    const { content } = recorder;
    const { state } = recorder;
    const { id, episode } = poolOfEpisode();
    if (state.phase !== 'intermission' || hand.votes(id).length > 0) return;
    const headlines = ballotHeadlines(state, content);
    const questions: VoteQuestion[] = [
      ...(headlines ? [{ kind: 'headline' as const, headlines }] : []),
      ...Object.values(state.traders)
        .filter(({ standing }) => standing === 'intern')
        .slice(0, LOANS_MAX)
        .map(({ id: trader }) => ({ kind: 'bailout' as const, trader })),
    ];
    if (questions.length === 0) return;
    for (const [nth, question] of questions.entries()) hand.openVote(id, nth, question);
    recorder.post({
      place: 'betting',
      post: { kind: 'voteOpened', poolId: id, episode, questions, ...(opensMs !== null && { opensMs }) },
      afterMs,
    });
  }

  /** A member's answer; what is said last counts. */
  cast(member: string, poolId: string, nth: number, answer: 0 | 1): Result<Vote, VoteRefusal> {
    const { recorder, hand } = this.#deps;
    const vote = hand.votes(poolId).find((each) => each.nth === nth);
    if (!vote) return refused('no_such_vote');
    if (vote.won !== null) return refused('vote_is_over');
    return recorder.commit(() => {
      hand.cast(poolId, nth, member, answer);
      const now = hand.votes(poolId).find((each) => each.nth === nth);
      return accepted(now ?? vote);
    });
  }

  /** Counts, and does what the members want. Within the transaction of the opening bell, before the bell rings. */
  count(): void {
    const { recorder, hand, poolOfEpisode } = this.#deps;
    const open = hand.votes(poolOfEpisode().id).filter(({ won }) => won === null);
    for (const vote of open) {
      const [first, second] = vote.counts;
      const won = first === second ? 'tie' : first > second ? 0 : 1;
      hand.closeVote(vote.poolId, vote.nth, won, recorder.state.round);
      this.#follow({ ...vote, won });
    }
    if (open.length === 0) return;
    const { id, episode } = poolOfEpisode();
    const questions = open.map(({ question }) => question);
    recorder.post({
      place: 'betting',
      post: { kind: 'voteClosed', poolId: id, episode, questions },
      afterMs: 0,
    });
    const counted = this.told(id);
    if (counted.length > 0)
      recorder.post({ place: 'betting', post: { kind: 'voteCounted', votes: counted }, afterMs: 0 });
  }

  /** Those that are counted and that somebody voted in. */
  told(poolId: string): Vote[] {
    return this.#deps.hand
      .votes(poolId)
      .filter(({ won, counts: [first, second] }) => won !== null && first + second > 0);
  }

  #follow({ question, won }: Vote): void {
    const { recorder } = this.#deps;
    const { content } = recorder;
    const { state } = recorder;
    if (question.kind === 'bailout') {
      const { trader } = question;
      if (won === 0 && state.traders[trader]?.standing === 'intern' && state.phase === 'intermission')
        recorder.act({ type: 'bailOut', trader });
      return;
    }
    if (won !== 0 && won !== 1) return;
    const headline = wireHeadline(state, content, question.headlines[won]);
    if (headline) recorder.act({ type: 'breakHeadline', headline });
  }
}
