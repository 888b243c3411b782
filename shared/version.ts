import packageJson from '../package.json' with { type: 'json' }

/** Version of this project, the same for host, gateway, command line and window. */
export const version: string = packageJson.version
