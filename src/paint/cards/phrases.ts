/** What is written on cards, in other languages: by its English words, so that a card is composed once. */

const GERMAN: Readonly<Record<string, string>> = {
  'Most money': 'Meistes Geld',
  'Deepest fall': 'Tiefster Fall',
  'Most trades': 'Meiste Orders',
  'Hottest streak': 'Längste Serie',
  'Biggest mouth': 'Größte Klappe',
  'Two faces': 'Zwei Gesichter',
  'The awards': 'Die Preise',
  Champion: 'Sieg',
  Nobody: 'Niemand',
  'Final standings': 'Endstand',
  Round: 'Runde',
  Without: 'Ohne',
  Script: 'Skript',
  'Closing bell': 'Schlussglocke',
  'Who gained most': 'Gewinn der Folge',
  'Best call': 'Bester Griff',
  'Worst call': 'Schlechtester Griff',
  'Chaos: nothing': 'Chaos: nichts',
  'Nobody dealt': 'Keine Orders',
  INTERN: 'PRAKTIKUM',
  'In the news': 'In den News',
  Mandate: 'Mandat',
  Equity: 'Vermögen',
  'Equity ($)': 'Vermögen ($)',
  'Price ($)': 'Kurs ($)',
  Season: 'Saison',
  Trades: 'Orders',
  Cash: 'Bargeld',
  'Nothing but cash': 'Nur Bargeld',
  Book: 'Buch',
  Said: 'Gesagt',
  Thought: 'Gedacht',
  Bankrupt: 'Pleite',
  Bell: 'Glocke',
  'no price yet': 'noch kein Kurs',
  'The market': 'Der Markt',
  Standings: 'Stand',
  'Without a trader': 'Ohne Händler',
  Hindsight: 'Nachher klug',
  'Buy & hold': 'Nur halten',
  'at the last bell': 'bei der letzten Glocke',
  'from its peak': 'vom Gipfel',
  trades: 'Orders',
  'wins in a row': 'Siege in Folge',
  'words spoken': 'Worte',
  'said, not done': 'gesagt, nicht getan',
};

const GERMAN_PATTERNS: readonly (readonly [RegExp, string])[] = [
  [/^Season (\d+)$/u, 'Saison $1'],
  [/^Episode (\d+)$/u, 'Folge $1'],
  [/^1 episode$/u, '1 Folge'],
  [/^(\d+) episodes$/u, '$1 Folgen'],
  [/^No\. (\d+) of (\d+)$/u, 'Nr. $1 von $2'],
  [/^up to (\d+)x$/u, 'bis $1x'],
  [/^short (\w+) (\d+)%$/u, '$1 leer $2%'],
  [/^Short (\w+)$/u, '$1 leer'],
  [/^Script (.+)$/u, 'Skript $1'],
  [/^Chaos made (.+)$/u, 'Chaos: +$1'],
  [/^Chaos cost (.+)$/u, 'Chaos: -$1'],
  [/^Round (\d+), against not dealing$/u, 'Runde $1, gegenüber Nichtstun'],
  [/^(\S+) this season$/u, '$1 in der Saison'],
  [/^(\w+): a bit into (\w+)$/u, '$1: etwas in $2'],
  [/^(\w+): half into (\w+)$/u, '$1: die Hälfte in $2'],
  [/^(\w+): out of (\w+)$/u, '$1: raus aus $2'],
  [/^(\w+): out of short (\w+)$/u, '$1: $2 eingedeckt'],
  [/^(\w+): all into (\w+)$/u, '$1: alles in $2'],
  [/^Equity \(\$\), log scale$/u, 'Vermögen ($), logarithmisch'],
  [/^Price \(\$\), log scale$/u, 'Kurs ($), logarithmisch'],
  [/^since R(\d+)$/u, 'seit R$1'],
];

/** English words to those of the language; null where cards stay English. */
export function phrasesIn(language: string | undefined): ((text: string) => string) | null {
  if (language !== 'de') return null;
  return (text) => {
    const known = GERMAN[text];
    if (known !== undefined) return known;
    const [pattern, words] = GERMAN_PATTERNS.find(([it]) => it.test(text)) ?? [];
    return pattern && words !== undefined ? text.replace(pattern, words) : text;
  };
}
