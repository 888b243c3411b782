import type { LoadedConfig } from '../../host/config/load-config.ts'
import type { Environment, StatePaths } from '../../host/config/state-paths.ts'
import type { Logger } from '../log/logger.ts'
import type { GatewayLog } from '../log/open-gateway-log.ts'
import { openLiveConfig } from '../reload/open-live-config.ts'
import type { ConfigInForce } from './config-in-force.ts'
import { knownSecrets } from './known-secrets.ts'
import type { Lives } from './lives.ts'

export interface FollowParts {
  readonly paths: StatePaths
  readonly env: Environment
  readonly loaded: LoadedConfig
  readonly handed: Readonly<Record<string, string>>
  readonly logger: Logger
  readonly log: Pick<GatewayLog, 'reconfigure'>
  readonly config: ConfigInForce
  readonly lives: Lives
}

/** Brings changes of the configuration's files into force. */
export function followConfig({ paths, env, loaded, handed, logger, log, config, lives }: FollowParts): void {
  const live = openLiveConfig({
    paths,
    env: () => env,
    loaded,
    logger: logger.named('reload'),
    onHot(now) {
      log.reconfigure(now.config.logging, knownSecrets(now, lives.current().settings, handed))
      lives.current().clients.healthChanged()
    },
    onRestart: (reason, _, now) => void lives.restart(reason, now),
  })
  config.follow(live)
  void live.reload() // what was changed since they were read for the start
}
