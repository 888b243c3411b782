import type { ProblemCode } from '../problem.ts'
import type { ProblemText } from './en-problems.ts'
import { zhCnBackupProblems } from './zh-cn-backup-problems.ts'
import { zhCnConfigEditProblems } from './zh-cn-config-edit-problems.ts'
import { zhCnGatewayProblems } from './zh-cn-gateway-problems.ts'
import { zhCnInstallationProblems } from './zh-cn-installation-problems.ts'
import { zhCnSecretProblems } from './zh-cn-secret-problems.ts'
import { zhCnSessionProblems } from './zh-cn-session-problems.ts'
import { zhCnStartupProblems } from './zh-cn-startup-problems.ts'
import { zhCnTerminalProblems } from './zh-cn-terminal-problems.ts'
import { zhCnUpdateProblems } from './zh-cn-update-problems.ts'

export const zhCnProblems: Record<ProblemCode, ProblemText> = {
  ...zhCnSecretProblems,
  ...zhCnSessionProblems,
  ...zhCnGatewayProblems,
  ...zhCnStartupProblems,
  ...zhCnInstallationProblems,
  ...zhCnTerminalProblems,
  ...zhCnUpdateProblems,
  ...zhCnBackupProblems,
  ...zhCnConfigEditProblems,
  CONFIG_SYNTAX: {
    what: '无法读取配置文件。',
    why: '`{{path}}` 第 {{line}} 行第 {{column}} 列：`{{detail}}`。',
    remedy: '请改正该处内容，然后重新启动网关。',
  },
  CONFIG_INVALID: {
    what: '配置中有一项取值无效。',
    why: '`{{path}}` 第 {{line}} 行第 {{column}} 列的 `{{key}}`：`{{detail}}`。',
    remedy: '{{meant}}请改正 `{{key}}`，再用 `moltbot config validate` 检查是否已全部有效。',
  },
  CONFIG_MORE_INVALID: {
    what: '配置中还有其他无效的取值。',
    why: '`{{path}}` 中另有 {{more}} 处。',
    remedy: '请先改正前面的几处，再用 `moltbot config validate` 查看其余的。',
  },
  CONFIG_UNREADABLE: {
    what: '无法打开配置文件。',
    why: '`{{path}}`：`{{detail}}`。',
    remedy: '请让当前用户有权读取该文件（`chmod 600`），然后重新启动网关。',
  },
  CONFIG_NOT_A_FILE: {
    what: '无法打开配置文件。',
    why: '`{{path}}` 已存在，但不是文件。',
    remedy: '请把它移到别处，然后重新启动网关，届时会写入新的配置文件。',
  },
  CONFIG_TOO_LARGE: {
    what: '配置文件过大。',
    why: '`{{path}}` 有 {{bytes}}，最多读取 {{limitBytes}}。',
    remedy: '请确认这是正确的文件，并删去不该有的内容。',
  },
  CONFIG_REFUSED: {
    what: '为保护数据，没有采用这份配置。',
    why: '`{{path}}`：`{{detail}}`。',
    remedy: '请先解决这个问题，再重新启动网关。文件未做任何改动。',
  },
  STATE_DIR_NOT_A_FOLDER: {
    what: '状态目录无法使用。',
    why: '`{{path}}` 已存在，但不是目录。',
    remedy: '请把它移到别处，或用 `MOLTBOT_STATE_DIR` 指定其他目录。',
  },
  STATE_DIR_NOT_WRITABLE: {
    what: '状态目录无法写入。',
    why: '`{{path}}`：`{{detail}}`。',
    remedy: '请确认当前用户有权写入、磁盘仍有空间，或用 `MOLTBOT_STATE_DIR` 指定其他目录。',
  },
  TOKEN_MISSING: {
    what: '网关没有令牌。',
    why: '配置、环境变量和 `{{path}}` 中都没有令牌。',
    remedy: '请在状态目录的 `.env` 中设置 `{{name}}`，然后重新启动网关。',
  },
  CONFIG_CHANGED_MEANWHILE: {
    what: '配置没有更改。',
    why: '其他程序同时写入了 `{{path}}`。',
    remedy: '请重试。',
  },
  LOG_UNREADABLE: {
    what: '无法读取网关的日志。',
    why: '`{{path}}`：`{{detail}}`。',
    remedy:
      '请查看该文件及其目录属于谁，删除不属于您的内容，或在 `logging.file` 中指定其他位置，然后重启网关。',
  },
  CONFIG_NOT_EDITABLE: {
    what: '配置没有更改。',
    why: '在这里修改 `{{path}}` 会牵动其他内容：`{{detail}}`。',
    remedy: '请直接在文件中修改，然后用 `moltbot config validate` 检查。',
  },
  CONFIG_NOT_WRITTEN: {
    what: '配置没有更改。',
    why: '无法写入 `{{path}}`：`{{detail}}`。',
    remedy: '请腾出磁盘空间，或为自己加上该文件的写权限，然后重试。',
  },
  PORT_IN_USE: {
    what: '网关无法启动。',
    why: '端口 {{port}} 已被 `{{program}}` 占用（PID {{pid}}，由用户 `{{user}}` 于 {{startedAt}} 启动）。',
    remedy:
      '请停止该程序，或换一个端口：在 `moltbot.json` 中设置 `gateway.port`，或设置环境变量 `MOLTBOT_GATEWAY_PORT`。',
  },
  PORT_IN_USE_UNKNOWN: {
    what: '网关无法启动。',
    why: '端口 {{port}} 已被 {{user}} 的程序占用，当前用户无权查看该程序。',
    remedy:
      '请让 {{user}} 停止该程序，或换一个端口：在 `moltbot.json` 中设置 `gateway.port`，或设置环境变量 `MOLTBOT_GATEWAY_PORT`。',
  },
  PORT_FORBIDDEN: {
    what: '网关无法启动。',
    why: '系统不允许监听端口 {{port}}：`{{detail}}`。',
    remedy:
      '请选用大于 1023 的端口：在 `moltbot.json` 中设置 `gateway.port`，或设置环境变量 `MOLTBOT_GATEWAY_PORT`。',
  },
  GATEWAY_SPAWN_FAILED: {
    what: '无法启动网关进程。',
    why: '`{{program}}`：`{{detail}}`。',
    remedy: '请确认该程序存在且可以执行；`npm run build` 可以重新生成。',
  },
  GATEWAY_CRASH_LOOP: {
    what: '网关总是在就绪之前退出。',
    why: '{{seconds}} 秒内退出了 {{exits}} 次，最后一次的结束方式：{{exit}}。',
    remedy: '请查看最后的输出，排除原因后再启动。',
  },
  GATEWAY_EXITED: {
    what: '网关意外退出。',
    why: '结束方式：{{exit}}。',
    remedy: '它会自动重新启动。如果反复出现，请查看最后的输出。',
  },
  GATEWAY_HUNG: {
    what: '网关已无响应。',
    why: '连续 {{seconds}} 秒没有应答，正在将其结束。',
    remedy: '它会自动重新启动。如果反复出现，请查看日志。',
  },
  GATEWAY_MISSED_PROBES: {
    what: '网关没有及时应答。',
    why: '连续 {{misses}} 次健康检查没有应答。',
    remedy: '请稍候：如果一直没有应答，会自动重启。您也可以现在就重启。',
  },
  GATEWAY_UNWELL: {
    what: '网关报告自身状况不佳。',
    why: '健康检查的应答为：`{{reason}}`。',
    remedy: '请重启网关。如果情况依旧，请查看日志。',
  },
  GATEWAY_NOT_RUNNING: {
    what: '网关没有运行。',
    why: '当前状态：{{state}}。',
    remedy: '请用 `moltbot service start` 启动网关，然后重试。',
  },
  GATEWAY_UNREACHABLE: {
    what: '无法连接网关。',
    why: '`{{url}}` 没有应答：`{{detail}}`。',
    remedy: '请用 `moltbot service start` 启动网关，然后重试。',
  },
  GATEWAY_NOT_OURS: {
    what: '网关的端口上是另一个程序。',
    why: '端口 {{port}} 属于 `{{program}}`（PID {{pid}}），它不是从这里启动的。',
    remedy: '请自行停止该程序，或用环境变量 `MOLTBOT_GATEWAY_PORT` 换一个端口。',
  },
  GATEWAY_ADOPTED: {
    what: '这个网关不是从这里启动的。',
    why: '它是手动启动的 `{{program}}`（PID {{pid}}）。本应用只监视它，从不结束它。',
    remedy: '请在启动它的地方停止它，例如在其终端中按 Ctrl-C。之后本应用会自动启动自己的网关。',
  },
  GATEWAY_SERVICE_ENDED: {
    what: '网关的系统服务启动失败。',
    why: '`{{unit}}` 已结束（{{exit}}），{{manager}} 不会再启动它。',
    remedy: '请查看其日志，然后重新启动：`moltbot service start`。',
  },
  GATEWAY_SERVICE_FAILED: {
    what: '网关的系统服务启动失败。',
    why: '{{manager}} 无法让 `{{unit}}` 保持运行。',
    remedy: '请查看其日志，然后重新启动：`moltbot service start`。',
  },
  GATEWAY_SERVICE_MANAGED: {
    what: '网关由系统服务运行。',
    why: '{{manager}} 以 `{{unit}}` 运行网关；不能用其他方式启动或结束它。',
    remedy:
      '请使用 `moltbot service start`、`stop` 或 `restart`，或用 `moltbot service uninstall` 移除该服务。',
  },
  GATEWAY_FOREIGN: {
    what: '此端口上的网关不属于你。',
    why: '端口 {{port}} 属于用户 `{{user}}` 的 `{{program}}`（PID {{pid}}）。它是 Moltbot 网关，但属于其他用户，或要求不同的令牌。',
    remedy:
      '请让 `{{user}}` 停止它，或换一个端口：在 `moltbot.json` 中设置 `gateway.port`，或设置环境变量 `MOLTBOT_GATEWAY_PORT`。',
  },
  GATEWAY_REFUSED_TOKEN: {
    what: '网关拒绝了令牌。',
    why: '`{{url}}` 要求的令牌与 `CLAWDBOT_GATEWAY_TOKEN` 的值不同。',
    remedy: '请使用网关状态目录中 `.env` 里的令牌，或重启网关让它重新读取。',
  },
  GATEWAY_PROTOCOL: {
    what: '无法理解网关的应答。',
    why: '`{{url}}`：`{{detail}}`。',
    remedy: '请确认那里运行的是 Moltbot 网关，并且两边版本相同。',
  },
  MEND_FAILED: {
    what: '未能修复。',
    why: '`{{path}}`：`{{detail}}`。',
    remedy: '请按检查结果的说明手动处理。',
  },
  HOST_NOT_RUNNING: {
    what: 'Moltbot Desktop 没有运行。',
    why: '`{{socket}}` 没有应答。',
    remedy: '请用 `npm start` 或 `moltbot host` 启动，然后重试。',
  },
  HOST_UNRESPONSIVE: {
    what: 'Moltbot Desktop 没有响应。',
    why: '它的进程（PID {{pid}}）已有 {{seconds}} 秒没有应答。',
    remedy:
      '请用 `npm start` 或 `moltbot host` 重新启动，卡住的后台程序会被替换。若它仍然存在，请自行结束进程 {{pid}}。',
  },
  HOST_LEAVING: {
    what: 'Moltbot Desktop 正在退出。',
    why: '其进程（PID {{pid}}）正在停止网关，随后自行结束。',
    remedy: '请稍候几秒，再用 `npm start` 或 `moltbot host` 重新启动。',
  },
  HOST_BUSY_WITH_COMMAND: {
    what: '有一条 `moltbot` 命令正在处理网关的状态目录。',
    why: '在它（PID {{pid}}）结束之前，不会启动网关。',
    remedy: '请等它结束后重试。',
  },
  HOST_DIR_UNUSABLE: {
    what: 'Moltbot Desktop 自身的数据目录无法使用。',
    why: '`{{path}}`：`{{detail}}`。',
    remedy: '请让当前用户有权写入，或用 `MOLTBOT_HOST_DIR` 指定其他目录。',
  },
  HOST_PORT_IN_USE: {
    what: '无法提供浏览器页面。',
    why: '端口 {{port}} 已被 `{{program}}` 占用（PID {{pid}}）。',
    remedy: '请停止该程序，或换一个端口：`moltbot host --port {{otherPort}}`。',
  },
  HOST_PORT_UNUSABLE: {
    what: '无法提供浏览器页面。',
    why: '端口 {{port}} 无法使用：{{detail}}。',
    remedy: '请换一个端口：`moltbot host --port {{otherPort}}`。',
  },
  HOST_SOCKET_PATH_TOO_LONG: {
    what: '无法打开控制套接字。',
    why: '系统允许的路径长度为 {{limitBytes}}，`{{path}}` 超出了这一长度。',
    remedy: '请用 `MOLTBOT_HOST_DIR` 指定一个路径更短的目录。',
  },
  SETTINGS_SET_ASIDE: {
    what: '无法读取设置，目前使用默认值。',
    why: '设置文件已损坏：`{{detail}}`。原文件保留为 `{{keptAt}}`。',
    remedy: '请在这里重新选择设置。',
  },
  SETTINGS_NOT_WRITTEN: {
    what: '此设置在 Moltbot Desktop 退出前有效，但没有保存下来。',
    why: '无法写入 `{{path}}`：`{{detail}}`。',
    remedy: '请腾出磁盘空间，或为自己加上该文件的写权限，然后重新更改设置。',
  },
  CALL_UNKNOWN: {
    what: '后台程序不认识这个请求。',
    why: '它没有 `{{call}}` 这个调用，说明两边版本不同。',
    remedy: '请重新加载页面，或重新启动 Moltbot Desktop，使两边版本一致。',
  },
  CALL_NOT_HERE: {
    what: '这里不允许这个请求。',
    why: '`{{call}}` 只能通过控制套接字使用。',
    remedy: '请使用命令行：`moltbot --help` 列出了可用的命令。',
  },
  CALL_ARGUMENTS: {
    what: '后台程序拒绝了这个请求。',
    why: '`{{call}}`：`{{detail}}`。',
    remedy: '请重新加载页面，或重新启动 Moltbot Desktop，使两边版本一致。',
  },
  CALLS_TOO_MANY: {
    what: '后台程序拒绝了这个请求。',
    why: '同时进行的请求超过了 {{limit}} 个。',
    remedy: '请重新加载页面。',
  },
  ANSWER_UNREADABLE: {
    what: '无法理解后台程序的应答。',
    why: '`{{call}}`：`{{detail}}`。',
    remedy: '请重新加载页面，它的版本可能比后台程序旧。',
  },
  INTERNAL: {
    what: '后台程序自身出现故障。',
    why: '`{{detail}}`。',
    remedy: '请重试。如果依旧出现，请重新启动 Moltbot Desktop，并反馈上面这一行。',
  },
  SESSION_REQUIRED: {
    what: '需要用新的地址打开此页面。',
    why: '当前地址中没有一次性代码，或者会话已经结束。',
    remedy: '请再次运行 `npm start` 或 `moltbot host`，它会给出新的地址。',
  },
  SESSION_CODE_USED: {
    what: '这个地址已经用过了。',
    why: '其中的代码只能使用一次，并且很快失效。',
    remedy: '请再次运行 `npm start` 或 `moltbot host`，它会给出新的地址。',
  },
  CONNECTION_LOST: {
    what: '后台程序没有应答。',
    why: '与 Moltbot Desktop 的连接已断开，正在自动重试。',
    remedy: '如果一直如此，请用 `npm start` 或 `moltbot host` 重新启动 Moltbot Desktop。',
  },
}
