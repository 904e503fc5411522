import { z } from 'zod';

const bilingual = z.strictObject({ en: z.string().min(1), ko: z.string().min(1) });
const id = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'use lower-case words joined by dashes');
const drawn = z.union([
  z.array(z.union([z.string(), z.number()])).min(1),
  z.strictObject({ from: z.int(), to: z.int(), step: z.int().positive().optional() }),
  z.string(),
]);

/** The cluster an exercise wants, where it differs from the usual kubeadm one with three nodes. */
const cluster = z.strictObject({
  cni: z.enum(['enforcing', 'permissive', 'none']).optional(),
  metricsServer: z.boolean().optional(),
  ingressController: z.boolean().optional(),
  gatewayController: z.boolean().optional(),
  storageClass: z.string().nullable().optional(),
});

/** exercise.yaml, version 1. */
export const exerciseFile = z.strictObject({
  version: z.literal(1),
  title: bilingual,
  /** Exam → the domain it counts for there. */
  exams: z.partialRecord(z.enum(['cka', 'ckad']), id).refine((exams) => Object.keys(exams).length > 0, 'name at least one exam and its domain'),
  archetypes: z.array(z.string().regex(/^[TCNWSBPOEK]\d\d$/)).min(1),
  difficulty: z.enum(['easy', 'medium', 'hard']),
  /** What a prepared candidate needs. */
  minutes: z.int().min(1).max(20),
  cluster: cluster.optional(),
  /** Drawn by the seed in the order given: one of a list, a number of a range, or a text that may use earlier ones as {{name}}. */
  vars: z.record(z.string().regex(/^[a-z][a-zA-Z0-9]*$/, 'use camelCase names'), drawn).optional(),
  /** The default namespace of the task; only used to point at things. */
  checks: z
    .array(z.strictObject({ id, weight: z.int().positive(), title: bilingual }))
    .min(3, 'give three to six checks')
    .max(6, 'give three to six checks'),
});

export type ExerciseFile = z.infer<typeof exerciseFile>;
export type Bilingual = z.infer<typeof bilingual>;
