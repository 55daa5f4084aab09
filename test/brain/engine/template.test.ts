import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { openEngine, type Engine, type PromptText } from '#brain/engine/engine.ts';
import { PromptTooLongError, TemplateError } from '#brain/engine/errors.ts';
import {
  chatFrameOf,
  PLAIN_FRAME,
  templateBeside,
  type ChatFrame,
  type ShownTurn,
} from '#brain/engine/template.ts';
import type { Thinking } from '#brain/catalog.ts';
import { writeRandomModel } from '#test/support/random-gguf.ts';

const chatMl =
  "{%- for m in messages %}{{- '<|im_start|>' + m.role + '\\n' + m.content + '<|im_end|>\\n' }}{%- endfor %}" +
  "{%- if add_generation_prompt %}{{- '<|im_start|>assistant\\n' }}THINKING{%- endif %}";
const plainChatMl = chatMl.replace('THINKING', '');
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
  "{%- for m in messages %}{{ '<start_of_turn>' + ('model' if m.role == 'assistant' else m.role) + '\\n' }}" +
  "{{ m.content | trim + '<end_of_turn>\\n' }}{%- endfor %}" +
  "{%- if add_generation_prompt %}{{ '<start_of_turn>model\\n' }}{%- endif %}";
/** Like Mistral's: the system text comes before the LAST text of the user; FIRST may say that it also comes before the first. */
const systemLast =
  "{{- bos_token }}{%- if messages[0].role == 'system' %}{%- set system_message = messages[0].content %}" +
  '{%- set loop_messages = messages[1:] %}{%- else %}{%- set loop_messages = messages %}{%- endif %}' +
  "{%- for m in loop_messages %}{%- if m.role == 'user' %}{%- if (loop.lastFIRST) and system_message is defined %}" +
  "{{- '[INST] ' + system_message + '\n\n' + m.content + '[/INST]' }}{%- else %}{{- '[INST] ' + m.content + '[/INST]' }}" +
  "{%- endif %}{%- else %}{{- ' ' + m.content + eos_token }}{%- endif %}{%- endfor %}";
/** Roles named by themselves, the answer's place shown by what HOLDS it in a conversation that has one. */
function answersIn(holds: string, asks: string): string {
  return (
    "{%- for m in messages %}{%- if m.role == 'assistant' %}{{- '" +
    `${holds}' + m.content + '<|end|>' }}{%- else %}{{- '<|start|>' + m.role + '|' + m.content + '<|end|>' }}{%- endif %}` +
    `{%- endfor %}{%- if add_generation_prompt %}{{- '${asks}' }}{%- endif %}`
  );
}

let folder: string;
let engine: Engine;

before(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'template-'));
  const modelFile = writeRandomModel(path.join(folder, 'tiny.gguf'), { chatTemplate: switchable });
  engine = await openEngine({ modelFile, sequences: 2, contextTokensPerSequence: 512, threads: 1 });
});

after(async () => {
  await engine.close();
  rmSync(folder, { recursive: true });
});

/** The whole prompt of a turn, behind these earlier ones. */
function promptOf(
  frame: ChatFrame,
  system: string,
  asks: string,
  earlier: readonly ShownTurn[] = [],
): string {
  return shown(frame.opening(system)) + shown(frame.beforeTurn(earlier)) + shown(frame.turn(asks));
}

function shown(prompt: PromptText): string {
  if (typeof prompt === 'string') return prompt;
  return prompt.map((piece) => (typeof piece === 'string' ? piece : piece.markup)).join('');
}

/** The conversation that every template here renders. */
function rendered(template: string, thinking?: Thinking): string {
  const frame = chatFrameOf(engine.model, template, thinking);
  return promptOf(frame, 'House rules.', 'Tech fell.');
}

function refuses(template: string, words: RegExp): void {
  assert.throws(
    () => chatFrameOf(engine.model, template),
    (error) => {
      assert.ok(error instanceof TemplateError, String(error));
      assert.match(error.message, words);
      assert.match(
        error.message,
        /^tiny\.gguf: its chat template .*\. Choose another model, or put .* tiny\.jinja beside it\.$/,
      );
      return true;
    },
  );
}

test('a model that would think gets an empty thought, so that JSON comes first', () => {
  const frame = chatFrameOf(engine.model, engine.info.chatTemplate);
  assert.equal(shown(frame.opening('House rules.')), '<|im_start|>system\nHouse rules.');
  assert.equal(
    shown(frame.beforeTurn([])) + shown(frame.turn('Tech fell.')),
    '<|im_end|>\n<|im_start|>user\nTech fell.<|im_end|>\n<|im_start|>assistant\n<think>\n\n</think>\n\n',
  );
});

