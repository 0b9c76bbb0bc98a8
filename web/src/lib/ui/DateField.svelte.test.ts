import { flushSync, mount, unmount } from 'svelte';
import { afterEach, describe, expect, it } from 'vitest';
import DateField from './DateField.svelte';

let shown: ReturnType<typeof mount> | undefined;
afterEach(leave);

function leave(): void {
  if (shown) void unmount(shown);
  shown = undefined;
}

/** Types letter by letter, as on a phone; answers what the form gets and what the field shows. */
function typed(text: string): { value: string; shows: string } {
  leave();
  let value = $state('');
  const props = {
    label: 'Ngày sinh',
    get value() {
      return value;
    },
    set value(next: string) {
      value = next;
    },
  };
  shown = mount(DateField, { target: document.body, props });
  const input = document.querySelector('input');
  if (!input) throw new Error('no field');
  for (const letter of text) {
    input.value += letter;
    input.dispatchEvent(new InputEvent('input', { inputType: 'insertText', bubbles: true }));
    flushSync();
  }
  return { value, shows: input.value };
}

describe('a date', () => {
  it('is typed by its digits alone', () => {
    expect(typed('05091998')).toEqual({ value: '1998-09-05', shows: '05/09/1998' });
  });

  it('is typed with its strokes, or with dots, and without leading noughts', () => {
    expect(typed('5/9/1998').value).toBe('1998-09-05');
    expect(typed('5.9.1998').value).toBe('1998-09-05');
  });

  it('that is in no calendar is none', () => {
    expect(typed('31022000').value).toBe('');
  });

  it('that is not whole yet is none', () => {
    expect(typed('050919').value).toBe('');
  });
});
