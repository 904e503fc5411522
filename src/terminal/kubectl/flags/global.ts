import { array, bool, duration, type FlagValues, int, string } from './flag.ts';

/** Flags that every verb takes (`kubectl options`). */
export const globalFlags = {
  as: string('', 'User to act as: a plain user or system:serviceaccount:NAMESPACE:NAME.'),
  'as-group': array('', 'Group to act as; repeat it for several.'),
  'as-uid': string('', 'UID to act as.'),
  'as-user-extra': array('', 'Extra fields of the user to act as, as key=value.'),
  'cache-dir': string('', 'Folder of the discovery cache.', { default: '/root/.kube/cache' }),
  'certificate-authority': string('', 'File with the certificate of the authority to trust.'),
  'client-certificate': string('', 'File with the client certificate.'),
  'client-key': string('', 'File with the key of the client certificate.'),
  cluster: string('', 'Cluster of the kubeconfig to use.'),
  context: string('', 'Context of the kubeconfig to use.'),
  'disable-compression': bool('', 'Ask the server for uncompressed answers.'),
  'insecure-skip-tls-verify': bool('', "Do not check the server's certificate; the connection is then insecure."),
  kubeconfig: string('', 'Path of the kubeconfig file.'),
  kuberc: string('', 'Path of the kuberc file with preferences.'),
  'log-flush-frequency': duration('', 'Longest time between flushes of the log.', { default: 5000 }),
  'match-server-version': bool('', 'Refuse to work unless client and server have the same version.'),
  namespace: string('n', 'Namespace of this request.'),
  password: string('', 'Password for basic authentication.'),
  profile: string('', 'Profile to capture: none, cpu, heap, goroutine, threadcreate, block or mutex.', { default: 'none' }),
  'profile-output': string('', 'File that the profile is written to.', { default: 'profile.pprof' }),
  'request-timeout': string('', 'How long to wait for one request (1s, 2m, 3h); 0 waits without end.', { default: '0' }),
  server: string('s', 'Address and port of the API server.'),
  'tls-server-name': string('', "Name to expect in the server's certificate, instead of the host's."),
  token: string('', 'Bearer token for the API server.'),
  user: string('', 'User of the kubeconfig to use.'),
  username: string('', 'User name for basic authentication.'),
  v: int('v', 'Verbosity of the log.'),
  vmodule: string('', 'Verbosity by file: pattern=N, separated by commas.'),
  'warnings-as-errors': bool('', 'Exit with an error when the server sends a warning.'),
};

export type GlobalOptions = FlagValues<typeof globalFlags>;
