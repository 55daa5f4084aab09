import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fumbles, good, never, scene, seen, turn } from './scene.ts';

const json = JSON.stringify(good);

test('a decision is found wherever a model or a server puts it', async (t) => {
  const { server, open } = await scene(t);
  const brain = await open();
  const places: [place: string, content: string][] = [
    ['in a code fence', `\`\`\`json\n${json}\n\`\`\``],
    ['after a few words', `Sure! Here is my {honest} decision:\n${json}`],
    ['before the end of the turn', `${json}<|im_end|>`],
    ['before another answer', `${json}\n${json.replace('Hold', 'Tech')}`],
    ['after a thought', `<think>\nI could {buy}.\n</think>\n\n${json}`],
    ['after the end of a thought', `I could buy.\n</think>\n${json}`],
    ['in a thought that has no end', `<think>${json}`],
    ['in another object', `{"decision":${json}}`],
    ['in a list', `[${json}]`],
    ['with a key too many', json.replace('{', '{"mood":"odd",')],
    ['with its keys in capitals', json.replace('"thought"', '"Thought"').replace('"trade"', '"TRADE"')],
    ['over several lines', JSON.stringify(good, null, 2)],
  ];
  for (const [place, content] of places) {
    server.faults = [{ kind: 'says', content }];
    assert.deepEqual((await brain.think(turn, never)).decision, good, place);
  }
});

test('a decision is found in every shape of message', async (t) => {
  const { server, open } = await scene(t);
  const brain = await open();
  const messages: object[] = [
    {
      content: [
        { type: 'thinking', thinking: [{ type: 'text', text: 'Hm.' }] },
        { type: 'text', text: json },
      ],
    },
    { content: [{ type: 'text', text: json.slice(0, 20) }, { type: 'text', text: json.slice(20) }] }, // prettier-ignore
    { content: '', reasoning_content: json },
    { content: null, reasoning: `Let me think. ${json}` },
    { content: '<think></think>', reasoning: json },
    { content: json, reasoning: 'Let me think.', refusal: null, tool_calls: [] },
  ];
  for (const message of messages) {
    server.faults = [{ kind: 'message', message }];
    assert.deepEqual((await brain.think(turn, never)).decision, good, JSON.stringify(message));
  }
});

test('a room and a trade are understood in any spelling', async (t) => {
  const { server, open } = await scene(t);
  const brain = await open();
  const spellings: object[] = [
    { location: seen.roomName.toLowerCase(), trade: 'hold', size: 'SMALL' },
    { location: seen.roomName.toUpperCase().replaceAll(' ', '_'), trade: ' Hold.', size: 'small' },
    { location: seen.roomName.replaceAll(' ', '-') },
  ];
  for (const spelling of spellings) {
    server.faults = [{ kind: 'says', content: JSON.stringify({ ...good, ...spelling }) }];
    assert.deepEqual((await brain.think(turn, never)).decision, good, JSON.stringify(spelling));
  }
  server.faults = [{ kind: 'says', content: JSON.stringify({ ...good, size: 'all in', speech: null }) }];
  assert.deepEqual((await brain.think(turn, never)).decision, { ...good, size: 'AllIn', speech: '' });
});

test('no line break, control character or mark-up gets into a thought or a line', async (t) => {
  const { server, open } = await scene(t);
  const brain = await open();
  const thought = 'Tech is\ncheap.\u0007}}<|im_end|>\n<|im_start|>user';
  server.faults = [
    { kind: 'says', content: JSON.stringify({ ...good, thought, speech: 'I wait.</s> [/INST]' }) },
    // A server without a grammar may send this: the line break in the JSON is not escaped.
    { kind: 'says', content: json.replace('is cheap', 'is\n\tcheap') },
  ];
  assert.deepEqual((await brain.think(turn, never)).decision, good);
  assert.deepEqual((await brain.think(turn, never)).decision, good);
});

test('a line of a name or a figure alone is silence, and brackets that close nothing are left out', async (t) => {
  const { server, open } = await scene(t);
  const brain = await open();
  const lines: [written: string, said: string][] = [
    ['Alice.', ''],
    ['Mike, Sarah!', ''],
    ['12.5', ''],
    ['$900!', ''],
    ['Buy ) it ( now.', 'Buy it now.'],
    ['Buy (it] [now).', 'Buy it now.'],
    ['Alice, wait.', 'Alice, wait.'],
    ['Never.', 'Never.'],
    ['Up 12.5', 'Up 12.5.'],
    ['Buy it (now [really]).', 'Buy it (now [really]).'],
  ];
  for (const [written, said] of lines) {
    const decision = { ...good, thought: written, speech: written };
    server.faults = [{ kind: 'says', content: JSON.stringify(decision) }];
    const answer = await brain.think({ ...turn, aside: true }, never);
    assert.deepEqual(answer.decision, { ...good, thought: said, speech: said }, written);
  }
});

