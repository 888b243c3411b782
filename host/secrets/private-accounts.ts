/** Kept beside the secrets, but no secrets of the gateway: never listed, never handed to it. */
export const privateAccounts = ['backup-identity', 'backup-passphrase'] as const
export type PrivateAccount = (typeof privateAccounts)[number]

/** No name of a secret has a lowercase letter in it, so the two never meet. */
export function isPrivateAccount(account: string): account is PrivateAccount {
  return privateAccounts.some((name) => name === account)
}
