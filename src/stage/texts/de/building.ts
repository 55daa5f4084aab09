/** In German: see ../en/building.ts. */
import { counted } from '../counted.ts';
import type { building as english } from '../en/building.ts';

export const building: typeof english = {
  permissions: {
    ViewChannel: 'Kanäle ansehen',
    SendMessages: 'Nachrichten senden',
    EmbedLinks: 'Links einbetten',
    AttachFiles: 'Dateien anhängen',
    ReadMessageHistory: 'Nachrichtenverlauf anzeigen',
    AddReactions: 'Reaktionen hinzufügen',
    ManageWebhooks: 'WebHooks verwalten',
    ManageChannels: 'Kanäle verwalten',
    PinMessages: 'Nachrichten anpinnen',
    ManageMessages: 'Nachrichten verwalten',
  },

  setup: {
    title: 'Open Outcry einrichten',
    intro:
      'Nichts geschieht, bevor du den Knopf drückst. Du kannst es jederzeit wiederholen: Was steht, bleibt stehen.',
    willMake: 'Wird gebaut',
    nothingToMake: 'Nichts: Alles steht.',
    stands: 'Steht schon',
    standing: (channels, webhooks, rules) =>
      `${counted(channels, 'Kanal', 'Kanäle')}, ${counted(webhooks, 'Stimme', 'Stimmen')} der Händler${rules ? ', die Regelkarte' : ''}`,
    allowed: 'Berechtigungen',
    allAllowed: '✅ Ich darf alles, was ich brauche.',
    settings: 'Einstellungen',
    settled: (language, role) =>
      `Sprache: ${language}. Regie: wer den Server verwalten darf${role === null ? '' : ` und ${role}`}.`,
    leftAlone: 'Bleibt unberührt',
    stranger: (name) => `#${name} ist nicht von mir: Ich baue einen eigenen Kanal.`,
    build: 'Bauen',
    buildAgain: 'Noch einmal prüfen',
    apply: 'Anwenden',
    willSpeak: (language) =>
      `🔤 Die Show spricht dann ${language}. Kanäle, die stehen, behalten ihren Namen; ihr Thema zieht nach, wenn ihr es nicht selbst geschrieben habt.`,
    speaks: (language) =>
      `🔤 Die Show spricht jetzt ${language}. Kanäle, die schon standen, behalten ihren Namen; ihr Thema zieht in ein paar Minuten nach, wenn ihr es nicht selbst geschrieben habt.`,
    willProduce: (role) => `🎬 ${role} führt dann Regie.`,
    mend: 'Reparieren',
    building: '🔨 Ich baue. Das dauert ein, zwei Minuten: Discord lässt mich Webhooks nur langsam anlegen.',
    ready: (made, kept) => `Die Bühne steht: ${made} neu gebaut, ${kept} schon da.`,
    made: (what) => `🔨 ${what}`,
    problem: (what) => `❗ ${what}`,
    refused: (what, why, cure) =>
      `Discord hat ${what} abgelehnt: ${why}. ${cure} Rufe dann \`/setup\` noch einmal auf.`,
    letRoleIn: (role, channel) =>
      `Ich kann ${role} nicht in #${channel} lassen. Kanaleinstellungen → Berechtigungen → Rolle hinzufügen: Kanal ansehen und Nachrichten senden.`,
    portraitMissing: (name, why) =>
      `Kein Porträt für ${name} (${why}). Rufe \`/setup\` später noch einmal auf.`,
    next: {
      stopped: 'Mit `/show start` läutet die erste Glocke.',
      paused: 'Die Show macht Pause: Mit `/show resume` geht sie weiter.',
      running: 'Die Show läuft.',
    },
    failed: (why) => `Die Bühne ließ sich nicht bauen. ${why}`,
    missing: (where, permissions, fix) => `In **${where}** fehlt mir **${permissions}**. ${fix}`,
    fixServer:
      'Servereinstellungen → Rollen → meine Rolle: Schalte ein, was fehlt, und rufe `/setup` noch einmal auf.',
    fixChannel:
      'Kanaleinstellungen → Berechtigungen → meine Rolle: erlauben, was fehlt. Oder den Kanal löschen, oder mir „Rollen verwalten“ geben, und `/setup` noch einmal aufrufen.',
    fixByButton: 'Der Knopf behebt das.',
    exposed: (channel, fix) => `Alle können **${channel}** sehen, und das ist nur für die Regie. ${fix}`,
    fixExposed: 'Kanaleinstellungen → Berechtigungen → @everyone: „Kanal ansehen“ verbieten.',
    mended: (what) => `🔧 ${what}`,
    mendedOwn: (channel, permissions) => `${channel}: Ich darf wieder ${permissions}`,
    broughtBack: (what: string) => `${what}: aus einem anderen Kanal zurückgeholt`,
    renamed: (what: string) => `${what}: wieder unter dem richtigen Namen`,
    sealed: (channel) => `${channel}: wieder nur für die Regie`,
    server: 'diesem Server',
    channel: (name) => `#${name}`,
    channelFor: (name, topic) => `#${name} · ${topic}`,
    category: (name) => `Kategorie ${name}`,
    webhook: (name, room) => `${name} (${room})`,
    webhooks: (names, room) => `Stimmen (${room}): ${names}`,
    ruleCard: 'die angepinnte Regelkarte',
  },

  doctor: {
    titleWell: '🩺 Alles in Ordnung',
    titleIll: (count) => `🩺 ${counted(count, 'Sache', 'Sachen')} zu reparieren`,
    well: 'Jeder Kanal, jede Stimme und jede Berechtigung ist da.',
    noPortrait: (name, room) => `🖼️ ${name} hat kein Porträt (${room}).`,
    unpinned: '📌 Die Regelkarte ist nicht angepinnt.',
    backlog: (posts) =>
      `📮 ${posts} Beiträge warten. Vielleicht ist Discord langsam, oder ein Kanal ist mir verschlossen: Was alt ist, wird zu einer Karte gefaltet.`,
    mutedGallery: (channel) =>
      `Vielleicht dürfen manche in #${channel} nicht schreiben und darum auch keine Befehle geben. Kanaleinstellungen → Berechtigungen → @everyone: „Nachrichten senden“ erlauben.`,
    hint: (what) => `-# Gern gesehen, aber nicht nötig: ${what}`,
    footer: (mode, posts) => `Die Show ist ${mode}; ${counted(posts, 'Beitrag wartet', 'Beiträge warten')}`,
  },

  teardown: {
    title: 'Die Bühne abbauen',
    intro:
      'Das alles verschwindet für immer, mit jeder Nachricht darin. Die Show endet, offene Einsätze gehen zurück, Chips und Stände bleiben gespeichert.',
    willGo: (what) => `🗑️ ${what}`,
    confirm: 'Alles entfernen',
    nothing: 'Hier steht nichts von mir. `/setup` baut die Bühne auf.',
    removing: '🧹 Ich räume auf.',
    gone: (what) => `🗑️ ${what}`,
    done: (count) =>
      `Die Bühne ist abgebaut: ${counted(count, 'Sache', 'Sachen')} entfernt. Die Show ist beendet.`,
    stayed: (what, why, cure) => `${what} ist noch da (${why}). ${cure} Oder lösche es von Hand.`,
    categoryInUse: (name, others) =>
      `Kategorie ${name} ist noch da: ${others === 1 ? 'Ein Kanal darin ist' : `${others} Kanäle darin sind`} nicht von mir.`,
    next: '`/setup` baut sie wieder auf. Ganz los wirst du mich unter Servereinstellungen → Integrationen.',
  },
};
