import { WallDriver } from '../clock/index.ts';
import { serve as openServer } from '../server/index.ts';
import { openWorld } from '../trainer/world/run-shell.ts';
import { findExercise, openCatalog } from './content.ts';
import { CliError } from './errors.ts';
import { atMost, oneOf, readOptions, wholeNumber } from './options.ts';

/** Serves a cluster's API over HTTPS on the loopback address until it is interrupted. */
export async function serve(argv: string[]): Promise<number> {
  const { values, positionals } = readOptions(argv, {
    port: { type: 'string' },
    kubeconfig: { type: 'string' },
    exercise: { type: 'string' },
    flavour: { type: 'string' },
    seed: { type: 'string' },
    time: { type: 'string' },
  });
  atMost(positionals, 0);
  oneOf('time', values.time, ['real', 'fast'] as const);
  const world = await openWorld({
    seed: wholeNumber('seed', values.seed) ?? 1,
    flavour: oneOf('flavour', values.flavour, ['kubeadm', 'bare'] as const) ?? 'kubeadm',
    ...(values.exercise === undefined ? {} : { exercise: findExercise(openCatalog(), values.exercise) }),
  });
  const driver = new WallDriver(world.clock, values.time === 'fast' ? FAST : 1);
  const { http, ...credentials } = world.cluster.outside();
  const kubeconfigPath = values.kubeconfig ?? 'kubeproctor.kubeconfig';
  const serving = await openServer({
    api: { http },
    ...credentials,
    port: wholeNumber('port', values.port, { to: 65_535 }) ?? 0,
    kubeconfigPath,
    enter: (action) => driver.enter(action),
  }).catch((error: NodeJS.ErrnoException) => {
    throw new CliError(error.code === 'EADDRINUSE' ? `--port ${values.port} is in use` : `cannot serve: ${error.message}`, 1);
  });
  process.stdout.write(`serving on ${serving.url}; KUBECONFIG=${kubeconfigPath}; Ctrl-C ends it\n`);
  await new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
  });
  driver.stop();
  await serving.close();
  world.cluster.stop();
  return 0;
}

/** Virtual seconds a real second when time runs fast. */
const FAST = 20;
