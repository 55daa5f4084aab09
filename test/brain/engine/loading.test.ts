import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import type { Llama } from 'node-llama-cpp';
import { ModelFileError } from '#brain/engine/errors.ts';
import { loadModel, startLlama, type LoadOptions } from '#brain/engine/load-model.ts';
import { readModel } from '#brain/engine/split.ts';
import { writeRandomModel } from '#test/support/random-gguf.ts';

let folder: string;
let modelFile: string;
let options: LoadOptions;

before(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'loading-'));
  modelFile = writeRandomModel(path.join(folder, 'tiny.gguf'));
  options = {
    header: await readModel(modelFile),
    sequences: 2,
    contextTokens: 256,
    threads: 1,
    log: () => undefined,
  };
});
after(() => rmSync(folder, { recursive: true }));

async function loads(more: Partial<LoadOptions>): Promise<string[]> {
  const notices: string[] = [];
  const { llama, model } = await loadModel({
    ...options,
    ...more,
    notice: (line) => notices.push(line),
  });
  assert.equal(llama.gpu, false);
  assert.equal(model.gpuLayers, 0);
  await llama.dispose();
  return notices;
}

async function refusesForMemory(more: Partial<LoadOptions>, words: RegExp): Promise<void> {
  await assert.rejects(loadModel({ ...options, ...more }), (error) => {
    assert.ok(error instanceof ModelFileError, String(error));
    assert.equal(error.fault, 'no-memory');
    assert.match(error.message, words);
    assert.ok(error.message.includes(modelFile) && !error.message.includes('\n'));
    return true;
  });
}

test('a model larger than the free memory is refused before a byte of it is loaded', async () => {
  const shares: number[] = [];
  const fiftyGigabytes = { ...options.header, size: 50_000_000_000 };
  await refusesForMemory(
    {
      header: fiftyGigabytes,
      availableBytes: () => 23_000_000_000,
      onProgress: (share) => shares.push(share),
    },
    /it needs about 50\.00 GB of memory, and 23\.00 GB are free\. Free memory, or choose a smaller model: npm start -- --models/,
  );
  assert.deepEqual(shares, []);
});

test('so is one whose weights have room, but not what its sequences need beside them', async () => {
  const { size } = statSync(modelFile);
  await refusesForMemory(
    { availableBytes: () => size },
    /needs about 0\.0\d GB of memory, and 0\.00 GB are free/,
  );
});

test('sequences that need not be share half of the memory that is left, and the others have theirs', async () => {
  const { size } = statSync(modelFile);
  const many = { sequences: 40, leastSequences: 2, contextTokens: 1_024 };
  const withRoomFor = async (free: number): Promise<number> => {
    const { llama, sequences, context } = await loadModel({
      ...options,
      ...many,
      availableBytes: () => free,
    });
    assert.equal(context.totalSequences, sequences);
    await llama.dispose();
    return sequences;
  };
  assert.equal(await withRoomFor(23_000_000_000), 40);
  const some = await withRoomFor(size + 12_000_000);
  assert.ok(some > 2 && some < 40, `${some}`);
  const fewer = await withRoomFor(size + 7_000_000);
  assert.ok(fewer > 2 && fewer < some, `${fewer}`);
  await refusesForMemory({ ...many, availableBytes: () => size }, /0\.00 GB are free/);
});

test('more context than was foreseen is there where memory has room for it, and what was foreseen where not', async () => {
  const contextWith = async (free: number): Promise<number> => {
    const loaded = await loadModel({ ...options, enoughTokens: () => 2_048, availableBytes: () => free });
    await loaded.llama.dispose();
    return loaded.contextTokens;
  };
  assert.equal(await contextWith(23_000_000_000), 2_048);
  const { size } = statSync(modelFile);
  assert.equal(await contextWith(size + 2_200_000), 256);
});

test('a model with room loads, and tells how far it is', async () => {
  const shares: number[] = [];
  assert.deepEqual(await loads({ onProgress: (share) => shares.push(share) }), []);
  assert.equal(shares.at(-1), 1);
  assert.deepEqual(
    shares,
    shares.toSorted((one, other) => one - other),
  );
});

