/**
 * `node:http` without its WebSocket and fetch: an ESM import reads every export, which loads undici, about
 * 45 ms and 14 MB of it. This reads only what is used.
 */
export const { Agent, createServer, get } = process.getBuiltinModule('node:http')
