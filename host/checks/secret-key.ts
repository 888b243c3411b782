/** Words that name a secret, at the end of a key: `botToken`, `api_key`, `CLAWDBOT_GATEWAY_PASSWORD`. */
const secretWord =
  /(?:token|secret|password|passwd|passphrase|api[_-]?key|(?:private|secret|access)[_-]?key|authorization|credentials?)$/i
/** Numbers and names of things that only sound like it. */
const harmless = /(?:max|min|count|limit|budget|reserve|context|output|input|num)[a-z_]*tokens?$/i

/** Whether a key or a variable of this name usually holds a secret. */
export function isSecretKey(name: string): boolean {
  return secretWord.test(name) && !harmless.test(name)
}
