import { createHash, generateKeyPairSync, sign } from 'node:crypto'
import { type ConnectParams, deviceText } from '../../../../shared/protocol/connect.ts'

/** A client's key pair, and connect parameters signed with it for one challenge. */
export function createDevice() {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519')
  const raw = publicKey.export({ format: 'der', type: 'spki' }).subarray(-32)
  const id = createHash('sha256').update(raw).digest('hex')
  return (params: ConnectParams, nonce: string, signedAt = Date.now()) => {
    const device = { id, publicKey: raw.toString('base64url'), signature: '', signedAt, nonce }
    const signature = sign(null, Buffer.from(deviceText(params, device)), privateKey).toString('base64url')
    return { ...params, device: { ...device, signature } }
  }
}

export function connectParams(token?: string): ConnectParams {
  return {
    minProtocol: 3,
    maxProtocol: 3,
    client: { id: 'test', version: '1', platform: 'linux', mode: 'test' },
    ...(token === undefined ? {} : { auth: { token } }),
  }
}
