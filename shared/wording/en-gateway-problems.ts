import type { GatewayProblemParams } from '../gateway-problems.ts'
import type { ProblemText } from './en-problems.ts'

export const enGatewayProblems: Record<keyof GatewayProblemParams, ProblemText> = {
  GATEWAY_ALREADY_RUNNING: {
    what: 'The gateway was not started: one runs on this configuration already.',
    why: 'It is `{{program}}` (pid {{pid}}, started {{startedAt}}, port {{port}}), and holds `{{path}}`.',
    remedy:
      'Use that one (`moltbot status`), or stop it first: `moltbot service stop`, or end process {{pid}}. A second gateway needs a state of its own: `moltbot --profile <name> gateway`.',
  },
  BIND_UNAVAILABLE: {
    what: 'The gateway cannot listen where it should.',
    why: '`gateway.bind` is `{{mode}}`, and `{{address}}` cannot be had: {{detail}}.',
    remedy:
      'Connect that network (for a tailnet, `tailscale up`), or choose another: `moltbot config set gateway.bind loopback`.',
  },
  BIND_NEEDS_SECRET: {
    what: 'The gateway was not opened to other machines.',
    why: 'With `gateway.bind` `{{mode}}` others can guess at its secret, which is shorter than {{limit}} characters.',
    remedy:
      'Keep a longer one, for example `openssl rand -base64 32 | moltbot secrets set {{name}}`, or stay on this machine: `moltbot config set gateway.bind loopback`.',
  },
  PASSWORD_MISSING: {
    what: 'The gateway has no password.',
    why: '`gateway.auth.mode` is `password`, and neither the configuration nor the environment nor `{{path}}` has one.',
    remedy:
      'Set it with `moltbot secrets set {{name}}`, or go back to the token: `moltbot config set gateway.auth.mode token`.',
  },
  PORT_NOT_FREED: {
    what: 'Port {{port}} was not freed, and nothing was ended.',
    why: '{{program}} (pid {{pid}}) of {{user}} has it, and nothing proves that it is a gateway of yours.',
    remedy: 'If you know it, stop it yourself: `kill {{pid}}`. Or choose another port: `--port`.',
  },
  PORT_NOT_FREED_KEPT: {
    what: 'Port {{port}} was not freed, and nothing was ended.',
    why: 'The gateway there (pid {{pid}}) is looked after by {{keeper}}, which would start it again.',
    remedy: 'Stop it there: `{{command}}`. Then start this one.',
  },
  GATEWAY_REFUSED_CALL: {
    what: 'The gateway refused `{{method}}`.',
    why: 'It says: `{{detail}}`.',
    remedy: 'Check the method and its parameters; `moltbot gateway probe --json` names the methods it has.',
  },
  CHANNELS_NOT_HERE: {
    what: 'There is nothing to do `{{command}}` with.',
    why: 'The gateway in use is the built-in one, which does not run channels yet.',
    remedy:
      'Use a released gateway for that: `moltbot update follow clawdbot`, `moltbot update`, then try again. `moltbot channels list` shows what is configured.',
  },
  RESET_NEEDS_PROFILE: {
    what: 'Nothing was reset.',
    why: '`--reset` belongs to development: it takes configuration, credentials and sessions away from `{{path}}`.',
    remedy: 'Use it on the development profile: `moltbot --dev gateway --dev --reset`.',
  },
  RESET_FAILED: {
    what: 'The reset was not finished.',
    why: '`{{path}}`: `{{detail}}`.',
    remedy: 'What was moved before that is kept in that folder. Put it right, then try again.',
  },
}
