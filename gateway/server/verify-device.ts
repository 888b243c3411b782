import { createHash, createPublicKey, verify } from 'node:crypto'
import { type ConnectParams, type DevicePresented, deviceText } from '../../shared/protocol/connect.ts'

const maxSkewMs = 600_000
const publicKeyBytes = 32
const signatureBytes = 64
/** What stands before the raw key in its DER form (RFC 8410). */
const derPrefix = Buffer.from('302a300506032b6570032100', 'hex')

/**
 * Null where `device` proves that it holds its key, on this very connection; else why not.
 * The signature covers `nonce`, so one that was recorded is worth nothing on the next connection.
 */
export function findDeviceFlaw(
  params: ConnectParams,
  device: DevicePresented,
  nonce: string,
  now: number,
): string | null {
  const key = Buffer.from(device.publicKey, 'base64url')
  if (key.length !== publicKeyBytes) return 'the public key is not an Ed25519 key'
  if (createHash('sha256').update(key).digest('hex') !== device.id) return 'the id does not belong to the key'
  if (device.nonce !== nonce) return 'the nonce is not the one of this connection'
  if (Math.abs(now - device.signedAt) > maxSkewMs) return 'it was signed too long ago'
  const signature = Buffer.from(device.signature, 'base64url')
  if (signature.length !== signatureBytes) return 'the signature has another form'
  const publicKey = createPublicKey({ key: Buffer.concat([derPrefix, key]), format: 'der', type: 'spki' })
  const isTrue = verify(null, Buffer.from(deviceText(params, device)), publicKey, signature)
  return isTrue ? null : 'the signature is wrong'
}
