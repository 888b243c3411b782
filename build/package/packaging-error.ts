/** Why a package cannot be built, and what to do about it: for whoever builds it. */
export class PackagingError extends Error {}
