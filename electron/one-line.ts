import { escapeControls } from '../shared/wording/escape-controls.ts'

/**
 * One line for a menu, a tooltip or a notice, at most `limit` characters long. Parts of such texts come
 * from foreign processes and files: they can neither break the line nor reorder it.
 */
export function oneLine(text: string, limit: number): string {
  const characters = [...escapeControls(text.replaceAll('`', ''))]
  return characters.length > limit ? `${characters.slice(0, limit - 1).join('')}…` : characters.join('')
}
