/**
 * Why the pages of this AppImage run without Chromium's sandbox, as a sentence, or null. Its start script puts
 * the switch there where the system lets no program make a user namespace, and says nothing of it.
 */
export function whySandboxIsOff(args: readonly string[], env: NodeJS.ProcessEnv): string | null {
  if (!env.APPIMAGE || !args.includes('--no-sandbox')) return null
  return (
    'The window runs without Chromium’s sandbox: this system keeps user namespaces from programs that it has no ' +
    'AppArmor profile for, as Ubuntu does since 24.04. Install the deb, which brings one, or allow them: ' +
    '`sudo sysctl -w kernel.apparmor_restrict_unprivileged_userns=0`.'
  )
}
