import { createRequire } from 'node:module'

/** Loads and finds what electron-builder is made of and does not hand out itself. */
export const builderLibrary = createRequire(createRequire(import.meta.url).resolve('electron-builder'))