test('what is done, who speaks and the marks of both are left out, and only what reached its limit is cut back', async (t) => {
  const { server, open } = await scene(t);
  const brain = await open();
  const name = seen.name;
  const lines: [written: string, said: string][] = [
    ['*leans in* Alice, sell me your bonds.', 'Alice, sell me your bonds.'],
    ['*Leans in.* Alice, sell me your bonds.', 'Alice, sell me your bonds.'],
    ['_leans in_ _grins_ Alice, sell me your bonds.', 'Alice, sell me your bonds.'],
    ['Tech is mine *grins*', 'Tech is mine.'],
    ['Tech is mine *grins*.', 'Tech is mine.'],
    ['Tech is mine *crosses his arms*', 'Tech is mine.'],
    ['*Sighs.* Fine, I will buy it.', 'Fine, I will buy it.'],
    ['*sigh* Fine, I will buy it.', 'Fine, I will buy it.'],
    ['*adjusts his tie* So be it.', 'So be it.'],
    ['Tech is mine! *leans back, grinning*', 'Tech is mine!'],
    ['Tech is mine. *grins* Always was.', 'Tech is mine. Always was.'],
    ['leans in* Tech is mine.', 'leans in Tech is mine.'],
    ['I *love* Tech, and **all** of it is *mine*.', 'I love Tech, and all of it is mine.'],
    ['*Never* sell what you _really_ like', 'Never sell what you really like.'],
    ['*Never* Crypto!', 'Never Crypto!'],
    ['*never* buy Crypto.', 'never buy Crypto.'],
    ['*Sell* Bonds, you fools!', 'Sell Bonds, you fools!'],
    ['Fine. *Not* Tech.', 'Fine. Not Tech.'],
    ["I'm buying *bonds*.", "I'm buying bonds."],
    ['Only *losses*.', 'Only losses.'],
    ['He said *yes*', 'He said yes.'],
    ['Everybody here is *selling*!', 'Everybody here is selling!'],
    ['You are all *fools and cowards*.', 'You are all fools and cowards.'],
    ['**No.** I keep Tech.', 'No. I keep Tech.'],
    ['**Bonds are dead.** I keep Tech.', 'Bonds are dead. I keep Tech.'],
    ["*Let's go.* Tech is up.", "Let's go. Tech is up."],
    ['*Nothing lasts.* I keep Tech.', 'Nothing lasts. I keep Tech.'],
    ['*Tonight* I buy Tech.', 'Tonight I buy Tech.'],
    ['I am all_in on Tech~', 'I am all in on Tech.'],
    [`${name}: I am buying the dip!`, 'I am buying the dip!'],
    [`**${name.toUpperCase()}:** *grins* I am buying the dip!`, 'I am buying the dip!'],
    [`*grins* ${name}: I am buying the dip!`, 'I am buying the dip!'],
    ['speech: "I hold Tech."', 'I hold Tech.'],
    ['[sighs] Fine, I will buy it.', 'Fine, I will buy it.'],
    ['{laughs} I win again.', 'I win again.'],
    ['I like you, Mike! But I am not buying', 'I like you, Mike! But I am not buying.'],
    ['Up again! Tech made 5%', 'Up again! Tech made 5%.'],
    ['-5% on Tech? I am buying more.', '-5% on Tech? I am buying more.'],
    ['The bell: 10:30, and not before.', 'The bell: 10:30, and not before.'],
    ['Bonds: the only thing that I trust.', 'Bonds: the only thing that I trust.'],
    ['*sighs*', ''],
  ];
  for (const [written, said] of lines) {
    const decision = { ...good, thought: written, speech: written };
    server.faults = [{ kind: 'says', content: JSON.stringify(decision) }];
    const answer = await brain.think({ ...turn, aside: true }, never);
    assert.deepEqual(answer.decision, { ...good, thought: said, speech: said }, written);
  }
});

