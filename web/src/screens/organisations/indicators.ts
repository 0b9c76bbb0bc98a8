// What is counted, by its name in the reader's language.
import type { Shapes } from '$lib/api';
import { language } from '$lib/preferences.svelte';

export type Indicator = Shapes['IndicatorView'];

/** An indicator's name; its own word while the list is not there. */
export function nameOfIndicator(all: Indicator[] | undefined, slug: string): string {
  const found = all?.find((one) => one.slug === slug);
  if (!found) return slug;
  return language.current === 'en' ? found.name_en : found.name_vi;
}
