// Runs on whatever Node the machine has; old ones must be able to read this file, so it stays plain.
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
const tooOld = major < 20 || (major === 20 && minor < 19)

if (tooOld) {
  console.error(
    `Node.js ${process.versions.node} is too old to begin with. Install Node.js 20.19 or newer (any will do: ` +
      'the project brings its own for everything else), then run the command again.',
  )
  process.exit(1)
} else {
  import('./prepare/main.mjs').then((main) => main.run(process.argv.slice(2)))
}
