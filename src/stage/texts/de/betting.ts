/** In German: see ../en/betting.ts. */
import { counted } from '../counted.ts';
import type { betting as english } from '../en/betting.ts';

export const betting: typeof english = {
  skillBoard: {
    title: 'Mitglieder nach Können',
    row: (rank, mention, skill, won, forecasts) =>
      `**${rank}.** ${mention} ${skill} · ${won} von ${forecasts} richtig`,
    empty: (least) => `Noch hat niemand in ${counted(least, 'Topf', 'Töpfen')} gesetzt: weniger sind Glück.`,
    about:
      'Ein Einsatz ist eine Prognose: allein mit dem Haus gäbe er seinem Händler diesen Anteil. Können ist, wie viel besser die Prognosen waren, als alle für gleich wahrscheinlich zu halten (Brier-Score).',
    button: 'Nach Können',
  },

  calibration: {
    title: 'Wie sicher, wie richtig',
    row: (from, to, right, won, forecasts) =>
      `${from} bis ${to} sicher: ${right} richtig (${won} von ${forecasts})`,
    empty: 'Noch ist kein Topf ausgezahlt.',
    about: 'Alle Einsätze aller Mitglieder. Wer zu 40 % sicher ist, sollte viermal von zehn recht haben.',
    button: 'Wie sicher, wie richtig',
  },

  chipsBoard: {
    title: 'Mitglieder nach Chips',
    row: (rank, mention, chips) => `**${rank}.** ${mention} ${counted(chips, 'Chip', 'Chips')}`,
    empty: 'Noch hat niemand Chips. Reagiere auf einen Topf, und du bist die Nummer eins.',
    traders: 'Die Händler',
    button: 'Nach Chips',
  },

  pool: {
    title: (episode) => `Wer gewinnt in Folge ${episode} am meisten?`,
    open: (chips) =>
      `Reagiere mit dem Emoji eines Händlers und setze ${chips} Chips. Nimm die Reaktion vor der Eröffnungsglocke weg, und sie gehören wieder dir. Die letzte Wahl zählt. Wer zwischen den Glocken die meisten Dollar gewinnt, siegt.`,
    house: (chips) =>
      `Das Haus setzt auf alle je ${counted(chips, 'Chip', 'Chips')}, also gewinnt oder verliert jeder Einsatz.`,
    back: 'Andere Summe setzen auf …',
    double: 'Verdoppeln',
    locked: 'Die Glocke hat geläutet: keine Einsätze mehr. Reaktionen zählen ab jetzt nicht.',
    settled: (winners) => `Am meisten gewonnen: **${winners}**.`,
    refunded: (why) => `Alle Einsätze sind zurück: ${why}.`,
    nobodyStaked: 'Niemand hat gesetzt.',
    refundReasons: {
      cancelled: 'der Topf wurde abgesagt',
      nobody_backed_the_winner: 'niemand hat richtig gesetzt',
      only_one_outcome_backed: 'alle haben auf denselben gesetzt',
      message_deleted: 'diese Nachricht oder ihre Reaktionen wurden gelöscht',
      episode_not_finished: 'die Folge wurde nicht rechtzeitig fertig',
      bot_was_away: 'die Show war nicht auf Sendung, als die Glocke läutete',
      no_twin: 'es ließ sich nicht ausrechnen, was die Zwillinge gemacht hätten',
    },
    payouts: (list, more) => `Ausgezahlt: ${list}${more === null ? '' : ` und ${more} weitere`}`,
    payout: (mention, chips, streak) =>
      `${mention} ${chips}${streak === null ? '' : ` (🔥 ${streak} in Folge)`}`,
    houseTook: (staked, chips) =>
      `Das Haus hatte ${counted(staked, 'Chip', 'Chips')} gesetzt und bekommt ${chips}.`,
    formerMember: 'ein früheres Mitglied',
    nobodyPaid: 'Kein Mitglied hatte Chips darauf, also bekommt niemand etwas.',
    row: (row) =>
      `${row.emoji} **${row.name}** · ${counted(row.chips, 'Chip', 'Chips')} (${row.share}) · ${row.returns} · ${row.backers} dafür`,
    moreReturn: (per100) => `100 mehr bringen ${per100}`,
    stakedReturn: (per100) => `100 bringen ${per100}`,
    winnerRow: (row) =>
      `🥇 ${row.emoji} **${row.name}** · ${counted(row.chips, 'Chip lag', 'Chips lagen')} darauf, 100 brachten ${row.per100}`,
    pot: (chips) => `Topf: ${counted(chips, 'Chip', 'Chips')}`,
    potWithJackpot: (chips, jackpot) =>
      `Topf: ${counted(chips, 'Chip', 'Chips')}, davon ${jackpot} aus dem Jackpot`,
    footer: 'Spielchips: kein Kauf, keine Weitergabe, kein Geldwert, kein Preis.',
    myStake: 'Mein Einsatz',
    notice: (mention, why) => `${mention}: ${why}`,
    standsWithoutReaction: (name) =>
      `Dein Einsatz auf ${name} steht, obwohl seine Reaktion gerade entfernt wurde. Reagiere noch einmal, wenn du sie sehen willst.`,
  },

  twin: {
    title: (episode) => `Folge ${episode}: Um wie viel schlagen sie ihre Zwillinge?`,
    open: (chips) =>
      `Zur Schlussglocke wird dieselbe Folge noch einmal gespielt, mit demselben Glück und denselben Meldungen, aber auf jedem Stuhl sitzt ein schlichtes Drehbuch: die Zwillinge. Wer macht zusammen mehr, und um wie viel? Ein Knopf setzt ${chips} Chips, ein anderer setzt sie um.`,
    house: (chips) => `Das Haus setzt auf jede Antwort ${counted(chips, 'Chip', 'Chips')}.`,
    locked: 'Die Glocke hat geläutet: keine Einsätze mehr.',
    margins: {
      'twin:far': (far) => `Zwillinge, um ${far} oder mehr`,
      'twin:near': (far) => `Zwillinge, um weniger als ${far}`,
      'floor:near': (far) => `Händler, um weniger als ${far}`,
      'floor:far': (far) => `Händler, um ${far} oder mehr`,
    },
    settled: (lead) => `Gegen ihre Zwillinge machten die Händler **${lead}**.`,
    none: (episode) =>
      `Du hast auf die Zwillinge der Folge ${episode} noch nichts gesetzt. Das machen die Knöpfe darüber.`,
    takeBack: 'Zurücknehmen',
    takenBack: (chips) => `${counted(chips, 'Chip ist', 'Chips sind')} wieder dein.`,
    nothingToTakeBack: 'Hier hast du keinen Einsatz, der sich zurücknehmen ließe.',
  },

  rules: {
    title: 'Die Regeln der Show',
    lines: [
      '**Wetten.** In der Pause öffnet ein Topf: Wer gewinnt in der nächsten Folge am meisten? Eine Reaktion setzt 50 Chips, oder so viele, wie du setzen darfst, wenn das weniger sind; `/bet` oder das Menü unter dem Topf setzt eine andere Summe, ein Knopf verdoppelt sie. Ein Einsatz pro Mitglied; was du zuletzt getan hast, zählt; wer die Reaktion vor der Eröffnungsglocke wegnimmt, bekommt den Einsatz zurück. Wo ein Modell spielt, fragt ein zweiter Topf, um wie viel die Händler ihre Zwillinge schlagen: dieselbe Folge mit einem schlichten Drehbuch auf jedem Stuhl.',
      '**Auszahlen.** Das Haus setzt auf jede Antwort 50 eigene Chips, also wettet niemand allein. Wer richtig lag, auch das Haus, teilt sich den ganzen Topf nach Einsatz, abgerundet; was übrig bleibt, kommt in den Jackpot des nächsten Topfs. In jedem Zweifelsfall gehen alle Einsätze zurück.',
      '**Chips.** Alle beginnen mit 1.000. Ein Einsatz ist höchstens ein Viertel deiner Chips, zehn sind aber immer erlaubt. Wer keine mehr hat, bekommt einmal am Tag 100, und alle erfahren davon. Kein Kauf, keine Weitergabe, kein Geldwert, kein Preis.',
      '**Händler.** Jeder beginnt eine Saison mit 10.000 $. Jede Order kostet 0,1 %, ein Schreibtisch 25 $ pro Folge. Bei 500 $ ist ein Händler pleite und macht ein Praktikum; nach spätestens einer ganzen Folge leiht ihm das VC Office 5.000 $, und er trägt die Saison über ein \\*.',
      '**Ohren.** Ein Händler hört nur, wer im selben Raum steht. Gesprochen wird Englisch, denn so reden ihre Modelle. Gedanken sind geheim: `/confess` verrät sie nur dir.',
      '**Deine Hand.** Einmal je Folge flüstert `/whisper` einem Händler für 100 Chips einen Tipp ins Ohr. Unter einer Beichte legen Mitglieder Chips zusammen, und bei 300 wird der Gedanke im Raum verlesen. Was bis zur Schlussglocke nicht gehört oder verlesen wurde, kommt zurück; der Rest geht in den Jackpot. In der Pause stimmen Mitglieder über den Kredit für Bankrotte und die erste Schlagzeile ab. „Bluff?!“ unter einem Satz: Tut der Händler, was er sagt? Hat der Ticker es schon verraten, gilt dein Tipp dem nächsten Versprechen. `/chair` zeigt, was ein Händler sah, und lässt dich an seiner Stelle wählen: Die Glocke sagt, wer besser war.',
      '**Chaos.** Die Regie darf für Nachrichten sorgen. Wer das in einer Folge tut, darf auf sie nichts setzen: Ein offener Einsatz kommt zurück, ein gesetzter kann nur noch verloren gehen.',
    ],
    commands: (gallery) =>
      `**Befehle.** Discord nimmt sie nur dort an, wo du schreiben darfst: in ${gallery}. Überall sonst drückst du Knöpfe wie die unter dieser Karte.`,
  },

  bet: {
    howMany: (emoji, name, own, most) =>
      `Wie viele Chips auf ${emoji} **${name}**? Du hast ${own}, und ein Einsatz ist höchstens ${most}.`,
    chips: (chips) => counted(chips, 'Chip', 'Chips'),
    most: (chips) => `Alles, was geht: ${chips}`,
    returned: (chips, name) => `Zurück von ${name}: ${counted(chips, 'Chip', 'Chips')}.`,
  },

  stake: {
    none: (episode) =>
      `Du hast noch keinen Einsatz auf Folge ${episode}. Reagiere mit dem Emoji eines Händlers, oder nimm das Menü unter dem Topf.`,
    tooLate: (episode) =>
      `Du hast keinen Einsatz auf Folge ${episode}, und die Glocke hat geläutet. Der nächste Topf öffnet vor der nächsten Folge.`,
    yours: (chips, emoji, name, returns) =>
      `Du hast ${counted(`**${chips}**`, 'Chip', 'Chips')} auf ${emoji} **${name}** gesetzt. So, wie es steht, bringt das ${counted(returns, 'Chip', 'Chips')}, wenn du recht behältst.`,
    balance: (chips) => `Daneben hast du ${counted(`**${chips}**`, 'Chip', 'Chips')}.`,
    gone: 'Dieser Topf ist vorbei. Deine Chips sind in `/wallet`.',
  },

  bailout: {
    take: (chips) => `Rettung: ${chips} Chips`,
    given: (chips) => `🤝 **${chips}** Chips gehören dir. Alle erfahren davon.`,
    told: (mention, chips) =>
      `🤝 ${mention} hatte keine Chips mehr und nimmt die Rettung des Tages: **${chips}** Chips.`,
  },

  bell: {
    called: (role, episode) =>
      `🔔 ${role} Es darf gewettet werden, Folge ${episode}: Wer gewinnt am meisten dazu? Die Eröffnungsglocke beendet es.`,
    button: '🔔 Ruft mich',
    joined:
      'Du wirst gerufen, wenn gewettet werden kann, nie zweimal in zwölf Stunden. Noch einmal `/bell` beendet es.',
    left: 'Du wirst nicht mehr gerufen.',
  },

  opening: {
    name: 'Open Outcry: Die Börse öffnet',
    about: (episodes, floor) =>
      `${counted(episodes, 'Folge', 'Folgen')} mit Händlern, die laut denken, lügen und alles verspielen${floor === null ? '' : `, in ${floor}`}. Nur Spielchips: Setze vor der Glocke.`,
  },

  wallet: {
    title: 'Deine Chips',
    balance: (chips) => `Du hast ${counted(`**${chips}**`, 'Chip', 'Chips')}.`,
    entry: (gain, why, when) => `${gain} ${why} ${when}`,
    reasons: {
      welcome: 'Willkommen',
      bailout: 'Rettung des Tages',
      stake: 'gesetzt',
      stake_returned: 'Einsatz zurück',
      payout: 'gewonnen',
      refund: 'Topf zurück',
      jackpot_added: 'Jackpot',
      rounding_to_jackpot: 'Rundung',
      house_minted: 'das Haus öffnete',
      house_backs: 'das Haus setzte',
      house_won: 'das Haus gewann',
      whisper: 'geflüstert',
      whisper_heard: 'der Tipp kam an',
      whisper_returned: 'niemand hörte den Tipp',
      pledge: 'für einen Gedanken gegeben',
      pledge_returned: 'für den Gedanken reichte es nicht',
      leak_paid: 'ein Gedanke wurde verlesen',
    },
    won: (won, pools) => `Gewonnen: ${won} von ${counted(pools, 'Topf', 'Töpfen')}.`,
    skill: {
      better: (share) =>
        `Deine Prognosen waren ${share} besser, als wenn du alle für gleich wahrscheinlich gehalten hättest.`,
      worse: (share) =>
        `Deine Prognosen waren ${share} schlechter, als wenn du alle für gleich wahrscheinlich gehalten hättest.`,
      even: 'Deine Prognosen waren so gut, als hättest du alle für gleich wahrscheinlich gehalten.',
    },
    streak: (count, best) => `🔥 ${count} in Folge gewonnen, höchstens ${best}.`,
    dry: (count, best) =>
      `🧊 ${count} in Folge verloren${best === null ? '' : `; gewonnen höchstens ${best} in Folge`}.`,
    sure: (from, to, right, times) => `${from} bis ${to} sicher: ${right} von ${times} Mal richtig`,
    empty: 'Noch hat sich nichts bewegt.',
  },
};
