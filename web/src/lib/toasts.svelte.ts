// Short words at the foot of the screen, with a way back where something was taken away.

export interface Toast {
  id: number;
  text: string;
  undo?: () => void;
}

class Toasts {
  shown = $state<Toast[]>([]);
  private last = 0;

  /** Says that something happened; with `undo` it stays longer and offers the way back. */
  say(text: string, undo?: () => void): void {
    const toast: Toast = undo ? { id: ++this.last, text, undo } : { id: ++this.last, text };
    this.shown = [...this.shown.slice(-2), toast];
    setTimeout(() => this.drop(toast.id), undo ? 10_000 : 5_000);
  }

  drop(id: number): void {
    this.shown = this.shown.filter((toast) => toast.id !== id);
  }
}

export const toasts = new Toasts();
