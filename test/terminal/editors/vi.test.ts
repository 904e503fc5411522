import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { createKeyReader } from '../../../src/terminal/editors/keys.ts';
import { openSession } from '../../../src/terminal/editors/vi/vi.ts';
import { oracleMissing } from '../../oracle.ts';

const TEXT = `apiVersion: v1
kind: Pod
metadata:
  name: web
  labels: {app: web, tier: "front"}
spec:
  containers:
  - name: nginx
    image: nginx:1.25

  restartPolicy: Always
`;

const ESC = '\x1b';

/** Keys typed into the file; each must leave the text that real vim leaves. */
const table: readonly string[] = [
  'dd',
  '2dd',
  'jdwx',
  'wdw',
  '3wD',
  'jjjwcwdb',
  'jyyp',
  'jyyP',
  'j2yyGp',
  'ddp',
  'jddu',
  `ohello${ESC}`,
  `Ohello${ESC}`,
  `A # end${ESC}j.`,
  `ix${ESC}..`,
  `3ia${ESC}`,
  `jcwkind2${ESC}`,
  `jwciwDeployment${ESC}`,
  `4Gf"ci"back${ESC}`,
  `4jf{di{`,
  `4jf{da{`,
  '4jf"da"',
  'jwd$',
  'wd0',
  'GdG',
  'jdgg',
  'Gkdk',
  'jdj',
  ':3d\r',
  ':2,4d\r',
  ':%s/name/NAME/\r',
  ':%s/e/E/g\r',
  ':2,3s/a/b/g\r',
  ':g/name/d\r',
  ':v/name/d\r',
  ':g/name/s/a/A/\r',
  '/image\rdd',
  '/name\rndd',
  '?name\rdd',
  '*dd',
  'jx..',
  'jxu',
  '~~~',
  'rX',
  '3rX',
  'J',
  '3J',
  'jjj>>',
  'Gk<<',
  'jjj>j',
  'Vjd',
  'jVjy$p',
  'vey$p',
  'wvly0P',
  `jVjcnew${ESC}`,
  'vjd',
  '2G\x16jI# \x1b',
  '2G\x16jjd',
  '2G\x16j$A;\x1b',
  "majd'a",
  'jmajjd`a',
  '"ayyj"ap',
  'yiwP',
  'dap',
  'dip',
  'gUiw',
  'wgUU',
  'guu',
  'yyp:s/v1/v2/\r',
  `cc${'x'}${ESC}`,
  `S${'y'}${ESC}`,
  `jjs12${ESC}`,
  `Cend${ESC}`,
  'fVx;x',
  'f:dt1',
  'wdb',
  'Gkkcwx y\x1bb.',
  'dfi',
  'd/kind\r',
  'xp',
  'ddGp',
  'GP',
  `Rabc${ESC}`,
  `othis\ris\rit${ESC}`,
  'qadwq@a',
  ':2m$\r',
  ':2t.\r',
  ':1,2y\rGp',
  ':$d\r',
  ':.,+1d\r',
  'd%',
  '5Gf{d%',
  'jeaX\x1b',
  'W.x',
  '2x3x',
  'y2wP',
  'd2w',
  '2dw',
  'c2wz\x1b',
  '}dd',
  '8G{dd',
  'gJ',
  ':s/v\\(.\\)/V\\1\\1/\r',
  ':%s/\\<web\\>/db/g\r',
  ':%s#nginx:1.25#nginx:1.27#\r',
  'jjj0wi  \x1b',
  'ea!\x1b',
  ':norm Ax\r',
  '3G3Gdk',
  'x:w\ru:w\r',
  '1G\x01\x01',
  '9G\x01',
];

beforeEach(({ skip }) => {
  const reason = oracleMissing('vim');
  if (reason) skip(reason);
});

test.each(table)('%j', (keys) => {
  expect(simulated(keys)).toEqual(real(keys));
});

function simulated(keys: string): string {
  let disk = TEXT;
  const host = {
    read: () => disk,
    exists: () => true,
    write: (_: string, text: string) => {
      disk = text;
    },
  };
  const session = openSession(host, 'pod.txt');
  for (const key of createKeyReader()(`${keys}${ESC}:wq\r`)) if (!session.vi.finished) session.press(key);
  return disk;
}

function real(keys: string): string {
  const directory = mkdtempSync(join(tmpdir(), 'vi-'));
  try {
    const file = join(directory, 'pod.txt');
    writeFileSync(file, TEXT);
    writeFileSync(join(directory, 'keys'), `${keys}${ESC}:wq\r`);
    spawnSync('vim', ['-N', '-u', 'NONE', '-i', 'NONE', '-n', '-s', 'keys', 'pod.txt'], {
      cwd: directory,
      input: '',
      timeout: 5000,
      env: { TERM: 'xterm', PATH: process.env.PATH },
    });
    return readFileSync(file, 'utf8');
  } finally {
    rmSync(directory, { recursive: true });
  }
}
