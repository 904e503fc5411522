import { expect, test } from 'vitest';
import { compareWithReal, runReal, runSimulated } from './both-worlds.ts';

compareWithReal();

const stdin = 'NAME READY STATUS AGE\nweb-1 1/1 Running 5m\nweb-2 0/1 Pending 7m\n\ndb-0 1/1 Running 12d\n';

const table: readonly (readonly string[])[] = [
  ['{print $1}'],
  ['NR>1{print $1, $3}'],
  ['$3 == "Running" {print $1}'],
  ['/web/'],
  ['!/web/{n++} END{print n}'],
  ['-F/', '{print $2}'],
  ['-v', 'x=web-2', '$1==x{print NR": "$0}'],
  ['BEGIN{for(i=0;i<3;i++)printf "%d,",i; print ""}'],
  ['{c[$3]++} END{print c["Running"], c["Pending"]}'],
  ['{print NF, length($0)}'],
  ['{gsub(/e/,"E"); print}'],
  ['{sub("web","WEB",$1); print}'],
  ['NR==2,NR==3{print $1}'],
  ['{split($2,a,"/"); s+=a[1]} END{print s}'],
  ['BEGIN{OFS="-"} {$1=$1; print}'],
  ['END{print NR, $0}'],
  ['{print toupper(substr($1,1,3))}'],
  ['BEGIN{printf "%-5s|%5.2f|%03d\\n", "ab", 3.14159, 7}'],
  ['function f(x){return x*2} BEGIN{print f(21)}'],
  ['BEGIN{x="a"; x=x x; print x, 1/4, 10%3, 2^10}'],
  ['{print ($3=="Running") ? "yes" : "no"}'],
  ['NF'],
  ['BEGIN{if(match("foobar","o+"))print RSTART,RLENGTH}'],
  ['{exit 3}'],
  ['BEGIN{while(i<3){i++; if(i==2)continue; print i}}'],
  ['$NF ~ /^[0-9]+m$/ {print $NF}'],
  ['BEGIN{print index("hello","l"), tolower("ABC")}'],
  ['{a[NR]=$1} END{for(i=NR;i>0;i--)print a[i]}'],
];

test.each(table.map((args) => [args] as const))('awk %j', async (args) => {
  const given = { argv: ['awk', ...args], stdin };
  expect(await runSimulated(given)).toEqual(runReal(given));
});
