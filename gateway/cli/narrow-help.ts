import { Help } from 'commander'

/** Narrower than this, words stand alone on their lines. */
const minWidthToWrap = 30

/** Help for narrow terminals, too: what an item is stands below its name where beside it there is no room. */
export const narrowHelp = {
  minWidthToWrap,
  formatItem(term: string, termWidth: number, description: string, helper: Help): string {
    const width = helper.helpWidth ?? 80
    const isRoom = width - termWidth - 4 >= minWidthToWrap
    if (isRoom || description === '') {
      return Help.prototype.formatItem.call(helper, term, termWidth, description, helper)
    }
    const below = helper.boxWrap(description, width - 6)
    return [`  ${term}`, ...below.split('\n').map((line) => `      ${line}`)].join('\n')
  },
}
