import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loadCatalog } from '#brain/catalog.ts';
import { servedModel } from '#brain/served-model.ts';

const catalog = loadCatalog();

test('a model is recognised by every name that servers give it', () => {
  const names: [name: string, id: string | null][] = [
    ['qwen3-0.6b', 'qwen3-0.6b'],
    ['/models/Qwen3-0.6B-Q8_0.gguf', 'qwen3-0.6b'],
    ['C:\\models\\Qwen3-0.6B-Q4_K_M.gguf', 'qwen3-0.6b'],
    ['Qwen/Qwen3-0.6B', 'qwen3-0.6b'],
    ['unsloth/Qwen3-0.6B-GGUF:UD-Q4_K_XL', 'qwen3-0.6b'],
    ['qwen3:0.6b', 'qwen3-0.6b'],
    ['qwen3:1.7b', 'qwen3-1.7b'],
    ['ggml-org/gemma-3-1b-it-GGUF:Q4_K_M', 'gemma-3-1b'],
    ['gemma3:1b', 'gemma-3-1b'],
    ['llama3.2:1b', 'llama-3.2-1b'],
    ['minicpm5-1b:latest', 'minicpm5-1b'],
    ['bartowski/Qwen_Qwen3-0.6B-GGUF:Q4_K_M', 'qwen3-0.6b'],
    ['/models/Qwen_Qwen3-0.6B-Q4_K_M.gguf', 'qwen3-0.6b'],
    ['SmolLM3-Q4_K_M.gguf', 'smollm3-3b'],
    ['google/gemma-3-270m-it', 'gemma-3-270m'],
    ['gemma3:270m', 'gemma-3-270m'],
    // Another size, another model, a name for all of them.
    ['qwen3:8b', null],
    ['qwen3', null],
    ['gpt-5-mini', null],
    ['default', null],
    ['.gguf', null],
  ];
  for (const [name, id] of names) assert.equal(servedModel(name, catalog)?.id ?? null, id, name);
});
