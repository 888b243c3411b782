import type { Problem } from '../../shared/problem.ts'
import type { WriteRequest } from './edit/change-config.ts'
import { editConfig } from './edit/edit-config.ts'

export type EditOutcome = { readonly ok: true } | ({ readonly ok: false } & Problem)

/** A member of a section of the configuration; both are plain words. */
export interface ConfigMember {
  readonly section: 'gateway' | 'logging'
  readonly name: string
}
export type MemberValue = number | string | null

/** Writes `gateway.port`, or takes it out where it is null; see {@link writeConfigMember}. */
export function writeGatewayPort(request: WriteRequest, port: number | null): Promise<EditOutcome> {
  return writeConfigMember(request, { section: 'gateway', name: 'port' }, port)
}

/** Writes one member of the configuration, or takes it out if it is there, and nothing else. */
export async function writeConfigMember(
  request: WriteRequest,
  { section, name }: ConfigMember,
  value: MemberValue,
): Promise<EditOutcome> {
  const outcome = await editConfig(request, [{ key: [section, name], value: value ?? undefined }])
  if (outcome.ok || (value === null && outcome.code === 'CONFIG_KEY_NOT_SET')) return { ok: true }
  return { ok: false, code: outcome.code, params: outcome.params } as EditOutcome
}
