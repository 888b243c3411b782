import type { GatewayProblemParams } from '../gateway-problems.ts'
import type { ProblemText } from './en-problems.ts'

export const zhCnGatewayProblems: Record<keyof GatewayProblemParams, ProblemText> = {
  GATEWAY_ALREADY_RUNNING: {
    what: '网关没有启动：已有一个网关在使用这份配置。',
    why: '它是 `{{program}}`（PID {{pid}}，于 {{startedAt}} 启动，端口 {{port}}），并持有 `{{path}}`。',
    remedy:
      '请使用那个网关（`moltbot status`），或先停止它：`moltbot service stop`，或结束进程 {{pid}}。第二个网关需要自己的状态目录：`moltbot --profile <name> gateway`。',
  },
  BIND_UNAVAILABLE: {
    what: '网关无法在指定的地址上监听。',
    why: '`gateway.bind` 为 `{{mode}}`，但无法使用 `{{address}}`：{{detail}}。',
    remedy:
      '请先连上该网络（tailnet 请运行 `tailscale up`），或改用其他方式：`moltbot config set gateway.bind loopback`。',
  },
  BIND_NEEDS_SECRET: {
    what: '没有向其他机器开放网关。',
    why: '`gateway.bind` 为 `{{mode}}` 时其他机器可以猜测密钥，而密钥短于 {{limit}} 个字符。',
    remedy:
      '请改用更长的密钥，例如 `openssl rand -base64 32 | moltbot secrets set {{name}}`，或只在本机监听：`moltbot config set gateway.bind loopback`。',
  },
  PASSWORD_MISSING: {
    what: '网关没有密码。',
    why: '`gateway.auth.mode` 为 `password`，但配置、环境变量和 `{{path}}` 中都没有密码。',
    remedy:
      '请用 `moltbot secrets set {{name}}` 设置，或改回令牌：`moltbot config set gateway.auth.mode token`。',
  },
  PORT_NOT_FREED: {
    what: '没有释放端口 {{port}}，也没有结束任何进程。',
    why: '它被 {{user}} 的 {{program}}（PID {{pid}}）占用，无法证明那是您的网关。',
    remedy: '如果您认识它，请自行停止：`kill {{pid}}`；或用 `--port` 换一个端口。',
  },
  PORT_NOT_FREED_KEPT: {
    what: '没有释放端口 {{port}}，也没有结束任何进程。',
    why: '那里的网关（PID {{pid}}）由 {{keeper}} 看管，结束后会被再次启动。',
    remedy: '请用 `{{command}}` 停止它，然后再启动这一个。',
  },
  GATEWAY_REFUSED_CALL: {
    what: '网关拒绝了 `{{method}}`。',
    why: '它的说明：`{{detail}}`。',
    remedy: '请检查方法名和参数；`moltbot gateway probe --json` 会列出它支持的方法。',
  },
  CHANNELS_NOT_HERE: {
    what: '无法执行 `{{command}}`。',
    why: '当前使用的是内置网关，它还不能运行任何渠道。',
    remedy:
      '请先改用已发布的网关：`moltbot update follow clawdbot`、`moltbot update`，然后重试。`moltbot channels list` 会显示已配置的渠道。',
  },
  RESET_NEEDS_PROFILE: {
    what: '没有重置任何内容。',
    why: '`--reset` 用于开发：它会移走 `{{path}}` 中的配置、凭据和会话。',
    remedy: '请在开发配置档上使用：`moltbot --dev gateway --dev --reset`。',
  },
  RESET_FAILED: {
    what: '重置没有完成。',
    why: '`{{path}}`：`{{detail}}`。',
    remedy: '此前已移走的内容保留在该目录中。请先解决问题，然后重试。',
  },
}
