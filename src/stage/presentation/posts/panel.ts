/** The panel of the green room: the red button, what else producers press, and what they did last. */
import { ButtonStyle, type APIMessage } from 'discord.js';
import type { PanelView } from '#show/control-room.ts';
import type { AuditRecord } from '#show/ports/store.ts';
import { PACE_MAX_MS, PACE_MIN_MS } from '#show/tempo.ts';
import { whereItIs } from '../answers/status.ts';
import { button, customIds, menuRow, row } from '../buttons.ts';
import { relativeTime } from '../format.ts';
import { container, layout, rule, text } from '../layout.ts';
import { mention } from '../mention.ts';
import type { MessageBody } from '../message.ts';
import type { Wording } from '../wording.ts';

const RED = 0xc0392b;
const DETAIL_MAX = 140;
/** What the menu offers, in seconds. */
const PACES = [3, 5, 10, 15, 20, 30, 45, 60, 90, 120, 300, 600].filter(
  (seconds) => seconds * 1_000 >= PACE_MIN_MS && seconds * 1_000 <= PACE_MAX_MS,
);

export function panelCard(view: PanelView, wording: Wording): MessageBody {
  const { texts, format } = wording;
  const { panel, show } = texts;
  const { status, log } = view;
  const running = status.mode === 'running';
  const hot = view.chaosAtRound > status.round;
  const [said, red] = redButton(view, wording);
  const { Danger, Primary, Success } = ButtonStyle;
  const off = { disabled: !running || hot };
  const pace = show.seconds(format.count(status.paceMs / 1_000));
  return layout(
    container(
      RED,
      text(`## ${panel.title}\n${whereItIs(status, texts)}`),
      text(said),
      row({ ...button('chaos', '', red, Danger), ...off }),
      row(
        { ...button('chaos-now', '', panel.surprise, Danger), ...off },
        { ...button('headline', '', panel.headline, Primary), disabled: !running },
        { ...button('rumour', '', panel.rumour, Primary), disabled: !running },
      ),
      row(
        status.mode === 'running'
          ? button('switch', 'pause', panel.pause)
          : status.mode === 'paused'
            ? button('switch', 'resume', panel.resume, Success)
            : button('switch', 'start', panel.start, Success),
        { ...button('bell', '', panel.bell), disabled: !view.bell },
      ),
      menuRow(
        'pace',
        '',
        panel.pace(pace),
        PACES.map((seconds) => ({
          label: panel.paceOption(show.seconds(format.count(seconds))),
          value: String(seconds),
        })),
      ),
      rule(),
      text(
        [
          panel.log,
          ...(log.length === 0 ? [panel.nothingYet] : log.map((each) => entry(each, wording))),
        ].join('\n'),
      ),
      text(`-# ${panel.footer}`),
    ),
  );
}

/** How it stands with the red button, and what is written on it. */
function redButton({ status, chaosAtRound, marketShut }: PanelView, { texts }: Wording): [string, string] {
  const { panel, schedule } = texts;
  if (status.mode !== 'running') return [panel.chaosOff, panel.chaos];
  const { round, nextOpeningMs } = status;
  if (chaosAtRound <= round) return [panel.chaosReady, panel.chaos];
  if (!marketShut)
    return [panel.chaosHot(chaosAtRound, chaosAtRound - round), panel.chaosCooling(chaosAtRound)];
  const doors = nextOpeningMs === null ? '' : ` ${schedule.next(relativeTime(nextOpeningMs))}`;
  return [`${panel.chaosShut(chaosAtRound)}${doors}`, panel.chaosRests];
}

/** A message of the bot is the panel when it has the button of chaos. */
export const isPanel = (message: Pick<APIMessage, 'components'>): boolean =>
  customIds(message).some(({ name }) => name === 'chaos');

function entry({ atMs, by, what, detail }: AuditRecord, { texts, ...wording }: Wording): string {
  const { panel } = texts;
  const shown = detail === null ? null : wording.shown(detail, DETAIL_MAX);
  const who = by === 'console' ? panel.console : mention(by, texts);
  return `-# ${panel.entry(relativeTime(atMs), who, panel.acts[what](shown))}`;
}
