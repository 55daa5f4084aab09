/** What the lab measured of whoever thinks on stage, as one embed. */
import type { LabCard, LabFigure } from '#show/ports/lab-desk.ts';
import type { MessageBody } from '../message.ts';
import { markdownSafe, plainText } from '../sanitise.ts';
import type { Wording } from '../wording.ts';

const TEAL = 0x117864;
const NAME_MAX = 80;
/** Discord takes 2,048 characters in a footer. */
const COMMAND_MAX = 400;

/** @param card null where the lab has no run of this brain */
export function labCard(card: LabCard | null, brain: string, wording: Wording): MessageBody {
  const { lab } = wording.texts;
  const count = (value: number): string => wording.format.count(value);
  if (!card) return { content: lab.none(markdownSafe(plainText(brain, NAME_MAX))) };
  const { name, worlds, rounds, turns, split, trainedOnTheWorld, figures, apart, control } = card;
  const lines = [
    ...plainWords(figures, wording),
    lab.worlds(count(worlds), count(rounds), count(turns)),
    split === 'shipped' ? lab.split.shipped : lab.split.heldOut,
    ...(trainedOnTheWorld ? [lab.trained] : []),
    ...(apart ? [lab.apart(apart.more.join(', '), apart.less.join(', '), count(apart.alike))] : []),
    '',
    ...figures.map((figure) => figureLine(figure, wording)),
    ...(control ? ['', lab.control(count(control.covered), count(control.of))] : []),
  ];
  return {
    embeds: [
      {
        title: lab.title(markdownSafe(plainText(name, NAME_MAX))),
        description: lines.join('\n'),
        footer: { text: lab.footer(plainText(card.command, COMMAND_MAX)) },
        color: TEAL,
      },
    ],
  };
}

/** The two figures that say something to everybody, before those for people who know the lab: a paragraph, or nothing. */
function plainWords(figures: readonly LabFigure[], { texts, format }: Wording): string[] {
  const times = (share: number): string => format.count(100 * share);
  const said = (['speaker-found', 'contingency'] as const).flatMap((id) => {
    const figure = figures.find((one) => one.id === id);
    if (!figure || figure.chance === null) return [];
    return [texts.lab.plain[id](times(figure.estimate), times(figure.chance))];
  });
  return said.length === 0 ? [] : [said.join(' '), ''];
}

function figureLine({ id, estimate, low, high, chance }: LabFigure, { texts, format }: Wording): string {
  const { lab } = texts;
  const range = low === null || high === null ? null : lab.range(format.decimal(low), format.decimal(high));
  return lab.figure(
    lab.figures[id],
    format.decimal(estimate),
    range,
    chance === null ? null : format.decimal(chance),
  );
}
