/** The next turn: what is there is drawn before, and no finger waits for all of a long work. */
export function turn(): Promise<void> {
  return new Promise((go) => setTimeout(go));
}
