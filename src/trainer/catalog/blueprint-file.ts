import { z } from 'zod';

/** exercises/exams/<exam>.yaml, version 1: what a mock exam is made of. */
export const blueprintFile = z.strictObject({
  version: z.literal(1),
  title: z.string(),
  kubernetes: z.string(),
  minutes: z.int().positive(),
  passMark: z.int().min(1).max(100),
  tasks: z.int().positive(),
  domains: z
    .array(z.strictObject({ id: z.string(), weight: z.int().positive(), title: z.strictObject({ en: z.string(), ko: z.string() }) }))
    .refine((domains) => domains.reduce((sum, d) => sum + d.weight, 0) === 100, 'the weights of the domains must add up to 100'),
});

export type BlueprintFile = z.infer<typeof blueprintFile>;
