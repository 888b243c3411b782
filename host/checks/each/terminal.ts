import { type Check, found } from '../finding.ts'

/** A shell in the page of a browser is as good as the key to the account; allowed by the owner, and told. */
export const terminalCheck: Check = {
  name: 'terminal',
  async look({ knowledge }) {
    return knowledge.terminals()?.inBrowser ? [found('browserTerminal', 'info', {})] : []
  },
}
