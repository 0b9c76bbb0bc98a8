import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { fill } from './messages.svelte';
import { language } from './preferences.svelte';

const folder = join(process.cwd(), '../config/messages/web');
const groups = readdirSync(folder)
  .filter((name) => name.endsWith('.vi.json'))
  .map((name) => name.replace('.vi.json', ''));

function read(group: string, tongue: string): Record<string, string> {
  return JSON.parse(readFileSync(join(folder, `${group}.${tongue}.json`), 'utf8'));
}

function sources(path: string): string[] {
  if (statSync(path).isDirectory()) return readdirSync(path).flatMap((name) => sources(join(path, name)));
  return /\.(svelte|ts)$/.test(path) && !path.endsWith('.test.ts') ? [readFileSync(path, 'utf8')] : [];
}

function names(sentence: string): string[] {
  return [...sentence.matchAll(/\{([a-z_]+)/g)].map((found) => found[1] ?? '').sort();
}

describe.each(groups)('the words of %s', (group) => {
  const vi = read(group, 'vi');
  const en = read(group, 'en');

  it('are the same in both languages', () => {
    expect(Object.keys(en).sort()).toEqual(Object.keys(vi).sort());
    for (const [key, sentence] of Object.entries(vi)) {
      expect([key, ...new Set(names(en[key] ?? ''))]).toEqual([key, ...new Set(names(sentence))]);
    }
  });

  it('are all said somewhere', () => {
    const text = sources(join(process.cwd(), 'src')).join('\n');
    const isSaid = (key: string): boolean =>
      text.includes(`'${key}'`) ||
      (key.includes('.') && text.includes(`\`${key.replace(/\.[^.]*$/, '.')}\${`));
    expect(Object.keys(vi).filter((key) => !isSaid(key))).toEqual([]);
  });
});

describe('a sentence', () => {
  afterEach(() => language.choose('vi'));

  it('writes numbers the way of the language', () => {
    expect(fill('{count} đơn vị máu', { count: 2896 })).toBe('2.896 đơn vị máu');
    language.choose('en');
    expect(fill('{count} units', { count: 2896 })).toBe('2,896 units');
  });

  it('takes the form for the number', () => {
    language.choose('en');
    expect(fill('{count} {count:place|places}', { count: 1 })).toBe('1 place');
    expect(fill('{count} {count:place|places}', { count: 3 })).toBe('3 places');
  });
});
