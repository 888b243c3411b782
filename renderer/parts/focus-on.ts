/** Gives the focus to an element of the next picture: that of the button that opened what is now gone. */
export function focusOn(id: string): void {
  requestAnimationFrame(() => document.getElementById(id)?.focus())
}
