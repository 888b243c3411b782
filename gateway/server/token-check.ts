import { createHash, timingSafeEqual } from 'node:crypto'

/** Compares digests, whose length never depends on the guess, in a time that does not either. */
export function createTokenCheck(token: string): (presented: string) => boolean {
  const expected = digest(token)
  return (presented) => timingSafeEqual(digest(presented), expected)
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
