// Files that the service makes, handed to the browser with the reader's own sign-in.
import { language } from '$lib/preferences.svelte';
import { Problem } from '$lib/problem';
import { tokens } from '$lib/tokens';

/** Fetches a file and keeps it under a name. */
export async function saveFile(address: string, name: string): Promise<void> {
  const answer = await fetch(address, {
    headers: {
      Authorization: `Bearer ${(await tokens.current()) ?? ''}`,
      'Accept-Language': language.current,
    },
  }).catch((thrown: unknown) => {
    throw Problem.from(thrown);
  });
  if (!answer.ok) throw Problem.of(answer.status, await answer.json().catch(() => null));
  const url = URL.createObjectURL(await answer.blob());
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
