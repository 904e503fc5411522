import type { ImageDefinition } from './define-image.ts';

type Base = NonNullable<ImageDefinition['base']>;

const BUSYBOX =
  '[ arch ash awk base64 basename cat chgrp chmod chown cksum clear cmp comm cp cut date dd df diff dirname dmesg du echo egrep env expand expr factor false fgrep find fold free fsync getopt grep gunzip gzip head hexdump hostname id ifconfig install ip kill killall less ln logger ls lsof md5sum mkdir mkfifo mktemp more mount mv nc netstat nl nohup nproc nslookup od paste pgrep pidof ping pkill printenv printf ps pwd readlink realpath reset rev rm rmdir route sed seq sh sha1sum sha256sum shuf sleep sort split stat stty sync tac tail tar tee telnet test time timeout top touch tr traceroute true truncate tty umount uname uniq unxz uptime usleep vi watch wc wget which who whoami xargs xxd yes zcat'.split(
    ' ',
  );

const COREUTILS =
  '[ arch base64 basename cat chgrp chmod chown cksum comm cp cut date dd df dir dirname du echo env expand expr factor false fmt fold groups head hostid id install join link ln logname ls md5sum mkdir mkfifo mktemp mv nice nl nohup nproc numfmt od paste pathchk pr printenv printf pwd readlink realpath rm rmdir seq sha1sum sha256sum sha512sum shuf sleep sort split stat stdbuf stty sum sync tac tail tee test timeout touch tr true truncate tsort tty uname unexpand uniq unlink users wc who whoami yes'.split(
    ' ',
  );

const DEBIAN = [
  ...COREUTILS,
  ...'bash sh awk sed grep egrep fgrep find xargs tar gzip gunzip zcat which hostname diff cmp mount more getent'.split(' '),
];

const USERLANDS: Readonly<Record<Base, readonly string[]>> = {
  busybox: BUSYBOX,
  alpine: BUSYBOX,
  debian: DEBIAN,
  ubuntu: DEBIAN,
  distroless: [],
  scratch: [],
};

const RELEASES: Readonly<Record<Base, string>> = {
  busybox: 'Busybox 1.37.0',
  alpine: 'Alpine Linux 3.22',
  debian: 'Debian 12',
  ubuntu: 'Ubuntu 24.04.2 LTS',
  distroless: 'Distroless 12',
  scratch: 'Linux',
};

/** The programs that an image's base brings along. */
export const userlandOf = (base: Base): readonly string[] => USERLANDS[base];

export const releaseOf = (base: Base): string => RELEASES[base];

/** Whose look the programs take on where busybox and GNU differ. */
export const flavourOf = (base: Base): 'busybox' | 'gnu' => (base === 'busybox' || base === 'alpine' ? 'busybox' : 'gnu');