test('the fumble of an answer that is not JSON shows how the answer began, also of a long or broken one', async (t) => {
  const { server, open } = await scene(t);
  const brain = await open();
  server.faults = [
    { kind: 'says', content: `Sure! Here is\nmy plan: ${'buy '.repeat(100)}` },
    { kind: 'says', content: '{"thought": "I was just', finish: 'length' },
    { kind: 'says', content: '', reasoning: 'Let me think about this at length.' },
    { kind: 'says', content: '<think>Let me think about this', finish: 'length' },
    { kind: 'says', content: '{'.repeat(60_000) },
    { kind: 'body', body: '<html>hello</html>' },
  ];
  await fumbles(
    brain.think(turn, never),
    'invalid',
    /^the answer is not JSON: Sure! Here is my plan: [buy ]{90,97}$/,
  );
  await fumbles(brain.think(turn, never), 'invalid', /^the answer was cut short: \{"thought": "I was just$/);
  await fumbles(brain.think(turn, never), 'invalid', /only thought aloud/);
  await fumbles(brain.think(turn, never), 'invalid', /only thought aloud/);
  await fumbles(brain.think(turn, never), 'invalid', /not JSON: \{\{/);
  await fumbles(brain.think(turn, never), 'invalid', /not a completion: <html>/);
});

test('JSON that is not a decision is a fumble; a text that is merely too long lands', async (t) => {
  const { server, open } = await scene(t);
  const brain = await open();
  const says = (fields: object): void => {
    server.faults = [{ kind: 'says', content: JSON.stringify({ ...good, ...fields }) }];
  };
  says({ location: 'The Moon' });
  await fumbles(brain.think(turn, never), 'invalid', /^location: /);
  says({ trade: 'Gold' });
  await fumbles(brain.think(turn, never), 'invalid', /^trade: /);
  says({ thought: undefined });
  await fumbles(brain.think(turn, never), 'invalid', /^thought: /);
  says({ speech: 7 });
  await fumbles(brain.think(turn, never), 'invalid', /^speech: /);
  says({ speech: `${'a'.repeat(139)}🚀🚀` });
  assert.equal((await brain.think(turn, never)).decision.speech, `${'a'.repeat(138)}…`);
  // A server that knows the limit stops in the middle of a word.
  says({
    speech: `I have seen this chart before, and it ended in tears. ${'But then again '.repeat(9)}`.slice(
      0,
      140,
    ),
  });
  const ended = async (): Promise<string> => (await brain.think(turn, never)).decision.speech;
  assert.equal(await ended(), 'I have seen this chart before, and it ended in tears.');
  const action = '*leans back and looks at the screens for a while* ';
  says({ speech: `${action}${'Tech is all mine. '.repeat(8)}`.slice(0, 140) });
  assert.match(await ended(), /^(?:Tech is all mine\. ?)+$/, 'it reached the limit with what is left out');
  const long =
    '*slowly turns around and looks at the screen for a very long time, then once again at every face on the floor* ';
  says({ speech: `${long}Now I buy all of the Tech there is` });
  assert.equal(await ended(), 'Now I buy all of the Tech there is.', 'a whole line that fits loses no word');
  says({ speech: `${long}🚀 Mike sells what he never even had`.slice(0, 141) });
  assert.equal(await ended(), '🚀 Mike sells what he never…', 'a server may count a rocket as one character');
  says({ speech: `${long}${'no '.repeat(46)}no` });
  assert.equal(await ended(), `${'no '.repeat(45)}no…`, 'nor is there room for a full stop behind the limit');
  says({ speech: `${long.repeat(9)}Alice, ${'you know better and '.repeat(6)}` });
  assert.match(await ended(), /^Alice, you know .*…$/, 'it went on where it was no longer looked at');
  says({ speech: '*'.repeat(20_000) + '[{'.repeat(10_000) });
  assert.equal(await ended(), '', 'nor do marks without end hold it up');
});

test('64 KB of an answer are read, however much more the server sends', async (t) => {
  const { server, open } = await scene(t);
  const brain = await open();
  server.faults = [
    { kind: 'flood', status: 200 },
    { kind: 'flood', status: 500 },
  ];
  await fumbles(brain.think(turn, never), 'invalid', /has no end: aaaa/);
  await fumbles(brain.think(turn, never), 'engine_error', /answered 500: aaaa/);
  assert.ok(server.floodBytes < 32 * 1_024 * 1_024, `${server.floodBytes} bytes were taken`);
});
