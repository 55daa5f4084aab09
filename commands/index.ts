/** Every command, in the order of /help. The bot answers these and no others, and a test fails on an unlisted file. */
import type { Command } from '#stage/command.ts';
import { chaos } from './chaos.ts';
import { confess } from './confess.ts';
import { help } from './help.ts';
import { leaderboard } from './leaderboard.ts';
import { setup } from './setup.ts';
import { show } from './show.ts';
import { wallet } from './wallet.ts';

export const commands: readonly Command[] = [help, leaderboard, confess, wallet, setup, show, chaos];
