/** Plays rounds with one player after another: one that is killed as planned is followed by the next. */

/** Each resolves to null where the player has ended by itself, or was ended. */
export interface Players<Player, Report> {
  start(): Promise<Player | null>;
  play(player: Player, round: number): Promise<Report | null>;
  kill(player: Player): Promise<void>;
}

export interface Plan {
  rounds: number;
  /** The rounds after which the player is killed. */
  killAfter: ReadonlySet<number>;
  /** Whether somebody wants it to end: nobody is started any more. */
  isStopped: () => boolean;
}

/** What was played, up to the end of the plan or of a player that was not to end yet. */
export async function relay<Player, Report>(
  players: Players<Player, Report>,
  { rounds, killAfter, isStopped }: Plan,
): Promise<Report[]> {
  const played: Report[] = [];
  let player: Player | null = null;
  for (let round = 0; round < rounds && !isStopped(); round++) {
    player ??= await players.start();
    if (player === null) break;
    const report = await players.play(player, round);
    if (report === null) break;
    played.push(report);
    if (!killAfter.has(round)) continue;
    await players.kill(player);
    player = null;
  }
  return played;
}
