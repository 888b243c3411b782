import { z } from 'zod'

// The page's policy forbids eval; without this each schema would try it once and the browser would
// report a violation. Must be loaded before any schema is made, so it is main's first import.
z.config({ jitless: true })
