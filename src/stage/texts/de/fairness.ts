/** In German: see ../en/fairness.ts. */
import type { fairness as english } from '../en/fairness.ts';

export const fairness: typeof english = {
  seal: {
    sealed: (season, seal) =>
      `🔏 Saison ${season} ist versiegelt: \`${seal}\`. Das legt ihre Welt, Besetzung und Regeln fest; was es öffnet, steht am Ende hier.`,
    opened: (season, seed, salt, seal) =>
      `🔓 Saison ${season} ist geöffnet: Seed \`${seed}\`, Salz \`${salt}\`, Siegel \`${seal}\`.`,
    archived:
      'Wer die Show betreibt, hat ihr Archiv als Datei; `npm run verify -- ARCHIV` spielt sie nach und prüft jeden Preis, jeden Abschluss und jede Auszahlung.',
    notArchived: 'Ihr Inhalt wurde währenddessen geändert, daher hat sie kein Archiv.',
  },
};
