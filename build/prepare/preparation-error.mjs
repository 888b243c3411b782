/** A foreseen failure of the preparation; the message says what happened, why and what to do. */
export class PreparationError extends Error {}
