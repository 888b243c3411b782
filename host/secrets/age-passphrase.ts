import { createCipheriv, createDecipheriv, randomBytes, type ScryptOptions, scrypt } from 'node:crypto'
import { promisify } from 'node:util'
import type { Identity, Recipient } from 'age-encryption'
import { Stanza } from 'age-encryption'

/**
 * The passphrase recipient of age (`age -p`, `age -d` read it), with Node's scrypt: it works in another
 * thread, where the library's own would hold up this one for a second.
 */
const derive = promisify<string, Buffer, number, ScryptOptions, Buffer>(scrypt)
const label = Buffer.from('age-encryption.org/v1/scrypt')
const saltBytes = 16
const tagBytes = 16
const fileKeyBytes = 16
/** As the logarithm to base 2: 128 MB and some tenths of a second for each guess. */
export const usualWorkFactor = 17
/** Of a file that somebody else made; 1 GB. */
const workFactorLimit = 20
/** Each key wraps one file key only, so the nonce is a constant. */
const nonce = Buffer.alloc(12)

export function passphraseRecipient(passphrase: string, workFactor = usualWorkFactor): Recipient {
  return {
    async wrapFileKey(fileKey) {
      const salt = randomBytes(saltBytes)
      const cipher = createCipheriv('chacha20-poly1305', await keyFor(passphrase, salt, workFactor), nonce, {
        authTagLength: tagBytes,
      })
      const body = Buffer.concat([cipher.update(fileKey), cipher.final(), cipher.getAuthTag()])
      return [new Stanza(['scrypt', unpadded(salt), String(workFactor)], new Uint8Array(body))]
    },
  }
}

/** Throws where the file asks for more work than a passphrase is worth. */
export function passphraseIdentity(passphrase: string): Identity {
  return {
    async unwrapFileKey(stanzas) {
      const [only, ...others] = stanzas
      if (only?.args[0] !== 'scrypt' || others.length > 0) return null
      const salt = Buffer.from(only.args[1] ?? '', 'base64')
      const factor = /^[1-9]\d?$/.test(only.args[2] ?? '') ? Number(only.args[2]) : Infinity
      if (salt.length !== saltBytes || only.body.length !== fileKeyBytes + tagBytes)
        throw new Error('bad header')
      if (factor > workFactorLimit) throw new Error(`work factor ${only.args[2]}`)
      return unwrap(only.body, await keyFor(passphrase, salt, factor))
    },
  }
}

function keyFor(passphrase: string, salt: Buffer, factor: number): Promise<Buffer> {
  const cost = 2 ** factor
  return derive(passphrase, Buffer.concat([label, salt]), 32, {
    cost,
    blockSize: 8,
    parallelization: 1,
    maxmem: 129 * 8 * cost + 1024 * 1024,
  })
}

function unwrap(body: Uint8Array, key: Buffer): Uint8Array | null {
  const decipher = createDecipheriv('chacha20-poly1305', key, nonce, { authTagLength: tagBytes })
  decipher.setAuthTag(body.subarray(fileKeyBytes))
  try {
    return new Uint8Array(Buffer.concat([decipher.update(body.subarray(0, fileKeyBytes)), decipher.final()]))
  } catch {
    return null
  }
}

function unpadded(bytes: Buffer): string {
  return bytes.toString('base64').replaceAll('=', '')
}
