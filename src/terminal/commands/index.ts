import type { Command } from '../define-command.ts';
import { editors } from '../editors/index.ts';
import { gzip } from './archives/gzip.ts';
import { tar } from './archives/tar.ts';
import { chmod, chown, ln, stat, truncate } from './attributes.ts';
import { awk } from './awk/awk.ts';
import { base64 } from './base64.ts';
import { cat } from './cat.ts';
import { comm, join } from './comm.ts';
import { falseCommand, trueCommand } from './constants.ts';
import { cksum, dd, install, mktemp } from './copying.ts';
import { cp } from './cp.ts';
import { cut } from './cut.ts';
import { date } from './date.ts';
import { cmp, diff } from './diff.ts';
import { hexdump, od, xxd } from './dump.ts';
import { echo } from './echo.ts';
import { env, printenv } from './env.ts';
import { expr } from './expr.ts';
import { file } from './file.ts';
import { find } from './find/find.ts';
import { grep } from './grep.ts';
import { checksums } from './hashes.ts';
import { head } from './head.ts';
import { arch, groupsCommand, hostname, id, nproc, uname, whoami } from './identity.ts';
import { jq } from './jq/jq.ts';
import { yq } from './jq/yq.ts';
import { column, expand, fmt, fold, nl, paste, rev, tac } from './line-tools.ts';
import { ls } from './ls.ts';
import { man } from './man.ts';
import { mkdir, rmdir } from './mkdir.ts';
import { mv } from './mv.ts';
import { basename, dirname, pwd, readlink, realpath, whereis, which } from './names.ts';
import { curl } from './net/curl.ts';
import { dig, host } from './net/dig.ts';
import { nc } from './net/nc.ts';
import { nslookup } from './net/nslookup.ts';
import { ping } from './net/ping.ts';
import { wget } from './net/wget.ts';
import { openssl } from './openssl/openssl.ts';
import { printf, yes } from './print.ts';
import { clear, kill, timeout } from './process-control.ts';
import { ps } from './ps.ts';
import { rm } from './rm.ts';
import { less } from './screens/less.ts';
import { watch } from './screens/watch.ts';
import { sed } from './sed/sed.ts';
import { seq } from './seq.ts';
import { sleep } from './sleep.ts';
import { sort } from './sort.ts';
import { shuf, split } from './split.ts';
import { df, du, mount } from './system/disks.ts';
import { pgrep } from './system/find-processes.ts';
import { ip } from './system/ip.ts';
import { uptime } from './system/load.ts';
import { free } from './system/memory.ts';
import { netstat, ss } from './system/sockets.ts';
import { logger, reset, stty, tput, tty } from './system/terminal.ts';
import { top } from './system/top.ts';
import { tail } from './tail.ts';
import { tee } from './tee.ts';
import { test } from './test-program.ts';
import { touch } from './touch.ts';
import { tr } from './tr.ts';
import { uniq } from './uniq.ts';
import { wc } from './wc.ts';
import { xargs } from './xargs.ts';

/** Every utility of the simulated computers. */
export const commands: readonly Command[] = [
  ...editors,
  chmod,
  chown,
  ln,
  stat,
  truncate,
  base64,
  cat,
  comm,
  join,
  falseCommand,
  trueCommand,
  cp,
  cut,
  date,
  cmp,
  diff,
  echo,
  env,
  printenv,
  find,
  grep,
  checksums,
  head,
  arch,
  groupsCommand,
  hostname,
  id,
  nproc,
  uname,
  whoami,
  column,
  expand,
  fmt,
  fold,
  nl,
  paste,
  rev,
  tac,
  ls,
  mkdir,
  rmdir,
  mv,
  basename,
  dirname,
  pwd,
  readlink,
  realpath,
  whereis,
  which,
  printf,
  yes,
  ps,
  rm,
  sed,
  seq,
  sleep,
  sort,
  tail,
  tee,
  touch,
  tr,
  uniq,
  wc,
  xargs,
  jq,
  yq,
  curl,
  dig,
  host,
  nc,
  nslookup,
  ping,
  wget,
  awk,
  clear,
  kill,
  timeout,
  less,
  watch,
  tar,
  gzip,
  cksum,
  dd,
  install,
  mktemp,
  hexdump,
  od,
  xxd,
  expr,
  file,
  man,
  shuf,
  split,
  df,
  du,
  mount,
  openssl,
  pgrep,
  ip,
  uptime,
  free,
  netstat,
  ss,
  logger,
  reset,
  stty,
  tput,
  tty,
  top,
  test,
];
