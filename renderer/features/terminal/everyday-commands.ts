/** The round of every day, as the operations manual has it: what follows `moltbot`. */
export const everydayCommands = [
  'status',
  'health',
  'logs --tail 100',
  'doctor',
  'security audit --deep',
  'backup create',
  'update status',
] as const