test('a thought that the template opens is closed before the answer', () => {
  assert.match(rendered(stubborn), /assistant\n<think>\s*<\/think>\s*$/);
  assert.match(rendered(chatMl.replace('THINKING', "{{- '<mm:think>' }}")), /<mm:think>\s*<\/mm:think>\s*$/);
});

test('a thought is closed as the template itself closes one', () => {
  const template = answersIn('<|start|>a|<think></think>', '<|start|>a|<think>');
  assert.equal(
    rendered(template),
    '<|start|>system|House rules.<|end|><|start|>user|Tech fell.<|end|><|start|>a|<think></think>',
  );
});

test('a template that shows answers after an empty thought but opens none gets that thought', () => {
  assert.match(rendered(answersIn('<|start|>a|<think>\\n</think>', '<|start|>a|')), /a\|<think>\n<\/think>$/);
});

test('where thinking is switched off by a word in the system text, the word is written there', () => {
  const template = `${plainChatMl}{# say /no_think in the system text #}`;
  assert.match(
    shown(chatFrameOf(engine.model, template).opening('House rules.')),
    /\/no_think\nHouse rules\.$/,
  );
});

test('a template that looks for the word itself finds it, and takes it out where it does', () => {
  const template = chatMl
    .replace('m.content', "m.content.replace('/no_think\\n', '')")
    .replace('THINKING', "{%- if '/no_think' in messages[0].content %}{{- '<think></think>' }}{%- endif %}");
  assert.equal(
    rendered(template),
    '<|im_start|>system\nHouse rules.<|im_end|>\n<|im_start|>user\nTech fell.<|im_end|>\n<|im_start|>assistant\n<think></think>',
  );
});

test('the word is written where it does what the argument does not, though the template has a variable of that name', () => {
  // Like Nemotron Nano 2: its own variable, which the word alone turns off.
  const own = (off: string, on: string): string =>
    '{%- set ns = namespace(enable_thinking=true) %}{%- for m in messages %}' +
    "{%- if '/no_think' in m.content %}{%- set ns.enable_thinking = false %}{%- endif %}{%- endfor %}" +
    chatMl
      .replace('m.content', "m.content.replace('/no_think\\n', '')")
      .replace('THINKING', `{{- '${off}' if ns.enable_thinking is false else '${on}' }}`);
  for (const [off, on] of [
    ['<think></think>', '<think>\n'],
    ['<think></think>', ''],
    ['', '<think>\n'],
  ] as const)
    assert.equal(rendered(own(off, on)), `${rendered(plainChatMl)}${off}`);
  // Here the argument does it, and the word is left to whoever writes prompts by hand.
  assert.equal(rendered(`${switchable}{# or /no_think #}`), rendered(switchable));
  // Where neither does, the thought is closed, and no word is written that had no effect.
  assert.equal(rendered(`${stubborn}{# enable_thinking, /no_think #}`), rendered(stubborn));
});

test('what the catalog says about a model decides how its thinking is switched off', () => {
  const own = chatMl.replace('THINKING', "{%- if musing == 'off' %}{{- 'NO MUSING\\n' }}{%- endif %}");
  const argument = { kind: 'template-argument', name: 'musing', value: 'off' } as const;
  assert.match(
    rendered(own.replaceAll('NO MUSING', '<think></think>'), argument),
    /assistant\n<think><\/think>\n$/,
  );
  assert.doesNotMatch(rendered(own), /MUSING/);
  const words = { kind: 'suffix', text: '/be_quick' } as const;
  assert.match(
    shown(chatFrameOf(engine.model, plainChatMl, words).opening('House rules.')),
    /\/be_quick\nHouse rules\.$/,
  );
});

test('where the catalog says that a model does not think, nothing is guessed', () => {
  const none = { kind: 'none' } as const;
  assert.match(rendered(switchable), /<think>/);
  assert.doesNotMatch(rendered(switchable, none), /think/);
  assert.doesNotMatch(rendered(`${plainChatMl}{# /no_think #}`, none), /no_think/);
});

test('without a system role the rules come before the first text of the user, and the note says so', () => {
  const frame = chatFrameOf(engine.model, systemless);
  assert.equal(
    promptOf(frame, 'House rules.', 'Tech fell.'),
    '<|bos|><start_of_turn>user\nHouse rules.\n\nTech fell.<end_of_turn>\n<start_of_turn>model\n',
  );
  assert.match(frame.note ?? '', /takes no system text/);
  assert.equal(chatFrameOf(engine.model, plainChatMl).note, null);
});

