import type { KubeObject } from '../../api/machinery/object.ts';

/** What a check found: facts only. Worded once per language in text/. */
export type Outcome = Passed | Failed;

export interface Passed {
  readonly ok: true;
}

export interface Failed {
  readonly ok: false;
  readonly shape: FailureShape;
  /** What was looked at: `deployment/web -n shop`, `request from pod/a to web:80`, `/etc/x on node01`. */
  readonly subject: string;
  /** A field's path or the question's name. */
  readonly aspect?: string;
  readonly expected?: unknown;
  readonly actual?: unknown;
  /** The command that shows it to a human. */
  readonly look?: string;
}

/** Decides the sentence, and how the report classifies the miss (wrong place, typo, knowledge, not reached). */
export type FailureShape =
  | 'missing' // the object or file is not there
  | 'unexpected' // something is there that must not be
  | 'different' // a value is not what was asked
  | 'unreachable' // a request that must be answered is not
  | 'reachable' // a request that must fail is answered
  | 'denied' // a subject may not do what it must
  | 'allowed' // a subject may do what it must not
  | 'not-running' // a workload is not healthy
  | 'unchanged'; // what had to change is as it was

/** One question about an object, chained: the first failure is the outcome. */
export interface Subject {
  readonly object: KubeObject | undefined;
  /** The value at a path (`spec.replicas`, `spec.containers[0].image`, `metadata.labels["a/b"]`) equals, deeply; for objects: contains. */
  has(path: string, expected: unknown): Outcome;
  lacks(path: string): Outcome;
  where(aspect: string, expected: unknown, test: (object: KubeObject) => unknown): Outcome;
  exists(): Outcome;
  absent(): Outcome;
}

export interface Answer {
  readonly ok: boolean;
  /** HTTP status, or 0 for a bare connection. */
  readonly status: number;
  readonly body: string;
  /** `refused`, `timeout`, `no-such-host` … when not ok. */
  readonly error?: string;
}

/**
 * A frozen look at what a candidate's cluster became: objects as they were when grading began. It writes nothing to the API; requests and
 * commands are tried out on the running world, whose time passes meanwhile.
 */
export interface ClusterView {
  /** The exercise's drawn values: names, numbers, namespaces. */
  readonly vars: Readonly<Record<string, string>>;
  get(kind: string, name: string, namespace?: string): Subject;
  list(kind: string, options?: { namespace?: string; labels?: string }): readonly KubeObject[];
  events(about: { kind: string; name: string; namespace?: string }): readonly KubeObject[];
  logs(namespace: string, pod: string, options?: { container?: string; previous?: boolean }): Promise<string>;
  /** Runs a command in a container of a pod (or of the first Running pod of `deployment/x`). */
  exec(namespace: string, target: string, argv: readonly string[], container?: string): Promise<{ code: number; stdout: string; stderr: string }>;
  /** Sends an HTTP GET from a pod, node or host: `request({ namespace, pod }, 'http://web.shop/')`. */
  request(from: Origin, url: string, options?: { headers?: Record<string, string>; timeoutMs?: number }): Promise<Answer>;
  /** Opens a connection: host:port. */
  canConnect(from: Origin, host: string, port: number): Promise<boolean>;
  resolves(from: Origin, name: string): Promise<readonly string[]>;
  canI(subject: string, verb: string, resource: string, options?: { namespace?: string; name?: string; subresource?: string }): Promise<boolean>;
  /** Text of a file on a machine (`base` host, node, or the task's host); undefined when there is none. */
  file(host: string, path: string): string | undefined;
  unit(host: string, name: string): { active: boolean; enabled: boolean } | undefined;
}

export type Origin = { namespace: string; pod: string } | { namespace: string; labels: string } | { host: string };

export type Check = (view: ClusterView) => Outcome | Promise<Outcome>;

export interface Grader {
  readonly checks: Readonly<Record<string, Check>>;
}

/** Declares an exercise's checks by the ids that its exercise.yaml weighs and titles. */
export const grader = (checks: Readonly<Record<string, Check>>): Grader => ({ checks });
