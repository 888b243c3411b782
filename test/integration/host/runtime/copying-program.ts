import { copyRuntime } from '../../../../host/runtime/copy-runtime.ts'

// Copies a runtime as an AppImage does at its start; what runs from an old copy is none of this trial.
const { source, folder } = JSON.parse(process.argv[2] ?? '{}') as { source: string; folder: string }
console.log(await copyRuntime({ source, folder, programsInUse: async () => [] }))
