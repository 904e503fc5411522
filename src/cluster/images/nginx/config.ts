import { posix } from 'node:path';
import type { Files } from '../../../machine/index.ts';

/** `name args…;` or `name args… { children }`. */
export interface Directive {
  readonly name: string;
  readonly args: readonly string[];
  readonly children: readonly Directive[] | undefined;
  readonly file: string;
  readonly line: number;
}

/** As `nginx -t` words it, after `nginx: [emerg] `. */
export class NginxConfigError extends Error {
  override readonly name = 'NginxConfigError';
}

interface Token {
  readonly text: string;
  readonly quoted: boolean;
  readonly line: number;
}

const KNOWN = new Set(
  'accept_mutex access_log add_header alias allow auth_basic auth_basic_user_file autoindex charset client_body_buffer_size client_body_timeout client_header_buffer_size client_header_timeout client_max_body_size daemon default_type deny error_log error_page events expires geo gzip gzip_comp_level gzip_http_version gzip_min_length gzip_proxied gzip_types gzip_vary http http2 if include index internal keepalive keepalive_requests keepalive_timeout large_client_header_buffers least_conn limit_conn limit_rate limit_req limit_req_zone listen load_module location log_format log_not_found map merge_slashes multi_accept open_file_cache pid proxy_buffering proxy_buffers proxy_buffer_size proxy_cache proxy_connect_timeout proxy_hide_header proxy_http_version proxy_intercept_errors proxy_next_upstream proxy_pass proxy_pass_header proxy_read_timeout proxy_redirect proxy_send_timeout proxy_set_header proxy_ssl_verify real_ip_header resolver return rewrite root satisfy send_timeout sendfile server server_name server_name_in_redirect server_names_hash_bucket_size server_tokens set set_real_ip_from ssl ssl_certificate ssl_certificate_key ssl_ciphers ssl_client_certificate ssl_conf_command ssl_dhparam ssl_ecdh_curve ssl_password_file ssl_prefer_server_ciphers ssl_protocols ssl_reject_handshake ssl_session_cache ssl_session_tickets ssl_session_timeout ssl_stapling ssl_verify_client stream stub_status sub_filter tcp_nodelay tcp_nopush try_files types types_hash_max_size underscores_in_headers upstream use user worker_connections worker_processes worker_rlimit_nofile zone'.split(
    ' ',
  ),
);

/** Reads a configuration file with all that it includes. */
export function readConfig(files: Files, path: string): Directive[] {
  if (!files.exists(path)) throw new NginxConfigError(`open() "${path}" failed (2: No such file or directory)`);
  const text = files.readText(path);
  const key = `${path}\n${text}`;
  const known = standAlone.get(key);
  if (known) return [...known];
  const tokens = tokenize(text, path);
  const [directives] = parseBlock(files, tokens, 0, { file: path, depth: 0, free: false });
  if (!tokens.some((token) => token.text === 'include')) {
    if (standAlone.size >= 64) standAlone.clear();
    standAlone.set(key, directives);
  }
  return directives;
}

/** What files without includes say, by their path and text: many servers have the same. */
const standAlone = new Map<string, readonly Directive[]>();

function tokenize(text: string, file: string): Token[] {
  const tokens: Token[] = [];
  const pattern = /#[^\n]*|"((?:\\.|[^"\\])*)"|'((?:\\.|[^'\\])*)'|[;{}]|(?:\$\{[^}]*\}|\\.|[^\s;{}"'#])(?:\$\{[^}]*\}|\\.|[^\s;{}])*|\n|["']/g;
  let line = 1;
  for (const match of text.matchAll(pattern)) {
    const [whole, double, single] = match;
    if (whole === '\n') line++;
    else if (whole === '"' || whole === "'") throw new NginxConfigError(`unexpected end of file, expecting "${whole}" in ${file}:${line}`);
    else if (!whole.startsWith('#')) {
      const quoted = double ?? single;
      tokens.push({ text: quoted ?? whole, quoted: quoted !== undefined, line });
      line += whole.split('\n').length - 1;
    }
  }
  return tokens;
}

interface Where {
  readonly file: string;
  readonly depth: number;
  /** Inside `types` and `map` any word may begin a line. */
  readonly free: boolean;
}

function parseBlock(files: Files, tokens: readonly Token[], start: number, where: Where): [Directive[], number] {
  const result: Directive[] = [];
  let at = start;
  while (at < tokens.length) {
    const first = tokens[at];
    if (!first) break;
    if (is(first, '}')) {
      if (where.depth === 0) throw new NginxConfigError(`unexpected "}" in ${where.file}:${first.line}`);
      return [result, at + 1];
    }
    const args: string[] = [];
    let end = at + 1;
    while (end < tokens.length && !isMark(tokens[end])) args.push(tokens[end++]?.text ?? '');
    const mark = tokens[end];
    const last = tokens.at(-1)?.line ?? first.line;
    if (!mark) throw new NginxConfigError(`unexpected end of file, expecting ";" or "}" in ${where.file}:${last + 1}`);
    if (is(mark, '}')) throw new NginxConfigError(`unexpected "}" in ${where.file}:${mark.line}`);
    if (!where.free && !KNOWN.has(first.text)) throw new NginxConfigError(`unknown directive "${first.text}" in ${where.file}:${first.line}`);
    const head = { name: first.text, args, file: where.file, line: first.line };
    if (is(mark, '{')) {
      const free = first.text === 'types' || first.text === 'map' || first.text === 'geo';
      const [children, next] = parseBlock(files, tokens, end + 1, { file: where.file, depth: where.depth + 1, free });
      result.push({ ...head, children });
      at = next;
    } else {
      if (first.text === 'include' && !where.free) result.push(...included(files, args[0] ?? '', where.file, first.line));
      else result.push({ ...head, children: undefined });
      at = end + 1;
    }
  }
  if (where.depth > 0) throw new NginxConfigError(`unexpected end of file, expecting "}" in ${where.file}:${(tokens.at(-1)?.line ?? 0) + 1}`);
  return [result, at];
}

const is = (token: Token, text: string) => !token.quoted && token.text === text;
const isMark = (token: Token | undefined) => token !== undefined && (is(token, ';') || is(token, '{') || is(token, '}'));

function included(files: Files, pattern: string, from: string, line: number): Directive[] {
  const path = posix.resolve('/etc/nginx', pattern);
  if (!path.includes('*')) {
    if (!files.exists(path)) throw new NginxConfigError(`open() "${path}" failed (2: No such file or directory) in ${from}:${line}`);
    return readConfig(files, path);
  }
  const directory = posix.dirname(path);
  if (!files.exists(directory)) return [];
  const name = new RegExp(`^${posix.basename(path).replaceAll('.', '\\.').replaceAll('*', '.*')}$`);
  return files
    .list(directory)
    .filter((entry) => name.test(entry) && !entry.startsWith('.'))
    .sort()
    .flatMap((entry) => readConfig(files, `${directory}/${entry}`));
}
