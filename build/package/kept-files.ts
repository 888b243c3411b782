/** Which files of the packages from the registry a package of ours has: those that run, and their licences. */
export function isKept(name: string, path: string): boolean {
  const file = path.slice(path.lastIndexOf('/') + 1)
  if (/^(licen[cs]e|copying|notice)/i.test(file)) return true
  if (/\.(md|markdown|d\.[cm]?ts|ts|map|flow|tgz|html)$/i.test(file) || file.startsWith('.')) return false
  if (/(^|\/)(docs|man|tests?|__tests__|examples?|\.github)\//.test(path)) return false
  if (name === 'npm') return !/(^|\/)node-gyp\/(gyp|src|macOS_Catalina_acid_test\.sh)/.test(path)
  if (name === '@lydell/node-pty') return !/^(windows|conpty|worker\/|shared\/)/.test(path)
  return true
}
