/** Bugs that somebody might make: each is a change of one place in the source. The torture has to find every one. */

export interface Bug {
  what: string;
  file: string;
  from: string;
  to: string;
}

export const BUGS: readonly Bug[] = [
  {
    what: 'a message is not marked before it is sent',
    file: 'src/stage/posts/delivery.ts',
    from: '    this.#outbox.sending(ids);\n',
    to: '',
  },
  {
    what: 'after a restart nobody looks whether a post arrived',
    file: 'src/stage/posts/delivery.ts',
    from: 'const found = await this.#deps.history.find(place, batch.shown);',
    to: 'const found: string | null = null;',
  },
  {
    what: 'a lost answer counts as not posted',
    file: 'src/stage/posts/delivery.ts',
    from: 'const posted = !(error instanceof NotSetUpError) && mayHavePosted(error);',
    to: 'const posted = false;',
  },
  {
    what: 'a post that failed counts as shown',
    file: 'src/stage/posts/delivery.ts',
    from: 'this.#outbox.failed(ids, outcome.mayHavePosted);',
    to: "this.#outbox.sent(ids, '1');",
  },
  {
    what: 'posts go newest first',
    file: 'src/store/outbox.ts',
    from: "AND status <> 'sending' ORDER BY due_ms, id LIMIT ?",
    to: "AND status <> 'sending' ORDER BY due_ms DESC, id DESC LIMIT ?",
  },
  {
    what: 'what is left of a round does not hurry when the next one opens',
    file: 'src/store/show/show-store.ts',
    from: "if (action.type === 'openRound') hurry(atMs);",
    to: 'void hurry;',
  },
  {
    what: 'what was being sent at a kill is sent again',
    file: 'src/store/outbox.ts',
    from: "SET status = 'unknown' WHERE status = 'sending'",
    to: "SET status = 'planned' WHERE status = 'sending'",
  },
  {
    what: 'an action is stored outside of its transaction',
    file: 'src/store/transactions.ts',
    from: 'return transaction.immediate(work) as T;',
    to: 'return work();',
  },
  {
    what: 'memory keeps what could not be stored',
    file: 'src/show/recorder.ts',
    from: '      this.#state = before.state;\n',
    to: '',
  },
  {
    what: 'a stake leaves the pot without reaching the wallet',
    file: 'src/show/audience/stakes.ts',
    from: "    tx.post(transfer(potOf(pool.id), walletOf(member), chips, 'stake_returned', pool.id, atMs));\n",
    to: '    void atMs;\n',
  },
  {
    what: 'a member who changes the pick keeps the first',
    file: 'src/core/betting/picks.ts',
    from: "verdict: { do: 'stake', outcome: learned.outcome, chips: null },",
    to: "verdict: stake ? { do: 'nothing' } : { do: 'stake', outcome: learned.outcome, chips: null },",
  },
  {
    what: 'a pick that is taken off stays',
    file: 'src/core/betting/picks.ts',
    from: "verdict: { do: byBot ? 'keep_without_reaction' : 'return' }",
    to: "verdict: { do: byBot ? 'keep_without_reaction' : 'nothing' }",
  },
  {
    what: 'after a restart the reactions are not read',
    file: 'src/stage/betting/betting-table.ts',
    from: '      await this.#reactions.reconcile(pool, at);\n',
    to: '',
  },
  {
    what: 'a reaction that could not be stored is forgotten',
    file: 'src/stage/betting/stake-queue.ts',
    from: '      failed();\n',
    to: '      void failed;\n',
  },
  {
    what: 'a pool ends as paid before it is paid',
    file: 'src/show/audience/pools.ts',
    from: '      for (const entry of settlement.entries) tx.post(entry);\n',
    to: '',
  },
  {
    what: 'a pool pays its first winner twice',
    file: 'src/show/audience/pools.ts',
    from: '      for (const entry of settlement.entries) tx.post(entry);\n',
    to: '      for (const entry of [...settlement.entries, ...settlement.entries.slice(0, 1)]) tx.post(entry);\n',
  },
  {
    what: 'a fee is told and not taken',
    file: 'src/core/trading/desk.ts',
    from: '  trader.book.cashCents += amountCents;\n',
    to: "  if (what !== 'interest') trader.book.cashCents += amountCents;\n",
  },
  {
    what: 'a line is heard through the walls',
    file: 'src/core/observe.ts',
    from: 'line.speaker === other.id && line.heardBy.includes(me.id)',
    to: 'line.speaker === other.id',
  },
  {
    what: 'a thought is said aloud',
    file: 'src/show/programme.ts',
    from: "      case 'turnTaken':\n        if (fills.length > 0) {\n",
    to:
      "      case 'turnTaken':\n        post(event.room, { kind: 'event', event: { ...event, type: 'thoughtLeaked', text: event.decision.thought } });\n" +
      '        if (fills.length > 0) {\n',
  },
  {
    what: 'a leaderboard that nobody recorded is not looked for',
    file: 'src/stage/posts/standing-message.ts',
    from: '    if (!found) return recorded;\n',
    to: '    found = undefined;\n    if (!found) return recorded;\n',
  },
];
