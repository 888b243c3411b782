/** A longer line is cut to {@link keptBytes}. */
export const maxLineBytes = 64 * 1024
export const keptBytes = 16 * 1024
/** Read and parsed in one turn of the event loop: a few milliseconds. */
export const blockBytes = 128 * 1024
/** Looked at for one answer, as far as its lines are no longer than that. */
export const windowBytes = 2 * 1024 * 1024
/** Characters of text in one answer: a wire may take six bytes for each. */
export const maxAnswerChars = 1024 * 1024
/** Looked through for the end of one line, and how far behind a reader may be before it jumps ahead. */
export const reachBytes = 16 * 1024 * 1024
