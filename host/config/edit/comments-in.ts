import { type Place, placeJson5 } from './place-json5.ts'

/** The comments of a JSON5 text, in order; without those inside of `places`. */
export function commentsIn(text: string, places: readonly Place[] = []): string[] {
  if (text.trim() === '') return []
  return placeJson5(text)
    .comments.filter(
      (comment) => !places.some(({ start, end }) => comment.start >= start && comment.end <= end),
    )
    .map(({ start, end }) => text.slice(start, end))
}
