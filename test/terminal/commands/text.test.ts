import { expect, test } from 'vitest';
import { compareWithReal, runReal, runSimulated, words } from './both-worlds.ts';

compareWithReal();

const files = {
  'a.txt': 'one\ntwo\nthree\n\n\nfour five\tsix\n',
  'b.txt': 'Apple 10\nbanana 9\ncherry 100\napple 2\n',
  'pods.txt':
    'NAME   READY   STATUS    RESTARTS   AGE\nweb-1  1/1     Running   0          5m\nweb-2  0/1     Pending   3          5m\ndb-0   1/1     Running   12         2d\n',
  'no-newline.txt': 'x\ny',
  'dep.yaml':
    'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: 1\n  template:\n    spec:\n      containers:\n      - name: nginx\n        image: nginx:1.25\n',
  'sub/one.conf': 'port=80\nhost=web\n',
  'sub/deep/two.conf': 'port=443\n',
};

const lines = String.raw`
cat a.txt
cat -n a.txt
cat -b a.txt
cat -A a.txt
cat -s a.txt no-newline.txt
cat missing
cat -x
cat --nope
head -2 a.txt
head -n 1 a.txt b.txt
head -n -2 a.txt
head -c 5 a.txt
head -n x a.txt
head missing
tail -2 a.txt
tail -n +3 a.txt
tail -c 4 a.txt
tail -n 1 a.txt b.txt
tail missing
wc a.txt
wc -l a.txt b.txt
wc -w a.txt
wc missing a.txt
seq 3
seq 2 5
seq 5 -2 1
seq -w 8 11
seq -s , 3
seq 1 0.5 2
seq
seq a
sort b.txt
sort -r b.txt
sort -k2 -n b.txt
sort -k2,2nr b.txt
sort -f b.txt
sort -u a.txt
sort -t= -k2 -n sub/one.conf
sort --nope
sort missing
grep o a.txt
grep -n o a.txt
grep -c o a.txt
grep -v o a.txt
grep -i APPLE b.txt
grep -o 'w[a-z]*-[0-9]' pods.txt
grep -E 'Running|Pending' pods.txt
grep -w web dep.yaml
grep -x one a.txt
grep -A1 one a.txt
grep -B1 three a.txt
grep -C1 three a.txt
grep -A1 -n 'name' dep.yaml
grep -l o a.txt b.txt sub/one.conf
grep -L port a.txt sub/one.conf
grep -rn --include=two* port .
grep -q one a.txt
grep zzz a.txt
grep x missing
grep
grep -F . sub/one.conf
grep -e one -e two a.txt
grep -m1 o a.txt
grep '\bweb\b' dep.yaml
grep '^[[:space:]]*name:' dep.yaml
grep -P 'web-\d' pods.txt
grep '\(o\)\(n\)e' a.txt
grep -E '(o)(n)e' a.txt
grep 'a\{1,\}' b.txt
grep '[a' a.txt
grep '\(' a.txt
grep o a.txt b.txt
grep -H one a.txt
grep -h o a.txt b.txt
grep -ob o a.txt
grep --color=always on a.txt
grep -E 'a+|b*' b.txt
sed p a.txt
sed -n 2p a.txt
sed -n '2,3p' a.txt
sed -n '$p' a.txt
sed 2d a.txt
sed '/^$/d' a.txt
sed 's/o/0/' a.txt
sed 's/o/0/g' a.txt
sed 's/o/0/2' dep.yaml
sed 's/image: nginx:.*/image: nginx:1.27/' dep.yaml
sed 's|nginx:1.25|nginx:1.27|' dep.yaml
sed -E 's/([a-z]+) ([0-9]+)/\2 \1/' b.txt
sed 's/\([a-z]*\) \([0-9]*\)/\2 \1/' b.txt
sed -n '/name:/p' dep.yaml
sed -n '/spec/,/image/p' dep.yaml
sed '/one/a after' a.txt
sed '/one/i before' a.txt
sed '/one/c changed' a.txt
sed '2q' a.txt
sed -n '/t/{=;p}' a.txt
sed 'y/abc/xyz/' b.txt
sed '1!G;h;$!d' a.txt
sed 'N;s/\n/ /' a.txt
sed ':a;N;$!ba;s/\n/,/g' a.txt
sed 's/.*/\U&/' b.txt
sed -e 's/a/A/' -e 's/b/B/' b.txt
sed '0,/p/s//P/' b.txt
sed '2~2d' a.txt
sed '/two/,+1d' a.txt
sed 's/x*/-/g' no-newline.txt
sed 's/a' a.txt
sed k a.txt
sed p missing
sed -n l a.txt
sed 's/o/0/gp' -n a.txt
sed '$a end' no-newline.txt
sed 's/o/[&]/w /dev/stdout' a.txt
sed '/kind/s/Deployment/DaemonSet/;/replicas/d' dep.yaml
sed -s -n '$p' a.txt b.txt
base64 a.txt
base64 -w0 a.txt
base64 -w 10 b.txt
base64 -d no-newline.txt
date -u -d @0
date -d 2026-01-02 +%F
date -u -d '2026-01-02T03:04:05Z' '+%Y %j %a %b %e %H:%M:%S %s %p %I %U %V'
date -d nonsense
ls
ls -1
ls sub
ls -a sub
ls missing
ls -R
ls -d sub
ls -x
ls -C
ls -m
ls -p
ls -F
mkdir sub
mkdir x/y
mkdir -pv x/y/z
mkdir
rmdir sub
rm sub
rm missing
rm -f missing
cp
cp a.txt
cp missing x
cp sub x
cp a.txt b.txt x
cp -v a.txt c.txt
cp a.txt a.txt
mv missing x
mv a.txt b.txt nodir
mv -v a.txt c.txt
touch x/y
touch
tee
env -i A=1
env -i nosuch
env -i A=1 env
echo -e 'a\tb'
echo -n x
sleep x
sleep
true
false
`;

const table = lines.split('\n').filter(Boolean);

test.each(table)('%s', async (line) => {
  const given = { argv: words(line), files, stdin: 'in 1\nin 2\n' };
  expect(await runSimulated(given)).toEqual(runReal(given));
});
