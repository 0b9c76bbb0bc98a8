// What was typed into a form stays across reload, sign-out and failure, until it was sent.

/**
 * A form's fields that stay: `const form = draft('sign-up', { name: '' })`, then `form.value.name`, `form.clear()`; `form.clear(saved)` where
 * the form stays and begins anew with what was saved.
 */
export function draft<T extends Record<string, unknown>>(
  name: string,
  empty: T,
): { value: T; clear: (next?: T) => void } {
  let start = empty;
  const slot = `giothong.draft.${name}`;
  const form = $state({ value: { ...empty, ...read(slot) } as T });
  $effect(() => {
    const text = JSON.stringify(form.value);
    if (text === JSON.stringify(start)) sessionStorage.removeItem(slot);
    else put(slot, text);
  });
  return {
    get value() {
      return form.value;
    },
    set value(value: T) {
      form.value = value;
    },
    clear(next = start) {
      start = { ...next };
      form.value = { ...next };
      sessionStorage.removeItem(slot);
    },
  };
}

/** What is too large for the browser to keep is lost on a reload, and nothing else. */
function put(slot: string, text: string): void {
  try {
    sessionStorage.setItem(slot, text);
  } catch {
    sessionStorage.removeItem(slot);
  }
}

function read(slot: string): object {
  try {
    return JSON.parse(sessionStorage.getItem(slot) ?? '{}') as object;
  } catch {
    return {};
  }
}
