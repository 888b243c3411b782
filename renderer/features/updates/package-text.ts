/** Whether this may be the name of an npm package; the host asks more closely. */
export function mayBePackage(text: string): boolean {
  return text.length <= 214 && /^(?:@[a-z0-9][a-z0-9._~-]*\/)?[a-z0-9][a-z0-9._~-]*$/.test(text)
}
