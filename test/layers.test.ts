import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';

const root = path.resolve(import.meta.dirname, '..');

/**
 * What a layer may import, types too: whole layers (`show`) or a part of one (`show/ports`). `packages`, where given, are the
 * only packages that the layer may use.
 */
const ALLOWED: Record<string, { layers: readonly string[]; packages?: readonly string[] }> = {
  lib: { layers: ['lib'], packages: ['node:fs', 'node:path'] },
  core: { layers: ['core'], packages: ['zod'] },
  show: { layers: ['show', 'core', 'lib'], packages: ['node:crypto', 'zod'] },
  brain: { layers: ['brain', 'show/ports', 'core', 'lib'] },
  store: { layers: ['store', 'show/ports', 'core', 'lib'] },
  paint: { layers: ['paint', 'show/ports', 'core', 'lib'] },
  // The stage drives the show, as the lab does: it calls the use cases, the others only fill a port.
  stage: { layers: ['stage', 'show', 'core', 'lib', 'data'] },
  lab: { layers: ['lab', 'show', 'core', 'lib'] },
  commands: {
    layers: ['commands', 'show', 'core', 'lib', 'stage/interactions', 'stage/presentation', 'stage/texts'],
  },
  backlot: { layers: ['backlot'] },
  app: {
    layers: ['app', 'commands', 'backlot', 'stage', 'paint', 'brain', 'store', 'lab', 'show', 'core', 'lib'],
  },
  tools: {
    layers: [
      'tools',
      'app',
      'lab',
      'commands',
      'backlot',
      'stage',
      'paint',
      'brain',
      'store',
      'show',
      'core',
      'lib',
    ],
  },
};

/** At this level lies what starts everything, and nothing else. */
const ROOT_FILES = ['bootstrap.mjs', 'main.ts'];
const FILES_A_FOLDER = 20;
/** Folders that hold one thing many times over. */
const MAY_BE_LARGE = [/^src\/stage\/texts\b/, /^src\/core\/actions$/, /^commands$/];

/** Everything outside core comes in through arguments. */
const BANNED_IN_CORE = [
  /\bMath\.random\b/,
  /\bDate\.now\b/,
  /\bnew Date\b/,
  /\bprocess\./,
  /\bperformance\b/,
  /\bcrypto\b/,
  /\bsetTimeout\b/,
  // Not the same bits on every machine.
  /\bMath\.(exp|log|log2|log10|pow|sin|cos|tan|cbrt|tanh)\b/,
  /\*\*\s*[\w(]*\./,
];

function sources(folder: string): string[] {
  return readdirSync(path.join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(ts|js|mjs)$/.test(entry.name))
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)));
}

/** `core`, `show/ports`, `commands`: the folders that a file lies in, below src/. */
function placeOf(file: string): string {
  return path.dirname(file).replace(/^src(?:\/|$)/, '');
}

function layerOf(file: string): string | null {
  return placeOf(file).split('/')[0] || null;
}

function imports(file: string): string[] {
  const text = readFileSync(path.join(root, file), 'utf8');
  return [...text.matchAll(/(?:\bfrom|\bimport)\s*\(?\s*'([^']+)'/g)].flatMap((match) => match[1] ?? []);
}

/** The file that an import of this project names; null for a package. */
function target(file: string, specifier: string): string | null {
  if (specifier.startsWith('.')) return path.normalize(path.join(path.dirname(file), specifier));
  const [, top, rest] = /^#(\w+)\/(.+)$/.exec(specifier) ?? [];
  if (top === undefined || rest === undefined) return null;
  return top === 'commands' ? path.join(top, rest) : path.join('src', top, rest);
}

function mayImport(layers: readonly string[], imported: string): boolean {
  const place = placeOf(imported);
  return layers.some((allowed) => place === allowed || place.startsWith(`${allowed}/`));
}

const layered = [...sources('src'), ...sources('commands')].filter((file) => layerOf(file) !== null);

test('every layer imports only what the design allows', () => {
  const wrong: string[] = [];
  for (const file of layered) {
    const layer = layerOf(file) ?? '';
    const rule = ALLOWED[layer];
    assert.ok(rule, `${file}: src/${layer} is not in the design; add it to ALLOWED if it should be`);
    for (const specifier of imports(file)) {
      const imported = target(file, specifier);
      const allowed = imported
        ? mayImport(rule.layers, imported)
        : (rule.packages?.includes(specifier) ?? true);
      if (!allowed) wrong.push(`${file} imports ${specifier}`);
    }
  }
  assert.deepEqual(wrong, []);
});

test('the test reads imports at all: core is seen to import zod, and the stage to import the show', () => {
  assert.ok(imports('src/core/content.ts').includes('zod'));
  assert.ok(
    layered
      .filter((file) => layerOf(file) === 'stage')
      .some((file) => imports(file).some((it) => it.startsWith('#show/'))),
  );
});

test('core has no clock, no chance, no environment and no arithmetic that differs between machines', () => {
  const found = layered
    .filter((file) => layerOf(file) === 'core')
    .flatMap((file) => {
      const code = readFileSync(path.join(root, file), 'utf8').replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '');
      return BANNED_IN_CORE.filter((banned) => banned.test(code)).map(
        (banned) => `${file}: ${banned.source}`,
      );
    });
  assert.deepEqual(found, []);
});

test('every slash command is on the list that the bot and the deployer share', () => {
  const index = readFileSync(path.join(root, 'commands/index.ts'), 'utf8');
  const unlisted = sources('commands')
    .filter((file) => readFileSync(path.join(root, file), 'utf8').includes('defineCommand('))
    .map((file) => path.basename(file))
    .filter((name) => !index.includes(`./${name}'`));
  assert.deepEqual(unlisted, []);
});

test('at the level of src/ lies what starts everything, and no folder is too full to be looked through', () => {
  const inFolders = Map.groupBy([...sources('src'), ...sources('commands')], (file) => path.dirname(file));
  assert.deepEqual(
    inFolders
      .get('src')
      ?.map((file) => path.basename(file))
      .sort(),
    ROOT_FILES,
  );
  const full = [...inFolders]
    .filter(([folder, files]) => files.length > FILES_A_FOLDER && !MAY_BE_LARGE.some((it) => it.test(folder)))
    .map(([folder, files]) => `${folder}: ${files.length} files`);
  assert.deepEqual(full, []);
});

/** Groups of files of which each leads to each other by imports, types too; every group in the order of its names. */
function circlesOf(files: readonly string[]): string[][] {
  const known = new Set(files);
  const leadsTo = new Map(
    files.map((file) => [
      file,
      imports(file)
        .flatMap((it) => target(file, it) ?? [])
        .filter((it) => known.has(it)),
    ]),
  );
  const reach = (from: string): Set<string> => {
    const seen = new Set<string>();
    const open = [...(leadsTo.get(from) ?? [])];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      if (seen.has(next)) continue;
      seen.add(next);
      open.push(...(leadsTo.get(next) ?? []));
    }
    return seen;
  };
  const reached = new Map(files.map((file) => [file, reach(file)]));
  const inCircles = files.filter((file) => reached.get(file)?.has(file));
  const groups = Map.groupBy(inCircles, (file) =>
    inCircles.filter((other) => reached.get(file)?.has(other) && reached.get(other)?.has(file)).join(' '),
  );
  return [...groups.values()];
}

test('no circle of files, at run time or of types', () => {
  assert.deepEqual(circlesOf([...sources('src'), ...sources('commands')]), []);
});