test('a GPU on which the model does not load leaves it to the processor, with one line', async () => {
  const asked: unknown[] = [];
  const start: typeof startLlama = async (gpu, log) => {
    asked.push(gpu);
    const llama = await startLlama(false, log);
    return gpu === false ? llama : withFailingLoad(llama, 'vulkan');
  };
  const onGpu: boolean[] = [];
  const notices = await loads({ gpu: 'vulkan', start, computes: (is) => onGpu.push(is) });
  assert.deepEqual(asked, ['vulkan', false]);
  assert.deepEqual(onGpu, [true, false]);
  assert.equal(notices.length, 1);
  assert.match(
    notices[0] ?? '',
    /^GPU=vulkan failed: .*out of device memory.*The processor computes; GPU=off/,
  );
  assert.ok(!notices[0]?.includes('\n'));
});

test('a GPU that this system does not have is told; where nobody asked for a certain one, nothing is', async () => {
  const absent = process.platform === 'darwin' ? 'cuda' : 'metal';
  const notices = await loads({ gpu: absent });
  assert.equal(notices.length, 1);
  assert.match(notices[0] ?? '', new RegExp(`^GPU=${absent} failed: .* The processor computes; GPU=off`));
});

test('a file that no processor could load either is not tried twice', async () => {
  const started: unknown[] = [];
  const start: typeof startLlama = async (gpu, log) => {
    started.push(gpu);
    return await startLlama(false, log);
  };
  await refusesForMemory({ gpu: 'auto', start, availableBytes: () => 0 }, /0\.00 GB are free/);
  assert.deepEqual(started, ['auto']);
});

test('a file that the processor could not load is tried once, and no GPU is blamed for it', async () => {
  const notices: string[] = [];
  const started: unknown[] = [];
  const start: typeof startLlama = async (gpu, log) => {
    started.push(gpu);
    return withFailingLoad(await startLlama(false, log), false);
  };
  await assert.rejects(
    loadModel({ ...options, gpu: 'auto', start, notice: (line) => notices.push(line) }),
    (error) => error instanceof ModelFileError && error.fault === 'load-failed',
  );
  assert.deepEqual([started, notices], [['auto'], []]);
});

test('what is put on a GPU leaves room there for the context of every sequence', async () => {
  const fitted: unknown[] = [];
  const start: typeof startLlama = async (gpu, log) => {
    const llama = await startLlama(false, log);
    return gpu === false ? llama : withFailingLoad(llama, 'vulkan', (how) => fitted.push(how));
  };
  await loads({ gpu: 'vulkan', start, sequences: 4 });
  assert.partialDeepStrictEqual(fitted, [
    { gpuLayers: { fitContext: { contextSize: 4 * 256 } }, defaultContextSwaFullCache: true },
  ]);
});

test('where nobody fixed them, as many threads may compute as there are processors, and as many as are good for it', async () => {
  const threadsOf = async (more: Partial<LoadOptions>): Promise<number> => {
    const start: typeof startLlama = async (gpu, log) => withCores(await startLlama(gpu, log), 24);
    const { llama, context, threads } = await loadModel({ ...options, threads: undefined, start, ...more });
    assert.equal(context.currentThreads, threads);
    await llama.dispose();
    return threads;
  };
  assert.equal(await threadsOf({ processors: 48 }), 24);
  assert.equal(await threadsOf({ processors: 16 }), 16);
  assert.equal(await threadsOf({ processors: 16, threads: 3 }), 3);
});

/** The same llama.cpp, on a machine with so many cores. */
function withCores(llama: Llama, cores: number): Llama {
  return new Proxy(llama, {
    get(target, name) {
      const value: unknown = name === 'cpuMathCores' ? cores : Reflect.get(target, name, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
    set: (target, name, value) => Reflect.set(target, name, value, target),
  });
}

/** The same llama.cpp, which says that it computes on this GPU, or on none, and cannot load a model there. */
function withFailingLoad(
  llama: Llama,
  gpu: Llama['gpu'],
  asked: (how: unknown) => void = () => undefined,
): Llama {
  return new Proxy(llama, {
    get(target, name) {
      if (name === 'gpu') return gpu;
      if (name === 'loadModel')
        return (how: unknown) => {
          asked(how);
          return Promise.reject(new Error('vk::Device: out of device memory'));
        };
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}
