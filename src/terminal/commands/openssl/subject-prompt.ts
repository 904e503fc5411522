import { unread } from '../../../machine/index.ts';
import type { DistinguishedName } from '../../../machine/x509/index.ts';
import { type Call, OpensslFailure } from './call.ts';
import { type Configuration, entry } from './configuration.ts';
import { attributeName } from './names.ts';

const INTRODUCTION = `You are about to be asked to enter information that will be incorporated
into your certificate request.
What you are about to enter is what is called a Distinguished Name or a DN.
There are quite a few fields but you can leave some blank
For some fields there will be a default value,
If you enter '.', the field will be left blank.
-----
`;

const QUESTIONS: readonly (readonly [attribute: string, question: string, proposal: string])[] = [
  ['C', 'Country Name (2 letter code)', 'AU'],
  ['ST', 'State or Province Name (full name)', 'Some-State'],
  ['L', 'Locality Name (eg, city)', ''],
  ['O', 'Organization Name (eg, company)', 'Internet Widgits Pty Ltd'],
  ['OU', 'Organizational Unit Name (eg, section)', ''],
  ['CN', 'Common Name (e.g. server FQDN or YOUR name)', ''],
  ['emailAddress', 'Email Address', ''],
];

const EXTRA = `
Please enter the following 'extra' attributes
to be sent with your certificate request
`;

/** The subject as the configuration states it, or as it is answered at the terminal. */
export async function askSubject(call: Call, configuration: Configuration | undefined, section: string): Promise<DistinguishedName> {
  const named = entry(configuration, section, 'distinguished_name');
  if (configuration && named === undefined) {
    throw new OpensslFailure("Unable to find 'distinguished_name' in config\nproblems making Certificate Request\n");
  }
  const fields = named === undefined ? undefined : configuration?.get(named);
  if (entry(configuration, section, 'prompt') === 'no') return stated(fields ?? []);
  const questions = fields ? questionsOf(fields) : QUESTIONS;
  await call.process.error(INTRODUCTION);
  const subject: [string, string][] = [];
  for (const [attribute, question, proposal] of questions) {
    const answer = (await ask(call, `${question} [${proposal}]:`)) || proposal;
    if (answer !== '.' && answer !== '') subject.push([attribute, answer]);
  }
  if (subject.length === 0) throw new OpensslFailure('error, no objects specified in config file\nproblems making Certificate Request\n');
  if (!configuration && !call.has('x509')) {
    await call.process.error(EXTRA);
    for (const question of ['A challenge password []:', 'An optional company name []:']) await ask(call, question);
  }
  return subject;
}

function stated(fields: readonly (readonly [string, string])[]): DistinguishedName {
  const subject = fields.flatMap(([name, value]): [string, string][] => {
    const attribute = attributeName(name.replace(/^.*[.,:]/, ''));
    return attribute ? [[attribute, value]] : [];
  });
  if (subject.length === 0)
    throw new OpensslFailure('Error making certificate request: no objects specified in config file\nproblems making Certificate Request\n');
  return subject;
}

function questionsOf(fields: readonly (readonly [string, string])[]): [string, string, string][] {
  return fields.flatMap(([name, question]): [string, string, string][] => {
    const attribute = attributeName(name.replace(/^\d+\./, ''));
    return attribute ? [[attribute, question, fields.find(([key]) => key === `${name}_default`)?.[1] ?? '']] : [];
  });
}

async function ask(call: Call, question: string): Promise<string> {
  await call.process.error(question);
  const { stdin } = call.process;
  let line = '';
  while (!line.includes('\n')) {
    const chunk = await stdin.read();
    if (!chunk) {
      if (line === '') throw new OpensslFailure('\nproblems making Certificate Request\n');
      return line;
    }
    line += Buffer.from(chunk).toString('utf8');
  }
  const end = line.indexOf('\n');
  if (end + 1 < line.length) unread(stdin, Buffer.from(line.slice(end + 1)));
  return line.slice(0, end);
}
