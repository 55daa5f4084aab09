/** How soon a member's command is acknowledged while the model always plays four turns and a picture is always drawn. */
import path from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { createLlamaBrain } from '#brain/llama.ts';
import { openPainter } from '#paint/painter.ts';
import { content } from '#test/support/floor.ts';
import { writeRandomModel } from '#test/support/random-gguf.ts';
import { silentLog } from '#test/support/theatre.ts';
import { ms, percentile, showIn, stageIn, Town, type Figure } from './ground.ts';

const ASK_EVERY_MS = 150;
const COMMANDS = ['wallet', 'market', 'leaderboard', 'help'];
const CHAT_TEMPLATE =
  "{% for m in messages %}{{ '<|im_start|>' + m.role + '\n' + m.content + '<|im_end|>' + '\n' }}{% endfor %}" +
  "{% if add_generation_prompt %}{{ '<|im_start|>assistant\n' }}{% endif %}";

export async function answers(folder: string, model: string | undefined, seconds: number): Promise<Figure[]> {
  const modelFile =
    model ?? writeRandomModel(path.join(folder, 'tiny.gguf'), { chatTemplate: CHAT_TEMPLATE });
  const brain = await createLlamaBrain({
    modelFile,
    cast: content.cast,
    rooms: content.office.rooms,
    seed: 1,
    contextTokens: model === undefined ? 4_096 : undefined,
    log: silentLog,
  });
  const painter = openPainter({ office: content.office, cast: content.cast, log: silentLog });
  const town = await Town.open({ members: 4, guilds: 1 });
  const stage = await stageIn(town.address, painter);
  const { show, store } = showIn(path.join(folder, 'answers.sqlite'), { brain });
  const guildId = town.address.guildIds[0] ?? '';
  await stage.attach(guildId, show);
  await stage.setUp(guildId);

  const end = new AbortController();
  let pictures = 0;
  const thinking = (async () => {
    while (!end.signal.aborted) await show.playRound(end.signal);
  })();
  const drawing = (async () => {
    while (!end.signal.aborted) {
      await painter.floor(show.floorView(), AbortSignal.timeout(30_000));
      pictures++;
    }
  })();
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  const { firstAnswersMs, unanswered } = await town.ask({
    forMs: seconds * 1_000,
    everyMs: ASK_EVERY_MS,
    commands: COMMANDS,
  });
  delay.disable();
  const { turns, fumbles } = show.status();
  end.abort();
  await Promise.all([thinking, drawing]);
  await stage.close();
  await town.close();
  await painter.close();
  await brain.close();
  store.close();

  const p50 = percentile(firstAnswersMs, 50);
  const p99 = percentile(firstAnswersMs, 99);
  const longest = Math.max(...firstAnswersMs);
  const delayMs = Math.max(0, delay.percentile(99) / 1e6 - 1);
  const busy = `${firstAnswersMs.length} commands during ${turns - fumbles} turns, ${pictures} pictures`;
  return [
    { name: `first answer, p50 (${busy})`, value: ms(p50), bar: '-', ok: true },
    { name: 'first answer, p99', value: ms(p99), bar: '< 500 ms', ok: p99 < 500 },
    { name: 'first answer, longest', value: ms(longest), bar: '< 3,000 ms', ok: longest < 3_000 },
    { name: 'commands without an answer', value: String(unanswered), bar: '0', ok: unanswered === 0 },
    { name: 'event-loop delay, p99', value: ms(delayMs), bar: '< 50 ms', ok: delayMs < 50 },
  ];
}
