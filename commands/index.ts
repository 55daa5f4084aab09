/** Every command, in the order of /help. The bot knows no others, and a test fails on an unlisted file. */
import type { Command } from '#stage/interactions/command.ts';
import { bell } from './bell.ts';
import { bet } from './bet.ts';
import { cast } from './cast.ts';
import { chair } from './chair.ts';
import { chaos } from './chaos.ts';
import { confess } from './confess.ts';
import { deleteMyData } from './delete-my-data.ts';
import { doctor } from './doctor.ts';
import { floor } from './floor.ts';
import { help } from './help.ts';
import { leaderboard } from './leaderboard.ts';
import { market } from './market.ts';
import { panel } from './panel.ts';
import { privacy } from './privacy.ts';
import { recap } from './recap.ts';
import { report } from './report.ts';
import { setup } from './setup.ts';
import { show } from './show.ts';
import { teardown } from './teardown.ts';
import { wallet } from './wallet.ts';
import { whisper } from './whisper.ts';
import { why } from './why.ts';

export const commands: readonly Command[] = [
  help,
  floor,
  market,
  leaderboard,
  report,
  confess,
  bet,
  whisper,
  chair,
  why,
  recap,
  wallet,
  bell,
  privacy,
  deleteMyData,
  setup,
  doctor,
  show,
  panel,
  cast,
  chaos,
  teardown,
];
