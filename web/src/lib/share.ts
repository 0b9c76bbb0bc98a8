// Passing a link on.
import { t } from './shell-words';
import { toasts } from './toasts.svelte';

/** Opens the phone's own way to share, or copies the link where there is none. */
export async function share(title: string, url: string): Promise<void> {
  if ('share' in navigator) {
    try {
      return await navigator.share({ title, url });
    } catch (thrown) {
      if (thrown instanceof DOMException && thrown.name === 'AbortError') return;
    }
  }
  await copy(url);
  toasts.say(t('copied'));
}

/** Puts text where it can be pasted, also in browsers that refuse the clipboard to scripts. */
export async function copy(text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const box = document.createElement('textarea');
    box.value = text;
    document.body.append(box);
    box.select();
    document.execCommand('copy');
    box.remove();
  }
}
