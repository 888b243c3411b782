import type { UpdateProblemParams } from '../update-problems.ts'
import type { ProblemText } from './en-problems.ts'

export const zhCnUpdateProblems: Record<keyof UpdateProblemParams, ProblemText> = {
  // the application
  UPDATE_NOT_PACKAGED: {
    what: '这份 Moltbot Desktop 无法自行更新。',
    why: '只有以安装包安装的桌面应用才能自行更新，而这份不是：`{{place}}`。',
    remedy: '请按当初安装的方式更新，例如运行 `git pull` 和 `npm start`；或改用安装包。',
  },
  UPDATE_NOT_CONFIGURED: {
    what: '这份 Moltbot Desktop 无法自行更新。',
    why: '它在构建时缺少 `{{missing}}`，因此无法查找或信任任何更新。',
    remedy: '请手动安装新版本，或改用发布时带签名的安装包。',
  },
  UPDATE_FEED_UNREACHABLE: {
    what: '无法查询 Moltbot Desktop 的新版本。',
    why: '`{{url}}`：`{{detail}}`。',
    remedy: '请检查网络后重新检查。已安装的版本不受影响。',
  },
  UPDATE_FEED_INVALID: {
    what: '收到的 Moltbot Desktop 版本信息无法使用。',
    why: '`{{url}}`：`{{detail}}`。没有下载任何内容。',
    remedy: '请稍后重新检查；如果仍然如此，请告知发布者。',
  },
  UPDATE_SIGNATURE: {
    what: 'Moltbot Desktop 的更新签名不正确，已拒绝。',
    why: '`{{url}}`：`{{detail}}`。它不是用本应用的密钥发布的，或在途中被改动过。',
    remedy: '也不要从别处安装它。请稍后重新检查，最好换一个网络。',
  },
  UPDATE_DOWNGRADE: {
    what: '收到更旧的 Moltbot Desktop 版本，已拒绝。',
    why: '版本 {{offered}} 比当前运行的 {{current}} 更旧。',
    remedy: '无需处理。如果确实需要旧版本，请手动安装它的安装包。',
  },
  UPDATE_FEED_STALE: {
    what: '收到的 Moltbot Desktop 版本信息已经过时，已拒绝。',
    why: '`{{detail}}`。可能有人在拦阻新版本。',
    remedy: '请检查本机的时间后重新检查；如果仍然如此，请换一个网络。',
  },
  UPDATE_TOO_OLD: {
    what: 'Moltbot Desktop {{offered}} 无法直接安装到当前版本之上。',
    why: '它至少需要 {{minimum}}，而当前运行的是 {{current}}。',
    remedy: '请手动安装一次它的安装包，之后就能继续自动更新。',
  },
  UPDATE_DOWNLOAD_FAILED: {
    what: 'Moltbot Desktop {{version}} 没有下载成功。',
    why: '`{{detail}}`。已下载的部分已经删除。',
    remedy: '请检查网络和剩余空间，然后重新下载。',
  },
  UPDATE_INSTALL_FAILED: {
    what: 'Moltbot Desktop {{version}} 没有安装成功。',
    why: '`{{detail}}`。当前版本保持不变。',
    remedy: '请排除原因后重新安装，或手动安装该安装包。',
  },
  // the gateway
  GATEWAY_PACKAGE_NAME: {
    what: '无法关注这个软件包。',
    why: '`{{name}}` 不是有效的 npm 包名。',
    remedy: '请按软件源中的写法输入包名，例如 `clawdbot` 或 `@scope/name`。',
  },
  GATEWAY_PACKAGE_UNKNOWN: {
    what: '软件源中没有这个软件包。',
    why: '`{{registry}}` 没有软件包 `{{name}}`，或不向你公开。',
    remedy: '请检查包名。私有软件包需要在 `.npmrc` 中配置软件源和令牌。',
  },
  GATEWAY_VERSION_UNKNOWN: {
    what: '没有这个版本。',
    why: '软件源中没有 `{{name}}` 的 {{version}} 版本。',
    remedy: '请重新检查更新，或指定其他版本。',
  },
  REGISTRY_UNREACHABLE: {
    what: '软件源没有应答。',
    why: '`{{registry}}`：`{{detail}}`。',
    remedy: '请检查网络，以及 `.npmrc` 中的软件源、代理和证书，然后重新检查。已安装的网关不受影响。',
  },
  REGISTRY_INVALID: {
    what: '软件源的应答无法使用。',
    why: '`{{registry}}`：`{{detail}}`。',
    remedy: '请稍后重新检查，或在 `.npmrc` 中换用其他软件源。已安装的网关不受影响。',
  },
  GATEWAY_DOWNGRADE: {
    what: '软件源提供的网关比正在使用的旧。',
    why: '这里的 `{{name}}` 是 {{current}}，软件源中是 {{offered}}。旧版本不会作为更新提供。',
    remedy: '无需处理。如果确实要退回旧版本，请运行 `moltbot update --to {{offered}}`。',
  },
  GATEWAY_INTEGRITY: {
    what: '网关没有安装：内容与软件源声明的不一致。',
    why: '`{{name}}` {{version}}：`{{detail}}`。没有运行也没有保留其中任何内容。',
    remedy: '请重试。如果仍然如此，请不要信任这个软件源，或你与它之间的网络设备。',
  },
  GATEWAY_INSTALL_FAILED: {
    what: '网关没有安装成功。',
    why: '`{{name}}` {{version}}：`{{detail}}`。已下载的内容已经清除。',
    remedy: '请查明原因后重试。正在使用的网关不受影响。',
  },
  GATEWAY_INSTALL_TOO_LARGE: {
    what: '网关没有安装：体积过大。',
    why: '`{{name}}` {{version}} 超过了 {{limitBytes}}。已下载的内容已经清除。',
    remedy: '请确认软件包是否正确。正在使用的网关不受影响。',
  },
  GATEWAY_INSTALL_NO_SPACE: {
    what: '网关没有安装：空间不足。',
    why: '`{{path}}` 剩余 {{bytes}}，需要 {{neededBytes}}。已下载的内容已经清除。',
    remedy: '请腾出该磁盘的空间，例如删除不再需要的网关，然后重试。',
  },
  GATEWAY_NEEDS_NODE: {
    what: '这个网关无法在此运行。',
    why: '`{{name}}` {{version}} 需要 Node `{{needs}}`，而这里使用的是 Node {{node}}。',
    remedy: '请更新 Moltbot Desktop 以获得更新的 Node，或选用较旧的网关版本。',
  },
  GATEWAY_NOT_A_GATEWAY: {
    what: '这个软件包中没有网关。',
    why: '`{{name}}` {{version}}：`{{detail}}`。',
    remedy: '请检查包名：已发布的网关名为 `clawdbot` 和 `openclaw`。',
  },
  GATEWAY_UPDATE_UNDONE: {
    what: '新网关运行不正常，已换回原来的网关。',
    why: '从 {{from}} 到 {{to}}：`{{detail}}`。',
    remedy: '请查看时间线中它的最后几行输出和它的日志。它仍然保留：原因消除后可再次切换，也可以删除。',
  },
  GATEWAY_NOT_INSTALLED: {
    what: '这个网关没有安装。',
    why: '`{{id}}` 不在已安装的网关之中，或其文件缺失、损坏。',
    remedy: '请安装它，或切换到其他网关；`moltbot update list` 会列出全部网关。',
  },
  GATEWAY_IN_USE: {
    what: '网关没有删除。',
    why: '`{{id}}` 正在使用，或是随本程序提供的。',
    remedy: '请先切换到其他网关。',
  },
  UPDATE_BUSY: {
    what: '操作没有开始。',
    why: '安装、切换或下载正在进行（`{{step}}`）。',
    remedy: '请等它结束，或取消它，然后重试。',
  },
}
