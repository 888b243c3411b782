import * as z from 'zod/mini'
import { choice, count, flag, positive, section, text, texts, whole } from './parts.ts'

const remoteFile = {
  allowUrl: flag,
  allowedMimes: texts,
  maxBytes: positive,
  maxRedirects: count,
  timeoutMs: positive,
}
const pdf = section({ maxPages: positive, maxPixels: positive, minTextChars: count })

export const gatewaySchema = z.strictObject({
  mode: choice(['local', 'remote']),
  port: whole(1, 65_535),
  bind: choice(['auto', 'lan', 'loopback', 'tailnet', 'custom']),
  customBindHost: text,
  auth: section({ mode: choice(['token', 'password']), token: text, password: text, allowTailscale: flag }),
  tailscale: section({ mode: choice(['off', 'serve', 'funnel']), resetOnExit: flag }),
  remote: section({
    url: text,
    transport: choice(['ssh', 'direct']),
    token: text,
    password: text,
    tlsFingerprint: text,
    sshTarget: text,
    sshIdentity: text,
  }),
  controlUi: section({
    enabled: flag,
    basePath: text,
    allowInsecureAuth: flag,
    dangerouslyDisableDeviceAuth: flag,
  }),
  trustedProxies: texts,
  tls: section({ enabled: flag, autoGenerate: flag, certPath: text, keyPath: text, caPath: text }),
  http: section({
    endpoints: section({
      chatCompletions: section({ enabled: flag }),
      responses: section({
        enabled: flag,
        maxBodyBytes: positive,
        files: section({ ...remoteFile, maxChars: positive, pdf }),
        images: section(remoteFile),
      }),
    }),
  }),
  nodes: section({
    browser: section({ mode: choice(['auto', 'manual', 'off']), node: text }),
    allowCommands: texts,
    denyCommands: texts,
  }),
  reload: section({ mode: choice(['hybrid', 'hot', 'restart', 'off']), debounceMs: whole(0, 600_000) }),
})
