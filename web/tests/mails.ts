// What the service mailed, as files in its data folder.
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

export interface Mail {
  to: string;
  /** Its text as people read it. */
  words: string;
}

const usual = (): string =>
  process.env['GIOTHONG_MAILS'] ?? join(process.env['GIOTHONG_DATA_FOLDER'] ?? '..', 'data/mails');

/** Every mail that lies there since a moment, newest first. */
export function mails(folder = usual(), since = 0): Mail[] {
  if (!existsSync(folder)) return [];
  const files = readdirSync(folder).map((name) => join(folder, name));
  const timed = files.map((path) => ({ path, at: statSync(path).mtimeMs })).filter(({ at }) => at >= since);
  const newest = timed.sort((one, other) => other.at - one.at);
  return newest.map(({ path }) => read(readFileSync(path, 'utf8')));
}

function read(raw: string): Mail {
  const to = /^To:.*?([\w.+-]+@[\w.-]+)/m.exec(raw)?.[1] ?? '';
  const parts = raw.split(/^--\S{20,}\r?$/m).map(plain);
  return { to, words: parts.join('\n') };
}

/** What a part of a mail says, unpacked. */
function plain(part: string): string {
  const [head = '', ...rest] = part.trimStart().split(/\r?\n\r?\n/);
  const body = rest.join('\n\n');
  if (/^Content-Transfer-Encoding: base64/im.test(head)) return Buffer.from(body, 'base64').toString('utf8');
  if (!/^Content-Transfer-Encoding: quoted-printable/im.test(head)) return body;
  const bytes = (run: string) => Buffer.from(run.replace(/=/g, ''), 'hex').toString('utf8');
  return body.replace(/=\r?\n/g, '').replace(/(=[0-9A-F]{2})+/g, bytes);
}
