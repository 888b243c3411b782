/** The keys of this computer's keyboard, as they are written on it. */
export function keyNames(platform = navigator.platform): { copy: string; paste: string; leave: string } {
  const isMac = platform.startsWith('Mac')
  return {
    copy: isMac ? '⌘C' : 'Ctrl-Shift-C',
    paste: isMac ? '⌘V' : 'Ctrl-Shift-V',
    leave: 'Ctrl-Shift-↑',
  }
}
