// What a reader chose for this device: language and theme.

export type Language = 'vi' | 'en';
export type Theme = 'auto' | 'light' | 'dark';

/** Reads what this browser keeps; some in-app browsers refuse, and then nothing is kept. */
export function recall(key: string): string | null {
  try {
    return localStorage.getItem(`giothong.${key}`);
  } catch {
    return null;
  }
}

/** Keeps a small thing in this browser, or takes it away. */
export function remember(key: string, value: string | null): void {
  try {
    if (value === null) localStorage.removeItem(`giothong.${key}`);
    else localStorage.setItem(`giothong.${key}`, value);
  } catch {
    // Without storage the choice holds for this visit.
  }
}

class LanguageChoice {
  current = $state<Language>(recall('language') === 'en' ? 'en' : 'vi');

  get locale(): string {
    return this.current === 'en' ? 'en-GB' : 'vi-VN';
  }

  choose(language: Language): void {
    this.current = language;
    remember('language', language);
    document.documentElement.lang = language;
  }
}

class ThemeChoice {
  current = $state<Theme>(asTheme(recall('theme')));

  choose(theme: Theme): void {
    this.current = theme;
    remember('theme', theme === 'auto' ? null : theme);
    this.show();
  }

  show(): void {
    if (this.current === 'auto') delete document.documentElement.dataset['theme'];
    else document.documentElement.dataset['theme'] = this.current;
  }
}

function asTheme(kept: string | null): Theme {
  return kept === 'light' || kept === 'dark' ? kept : 'auto';
}

export const language = new LanguageChoice();
export const theme = new ThemeChoice();

/** Brings the page in line with what was chosen before. */
export function showPreferences(): void {
  document.documentElement.lang = language.current;
  theme.show();
}
