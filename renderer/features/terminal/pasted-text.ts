/** Text for a terminal as it may be pasted: tabs and line breaks stay, every other control character goes. */
export function pastedText(text: string): string {
  return text.replaceAll(/\p{Cc}/gu, (unit) => (/[\t\n\r]/.test(unit) ? unit : ''))
}
