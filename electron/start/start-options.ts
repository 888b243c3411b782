import { parseArgs } from 'node:util'
import { parsePort } from '../../host/config/gateway-port.ts'
import { defaultHostPort } from '../../shared/endpoints.ts'

export interface StartOptions {
  /** Port of the browser's page, once somebody asks for it; 0 takes a free one. */
  readonly port: number
  readonly gatewayPort: string | undefined
  /** The window, or another host's page, may open by itself. */
  readonly open: boolean
}

export type StartOptionsOutcome =
  | { readonly ok: true; readonly value: StartOptions }
  | { readonly ok: false; readonly detail: string }

/** Options for Chromium and Electron stand among ours; they, and the script's path, are passed over. */
export function readStartOptions(args: readonly string[]): StartOptionsOutcome {
  const { values } = parseArgs({
    args: [...args],
    options: {
      port: { type: 'string' },
      'gateway-port': { type: 'string' },
      'no-open': { type: 'boolean' },
    },
    strict: false,
    allowPositionals: true,
  })
  const port = values.port === undefined ? defaultHostPort : readPort(values.port, 0)
  if (port === null) return wrong('--port')
  const gatewayPort = values['gateway-port']
  if (gatewayPort !== undefined && readPort(gatewayPort, 1) === null) return wrong('--gateway-port')
  return {
    ok: true,
    value: {
      port,
      gatewayPort: gatewayPort === undefined ? undefined : String(gatewayPort),
      open: values['no-open'] === undefined,
    },
  }
}

function readPort(given: string | boolean, lowest: 0 | 1): number | null {
  if (given === '0' && lowest === 0) return 0
  return parsePort(String(given))
}

function wrong(option: string): StartOptionsOutcome {
  return { ok: false, detail: `${option} must be a whole number from 1 to 65535` }
}
