import type { UpdateProblemParams } from '../update-problems.ts'
import type { ProblemText } from './en-problems.ts'

export const enUpdateProblems: Record<keyof UpdateProblemParams, ProblemText> = {
  // the application
  UPDATE_NOT_PACKAGED: {
    what: 'This copy of Moltbot Desktop cannot update itself.',
    why: 'Only an installed package of the desktop application can, and this is none: `{{place}}`.',
    remedy:
      'Update it the way it was installed, for example with `git pull` and `npm start`, or install a package.',
  },
  UPDATE_NOT_CONFIGURED: {
    what: 'This copy of Moltbot Desktop cannot update itself.',
    why: 'It was built without `{{missing}}`, so that no update could be found or trusted.',
    remedy: 'Install newer versions by hand, or use a package from where releases are signed.',
  },
  UPDATE_FEED_UNREACHABLE: {
    what: 'Nobody could be asked for a newer version of Moltbot Desktop.',
    why: '`{{url}}`: `{{detail}}`.',
    remedy: 'Check the connection, then check again. What is installed keeps working.',
  },
  UPDATE_FEED_INVALID: {
    what: 'The answer about newer versions of Moltbot Desktop cannot be used.',
    why: '`{{url}}`: `{{detail}}`. Nothing was downloaded.',
    remedy: 'Check again later; if it stays so, tell who publishes the releases.',
  },
  UPDATE_SIGNATURE: {
    what: 'An update of Moltbot Desktop was refused, because its signature is not right.',
    why: '`{{url}}`: `{{detail}}`. It was not published with the key of this application, or was changed on its way.',
    remedy: 'Do not install it from elsewhere either. Check again later, on another network if you can.',
  },
  UPDATE_DOWNGRADE: {
    what: 'An older version of Moltbot Desktop was offered and refused.',
    why: 'Version {{offered}} is older than {{current}}, which runs here.',
    remedy: 'Nothing needs to be done. If you want the older one, install its package by hand.',
  },
  UPDATE_FEED_STALE: {
    what: 'The answer about newer versions of Moltbot Desktop is out of date and was refused.',
    why: '{{detail}}. Somebody may be holding newer versions back.',
    remedy: 'Check the clock of this machine, then check again, on another network if it stays so.',
  },
  UPDATE_TOO_OLD: {
    what: 'Moltbot Desktop {{offered}} cannot be installed over this version.',
    why: 'It needs at least {{minimum}}, and {{current}} runs here.',
    remedy: 'Install its package by hand once; later versions come by themselves again.',
  },
  UPDATE_DOWNLOAD_FAILED: {
    what: 'Moltbot Desktop {{version}} was not downloaded.',
    why: '`{{detail}}`. What had arrived was deleted.',
    remedy: 'Check the connection and the free space, then download it again.',
  },
  UPDATE_INSTALL_FAILED: {
    what: 'Moltbot Desktop {{version}} was not installed.',
    why: '`{{detail}}`. The present version is in place.',
    remedy: 'Put the cause right and install it again, or install the package by hand.',
  },
  // the gateway
  GATEWAY_PACKAGE_NAME: {
    what: 'This package cannot be followed.',
    why: '`{{name}}` is no name of an npm package.',
    remedy: 'Type the name as the registry has it, for instance `clawdbot` or `@scope/name`.',
  },
  GATEWAY_PACKAGE_UNKNOWN: {
    what: 'The registry does not know this package.',
    why: '`{{registry}}` has no package `{{name}}`, or does not show it to you.',
    remedy: 'Check the name. A private package needs its registry and its token in your `.npmrc`.',
  },
  GATEWAY_VERSION_UNKNOWN: {
    what: 'There is no such version.',
    why: 'The registry has no version {{version}} of `{{name}}`.',
    remedy: 'Look for updates again, or name another version.',
  },
  REGISTRY_UNREACHABLE: {
    what: 'The registry did not answer.',
    why: '`{{registry}}`: `{{detail}}`.',
    remedy:
      'Check the network, and registry, proxy and certificates in your `.npmrc`, then look again. What is installed goes on as it is.',
  },
  REGISTRY_INVALID: {
    what: 'The registry’s answer cannot be used.',
    why: '`{{registry}}`: `{{detail}}`.',
    remedy:
      'Look again later, or name another registry in your `.npmrc`. What is installed goes on as it is.',
  },
  GATEWAY_DOWNGRADE: {
    what: 'The registry offers an older gateway than the one in use.',
    why: '`{{name}}` is at {{current}} here, and at {{offered}} there. An older one is never offered.',
    remedy: 'Nothing has to be done. To go back on purpose: `moltbot update --to {{offered}}`.',
  },
  GATEWAY_INTEGRITY: {
    what: 'The gateway was not installed: it is not what the registry had announced.',
    why: '`{{name}}` {{version}}: `{{detail}}`. Nothing of it was run, and nothing was kept.',
    remedy: 'Try again. If it stays so, do not trust this registry, or whatever lies between it and you.',
  },
  GATEWAY_INSTALL_FAILED: {
    what: 'The gateway was not installed.',
    why: '`{{name}}` {{version}}: `{{detail}}`. What had been downloaded was removed.',
    remedy: 'Look at the reason, then try again. The gateway in use goes on as it is.',
  },
  GATEWAY_INSTALL_TOO_LARGE: {
    what: 'The gateway was not installed: it is too large.',
    why: '`{{name}}` {{version}} took more than {{limitBytes}}. What had been downloaded was removed.',
    remedy: 'Check that it is the right package. The gateway in use goes on as it is.',
  },
  GATEWAY_INSTALL_NO_SPACE: {
    what: 'The gateway was not installed: there is not enough room.',
    why: '`{{path}}` has {{bytes}} free, and {{neededBytes}} are needed. What had been downloaded was removed.',
    remedy: 'Free space on that disk, for instance by removing a gateway you no longer need, then try again.',
  },
  GATEWAY_NEEDS_NODE: {
    what: 'This gateway cannot run here.',
    why: '`{{name}}` {{version}} needs Node `{{needs}}`, and would be run by Node {{node}}.',
    remedy: 'Update Moltbot Desktop, which brings a newer Node, or take an older version of the gateway.',
  },
  GATEWAY_NOT_A_GATEWAY: {
    what: 'This package holds no gateway.',
    why: '`{{name}}` {{version}}: `{{detail}}`.',
    remedy: 'Check the name: released gateways are called `clawdbot` and `openclaw`.',
  },
  GATEWAY_UPDATE_UNDONE: {
    what: 'The new gateway was not well, and the former one is in use again.',
    why: 'From {{from}} to {{to}}: `{{detail}}`.',
    remedy:
      'Look at its last lines in the timeline and at its log. It stays installed: switch to it again once the reason is gone, or remove it.',
  },
  GATEWAY_NOT_INSTALLED: {
    what: 'This gateway is not installed.',
    why: '`{{id}}` is not among the installed ones, or its files are missing or damaged.',
    remedy: 'Install it, or switch to another one; `moltbot update list` shows them.',
  },
  GATEWAY_IN_USE: {
    what: 'This gateway was not removed.',
    why: '`{{id}}` is the one in use, or came with this program.',
    remedy: 'Switch to another one first.',
  },
  UPDATE_BUSY: {
    what: 'This was not begun.',
    why: 'An installation, a switch or a download is under way (`{{step}}`).',
    remedy: 'Wait until it has ended, or cancel it, then try again.',
  },
}
