import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';

const root = path.resolve(import.meta.dirname, '..');

/** Which layers a layer may import; types count. Packages named here are the only ones a layer may use. */
const ALLOWED: Record<string, { layers: string[]; packages?: string[] }> = {
  core: { layers: ['core'], packages: ['zod'] },
  show: { layers: ['show', 'core'], packages: ['node:crypto', 'zod'] },
  brain: { layers: ['brain', 'show', 'core'] },
  store: { layers: ['store', 'show', 'core'] },
  stage: { layers: ['stage', 'show', 'core', 'commands', 'data'] },
  paint: { layers: ['paint', 'show', 'core'] },
  lab: { layers: ['lab', 'show', 'core'] },
  commands: { layers: ['commands', 'show', 'core', 'stage'] },
  backlot: { layers: ['backlot'] },
};

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

function layerOf(file: string): string | null {
  const [top, second] = file.split(path.sep);
  if (top === 'commands' || top === 'data') return top;
  return top === 'src' && second !== undefined && !second.includes('.') ? second : null;
}

function imports(file: string): string[] {
  const text = readFileSync(path.join(root, file), 'utf8');
  return [...text.matchAll(/(?:\bfrom|\bimport)\s*\(?\s*'([^']+)'/g)].flatMap((match) => match[1] ?? []);
}

function targetLayer(file: string, specifier: string): string | null {
  if (specifier.startsWith('#src/')) return layerOf(path.join('src', specifier.slice('#src/'.length)));
  if (specifier.startsWith('#')) return specifier.slice(1).split('/')[0] ?? null;
  if (specifier.startsWith('.')) return layerOf(path.normalize(path.join(path.dirname(file), specifier)));
  return null;
}

const layered = [...sources('src'), ...sources('commands')].filter((file) => layerOf(file) !== null);

test('every layer imports only what the design allows', () => {
  const wrong: string[] = [];
  for (const file of layered) {
    const layer = layerOf(file) ?? '';
    const rule = ALLOWED[layer];
    assert.ok(rule, `${file}: src/${layer} is not in the design; add it to ALLOWED if it should be`);
    for (const specifier of imports(file)) {
      const internal = specifier.startsWith('.') || specifier.startsWith('#');
      const target = targetLayer(file, specifier);
      if (internal && (target === null || !rule.layers.includes(target)))
        wrong.push(`${file} imports ${specifier}`);
      if (!internal && rule.packages && !rule.packages.includes(specifier))
        wrong.push(`${file} imports ${specifier}`);
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
