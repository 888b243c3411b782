import { describe, expect, it } from 'vitest'
import { npmEnvironment } from '../../../../build/prepare/npm-environment.mjs'

describe('the environment of npm inside an npm script', () => {
  it('drops what the outer command was told', () => {
    const env = npmEnvironment({
      npm_config_prefix: '/somewhere',
      npm_config_omit: 'dev',
      npm_config_dry_run: 'true',
      npm_lifecycle_event: 'start',
      npm_package_json: '/project/package.json',
      NODE_ENV: 'production',
      NODE_OPTIONS: '--inspect',
      HOME: '/home/wang',
    })
    expect(env).toEqual({ HOME: '/home/wang', PATH: '' })
  })

  it('keeps how this machine reaches its registry', () => {
    const reach = {
      npm_config_registry: 'http://127.0.0.1:1/',
      npm_config_cafile: '/etc/ca.pem',
      npm_config_https_proxy: 'http://127.0.0.1:2/',
      npm_config_userconfig: '/home/wang/.npmrc',
      NODE_EXTRA_CA_CERTS: '/etc/ca.pem',
    }
    expect(npmEnvironment(reach)).toEqual({ ...reach, PATH: '' })
  })

  it('takes the folders that are about to be replaced off the PATH', () => {
    const path =
      '/p/node_modules/.bin:/node_modules/.bin:/usr/lib/node_modules/npm/node-gyp-bin:/usr/bin:/bin'
    expect(npmEnvironment({ PATH: path }).PATH).toBe('/usr/bin:/bin')
  })
})
