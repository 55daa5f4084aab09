import assert from 'node:assert/strict';
import { test } from 'node:test';
import { whoIsAnswered, whoIsHeard, whoWaits } from '#core/hearing/to-answer.ts';

const says = (name: string, said: string | null, unanswered = true) => ({ name, said, unanswered });

test('whoever names a trader waits for it, though others spoke later', () => {
  const room = [says('Mike', 'Alice, sell!'), says('Sarah', 'How dark it is.')];
  assert.equal(whoWaits('Alice', room)?.name, 'Mike');
  assert.equal(
    whoWaits('Alex', [says('Sarah', 'How dark it is.'), says('Mike', 'So loud here!')])?.name,
    'Mike',
  );
});

test('a word to another who is here waits for that one; it is heard all the same', () => {
  const room = [says('Mike', 'Sarah, sell!'), says('Sarah', null)];
  assert.equal(whoWaits('Alice', room), undefined);
  assert.equal(whoIsHeard('Alice', room)?.name, 'Mike');
  assert.equal(
    whoWaits('Alice', [says('Mike', 'Sarah, sell!')])?.name,
    'Mike',
    'nobody of that name is here',
  );
});

test('what was answered waits for nobody, and silence says nothing', () => {
  const room = [says('Mike', 'Alice, sell!', false), says('Sarah', null)];
  assert.equal(whoIsHeard('Alice', room), undefined);
});

test('a line answers whom it names, if that one said something, else whoever waits', () => {
  const room = [says('Mike', 'So loud here!'), says('Sarah', 'How dark it is.')];
  assert.equal(whoIsAnswered('Alice', room, 'Quiet, Mike.')?.name, 'Mike');
  assert.equal(whoIsAnswered('Alice', room, 'Light a candle.')?.name, 'Sarah');
  assert.equal(whoIsAnswered('Alice', [says('Mike', null)], 'Quiet, Mike.'), undefined);
});