test('a template that writes the date writes the same one every day, in the form that it asks for', () => {
  const dated = `{{- strftime_now('%d %b %Y, %A %B %d, %y-%m-%d %H:%M:%S, 5%% %Q') }}${plainChatMl}`;
  assert.equal(
    rendered(dated),
    `26 Jul 2024, Friday July 26, 24-07-26 12:00:00, 5% %Q${rendered(plainChatMl)}`,
  );
  const inMacro =
    "{%- macro today() %}{%- if strftime_now is defined %}{{ strftime_now('%B %Y') }}{%- endif %}{%- endmacro %}{{ today() }}";
  assert.equal(rendered(`${inMacro}${plainChatMl}`), `July 2024${rendered(plainChatMl)}`);
});

test('a template that wants typed texts gets them', () => {
  const typed = plainChatMl.replace('m.content', 'm.content[0].text');
  assert.equal(rendered(typed), rendered(plainChatMl));
});

test('white space around a text goes where the template takes it away, and stays where it does not', () => {
  const frame = chatFrameOf(engine.model, plainChatMl.replace('m.content', '(m.content | trim)'));
  assert.equal(shown(frame.opening('\nRules.')), '<|im_start|>system\nRules.');
  assert.match(promptOf(frame, '\nRules.', '\n Tech fell. \n'), /user\nTech fell\.<\|im_end\|>/);
  const exact = chatFrameOf(engine.model, plainChatMl);
  assert.equal(shown(exact.opening('\nRules.')), '<|im_start|>system\n\nRules.');
  assert.match(promptOf(exact, '\nRules.', '\n Tech fell. \n'), /user\n\n Tech fell\. \n<\|im_end\|>/);
});

test('a model without a template gets a plain script, and the note says so', () => {
  const frame = chatFrameOf(engine.model, undefined);
  assert.equal(frame.kind, 'plain');
  assert.equal(promptOf(frame, 'House rules.', 'Go.'), 'House rules.\n\nGo.\n\n');
  assert.match(frame.note ?? '', /no chat template/);
});

test('a template that cannot run is refused with the reason', () => {
  refuses('{% for m in messages %}{{ m.content }}', /cannot be read \(/);
  refuses(`${plainChatMl}{{ nothing_of_the_kind() }}`, /cannot run \(/);
  refuses("{{ raise_exception('only tools talk here') }}", /cannot run \(only tools talk here\)/);
});

test('a template that drops, doubles or rewrites a text is refused', () => {
  refuses(
    plainChatMl.replace('in messages', "in messages if m.role != 'system'"),
    /drops or rewrites the system text/,
  );
  refuses('Always the same.', /drops or rewrites the system text/);
  refuses(
    `{{ messages[0].content }}${'{{ messages[1].content }}'.repeat(2)}`,
    /writes the user text more than once/,
  );
  refuses(plainChatMl.replace('m.content', 'm.content | upper'), /drops or rewrites the system text/);
});

test('a template that ends where the answer does not begin is refused with the place of the answer', () => {
  // gpt-oss: an answer is in one of several channels, and the prompt ends before any of them.
  refuses(
    answersIn('<|start|>assistant<|channel|>final<|message|>', '<|start|>assistant'),
    /ends where the answer does not begin: answers stand behind "<\|channel\|>final<\|message\|>"/,
  );
  refuses(chatMl.replace('THINKING', "{{- '<|channel|>analysis' }}"), /channel of its own/);
  refuses(chatMl.replace('THINKING', "{{- '<|channel|>analysis<|message|>' }}"), /channel of its own/);
  // Apriel: the thought begins with words, and the answer with a mark that the system text speaks of.
  refuses(
    chatMl.replace('THINKING', "{{- 'My reasoning steps:\\n' }}"),
    /begins with other words, "My reasoning steps:"/,
  );
  refuses(
    `Answer in [BEGIN FINAL RESPONSE] marks. ${plainChatMl}`,
    /answers stand behind "\[BEGIN FINAL RESPONSE\]"/,
  );
  // Seed-OSS: its thought has words in it even when it is to be empty.
  refuses(
    chatMl.replace('THINKING', "{%- if thinking_budget == 0 %}{{- '<seed:think><budget>' }}{%- endif %}"),
    /begins every answer with a thought, "<budget>"/,
  );
  // A template that does not ask for an answer at all.
  refuses(chatMl.slice(0, chatMl.indexOf('{%- if add')), /answers stand behind "<\|im_start\|>assistant"/);
});

test('a template that ends at the place of the answer in its channel is used as it is', () => {
  const answer = '<|start|>assistant<|channel|>final<|message|>';
  assert.ok(rendered(answersIn(answer, answer)).endsWith(answer));
});

test('a prompt begins as the template says: with one BOS where it writes it, with none where it does not', async () => {
  const fixedTokens = async (sharedText: PromptText, addBos?: boolean): Promise<number> => {
    const mind = await engine.mind({
      id: 'Bo',
      sharedText,
      personaText: 'Bo.',
      ...(addBos !== undefined && { addBos }),
    });
    const tooLong = mind.answer({
      text: ' the market'.repeat(600),
      schema: [{ name: 'trade', kind: 'enum', values: ['Tech', 'Hold'] }],
      sampler: { temperature: 0, seed: 1 },
    });
    let message = '';
    await assert.rejects(tooLong, (error) => {
      assert.ok(error instanceof PromptTooLongError);
      message = error.message;
      return true;
    });
    await mind.close();
    return Number(/(\d+) fixed/.exec(message)?.[1]);
  };
  const none = chatFrameOf(engine.model, plainChatMl);
  const one = chatFrameOf(engine.model, `{{ bos_token }}${plainChatMl}`);
  assert.deepEqual(
    [none.addBos, one.addBos, chatFrameOf(engine.model, undefined).addBos],
    [false, false, true],
  );
  assert.equal(shown(one.opening('Rules.')), `<|bos|>${shown(none.opening('Rules.'))}`);
  const text = engine.countTokens(none.opening('Rules.')) + engine.countTokens('Bo.');
  assert.equal(await fixedTokens(none.opening('Rules.'), none.addBos), text);
  assert.equal(await fixedTokens(one.opening('Rules.'), one.addBos), text + 1);
  assert.equal(await fixedTokens(one.opening('Rules.')), text + 1, 'never two of them');
  assert.equal(
    await fixedTokens('Rules.'),
    engine.countTokens('Rules.Bo.') + 1,
    'a plain script as the vocabulary asks',
  );
});

test('a template that lies beside the model file is found by its name', () => {
  const modelFile = path.join(folder, 'mended.gguf');
  assert.equal(templateBeside(modelFile), undefined);
  writeFileSync(path.join(folder, 'mended.jinja'), plainChatMl);
  assert.equal(templateBeside(modelFile), plainChatMl);
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
    personaText: ['You are Alex.', ...frame.beforeTurn([])],
    addBos: frame.addBos,
  });
  const answer = await mind.answer({
    text: frame.turn('Tech fell.'),
    schema: [{ name: 'trade', kind: 'enum', values: ['Tech', 'Hold'] }],
    sampler: { temperature: 0.7, seed: 1 },
  });
  assert.match(answer.json, /^\{"trade":"(Tech|Hold)"\}$/);
});

