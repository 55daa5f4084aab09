import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { test, type TestContext } from 'node:test';
import { availableMemoryBytes, cacheBytes, heldInGroup, roughMemoryBytes } from '#brain/memory.ts';

const GB = 1_000_000_000;
const machine = { freeBytes: 12 * GB, totalBytes: 16 * GB, limitBytes: 0, heldBytes: null };

/** A system's root with these files. */
async function rootWith(t: TestContext, files: Record<string, string>): Promise<string> {
  const root = await mkdtemp(path.join(os.tmpdir(), 'root-'));
  t.after(() => rm(root, { recursive: true }));
  for (const [name, text] of Object.entries(files)) {
    await mkdir(path.dirname(path.join(root, name)), { recursive: true });
    await writeFile(path.join(root, name), text);
  }
  return root;
}

test('without a limit the system says what is free', () => {
  assert.equal(availableMemoryBytes(machine), 12 * GB);
  assert.equal(availableMemoryBytes({ ...machine, limitBytes: 64 * GB, heldBytes: GB }), 12 * GB);
});

test('in a container its limit counts, less what it holds, and never more than the machine has', () => {
  assert.equal(availableMemoryBytes({ ...machine, limitBytes: 4 * GB, heldBytes: GB }), 3 * GB);
  assert.equal(availableMemoryBytes({ ...machine, limitBytes: 15 * GB, heldBytes: GB }), 12 * GB);
  assert.equal(availableMemoryBytes({ ...machine, limitBytes: 2 * GB, heldBytes: 3 * GB }), 0);
});

test('files that the system keeps in memory for speed are not held', async (t) => {
  const root = await rootWith(t, {
    'proc/self/cgroup': '0::/system.slice/show.service\n',
    'sys/fs/cgroup/system.slice/show.service/memory.current': '3000000000\n',
    'sys/fs/cgroup/system.slice/show.service/memory.stat':
      'anon 900000000\nfile 2100000000\ninactive_file 1500000000\nactive_file 500000000\n',
  });
  assert.equal(heldInGroup(root), GB);
});

test('within a container the group is the root of what it sees; the first version of groups is read, too', async (t) => {
  const inside = await rootWith(t, {
    'proc/self/cgroup': '0::/../../outer\n',
    'sys/fs/cgroup/memory.current': '700\n',
  });
  assert.equal(heldInGroup(inside), 700);
  const first = await rootWith(t, {
    'proc/self/cgroup': '12:cpu,cpuacct:/a\n4:memory:/docker/b\n0::/\n',
    'sys/fs/cgroup/memory/docker/b/memory.usage_in_bytes': '1000\n',
    'sys/fs/cgroup/memory/docker/b/memory.stat': 'total_inactive_file 300\ntotal_active_file 100\n',
  });
  assert.equal(heldInGroup(first), 600);
});

test('where no group counts, nothing is known', async (t) => {
  assert.equal(heldInGroup(await rootWith(t, { 'proc/self/cgroup': '' })), null);
  assert.equal(heldInGroup(await rootWith(t, {})), null);
});

test('the rough rule shows what real models took with the program by default, with their caches and without', () => {
  const caches = { small: cacheBytes({ cacheBytesPerToken: 23_040 }, 4), other: cacheBytes({}, 4) };
  assert.deepEqual(caches, { small: 23_040 * 1_024 * 4, other: null });
  for (const [fileBytes, cacheBytesPerToken, tookBytes] of [
    [12e6, undefined, 347 * 2 ** 20],
    [98e6, 23_040, 530 * 2 ** 20],
    [253e6, 18_432, 853 * 2 ** 20],
  ] as const)
    for (const cache of [null, cacheBytes({ cacheBytesPerToken }, 4)]) {
      const rough = roughMemoryBytes(fileBytes, cache);
      assert.equal((rough / GB).toFixed(1), (tookBytes / GB).toFixed(1), `${rough} for ${tookBytes}`);
    }
});
