// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the references are the configuration’s own
import type { enFindings } from './en-findings.ts'

type English = typeof enFindings

export const zhCnFindings: { [Code in keyof English]: { [Part in keyof English[Code]]: string } } = {
  configMissing: {
    title: '还没有配置文件',
    detail: '`{{path}}` 不存在；网关首次启动时会写入。',
    remedy: '启动 Moltbot，或现在就写入。',
    mend: '写入 `{{path}}`，缺少令牌时一并生成',
  },
  configSyntax: {
    title: '配置文件无法读取',
    detail: '`{{path}}` 第 {{line}} 行第 {{column}} 列：`{{detail}}`。',
    remedy: '请手动改正这一行。文件无法读取时，绝不会被改写。',
  },
  configInvalid: {
    title: '`{{key}}` 的值不符合要求',
    detail: '`{{path}}` 第 {{line}} 行第 {{column}} 列：`{{detail}}`。',
    remedy: '请改正该值；否则 Moltbot Desktop 的网关无法启动。',
  },
  configUnreadable: {
    title: '配置文件无法使用',
    detail: '`{{path}}`：`{{detail}}`。',
    remedy: '请手动修正该文件。文件无法读取时，绝不会被改写。',
  },
  configMoreInvalid: {
    title: '还有其他取值不符合要求',
    detail: '`{{path}}` 中另有 {{more}} 处。',
    remedy: '请先改正前面的几处再检查一次，或用 `moltbot config validate` 查看全部。',
  },
  configUnknownKey: {
    title: '`{{key}}` 不是已知的配置项',
    detail: '`{{path}}` 第 {{line}} 行第 {{column}} 列：有这一项时，本网关和 Moltbot 本身都不会启动。',
    remedy: '请用 `moltbot config unset {{key}}` 去掉它，或改正名称。',
  },
  configMisspelledKey: {
    title: '`{{key}}` 不是已知的配置项',
    detail:
      '`{{path}}` 第 {{line}} 行第 {{column}} 列：没有这个名称的配置项，但有 `{{suggestion}}`；有这一项时网关不会启动。',
    remedy: '如果本意如此，请改名为 `{{suggestion}}`；否则用 `moltbot config unset {{key}}` 去掉它。',
  },
  configWithoutEffect: {
    title: '`{{key}}` 不起作用',
    detail: '`{{path}}` 第 {{line}} 行第 {{column}} 列：`{{key}}` `{{detail}}`。',
    remedy: '如果没有别的程序读取它，可以去掉；除此之外没有问题。',
  },
  modeUnset: {
    title: '配置没有说明网关在本机运行',
    detail: '`{{path}}` 中没有设置 `gateway.mode`。Moltbot 自带的网关缺少它会拒绝启动。',
    remedy: '请把 `gateway.mode` 设为 `"local"`。',
    mend: '在 `{{path}}` 中把 `gateway.mode` 设为 `"local"`，其余内容一字不动',
  },
  stateFolderMissing: {
    title: '还没有状态目录',
    detail: '`{{path}}` 不存在；网关首次启动时会创建。',
    remedy: '启动 Moltbot，或现在就创建。',
    mend: '创建 `{{path}}`，并写入配置和令牌',
  },
  stateFolderNotFolder: {
    title: '状态目录不是目录',
    detail: '`{{path}}` 是别的东西，或是指向空处的链接。',
    remedy: '请把它移走，或用 `MOLTBOT_STATE_DIR` 指定其他目录。',
  },
  stateFolderForeign: {
    title: '状态目录属于其他用户',
    detail: '`{{path}}` 属于 `{{user}}`；可能曾以该用户的身份运行过程序。',
    remedy: '请改回所有者：`sudo chown -R "$USER" {{path}}`。',
  },
  stateFolderNotWritable: {
    title: '状态目录不可写',
    detail: '`{{path}}`：`{{detail}}`。',
    remedy: '请允许写入：`chmod u+rwx {{path}}`；如果磁盘以只读方式挂载，请重新挂载。',
  },
  stateFolderWritable: {
    title: '其他用户可以改动状态目录',
    detail: '`{{path}}` 的权限为 {{mode}}：能写入的人可以替换配置和凭证。',
    remedy: '请设为仅自己可用：`chmod 700 {{path}}`。',
    mend: '去除其他用户对 `{{path}}` 的权限',
  },
  stateFolderOpen: {
    title: '其他用户可以查看状态目录',
    detail: '`{{path}}` 的权限为 {{mode}}。',
    remedy: '请设为仅自己可用：`chmod 700 {{path}}`。',
    mend: '去除其他用户对 `{{path}}` 的权限',
  },
  stateFolderLink: {
    title: '状态目录是链接',
    detail: '`{{path}}` 指向 `{{target}}`。能改动链接的人可以决定使用哪份状态。',
    remedy: '如果是您自己设置的，保留即可；否则请用真正的目录替换该链接。',
  },
  stateFoldersMissing: {
    title: '部分常用目录尚未创建',
    detail: '位于 `{{path}}`：`{{names}}`。网关首次用到时会自行创建。',
    remedy: '无需处理。',
    mend: '在 `{{path}}` 中创建 `{{names}}`，仅您可用',
  },
  configWritable: {
    title: '其他用户可以改动配置文件',
    detail: '`{{path}}` 的权限为 {{mode}}：其中的设置决定会执行哪些命令。',
    remedy: '请设为仅自己可用：`chmod 600 {{path}}`。',
    mend: '去除其他用户对 `{{path}}` 的权限',
  },
  configOpen: {
    title: '其他用户可以读取配置文件',
    detail: '`{{path}}` 的权限为 {{mode}}，其中可能有令牌。',
    remedy: '请设为仅自己可用：`chmod 600 {{path}}`。',
    mend: '去除其他用户对 `{{path}}` 的权限',
  },
  envFileOpen: {
    title: '其他用户可以读取 `.env` 中的密钥',
    detail: '`{{path}}` 的权限为 {{mode}}。',
    remedy: '请设为仅自己可用：`chmod 600 {{path}}`。如果还有别人使用本机，请更换这些密钥。',
    mend: '去除其他用户对 `{{path}}` 的权限',
  },
  filesOpen: {
    title: '凭证或消息对其他用户开放',
    detail: '`{{path}}` 中有 {{count}} 个文件或目录给了其他用户权限。',
    remedy: '请逐个设为仅自己可用：`chmod -R go-rwx`。',
    mend: '去除其他用户对 `{{path}}` 中 {{count}} 个文件和目录的权限',
  },
  filesForeign: {
    title: '状态目录中有属于其他用户的文件',
    detail: '`{{path}}` 中有 {{count}} 个属于 `{{user}}`；由您运行的网关无法改动它们。',
    remedy: '请改回所有者：`sudo chown -R "$USER" {{path}}`。',
  },
  filesTooMany: {
    title: '没有检查所有文件',
    detail: '`{{path}}` 中的文件超过 {{limit}} 个，其余未检查。',
    remedy: '可以移走旧会话，备份也会随之变小。',
  },
  twoStateFolders: {
    title: '存在两个状态目录',
    detail: '正在使用 `{{live}}`。`{{other}}` 中也有配置，但在那里所做的改动不起作用。',
    remedy: '请只保留一个：从 `{{other}}` 取出需要的内容，然后将其改名。',
  },
  twoConfigs: {
    title: '存在两个配置文件',
    detail: '正在使用 `{{live}}`；在 `{{other}}` 中所做的改动不起作用。',
    remedy: '请只保留一个：从 `{{other}}` 取出需要的内容，然后将其改名。',
  },
  portInvalid: {
    title: '网关端口不是有效端口',
    detail: '`{{detail}}`。',
    remedy: '请改正或删除；否则网关无法启动。',
  },
  portTaken: {
    title: '端口 {{port}} 已被占用',
    detail: '`{{program}}`（PID {{pid}}，由用户 `{{user}}` 于 {{startedAt}} 启动）正在监听。',
    remedy: '请停止该程序，或通过 `gateway.port` 更换端口。',
  },
  portTakenUnknown: {
    title: '端口 {{port}} 已被占用',
    detail: '用户 `{{user}}` 的程序正在监听；只有该用户能查到是哪一个。',
    remedy: '请让对方停止该程序，或通过 `gateway.port` 更换端口。',
  },
  portForbidden: {
    title: '端口 {{port}} 不能使用',
    detail: '系统拒绝：`{{detail}}`。1024 以下的端口需要管理员权限。',
    remedy: '请通过 `gateway.port` 选择 1024 及以上的端口。',
  },
  lockStale: {
    title: '已结束的网关留下了锁文件',
    detail: '`{{path}}` 中记录的进程 {{pid}} 并未运行。有些版本会一直等待它，或拒绝启动。',
    remedy: '请删除该文件。',
    mend: '再次确认无人持有后，删除 `{{path}}`',
  },
  lockReused: {
    title: '已结束的网关留下了锁文件',
    detail:
      '`{{path}}` 中记录的进程 {{pid}} 现在是 `{{program}}`，于 {{startedAt}} 启动，晚于锁文件写入的时间。',
    remedy: '请删除该文件，不要动那个进程。',
    mend: '再次确认无人持有后，删除 `{{path}}`',
  },
  lockElsewhere: {
    title: '有一个在别处启动的网关正在运行',
    detail: '`{{program}}`（PID {{pid}}，由用户 `{{user}}` 于 {{startedAt}} 启动）持有此状态的锁。',
    remedy: '如果是您启动的，无需处理：本程序绝不会结束它。',
  },
  lockStrange: {
    title: '网关锁文件的位置上有别的东西',
    detail: '`{{path}}`：`{{detail}}`。其他程序无法看出网关正在运行。',
    remedy: '请查看后将其移走。',
  },
  tokenMissing: {
    title: '网关没有令牌',
    detail: '任何地方都没有设置 `{{name}}`，而网关没有令牌就无法启动。',
    remedy: '请生成一个：`moltbot secrets rotate-token`。',
    mend: '生成随机令牌，并存放到保存密钥的地方',
  },
  tokenWord: {
    title: '网关令牌不是真正的令牌',
    detail: '`{{name}}` 是脚本在缺少值时写下的词（{{source}}）。网关不会以它启动。',
    remedy: '请更换：`moltbot secrets rotate-token`。',
  },
  tokenGuessable: {
    title: '网关令牌很容易猜到',
    detail: '它是示例中的词（{{source}}）。',
    remedy: '请更换：`moltbot secrets rotate-token`，或在写有它的地方改为随机值。',
  },
  tokenShort: {
    title: '网关令牌太短',
    detail: '不足 {{least}} 个字符（{{source}}）。',
    remedy: '请更换：`moltbot secrets rotate-token`，或在写有它的地方改为更长的值。',
  },
  tokenWritten: {
    title: '网关令牌写在配置文件中',
    detail: '`{{path}}` 中有它的值。看到该文件或其备份的人就拥有了令牌。',
    remedy:
      '请把 `gateway.auth.token` 改为 `"{{reference}}"`，并用 `moltbot secrets set {{name}}` 保存其值。',
  },
  tokensDiffer: {
    title: '两处的令牌不一致',
    detail: '`{{name}}` 有两个值：生效的是{{inForce}}，未生效的是{{other}}。',
    remedy: '请删除不需要的那个；否则部分程序会被拒绝。',
  },
  diskFull: {
    title: '磁盘已满',
    detail: '`{{path}}` 所在磁盘只剩 {{bytes}}。写入即将失败，或已经失败。',
    remedy: '请腾出空间，先从旧日志和旧备份开始。',
  },
  diskLow: {
    title: '磁盘快满了',
    detail: '`{{path}}` 所在磁盘只剩 {{bytes}}。',
    remedy: '请腾出空间，先从旧日志和旧备份开始。',
  },
  nodeMissing: {
    title: '运行网关的 `Node` 不见了',
    detail: '`{{path}}` 无法运行。',
    remedy: '请重新安装 Moltbot Desktop。',
  },
  nodeOld: {
    title: '`Node` 版本太旧',
    detail: '`{{path}}` 的版本为 `{{version}}`；至少需要 {{least}}。',
    remedy: '请安装更新的 `Node`，或安装自带它的 Moltbot Desktop。',
  },
  clockWrong: {
    title: '本机时钟不准确',
    detail: '当前显示 {{now}}，或 `{{path}}` 的写入时间比这更晚。',
    remedy: '请校准：`timedatectl set-ntp true`，或在系统设置中调整。',
  },
  serviceNodeGone: {
    title: '服务要启动的程序不见了',
    detail: '`{{path}}` 中写的是 `{{program}}`；可能在更新 `Node` 时被删除。',
    remedy: '请重新安装服务：`moltbot service install`。',
  },
  serviceEntryGone: {
    title: '服务要启动的网关不见了',
    detail: '`{{path}}` 中写的是 `{{program}}`。',
    remedy: '请重新安装服务：`moltbot service install`。',
  },
  serviceSecrets: {
    title: '服务文件中有密钥',
    detail: '`{{path}}` 设置了 `{{names}}`。在别处更换密钥后，这里仍是旧值。',
    remedy: '请删除这些行，用 `moltbot secrets set` 保存其值，然后重新安装服务。',
  },
  serviceUnloaded: {
    title: '服务文件存在，但没有加载',
    detail: '`{{path}}` 存在，但服务管理器不认识 `{{unit}}`，因此什么也不会启动。',
    remedy: '请重新安装：`moltbot service install`；或卸载：`moltbot service uninstall`。',
  },
  serviceFailed: {
    title: '服务已失败',
    detail: '`{{unit}}` 已结束，不会再自动启动。',
    remedy: '请查看其日志，然后启动：`moltbot service start`。',
  },
  serviceEdited: {
    title: '服务文件被手动改过',
    detail: '`{{path}}` 与写入时不同。将保持原样。',
    remedy: '无需处理。',
  },
  serviceForeign: {
    title: '网关由其他程序的服务运行',
    detail: '`{{path}}` 不是由 Moltbot Desktop 写入的。将保持原样。',
    remedy: '无需处理。',
  },
  serviceLegacy: {
    title: '存在使用旧名称的服务',
    detail: '`{{path}}` 也会启动网关：两者会争抢端口。',
    remedy: '请查看后删除。',
  },
  lingerOff: {
    title: '注销后服务会停止',
    detail: '用户 `{{user}}` 的服务只在登录期间运行，`{{unit}}` 也一样。',
    remedy: '如果需要一直运行：`loginctl enable-linger {{user}}`。',
  },
  logLarge: {
    title: '日志文件非常大',
    detail: '`{{path}}` 有 {{bytes}}。',
    remedy: '请查看是什么占满了它，然后清空：`: > {{path}}`。',
  },
  logGrows: {
    title: '日志增长很快',
    detail: '`{{path}}` 每小时增加 {{bytes}}。',
    remedy: '请查看哪条消息反复出现：`moltbot logs --tail 200`。',
  },
  logFolderLarge: {
    title: '日志占用大量空间',
    detail: '`{{path}}` 中的 {{count}} 个文件共 {{bytes}}。',
    remedy: '请删除不再需要的日志。',
  },
  logFolderUnsafe: {
    title: '日志目录不可信',
    detail: '`{{path}}`：`{{detail}}`。日志改为写入 `{{instead}}`。',
    remedy: '请将其移走，网关会重新创建；或用 `MOLTBOT_LOG_DIR` 指定其他目录。',
  },
  logFolderOpen: {
    title: '其他用户可以查看日志目录',
    detail: '`{{path}}` 的权限为 {{mode}}；日志中有消息内容。',
    remedy: '请设为仅自己可用：`chmod 700 {{path}}`。',
    mend: '去除其他用户对 `{{path}}` 的权限',
  },
  logFilesOpen: {
    title: '其他用户可以读取日志',
    detail: '`{{path}}` 中有 {{count}} 个日志对其他用户开放。',
    remedy: '请逐个设为仅自己可用：`chmod 600`。',
    mend: '去除其他用户对 `{{path}}` 中 {{count}} 个日志的权限',
  },
  logLevelInverted: {
    title: 'Moltbot 自带的网关在此级别下会写更多日志',
    detail: '`logging.level` 为 `{{level}}`。Moltbot Desktop 的网关会如您所愿少写日志。',
    remedy: '如果您运行 Moltbot 自带的网关，请使用 `info`。',
  },
  backupNone: {
    title: '还没有备份',
    detail: '`{{folder}}` 中没有备份。',
    remedy: '请创建一个：`moltbot backup create`。',
  },
  backupOld: {
    title: '最近的备份太旧',
    detail: '备份时间为 {{at}}，位于 `{{folder}}`。',
    remedy: '请创建一个：`moltbot backup create`，并保持每日备份开启。',
  },
  backupFailed: {
    title: '最近一次备份失败',
    detail: '{{at}}：{{reason}}。',
    remedy: '请查看“备份”页面，或再试一次：`moltbot backup create`。',
  },
  backupFolderUnusable: {
    title: '无法写入备份',
    detail: '`{{folder}}`：{{reason}}。',
    remedy: '请接上磁盘，或更换目录：`moltbot backup schedule --folder FOLDER`。',
  },
  backupKeyUnsaved: {
    title: '备份的密钥只保存在本机',
    detail: '一旦丢失，谁也无法打开 `{{folder}}` 中的备份。',
    remedy: '请保存恢复单并存放到别处：`moltbot backup recovery-sheet`。',
  },
  backupOff: {
    title: '每日备份已关闭',
    detail: '最近的备份还不算旧，位于 `{{folder}}`。',
    remedy: '请开启：`moltbot backup schedule on`。',
  },
  storeUnready: {
    title: '目前无法读取密钥',
    detail: '`{{title}}`：{{state}}。',
    remedy: '请查看详情：`moltbot secrets check`。',
  },
  gatewayFailed: {
    title: '网关无法持续运行',
    detail: '{{reason}}。',
    remedy: '请解决此处或上方列出的问题，然后启动：`moltbot service start`。',
  },
  gatewayUnwell: {
    title: '网关响应异常',
    detail: '{{reason}}。',
    remedy: '请查看日志，或重启：`moltbot service restart`。',
  },
  gatewayStopped: {
    title: '网关已按要求停止',
    detail: '自 {{at}} 起。',
    remedy: '需要时再启动：`moltbot service start`。',
  },
  gatewayUnattended: {
    title: '目前没有程序照看网关',
    detail: 'Moltbot Desktop 没有运行，因此没有询问端口 {{port}}。',
    remedy: '请启动：`moltbot host`。',
  },
  hostHung: {
    title: '后台程序没有响应',
    detail: '进程 {{pid}} 仍占据其位置，但 {{seconds}} 秒内没有任何回应。',
    remedy: '请重新启动 Moltbot：`moltbot host`。它会接替挂起的程序；网关期间照常运行。',
  },
  bindNoAuth: {
    title: '网关对网络开放，且无需令牌',
    detail: '`gateway.bind` 为 `{{bind}}`，任何人都不会被要求验证。',
    remedy: '请把 `gateway.bind` 设为 `"loopback"`，并设置令牌。',
  },
  bindOpen: {
    title: '可以从网络访问网关',
    detail: '`gateway.bind` 为 `{{bind}}`。只有令牌能挡住网络上的其他人。',
    remedy: '请把 `gateway.bind` 设为 `"loopback"`，并通过 `ssh` 或 `Tailscale` 访问。',
  },
  tailscaleFunnel: {
    title: '网关对整个互联网开放',
    detail: '`{{key}}` 为 `funnel`。',
    remedy: '请改用只有您自己的设备才能访问的 `serve`，或 `off`。',
  },
  tailscaleServe: {
    title: '您的 `Tailscale` 设备可以访问网关',
    detail: '`{{key}}` 为 `serve`。',
    remedy: '如果本意如此，无需处理。',
  },
  passwordWritten: {
    title: '网关密码写在配置文件中',
    detail: '`{{path}}` 中的 `{{key}}` 有它的值。',
    remedy: '请改为引用 `"${CLAWDBOT_GATEWAY_PASSWORD}"`，并用 `moltbot secrets set` 保存其值。',
  },
  secretsInConfig: {
    title: '配置文件中有密钥',
    detail: '`{{path}}` 中有 {{count}} 个值看起来是令牌或密钥。',
    remedy: '请逐个改为引用 `"${NAME}"`，并用 `moltbot secrets set NAME` 保存其值。',
  },
  secretsInEnvFile: {
    title: '密钥以明文存放在 `.env` 中',
    detail: '`{{path}}` 中有 {{count}} 个。以您的身份运行的程序都能读取。',
    remedy: '如果有钥匙串，请逐个移入：`moltbot secrets move NAME`。',
  },
  redactOff: {
    title: '密钥会写入日志',
    detail: '`{{path}}` 中的 `logging.redactSensitive` 为 `off`。',
    remedy: '请设为 `"tools"`。',
    mend: '在 `{{path}}` 中把 `logging.redactSensitive` 设为 `"tools"`，其余内容一字不动',
  },
  syncedFolder: {
    title: '状态会被复制到其他电脑',
    detail: '`{{path}}` 位于 `{{service}}` 的目录中：凭证也会一起同步，且两台电脑可能同时写入。',
    remedy: '请移到不同步的目录，或用 `MOLTBOT_STATE_DIR` 指定目录。',
  },
  dmOpen: {
    title: '任何人都可以通过 `{{channel}}` 给助手发消息',
    detail: '`{{key}}` 允许所有人，而他们所写的内容可能会在本机执行。',
    remedy: '请使用 `pairing` 或 `allowlist`，并列出允许的人。',
  },
  groupOpen: {
    title: '任何群组都可以通过 `{{channel}}` 使用助手',
    detail: '`{{key}}` 允许所有群组。',
    remedy: '请使用 `allowlist`，并列出允许的群组。',
  },
  groupOpenElevated: {
    title: '任何群组都可以通过 `{{channel}}` 执行命令',
    detail: '`{{key}}` 允许所有群组，而且提权工具已开启。',
    remedy: '请使用 `allowlist` 并列出群组，或关闭 `tools.elevated`。',
  },
  elevatedWildcard: {
    title: '任何人都可以用提升的权限执行命令',
    detail: '`{{key}}` 中有 `*`。',
    remedy: '请列出允许的人。',
  },
  insecureAuth: {
    title: '控制页面接受通过明文连接发送的令牌',
    detail: '`{{key}}` 已开启。',
    remedy: '请关闭；在本机或通过加密连接打开该页面。',
  },
  deviceAuthOff: {
    title: '控制页面不验证设备',
    detail: '`{{key}}` 已开启：只要偷到令牌就能进入。',
    remedy: '请关闭。',
  },
  hooksTokenMissing: {
    title: '网络钩子没有令牌',
    detail: '`hooks.enabled` 已开启，但没有设置 `{{key}}`。',
    remedy: '请为其设置单独的随机令牌，或关闭网络钩子。',
  },
  hooksTokenShort: {
    title: '网络钩子的令牌太短',
    detail: '`{{key}}` 不足 {{least}} 个字符。',
    remedy: '请设置更长的随机值。',
  },
  hooksTokenReused: {
    title: '网络钩子使用了网关自己的令牌',
    detail: '`{{key}}` 的值相同：能发送网络钩子的人就能做任何事。',
    remedy: '请设置另一个随机值。',
  },
  hooksPathRoot: {
    title: '网络钩子在所有地址上响应',
    detail: '`{{key}}` 是根路径。',
    remedy: '请设为单独的路径，例如 `"/hooks"`。',
  },
  plainBackups: {
    title: '有未加密的备份',
    detail: '`{{folder}}` 中有 {{count}} 个归档，拿到的人都能打开；其中有凭证。',
    remedy: '请取出需要的内容后删除；`moltbot backup create` 会创建加密的备份。',
  },
  browserTerminal: {
    title: '可以在浏览器中打开终端',
    detail: '这是您允许的。拿到该页面的人可以以您的身份执行命令。',
    remedy: '不需要时，请在设置中收回。',
  },
  gatewayNotAsked: {
    title: '没有询问网关',
    detail: '端口 {{port}} 上没有运行使用此配置的网关。',
    remedy: '请启动网关，然后重新检查。',
  },
  listensWide: {
    title: '可以从网络访问正在运行的网关',
    detail: '它在 `{{address}}` 的端口 {{port}} 上监听。',
    remedy: '请把 `gateway.bind` 设为 `"loopback"`，然后重启。',
  },
  acceptsNoToken: {
    title: '正在运行的网关允许任何人进入',
    detail: '端口 {{port}} 接受了没有令牌的连接。',
    remedy: '请设置令牌并重启；在此之前请停止网关。',
  },
  acceptsWrongToken: {
    title: '正在运行的网关接受任何令牌',
    detail: '端口 {{port}} 接受了随机令牌。',
    remedy: '请停止并更新网关。',
  },
  acceptsForeignOrigin: {
    title: '其他网站的页面可以与网关通信',
    detail: '端口 {{port}} 接受了来自 `https://stranger.example` 的连接。',
    remedy: '请使用更新的网关，或 Moltbot Desktop 的网关。',
  },
  acceptsForeignHost: {
    title: '网关会响应陌生的域名',
    detail: '端口 {{port}} 响应了发给 `stranger.example` 的请求；网页可能借此冒充它。',
    remedy: '请使用更新的网关，或 Moltbot Desktop 的网关。',
  },
  checkTimedOut: {
    title: '有一项检查没有完成',
    detail: '{{check}}：{{seconds}} 秒内没有结果。原因可能是某个网络目录已断开。',
    remedy: '请确认磁盘和网络目录可用，然后重新检查。',
  },
  checkFailed: {
    title: '有一项检查失败',
    detail: '{{check}}：`{{detail}}`。',
    remedy: '请重新检查；如果仍然如此，请附上这段文字报告问题。',
  },
}
