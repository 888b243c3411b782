import * as z from 'zod/mini'

/** The kinds of values that the sections are made of; every key may be left out. */
export const text = z.optional(z.string())
export const flag = z.optional(z.boolean())
export const texts = z.optional(z.array(z.string()))
export const textByName = z.optional(z.record(z.string(), z.string()))
/** A whole number from 0 on. */
export const count = z.optional(z.int().check(z.minimum(0)))
/** A whole number from 1 on. */
export const positive = z.optional(z.int().check(z.minimum(1)))
export const amount = z.optional(z.number().check(z.gt(0)))
export const share = z.optional(z.number().check(z.minimum(0), z.maximum(1)))
/** Read by Moltbot, or to be read by a later version of this program; passed on as written. */
export const anything = z.optional(z.unknown())

export function whole(least: number, most: number) {
  return z.optional(z.int().check(z.minimum(least), z.maximum(most)))
}

export function choice<const Values extends readonly string[]>(values: Values) {
  return z.optional(z.enum(values))
}

export function section<Shape extends z.core.$ZodShape>(shape: Shape) {
  return z.optional(z.strictObject(shape))
}

export function byName<Value extends z.core.SomeType>(value: Value) {
  return z.optional(z.record(z.string(), value))
}
