// The sentences of the screens, in Vietnamese at once and in English when it is chosen.
import { formatter, number } from './format';
import { language } from './preferences.svelte';

type Values = Record<string, string | number>;
type English<Key extends string> = () => Promise<{ default: Record<Key, string> }>;
/** Says one sentence; `{name}` is filled in, `{count:place|places}` takes the form for the number. */
export type Words<Key extends string> = (key: Key, values?: Values) => string;

interface Group {
  load: () => Promise<void>;
}
const groups: Group[] = [];

/** Makes the words of one group of screens: `words(vi, () => import('…en.json'))`. */
export function words<Key extends string>(vi: Record<Key, string>, english: English<Key>): Words<Key> {
  let en = $state.raw<Record<Key, string> | null>(null);
  const group = {
    load: async (): Promise<void> => {
      en ??= (await english()).default;
    },
  };
  groups.push(group);
  return (key, values = {}) => fill((language.current === 'en' ? en?.[key] : undefined) ?? vi[key], values);
}

/** Waits until every group that is in use can speak the chosen language. */
export async function wordsReady(): Promise<void> {
  if (language.current === 'en') await Promise.all(groups.map((group) => group.load()));
}

/** Puts values into a sentence; numbers are written the way of the language. */
export function fill(sentence: string, values: Values): string {
  return sentence.replace(/\{([a-z_]+)(?::([^}|]*)\|([^}]*))?\}/g, (whole, name: string, one, other) => {
    const value = values[name];
    if (value === undefined) return whole;
    if (one !== undefined) return plural(Number(value)) === 'one' ? one : other;
    return typeof value === 'number' ? number(value, 3) : value;
  });
}

function plural(count: number): string {
  const locale = language.locale;
  return formatter(locale, { plural: true }, () => new Intl.PluralRules(locale)).select(count);
}
