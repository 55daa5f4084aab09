/** In German: see ../en/doors.ts. */
import { counted } from '../counted.ts';
import type { doors as english } from '../en/doors.ts';

export const doors: typeof english = {
  doors: {
    closed: (when, from) =>
      `🚪 Die Türen sind zu. Sie öffnen wieder ${when} (${from}), und mit ihnen der nächste Topf.`,
  },

  nextPool: {
    withDoors: (from) => `Der nächste öffnet mit den Türen, ${from}.`,
    afterThisRound: 'Der nächste öffnet nach der Schlussglocke dieser Runde.',
    afterBell: (rounds, from) =>
      `Der nächste öffnet nach der Schlussglocke, ${from ?? `in ${counted(rounds, 'Runde', 'Runden')}`}.`,
    onStart: 'Der nächste öffnet, wenn die Regie die Show startet.',
  },
};
