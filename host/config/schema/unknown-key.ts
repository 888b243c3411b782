/** What an issue says of a key that no schema has; who shows it may have words of its own. */
export const unknownKeyDetail = 'is not a known key'
