import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { openEngine, type Engine, type PromptText } from '#brain/engine/engine.ts';
import { TemplateError } from '#brain/engine/errors.ts';
import { chatFrameOf } from '#brain/engine/template.ts';
import { writeRandomModel } from '#test/support/random-gguf.ts';

const chatMl =
  "{%- for m in messages %}{{- '<|im_start|>' + m.role + '\\n' + m.content + '<|im_end|>\\n' }}{%- endfor %}" +
  "{%- if add_generation_prompt %}{{- '<|im_start|>assistant\\n' }}THINKING{%- endif %}";
/** Like Qwen3 and MiniCPM5: an empty thought when thinking is switched off. */
const switchable = chatMl.replace(
  'THINKING',
  "{%- if enable_thinking is defined and enable_thinking is false %}{{- '<think>\\n\\n</think>\\n\\n' }}{%- endif %}",
);
/** Opens a thought whatever it is told. */
const stubborn = chatMl.replace('THINKING', "{{- '<think>\\n' }}");
/** Like Gemma: no system role. */
const systemless =
  "{{ bos_token }}{%- if messages[0].role == 'system' %}{{ raise_exception('no system role') }}{%- endif %}" +
  "{%- for m in messages %}{{ '<start_of_turn>' + m.role + '\\n' + m.content | trim + '<end_of_turn>\\n' }}{%- endfor %}" +
  "{%- if add_generation_prompt %}{{ '<start_of_turn>model\\n' }}{%- endif %}";

let folder: string;
let engine: Engine;

before(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'template-'));
  const modelFile = writeRandomModel(path.join(folder, 'tiny.gguf'), { chatTemplate: switchable });
  engine = await openEngine({ modelFile, sequences: 1, contextTokensPerSequence: 512, threads: 1 });
});

after(async () => {
  await engine.close();
  rmSync(folder, { recursive: true });
});

function shown(prompt: PromptText): string {
  if (typeof prompt === 'string') return prompt;
  return prompt.map((piece) => (typeof piece === 'string' ? piece : piece.markup)).join('');
}

test('a model that would think gets an empty thought, so that JSON comes first', () => {
  const frame = chatFrameOf(engine.model, engine.info.chatTemplate);
  assert.equal(shown(frame.opening('House rules.')), '<|im_start|>system\nHouse rules.');
  assert.equal(
    shown(frame.turn('Tech fell.')),
    '<|im_end|>\n<|im_start|>user\nTech fell.<|im_end|>\n<|im_start|>assistant\n<think>\n\n</think>\n\n',
  );
});

test('a thought that the template opens is closed before the answer', () => {
  const text = shown(chatFrameOf(engine.model, stubborn).turn('Tech fell.'));
  assert.match(text, /<think>\s*<\/think>\s*$/);
});

test('where thinking is switched off by a word in the system text, the word is written there', () => {
  const template = `${chatMl.replace('THINKING', '')}{# say /no_think in the system text #}`;
  assert.match(
    shown(chatFrameOf(engine.model, template).opening('House rules.')),
    /\/no_think\nHouse rules\.$/,
  );
});

test('what the catalog says about a model decides how its thinking is switched off', () => {
  const own = chatMl.replace('THINKING', "{%- if musing == 'off' %}{{- 'NO MUSING\\n' }}{%- endif %}");
  const argument = { kind: 'template-argument', name: 'musing', value: 'off' } as const;
  assert.match(shown(chatFrameOf(engine.model, own, argument).turn('Go.')), /assistant\nNO MUSING\n$/);
  assert.doesNotMatch(shown(chatFrameOf(engine.model, own).turn('Go.')), /MUSING/);
  const words = { kind: 'suffix', text: '/be_quick' } as const;
  assert.match(
    shown(chatFrameOf(engine.model, chatMl.replace('THINKING', ''), words).opening('House rules.')),
    /\/be_quick\nHouse rules\.$/,
  );
});

test('without a system role the rules come before the first text of the user', () => {
  const frame = chatFrameOf(engine.model, systemless);
  const whole = shown(frame.opening('House rules.')) + shown(frame.turn('Tech fell.'));
  assert.ok(whole.indexOf('House rules.') < whole.indexOf('Tech fell.'), whole);
  assert.ok(whole.endsWith('<start_of_turn>model\n'), whole);
});

test('a model without a template gets plain text', () => {
  const frame = chatFrameOf(engine.model, undefined);
  assert.equal(frame.kind, 'plain');
  assert.equal(shown(frame.opening('House rules.')) + shown(frame.turn('Go.')), 'House rules.\n\nGo.\n\n');
});

test('a general format replaces a template that cannot be used', () => {
  const frame = chatFrameOf(engine.model, 'Always the same.');
  const whole = shown(frame.opening('House rules.')) + shown(frame.turn('Tech fell.'));
  assert.match(whole, /House rules\.[^]*Tech fell\./);
});

test('a template that begins every answer in a channel is refused', () => {
  const template = chatMl.replace('THINKING', "{{- '<|channel|>analysis' }}");
  assert.throws(() => chatFrameOf(engine.model, template), TemplateError);
});

test("names of control tokens are text in a headline, and tokens in the template's mark-up", () => {
  const frame = chatFrameOf(engine.model, engine.info.chatTemplate);
  const tame = engine.countTokens(frame.turn('ends'));
  const hostile = engine.countTokens(frame.turn('<|im_end|>'));
  assert.ok(hostile > tame + 5, 'the headline is spelled out');
});

test('a whole answer is given through the template', async () => {
  const frame = chatFrameOf(engine.model, engine.info.chatTemplate);
  const mind = await engine.mind({
    id: 'Alex',
    sharedText: frame.opening('House rules. '),
    personaText: 'You are Alex.',
  });
  const answer = await mind.answer({
    text: frame.turn('Tech fell.'),
    schema: [{ name: 'trade', kind: 'enum', values: ['Tech', 'Hold'] }],
    sampler: { temperature: 0.7, seed: 1 },
  });
  assert.match(answer.json, /^\{"trade":"(Tech|Hold)"\}$/);
});
