/** Runs one command of the program; resolves to its exit code. */
export type CliCommand = (argv: string[]) => Promise<number>;

/** Each room is loaded only when it is asked for. */
export const COMMANDS = {
  home: async () => (await import('./home.ts')).home,
  exam: async () => (await import('./exam.ts')).exam,
  drill: async () => (await import('./drill.ts')).drill,
  report: async () => (await import('./report.ts')).report,
  history: async () => (await import('./history.ts')).history,
  exercises: async () => (await import('./exercises.ts')).exercises,
  shell: async () => (await import('./shell.ts')).shell,
  grade: async () => (await import('./grade.ts')).grade,
  serve: async () => (await import('./serve.ts')).serve,
  golden: async () => (await import('./golden.ts')).golden,
  check: async () => (await import('./check.ts')).check,
} satisfies Record<string, () => Promise<CliCommand>>;

export type CommandName = keyof typeof COMMANDS;
