import type { Command } from '../define-command.ts';
import { base64 } from './base64.ts';
import { cat } from './cat.ts';
import { falseCommand, trueCommand } from './constants.ts';
import { cp } from './cp.ts';
import { date } from './date.ts';
import { echo } from './echo.ts';
import { env, printenv } from './env.ts';
import { grep } from './grep.ts';
import { head } from './head.ts';
import { ls } from './ls.ts';
import { mkdir, rmdir } from './mkdir.ts';
import { mv } from './mv.ts';
import { rm } from './rm.ts';
import { sed } from './sed/sed.ts';
import { seq } from './seq.ts';
import { sleep } from './sleep.ts';
import { sort } from './sort.ts';
import { tail } from './tail.ts';
import { tee } from './tee.ts';
import { touch } from './touch.ts';
import { wc } from './wc.ts';

export const commands: readonly Command[] = [
  base64,
  cat,
  cp,
  date,
  echo,
  env,
  falseCommand,
  grep,
  head,
  ls,
  mkdir,
  mv,
  printenv,
  rm,
  rmdir,
  sed,
  seq,
  sleep,
  sort,
  tail,
  tee,
  touch,
  trueCommand,
  wc,
];
