/** What is written on the floor's picture, by language. Short: most of it stands in a small box. */

export interface FloorWords {
  premiere: string;
  market: string;
  /** Two lines: to the next bell. */
  opensNext: [string, string];
  openingBell: [string, string];
  closingBell: [string, string];
  opensIn: string;
  /** With the time at which the doors open. */
  opensAt: string;
  /** Sunday first. */
  weekdays: readonly string[];
  bellIn: string;
  rounds: (count: number) => string;
  richestFirst: string;
  episodeGain: string;
  odds: string;
  chipsReturn: string;
  intern: string;
  tape: string;
  noTrades: string;
  producer: string;
  breaking: string;
  onTheWire: string;
  noNews: string;
  betsOpen: string;
  lastBets: string;
  pool: (episode: number, openingRound: number, potChips: string, staysOpen: boolean) => string;
}

const en: FloorWords = {
  premiere: 'PREMIERE',
  market: 'MARKET',
  opensNext: ['OPENS', 'NEXT'],
  openingBell: ['OPENING', 'BELL'],
  closingBell: ['CLOSING', 'BELL'],
  opensIn: 'OPENS IN',
  opensAt: 'OPENS AT',
  weekdays: ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'],
  bellIn: 'BELL IN',
  rounds: (count) => `${count} ROUND${count === 1 ? '' : 'S'}`,
  richestFirst: 'RICHEST FIRST',
  episodeGain: 'EPISODE +/-',
  odds: 'ODDS',
  chipsReturn: '100 CHIPS RETURN',
  intern: 'INTERN',
  tape: 'THE TAPE',
  noTrades: 'No trades yet',
  producer: 'PRODUCER',
  breaking: 'BREAKING',
  onTheWire: 'ON THE WIRE',
  noNews: 'No news. The floor makes its own.',
  betsOpen: 'BETS OPEN',
  lastBets: 'LAST BETS',
  pool: (episode, openingRound, potChips, staysOpen) =>
    `Who gains most in episode ${episode}? ` +
    (staysOpen
      ? `Back your trader before round ${openingRound} opens. `
      : `Bets close when round ${openingRound} opens. `) +
    `${potChips} chips are in the pot.`,
};

const de: FloorWords = {
  premiere: 'PREMIERE',
  market: 'MARKT',
  opensNext: ['GLEICH', 'GEÖFFNET'],
  openingBell: ['ERÖFFNUNG', 'JETZT'],
  closingBell: ['SCHLUSS', 'JETZT'],
  opensIn: 'OFFEN IN',
  opensAt: 'OFFEN AB',
  weekdays: ['SO', 'MO', 'DI', 'MI', 'DO', 'FR', 'SA'],
  bellIn: 'GLOCKE IN',
  rounds: (count) => `${count} RUNDE${count === 1 ? '' : 'N'}`,
  richestFirst: 'NACH VERMÖGEN',
  episodeGain: 'FOLGE +/-',
  odds: 'QUOTEN',
  chipsReturn: 'FÜR 100 CHIPS',
  intern: 'PRAKTIKUM',
  tape: 'DER TICKER',
  noTrades: 'Noch keine Orders',
  producer: 'REGIE',
  breaking: 'EILMELDUNG',
  onTheWire: 'TICKER',
  noNews: 'Nichts Neues. Das Parkett sorgt selbst dafür.',
  betsOpen: 'WETTEN OFFEN',
  lastBets: 'LETZTE WETTEN',
  pool: (episode, openingRound, potChips, staysOpen) =>
    `Wer gewinnt in Folge ${episode} am meisten? ` +
    (staysOpen
      ? `Setze, bevor Runde ${openingRound} beginnt. `
      : `Die Wetten schließen mit Runde ${openingRound}. `) +
    `${potChips} Chips liegen im Topf.`,
};

/** `language`: a language tag; English for one that the pictures do not know. */
export function floorWords(language: string | undefined): FloorWords {
  return language === 'de' ? de : en;
}
