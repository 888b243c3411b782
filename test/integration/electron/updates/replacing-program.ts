import { stageFile } from '../../../../electron/updates/replace-file.ts'

/** Replaces one file by another, to be killed meanwhile. */
const { source, target, bytes, sha512 } = JSON.parse(process.argv[2] ?? '')
const staged = await stageFile(source, target, { bytes, sha512 })
staged.commit()
process.stdout.write('replaced\n')
