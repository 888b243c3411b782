import { goodGateway, NpmRegistry } from '../../fixtures/npm-registry.ts'

/** A registry of npm with gateways named `moltbot`, of the manual's version and a newer one; prints its address. */
const registry = await NpmRegistry.start()
await registry.publish(
  'moltbot',
  ['2026.1.15', '2026.1.27'].map((version) => ({ version, script: goodGateway(version) })),
)
console.log(registry.url)