test('worked turns are earlier turns of the conversation, in the mark-up in which the template shows them', () => {
  const turns = [
    { sees: 'Tech rose.', does: '{"trade":"Tech"}' },
    { sees: 'Tech fell.', does: '{"trade":"Hold"}' },
  ];
  const frame = chatFrameOf(engine.model, plainChatMl);
  assert.equal(
    promptOf(frame, '', 'Tech is flat.', turns),
    '<|im_start|>system\n<|im_end|>\n<|im_start|>user\nTech rose.<|im_end|>\n<|im_start|>assistant\n{"trade":"Tech"}<|im_end|>\n' +
      '<|im_start|>user\nTech fell.<|im_end|>\n<|im_start|>assistant\n{"trade":"Hold"}<|im_end|>\n' +
      '<|im_start|>user\nTech is flat.<|im_end|>\n<|im_start|>assistant\n',
  );
});

test('a template that writes the system text before the last question gets worked turns as text, and no text of ours', () => {
  const turns = [{ sees: 'Tech rose.', does: '{"trade":"Tech"}' }];
  for (const also of ['', ' or loop.first']) {
    const frame = chatFrameOf(engine.model, systemLast.replace('FIRST', also));
    const prompt = promptOf(frame, 'House rules.', 'Tech fell.', turns);
    assert.equal(prompt, '<|bos|>[INST] House rules.\n\nTech rose.\n\n{"trade":"Tech"}\n\nTech fell.[/INST]');
    assert.doesNotMatch(prompt, /f3b1|9c07|4d2a|7e91/);
  }
});

test('a template made for one question only, and a base model, get worked turns as text', () => {
  const once = plainChatMl.replace(
    '{%- for',
    "{%- if messages | length > 3 %}{{ raise_exception('one question') }}{%- endif %}{%- for",
  );
  const turns = [{ sees: 'Tech rose.', does: '{"trade":"Tech"}' }];
  for (const frame of [chatFrameOf(engine.model, once), PLAIN_FRAME])
    assert.match(
      promptOf(frame, 'Rules.', 'Tech fell.', turns),
      /Rules\.\n\nTech rose\.\n\n\{"trade":"Tech"\}/,
    );
  assert.equal(shown(chatFrameOf(engine.model, once).beforeTurn([])), '<|im_end|>\n<|im_start|>user\n');
});
