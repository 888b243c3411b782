/** What a look into a schema needs of it: every schema of zod has these. */
export interface Shaped {
  readonly _zod: {
    readonly def: {
      readonly type: string
      readonly innerType?: Shaped
      readonly shape?: Readonly<Record<string, Shaped>>
      readonly element?: Shaped
      readonly valueType?: Shaped
      readonly options?: readonly Shaped[]
      readonly format?: string
      readonly checks?: readonly { readonly _zod: { readonly def: Limit } }[]
    }
  }
}

interface Limit {
  readonly check: string
  readonly value?: unknown
  readonly inclusive?: boolean
}

/** The schemas that may hold at `path`: several where a value may be of several kinds. */
export function schemasAt(root: Shaped, path: readonly (string | number)[]): readonly Shaped[] {
  let schemas = kindsOf(root)
  for (const step of path) schemas = schemas.flatMap((schema) => below(schema, step)).flatMap(kindsOf)
  return schemas
}

/** The names that an object there may have; empty where any may stand, or none. */
export function namesAt(root: Shaped, path: readonly (string | number)[]): string[] {
  return schemasAt(root, path).flatMap(({ _zod: { def } }) => Object.keys(def.shape ?? {}))
}

function below({ _zod: { def } }: Shaped, step: string | number): readonly Shaped[] {
  const member =
    def.shape && Object.hasOwn(def.shape, step) ? def.shape[step] : (def.element ?? def.valueType)
  return member ? [member] : []
}

function kindsOf(schema: Shaped): readonly Shaped[] {
  const { innerType, options } = schema._zod.def
  if (innerType) return kindsOf(innerType)
  return options ? options.flatMap(kindsOf) : [schema]
}

/** The limits of a number's schema, null where there is none; `isLeastOut`: the least one itself is not allowed. */
export function rangeOf({ _zod: { def } }: Shaped) {
  const limits = (def.checks ?? []).map((check) => check._zod.def)
  const of = (kind: string) => limits.find(({ check }) => check === kind)
  const [low, high] = [of('greater_than'), of('less_than')]
  return {
    least: typeof low?.value === 'number' ? low.value : null,
    most: typeof high?.value === 'number' ? high.value : null,
    isLeastOut: low?.inclusive === false,
    isWhole: def.format === 'safeint',
  }
}
